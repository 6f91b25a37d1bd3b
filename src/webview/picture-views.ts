/**
 * The pictures that stand in place of the objects: how each is named, drawn and told in lines.
 *
 * In: a picture's data, a language. Out: a scene, lines of text. A new picture is a row here, its data in
 * `src/protocol/pictures.ts`.
 */
import type { Scene } from '../picture/scene';
import type { PictureLanguage } from '../picture/shapes';
import type { Picture, PictureKind, Pictures } from '../protocol/pictures';
import { curveLines, curvesScene, NO_CURVES } from '../views/curves-scene';
import { NO_SOCKETS, queueLines } from '../views/queue-words';
import { queuesScene } from '../views/queues-scene';
import { NO_STATES, stateLines, statesScene } from '../views/states-scene';
import { NO_TIMELINE, timelineLines, timelineScene } from '../views/timeline-scene';
import type { Words } from './strings';

/** Pictures that are scenes. */
export type SceneKind = Exclude<PictureKind, 'ladder'>;

export interface PictureView<Kind extends SceneKind> {
  readonly icon: string;
  readonly button: keyof Words;
  readonly title: keyof Words;
  readonly empty: (language: PictureLanguage) => string;
  readonly scene: (data: Pictures[Kind], language: PictureLanguage) => Scene;
  readonly lines: (data: Pictures[Kind], language: PictureLanguage) => readonly string[];
}

export const sceneViews: { readonly [Kind in SceneKind]: PictureView<Kind> } = {
  queues: {
    icon: 'layers',
    button: 'viewQueues',
    title: 'queues',
    empty: (language) => NO_SOCKETS[language],
    scene: queuesScene,
    lines: queueLines,
  },
  states: {
    icon: 'git-merge',
    button: 'viewStates',
    title: 'states',
    empty: (language) => NO_STATES[language],
    scene: statesScene,
    lines: stateLines,
  },
  curves: {
    icon: 'graph-line',
    button: 'viewCurves',
    title: 'curves',
    empty: (language) => NO_CURVES[language],
    scene: curvesScene,
    lines: curveLines,
  },
  timeline: {
    icon: 'list-flat',
    button: 'viewTimeline',
    title: 'timelineTitle',
    empty: (language) => NO_TIMELINE[language],
    scene: timelineScene,
    lines: timelineLines,
  },
};

export const sceneKinds = Object.keys(sceneViews) as SceneKind[];

export function isSceneKind(kind: string): kind is SceneKind {
  return Object.hasOwn(sceneViews, kind);
}

/** A picture as the page draws it; undefined for one that is no scene. */
export function sceneOf(picture: Picture, language: PictureLanguage): Scene | undefined {
  return picture.kind === 'ladder' ? undefined : viewOf(picture.kind).scene(picture.data, language);
}

/** A picture as lines; undefined for one that is no scene. */
export function linesOf(picture: Picture, language: PictureLanguage): readonly string[] | undefined {
  return picture.kind === 'ladder' ? undefined : viewOf(picture.kind).lines(picture.data, language);
}

function viewOf<Kind extends SceneKind>(kind: Kind): PictureView<Kind> {
  return sceneViews[kind];
}
