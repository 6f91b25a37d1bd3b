/**
 * Shapes as an SVG file that stands for itself: its own colours, a title and a description for those who do not see it.
 *
 * In: shapes, a size, a title, a style. Out: SVG 1.1 text; everything that comes from a scenario or kernel is escaped.
 */
import type { Shape } from './shapes';

export interface SvgParts {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly style: string;
  /** Class of the root, for the style. */
  readonly class?: string;
  readonly shapes: readonly Shape[];
}

/** The whole file. */
export function svgText({ width, height, title, style, shapes, class: name }: SvgParts): string {
  const classed = name === undefined ? '' : ` class="${name}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${classed} role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-labelledby="title">`,
    `<title id="title">${escaped(title)}</title>`,
    `<style>${style}</style>`,
    ...shapes.map(element),
    '</svg>',
    '',
  ].join('\n');
}

function element(shape: Shape): string {
  const { kind } = shape;
  const attributes = Object.entries(shape)
    .filter(([name]) => name !== 'kind' && name !== 'text' && name !== 'anchor')
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
  return kind === 'text'
    ? `<text${attributes} text-anchor="${shape.anchor}">${escaped(shape.text)}</text>`
    : `<${kind}${attributes}/>`;
}

/** Text as XML has it; what XML cannot hold becomes a replacement character. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
