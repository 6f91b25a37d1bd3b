/**
 * The timeline as a scene: a strip of calls for each life line, marks below it, the functions that ran at a zoom, the
 * present, a ruler along which one can go through the moments, and parts that zoom and move the window.
 *
 * In: the timeline's model, a language. Out: a {@link Scene}, and lines. A call and a mark lead to their moment, the
 * controls to another window.
 */
import type { Bilingual } from '../base/bilingual';
import type { Goal, Scene, SceneItem } from '../picture/scene';
import { fitted, widthOf, type PictureLanguage, type Shape } from '../picture/shapes';
import {
  MOST_FOR_FUNCTIONS,
  type TimelineCall,
  type TimelineFunction,
  type TimelineMark,
  type TimelineModel,
  type TimelineStrip,
} from './timeline-model';

/** Pixels. */
const EDGE = 16;
const LEFT = 92;
const PLOT = 620;
const CONTROLS = 34;
const CALL = 22;
const MARK = 24;
const FUNCTION = 15;
/** Depths of functions that are drawn. */
const MOST_DEPTH = 24;
/** A call of a function that is narrower is left to a zoom. */
const NARROWEST = 1.5;
const RULER = 22;
const GAP = 14;
/** Marks of one strip stand at least as far apart. */
const APART = 6;

export const NO_TIMELINE: Bilingual = {
  en: 'Nothing has happened in this window yet: step on, or press F5.',
  zh: '这一段里还没有发生任何事：继续单步，或按 F5。',
};

const KERNEL: Bilingual = { en: 'kernel', zh: '内核' };
const MARKS: Bilingual = { en: 'marks', zh: '标记' };
const FUNCTIONS_WAIT: Bilingual = {
  en: `Functions are shown in a window of at most ${MOST_FOR_FUNCTIONS} statements: zoom in.`,
  zh: `窗口不超过 ${MOST_FOR_FUNCTIONS} 条语句时显示函数：请放大。`,
};

const COLOURS: Readonly<Partial<Record<TimelineMark['kind'], string>>> = {
  packet: 'one',
  breakpoint: 'alarm',
  moment: 'two',
  state: 'four',
  'wake-up': 'three',
  drop: 'alarm',
  fault: 'alarm',
  expectation: 'alarm',
};

/** Marks that are drawn however near they are to others. */
const NEVER_LEFT_OUT: ReadonlySet<TimelineMark['kind']> = new Set(['drop', 'fault', 'expectation', 'moment']);

/** Where everything stands. */
export function timelineScene(model: TimelineModel, language: PictureLanguage): Scene {
  const items: SceneItem[] = [...controlsOf(model, language)];
  const back: Shape[] = [];
  let y = EDGE + CONTROLS;
  const top = y;
  const at = (clock: number): number =>
    round(LEFT + (PLOT * (Math.min(Math.max(clock, model.from), model.to) - model.from)) / (model.to - model.from));
  if (model.marks.length > 0) {
    back.push(nameShape(MARKS[language], y));
    items.push(...marksOf({ name: MARKS[language], marks: model.marks }, y, at, language));
    y += MARK + GAP / 2;
  }
  for (const strip of named(model, language)) {
    // What is too narrow to be seen wants a zoom, not a name beside nothing.
    if (strip.calls.length + strip.marks.length === 0 && functionItems(strip, y, at).length === 0) {
      continue;
    }
    back.push(nameShape(strip.name, y));
    items.push(...strip.calls.map((call, index) => callItem(strip, call, index, y, at, model.now, language)));
    items.push(...marksOf(strip, y + CALL, at, language));
    y += CALL + MARK;
    const functions = functionItems(strip, y, at);
    items.push(...functions);
    y = Math.max(y, ...functions.map((item) => item.y + item.height)) + GAP;
  }
  back.push(...bottomOf(model, top, y, at, language));
  return {
    width: LEFT + PLOT + 3 * EDGE,
    height: y + RULER + 3 * EDGE,
    ruler: { x: LEFT, y, width: PLOT, height: RULER, from: model.from, to: model.to, now: model.now },
    back,
    items,
  };
}

/** Strips with their names in a language. */
function named({ strips }: TimelineModel, language: PictureLanguage): readonly TimelineStrip[] {
  return strips.map((strip) => (strip.isKernel ? { ...strip, name: KERNEL[language] } : strip));
}

function nameShape(name: string, y: number): Shape {
  return { kind: 'text', x: EDGE, y: y + 15, text: fitted(name, LEFT - EDGE - 8), anchor: 'start', class: 'strong' };
}

