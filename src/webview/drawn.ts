/**
 * Shapes of pictures as SVG elements of the page.
 *
 * In: a shape. Out: a template; its class says what colour it has.
 */
import { svg, type TemplateResult } from 'lit';
import type { Shape } from '../picture/shapes';

/** The element of a shape. */
export function drawn(shape: Shape): TemplateResult {
  switch (shape.kind) {
    case 'line':
      return svg`<line class=${shape.class} x1=${shape.x1} y1=${shape.y1} x2=${shape.x2} y2=${shape.y2}></line>`;
    case 'rect':
      return svg`<rect class=${shape.class} x=${shape.x} y=${shape.y} width=${shape.width} height=${shape.height}></rect>`;
    case 'path':
      return svg`<path class=${shape.class} d=${shape.d}></path>`;
    case 'text':
      return svg`<text class=${shape.class} x=${shape.x} y=${shape.y} text-anchor=${shape.anchor}>${shape.text}</text>`;
  }
}
