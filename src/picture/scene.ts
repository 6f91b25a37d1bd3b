/**
 * A scene: a picture whose parts can be touched, each said in words and leading somewhere.
 *
 * In: nothing; types, and the file that a scene makes. A page draws the same shapes and makes a button of each part; an
 * SVG file shows them alone.
 */
import type { Shape } from './shapes';
import { FILE_COLOURS, SCENE_RULES } from './scene-style';
import { svgText } from './svg';

/** Where a part of a scene leads: to a moment, to the card of an object, or to the same picture of something else. */
export type Goal =
  | { readonly kind: 'moment'; readonly clock: number }
  | { readonly kind: 'card'; readonly card: string }
  | { readonly kind: 'choice'; readonly choice: string };

export interface SceneItem {
  /** Stable from one moment to the next. */
  readonly id: string;
  readonly shapes: readonly Shape[];
  /** In words, for those who do not see it. */
  readonly spoken: string;
  readonly goal: Goal;
  /** The ground it stands on. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** It is what is the case right now. */
  readonly isPresent?: boolean;
}

/** A stretch of a scene along which time goes: who drags on it goes through the moments. */
export interface SceneRuler {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Clocks at its ends. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly ruler?: SceneRuler;
  /** What stands behind the parts and leads nowhere. */
  readonly back: readonly Shape[];
  /** In reading order. */
  readonly items: readonly SceneItem[];
}

/** The scene as a file of its own. */
export function sceneSvg({ width, height, back, items }: Scene, title: string): string {
  const shapes = [...back, ...items.flatMap((item) => item.shapes)];
  return svgText({ width, height, title, class: 'scene', style: `${FILE_COLOURS}${SCENE_RULES}`, shapes });
}