/** The present, the ruler with its statements, and what a zoom would show. */
function bottomOf(
  model: TimelineModel,
  top: number,
  y: number,
  at: (clock: number) => number,
  language: PictureLanguage,
): Shape[] {
  const shapes: Shape[] = [{ kind: 'rect', x: LEFT, y: y + 8, width: PLOT, height: 6, class: 'gauge' }];
  if (model.now >= model.from && model.now <= model.to) {
    const x = at(model.now);
    shapes.push(
      { kind: 'rect', x: LEFT, y: y + 8, width: Math.max(0, round(x - LEFT)), height: 6, class: 'level' },
      { kind: 'line', x1: x, y1: top - 6, x2: x, y2: y + 16, class: 'limit' },
    );
  }
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    const text = `#${Math.round(model.from + (model.to - model.from) * part)}`;
    shapes.push({ kind: 'text', x: LEFT + PLOT * part, y: y + 30, text, anchor: 'middle', class: 'small faint' });
  }
  if (model.to - model.from > MOST_FOR_FUNCTIONS) {
    const text = FUNCTIONS_WAIT[language];
    shapes.push({ kind: 'text', x: EDGE, y: y + 48, text, anchor: 'start', class: 'small faint' });
  }
  return shapes;
}

/** Functions below the strip of their process, each under its caller. */
function functionItems({ name, functions = [] }: TimelineStrip, y: number, at: (clock: number) => number): SceneItem[] {
  return functions.flatMap((call, index) => {
    const [x, end] = [at(call.from), at(call.to)];
    const width = round(end - x);
    if (width < NARROWEST || call.depth >= MOST_DEPTH) {
      return [];
    }
    const top = y + call.depth * FUNCTION;
    const text = fitted(call.name, width - 6);
    return [
      {
        id: `${name} function ${index} ${call.from}`,
        spoken: `${name}: ${call.name}()`,
        shapes: [
          { kind: 'rect', x, y: top, width: Math.max(1, width - 1), height: FUNCTION - 1, class: 'function' },
          ...(text === '' || text === '…'
            ? []
            : [{ kind: 'text', x: x + 3, y: top + 11, text, anchor: 'start', class: 'small' } as const]),
        ],
        goal: { kind: 'moment', clock: call.from },
        x,
        y: top,
        width,
        height: FUNCTION,
      } satisfies SceneItem,
    ];
  });
}

/** What happened in the window, in the order of statements. */
export function timelineLines(model: TimelineModel, language: PictureLanguage): readonly string[] {
  const { marks: own, now } = model;
  const functionText = ({ name, depth, from, to }: TimelineFunction): string =>
    `${'  '.repeat(depth)}${name}(), ${countText(to - from, language)}`;
  const rows = [
    ...own.map(({ clock, text }) => ({ clock, text: `${MARKS[language]}: ${text[language]}` })),
    ...named(model, language).flatMap(({ name, calls, marks, functions = [] }) => [
      ...calls.map((call) => ({ clock: call.from, text: `${name}: ${callText(call, now, language)}` })),
      ...marks.map(({ clock, text }) => ({ clock, text: `${name}: ${text[language]}` })),
      ...functions.map((call) => ({ clock: call.from, text: `${name}: ${functionText(call)}` })),
    ]),
  ];
  const sorted = rows.sort((a, b) => a.clock - b.clock);
  return sorted.length === 0
    ? [NO_TIMELINE[language]]
    : sorted.map(({ clock, text }) => `${String(clock).padStart(9)}  ${text}`);
}

function callItem(
  strip: TimelineStrip,
  call: TimelineCall,
  index: number,
  y: number,
  at: (clock: number) => number,
  now: number,
  language: PictureLanguage,
): SceneItem {
  const [x, end] = [at(call.from), at(call.to ?? now)];
  const width = Math.max(3, end - x);
  const text = fitted(call.text[language], width - 6);
  return {
    id: `${strip.name} call ${index} ${call.from}`,
    spoken: `${strip.name}: ${callText(call, now, language)}`,
    shapes: [
      { kind: 'rect', x, y: y + 2, width, height: CALL - 4, class: 'box' },
      ...call.sleeps.map(([from, to]): Shape => ({
        kind: 'rect',
        x: at(from),
        y: y + 2,
        width: Math.max(1, round(at(to) - at(from))),
        height: CALL - 4,
        class: 'empty dashed',
      })),
      ...(text === '' || text === '…'
        ? []
        : [{ kind: 'text', x: x + 4, y: y + 15, text, anchor: 'start', class: 'small' } as const]),
    ],
    goal: { kind: 'moment', clock: call.from },
    x,
    y,
    width,
    height: CALL,
  };
}

