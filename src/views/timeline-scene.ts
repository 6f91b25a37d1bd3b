/**
 * The timeline as a scene: a strip of calls for each life line, marks below it, the present, and parts that zoom and move
 * the window.
 *
 * In: the timeline's model, a language. Out: a {@link Scene}, and lines. A call and a mark lead to their moment, the
 * controls to another window.
 */
import type { Bilingual } from '../base/bilingual';
import type { Goal, Scene, SceneItem } from '../picture/scene';
import { fitted, widthOf, type PictureLanguage, type Shape } from '../picture/shapes';
import type { TimelineCall, TimelineMark, TimelineModel, TimelineStrip } from './timeline-model';

/** Pixels. */
const EDGE = 16;
const LEFT = 92;
const PLOT = 620;
const CONTROLS = 34;
const CALL = 22;
const MARK = 24;
const GAP = 14;
/** Marks of one strip stand at least as far apart. */
const APART = 6;

export const NO_TIMELINE: Bilingual = {
  en: 'Nothing has happened in this window yet: step on, or press F5.',
  zh: '这一段里还没有发生任何事：继续单步，或按 F5。',
};

const COLOURS: Readonly<Partial<Record<TimelineMark['kind'], string>>> = {
  packet: 'one',
  state: 'four',
  'wake-up': 'three',
  drop: 'alarm',
  fault: 'alarm',
  expectation: 'alarm',
};

/** Where everything stands. */
export function timelineScene(model: TimelineModel, language: PictureLanguage): Scene {
  const items: SceneItem[] = [...controlsOf(model, language)];
  const back: Shape[] = [];
  let y = EDGE + CONTROLS;
  const top = y;
  const at = (clock: number): number =>
    round(LEFT + (PLOT * (Math.min(Math.max(clock, model.from), model.to) - model.from)) / (model.to - model.from));
  for (const strip of model.strips) {
    back.push({
      kind: 'text',
      x: EDGE,
      y: y + 15,
      text: fitted(strip.name, LEFT - EDGE - 8),
      anchor: 'start',
      class: 'strong',
    });
    items.push(...strip.calls.map((call, index) => callItem(strip, call, index, y, at, model.now, language)));
    items.push(...marksOf(strip, y + CALL, at, language));
    y += CALL + MARK + GAP;
  }
  if (model.now >= model.from && model.now <= model.to) {
    const x = at(model.now);
    back.push({ kind: 'line', x1: x, y1: top - 6, x2: x, y2: y, class: 'limit' });
  }
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    const text = `#${Math.round(model.from + (model.to - model.from) * part)}`;
    back.push({ kind: 'text', x: LEFT + PLOT * part, y: y + 12, text, anchor: 'middle', class: 'small faint' });
  }
  return { width: LEFT + PLOT + 3 * EDGE, height: y + 2 * EDGE, back, items };
}

/** What happened in the window, in the order of statements. */
export function timelineLines({ strips, now }: TimelineModel, language: PictureLanguage): readonly string[] {
  const rows = strips.flatMap(({ name, calls, marks }) => [
    ...calls.map((call) => ({ clock: call.from, text: `${name}: ${callText(call, now, language)}` })),
    ...marks.map(({ clock, text }) => ({ clock, text: `${name}: ${text[language]}` })),
  ]);
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

/** Marks with their labels, where there is room up to the next one. */
function marksOf(
  { name, marks }: TimelineStrip,
  y: number,
  at: (clock: number) => number,
  language: PictureLanguage,
): SceneItem[] {
  const shown: TimelineMark[] = [];
  for (const mark of marks) {
    const last = shown.at(-1);
    if (!last || at(mark.clock) - at(last.clock) >= APART || COLOURS[mark.kind] === 'alarm') {
      shown.push(mark);
    }
  }
  return shown.map((mark, index) => {
    const x = at(mark.clock);
    const next = shown[index + 1];
    const room = (next ? at(next.clock) : LEFT + PLOT + 2 * EDGE) - x - 14;
    const text = mark.text[language];
    const colour = COLOURS[mark.kind] ?? '';
    return {
      id: `${name} mark ${index} ${mark.clock}`,
      spoken: `${name}: ${text}`,
      shapes: [
        {
          kind: 'path',
          d: `M${x - 4} ${y + 12}L${x} ${y + 6}L${x + 4} ${y + 12}L${x} ${y + 18}Z`,
          class: `sign ${colour}`.trim(),
        },
        ...(widthOf(text) <= room
          ? [{ kind: 'text', x: x + 8, y: y + 16, text, anchor: 'start', class: 'small' } as const]
          : []),
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
function controlsOf({ from, to, oldest, now }: TimelineModel, language: PictureLanguage): SceneItem[] {
  const width = to - from;
  const middle = now >= from && now <= to ? now : (from + to) / 2;
  const window = (start: number, size: number): string =>
    `${Math.max(0, Math.round(start))}..${Math.max(1, Math.round(start + size))}`;
  const controls: readonly (readonly [Bilingual, string])[] = [
    [{ en: 'Zoom in', zh: '放大' }, window(middle - width / 8, width / 4)],
    [{ en: 'Zoom out', zh: '缩小' }, window(from - 1.5 * width, 4 * width)],
    [{ en: 'Earlier', zh: '往前' }, window(from - width / 2, width)],
    [{ en: 'Later', zh: '往后' }, window(from + width / 2, width)],
    [{ en: 'Whole run', zh: '整个运行' }, window(oldest, now - oldest)],
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
    isChinese ? `${count} 条语句` : `${count} statements`,
    ...(sleeps.length > 0 ? [isChinese ? '睡眠过' : 'slept'] : []),
    ...(to === undefined ? [isChinese ? '尚未返回' : 'under way'] : []),
  ];
  return `${text[language]}${isChinese ? '，' : ', '}${parts.join(isChinese ? '，' : ', ')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