/** Marks with their labels, where there is room up to the next one, or back to the one before. */
function marksOf(
  { name, marks }: Pick<TimelineStrip, 'name' | 'marks'>,
  y: number,
  at: (clock: number) => number,
  language: PictureLanguage,
): SceneItem[] {
  const shown: TimelineMark[] = [];
  for (const mark of marks) {
    const last = shown.at(-1);
    if (!last || at(mark.clock) - at(last.clock) >= APART || NEVER_LEFT_OUT.has(mark.kind)) {
      shown.push(mark);
    }
  }
  let taken = LEFT - 8;
  return shown.map((mark, index) => {
    const x = at(mark.clock);
    const next = shown[index + 1];
    const room = (next ? at(next.clock) : LEFT + PLOT + 2 * EDGE) - x - 14;
    const text = mark.text[language];
    const colour = COLOURS[mark.kind] ?? '';
    const side = widthOf(text) <= room ? 'right' : x - 10 - widthOf(text) > taken ? 'left' : undefined;
    taken = x + (side === 'right' ? 8 + widthOf(text) : 5);
    return {
      id: `${name} mark ${index} ${mark.clock}`,
      spoken: `${name}: ${text}`,
      shapes: [
        {
          kind: 'path',
          d: `M${x - 4} ${y + 12}L${x} ${y + 6}L${x + 4} ${y + 12}L${x} ${y + 18}Z`,
          class: `sign ${colour}`.trim(),
        },
        ...(side === undefined
          ? []
          : [
              {
                kind: 'text',
                x: side === 'right' ? x + 8 : x - 8,
                y: y + 16,
                text,
                anchor: side === 'right' ? 'start' : 'end',
                class: 'small',
              } as const,
            ]),
      ],
      goal: { kind: 'moment', clock: mark.clock },
      x: x - 5,
      y: y + 2,
      width: 10,
      height: MARK - 4,
    };
  });
}

/** Half, double, earlier, later, all. */
function controlsOf({ from, to, oldest, now, frontier }: TimelineModel, language: PictureLanguage): SceneItem[] {
  const width = to - from;
  const middle = now >= from && now <= to ? now : (from + to) / 2;
  const window = (start: number, size: number): string =>
    `${Math.max(0, Math.round(start))}..${Math.max(1, Math.round(start + size))}`;
  const controls: readonly (readonly [Bilingual, string])[] = [
    [{ en: 'Zoom in', zh: '放大' }, window(middle - width / 8, width / 4)],
    [{ en: 'Zoom out', zh: '缩小' }, window(from - 1.5 * width, 4 * width)],
    [{ en: 'Earlier', zh: '更早' }, window(from - width / 2, width)],
    [{ en: 'Later', zh: '更晚' }, window(from + width / 2, width)],
    [{ en: 'Whole run', zh: '整个运行' }, window(oldest, Math.max(now, frontier) - oldest)],
  ];
  return controls.map(([text, choice], index) => controlItem(text[language], { kind: 'choice', choice }, index));
}

function controlItem(text: string, goal: Goal, index: number): SceneItem {
  const x = EDGE + index * 92;
  return {
    id: `control ${index}`,
    spoken: text,
    shapes: [
      { kind: 'rect', x, y: EDGE - 2, width: 84, height: 22, class: 'empty' },
      { kind: 'text', x: x + 42, y: EDGE + 13, text, anchor: 'middle', class: 'small' },
    ],
    goal,
    x,
    y: EDGE - 2,
    width: 84,
    height: 22,
  };
}

/** `connect(3, ..., ...), 760 statements`; what a call under way returns is not known. */
function callText({ from, to, text, sleeps }: TimelineCall, now: number, language: PictureLanguage): string {
  const isChinese = language === 'zh';
  const count = (to ?? now) - from;
  const parts = [
    countText(count, language),
    ...(sleeps.length > 0 ? [isChinese ? '睡眠过' : 'slept'] : []),
    ...(to === undefined ? [isChinese ? '尚未返回' : 'under way'] : []),
  ];
  return `${text[language]}${isChinese ? '，' : ', '}${parts.join(isChinese ? '，' : ', ')}`;
}

function countText(count: number, language: PictureLanguage): string {
  return language === 'zh' ? `${count} 条语句` : `${count} statements`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
