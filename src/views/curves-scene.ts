/**
 * Graphs over time as a scene: panels below each other on one axis of time, a curve each for the kernel's variables, and a
 * dot for each change that leads to its statement.
 *
 * In: the curves' model, a language, what the axis counts. Out: a {@link Scene}, lines, and a table. The axis is that of
 * the ladder, virtual time; where it stands still, or when asked, statements.
 */
import type { Bilingual } from '../base/bilingual';
import { timeText } from '../ladder/ladder-layout';
import type { Scene, SceneItem } from '../picture/scene';
import { widthOf, type PictureLanguage, type Shape } from '../picture/shapes';
import {
  BETWEEN_CHOICES,
  type Curve,
  type CurveName,
  type CurvePanel,
  type CurvePoint,
  type CurvesModel,
  type EndCurves,
  type PanelName,
} from './curves-model';

export type CurveAxis = 'time' | 'statements';

/** Pixels. */
const EDGE = 16;
const LEFT = 72;
const PLOT = 420;
const LEGEND = 300;
const PANEL = 96;
const HEAD = 24;
const ROW = 22;
/** Dots of one curve stand at least as far apart; of those nearer the last is there. */
const APART = 5;
/** Height of the packets' strip, with room between its name and the axis below. */
const STRIP = 26;
/** Height of a packet in it. */
const PACKET = 14;
/** Other connections that are offered. */
const MOST_OTHERS = 20;

const COLOURS = ['one', 'two', 'three', 'four'] as const;

const CURVE_NAMES: Readonly<Record<CurveName, Bilingual>> = {
  sent: { en: 'sent (snd_nxt)', zh: '已发送（snd_nxt）' },
  acknowledged: { en: 'acknowledged (snd_una)', zh: '已确认（snd_una）' },
  edge: { en: 'window edge (una + wnd)', zh: '窗口右沿（una + wnd）' },
  cwnd: { en: 'snd_cwnd', zh: '拥塞窗口 snd_cwnd' },
  ssthresh: { en: 'snd_ssthresh', zh: '慢启动阈值 snd_ssthresh' },
  rto: { en: 'RTO', zh: '重传超时 RTO' },
  srtt: { en: 'smoothed RTT (srtt)', zh: '平滑往返时间 srtt' },
  receive: { en: 'receive queue', zh: '接收队列' },
  write: { en: 'write queue', zh: '发送队列' },
  'out-of-order': { en: 'out of order', zh: '乱序队列' },
  accept: { en: 'accept queue', zh: 'accept 队列' },
  'accept-limit': { en: 'its limit', zh: '队列上限' },
};

const PANELS: Readonly<Record<PanelName, Bilingual>> = {
  sequence: { en: 'sequence, bytes', zh: '序号（字节）' },
  window: { en: 'window, packets', zh: '窗口（报文数）' },
  timers: { en: 'times, ms', zh: '时间（毫秒）' },
  queues: { en: 'queues, packets', zh: '队列（报文数）' },
  accept: { en: 'connections', zh: '连接数' },
};

const PACKETS: Bilingual = { en: 'packets', zh: '报文' };

export const NO_CURVES: Bilingual = {
  en: 'There is no connection yet whose variables could be drawn: step on, or press F5.',
  zh: '还没有可以画出变量的连接：继续单步，或按 F5。',
};

/** Where everything stands. */
export function curvesScene(model: CurvesModel, language: PictureLanguage, wanted: CurveAxis = 'time'): Scene {
  const axis: CurveAxis = model.time === 0 ? 'statements' : wanted;
  const items: SceneItem[] = [];
  const back: Shape[] = [];
  let y = EDGE;
  for (const end of model.ends) {
    const title: Shape = {
      kind: 'text',
      x: EDGE,
      y: y + 14,
      text: nameOf(end, language),
      anchor: 'start',
      class: 'title',
    };
    const rest = model.shown.filter((name) => !isChoiceOf(name, end));
    if (rest.length === 0) {
      back.push(title);
    } else {
      items.push(titleItem(title, end, rest, y, language));
    }
    y += HEAD;
    for (const panel of end.panels) {
      const plot = new Plot(panel, model, axis, y);
      back.push(...plot.frame(language));
      items.push(...plot.dots(end, language));
      y += PANEL + HEAD;
    }
    if (end.packets.length > 0) {
      items.push(...packetItems(end, model, axis, y));
      back.push({ kind: 'text', x: LEFT - 6, y: y + 10, text: PACKETS[language], anchor: 'end', class: 'small faint' });
      y += STRIP;
    }
    back.push(...axisShapes(model, axis, y));
    y += ROW + 8;
  }
  for (const { choice, name } of model.others.slice(0, MOST_OTHERS)) {
    const who = withEnds(name?.[language], choice, language);
    const text = language === 'zh' ? `加上 ${who}` : `add ${who}`;
    items.push({
      id: `other ${choice}`,
      spoken: text,
      shapes: [{ kind: 'text', x: EDGE, y: y + 15, text, anchor: 'start', class: 'strong' }],
      goal: { kind: 'choice', choice: [...model.shown, choice].join(BETWEEN_CHOICES) },
      x: EDGE - 6,
      y,
      width: widthOf(text) * 1.2 + 12,
      height: ROW,
    });
    y += ROW;
  }
  for (const text of lackingText(model, language)) {
    back.push({ kind: 'text', x: EDGE, y: y + 14, text, anchor: 'start', class: 'faint' });
    y += ROW;
  }
  return { width: LEFT + PLOT + LEGEND, height: y + EDGE, back, items };
}

/** The title of one of several connections: it leaves that connection out. */
function titleItem(
  title: Shape,
  end: EndCurves,
  rest: readonly string[],
  y: number,
  language: PictureLanguage,
): SceneItem {
  const name = nameOf(end, language);
  return {
    id: `title ${end.local} ${end.remote ?? ''}`,
    spoken: language === 'zh' ? `不看 ${name}` : `leave out ${name}`,
    shapes: [title],
    goal: { kind: 'choice', choice: rest.join(BETWEEN_CHOICES) },
    x: EDGE - 6,
    y,
    width: widthOf(name) * 1.2 + 12,
    height: HEAD,
  };
}

function isChoiceOf(choice: string, { local, remote }: EndCurves): boolean {
  return remote === undefined
    ? choice === local
    : choice === `${local} ↔ ${remote}` || choice === `${remote} ↔ ${local}`;
}

/** Packets that this end sent, as arrows up, and that it was sent, as arrows down. */
function packetItems(end: EndCurves, model: CurvesModel, axis: CurveAxis, y: number): SceneItem[] {
  const items: SceneItem[] = [];
  for (const { clock, time, isSent, text } of end.packets) {
    const x = along(model, axis, { clock, time });
    const last = items.at(-1);
    if (last && x - 5 - last.x < APART - 1) {
      items.pop();
    }
    const d = isSent ? `M${x} ${y + 1}L${x + 4} ${y + 11}H${x - 4}Z` : `M${x} ${y + 11}L${x + 4} ${y + 1}H${x - 4}Z`;
    items.push({
      id: `${end.local} ${end.remote ?? ''} packet ${clock}`,
      spoken: `${timeText(time)}, ${text}`,
      shapes: [{ kind: 'path', d, class: `sign ${isSent ? 'one' : 'three'}` }],
      goal: { kind: 'moment', clock },
      x: x - 5,
      y,
      width: 10,
      height: PACKET,
    });
  }
  return items;
}

/** Every change as a line, in the order of time. */
export function curveLines(model: CurvesModel, language: PictureLanguage): readonly string[] {
  const lines = rowsOf(model).map(
    ({ end, curve, point }) =>
      `${timeText(point.time).padStart(10)}  ${String(point.clock).padStart(7)}  ${end.name?.[language] ?? end.local}  ${CURVE_NAMES[curve.name][language]} = ${valueText(point.value)}`,
  );
  return [...(lines.length > 0 ? lines : [NO_CURVES[language]]), ...lackingText(model, language)];
}

/** Every change as a row of a table (RFC 4180). */
export function curveTable(model: CurvesModel): string {
  const rows = rowsOf(model).map(({ end, curve, point }) =>
    [
      (point.time / 1_000_000).toFixed(6),
      point.clock,
      end.local,
      end.remote ?? '',
      curve.name,
      curve.member,
      valueText(point.value),
    ].join(','),
  );
  return `${['seconds,statement,local,remote,curve,member,value', ...rows].join('\r\n')}\r\n`;
}

interface CurveRow {
  readonly end: EndCurves;
  readonly curve: Curve;
  readonly point: CurvePoint;
}

function rowsOf({ ends }: CurvesModel): readonly CurveRow[] {
  return ends
    .flatMap((end) =>
      end.panels.flatMap(({ curves }) =>
        curves.flatMap((curve) => curve.points.map((point): CurveRow => ({ end, curve, point }))),
      ),
    )
    .sort((a, b) => a.point.clock - b.point.clock);
}

/** One panel: its scales and what is drawn in them. */
class Plot {
  private readonly least: number;
  private readonly most: number;

  constructor(
    private readonly panel: CurvePanel,
    private readonly model: CurvesModel,
    private readonly axis: CurveAxis,
    private readonly top: number,
  ) {
    const values = panel.curves.flatMap(({ points }) => points.map(({ value }) => value));
    this.least = values.reduce((least, value) => Math.min(least, value), 0);
    this.most = values.reduce((most, value) => Math.max(most, value), this.least + 1);
  }

  frame(language: PictureLanguage): Shape[] {
    const { panel, top, least, most } = this;
    const bottom = top + HEAD + PANEL - HEAD;
    return [
      { kind: 'text', x: LEFT, y: top + 8, text: PANELS[panel.name][language], anchor: 'start', class: 'small faint' },
      { kind: 'rect', x: LEFT, y: top + 14, width: PLOT, height: bottom - top - 14, class: 'empty' },
      { kind: 'text', x: LEFT - 6, y: top + 22, text: valueText(most), anchor: 'end', class: 'small faint' },
      { kind: 'text', x: LEFT - 6, y: bottom, text: valueText(least), anchor: 'end', class: 'small faint' },
      ...panel.curves.flatMap((curve, index) => this.curve(curve, index, language)),
    ];
  }

  dots(end: EndCurves, language: PictureLanguage): SceneItem[] {
    return this.panel.curves.flatMap((curve, index) => {
      const items: SceneItem[] = [];
      for (const point of curve.points) {
        const [x, y] = this.at(point);
        const item: SceneItem = {
          id: `${end.local} ${end.remote ?? ''} ${curve.name} ${point.clock}`,
          spoken: `${end.name?.[language] ?? end.local}, ${timeText(point.time)}, ${CURVE_NAMES[curve.name][language]} = ${valueText(point.value)}`,
          shapes: [{ kind: 'path', d: dot(x, y), class: `sign ${COLOURS[index] ?? ''}` }],
          goal: { kind: 'moment', clock: point.clock },
          x: x - 5,
          y: y - 5,
          width: 10,
          height: 10,
        };
        const last = items.at(-1);
        if (last && x - 5 - last.x < APART && Math.abs(y - 5 - last.y) < APART) {
          items.pop();
        }
        items.push(item);
      }
      return items;
    });
  }

  /** Steps: a value holds until the next one. */
  private curve({ name, points }: Curve, index: number, language: PictureLanguage): Shape[] {
    const colour = COLOURS[index] ?? '';
    const d = points.map((point, at) => {
      const [x, y] = this.at(point);
      return at === 0 ? `M${x} ${y}` : `H${x}V${y}`;
    });
    const last = points.at(-1)?.value ?? 0;
    const y = this.top + 26 + index * 17;
    const text = `${CURVE_NAMES[name][language]}: ${valueText(last)}`;
    return [
      { kind: 'path', d: `${d.join('')}H${LEFT + PLOT}`, class: `curve ${colour}` },
      { kind: 'path', d: `M${LEFT + PLOT + 8} ${y - 4}h22`, class: `curve ${colour}` },
      { kind: 'text', x: LEFT + PLOT + 36, y, text, anchor: 'start', class: 'small' },
    ];
  }

  private at({ clock, time, value }: CurvePoint): readonly [number, number] {
    const { model, axis, least, most, top } = this;
    const height = PANEL - 14;
    return [
      along(model, axis, { clock, time }),
      round(top + 14 + height - 4 - ((value - least) / (most - least)) * (height - 8)),
    ];
  }
}

/** Where a moment is on the axis. */
function along(model: CurvesModel, axis: CurveAxis, { clock, time }: Pick<CurvePoint, 'clock' | 'time'>): number {
  const part = axis === 'time' ? time / Math.max(1, model.time) : clock / Math.max(1, model.clock);
  return round(LEFT + PLOT * Math.min(1, part));
}

/** Marks of the axis, below the panels of an end. */
function axisShapes({ time, clock }: CurvesModel, axis: CurveAxis, y: number): Shape[] {
  return [0, 0.25, 0.5, 0.75, 1].map((part) => ({
    kind: 'text',
    x: LEFT + PLOT * part,
    y: y + 2,
    text: axis === 'time' ? timeText(time * part) : `#${Math.round(clock * part)}`,
    anchor: 'middle',
    class: 'small faint',
  }));
}

function nameOf({ name, local, remote }: EndCurves, language: PictureLanguage): string {
  return withEnds(name?.[language], remote === undefined ? local : `${local} ↔ ${remote}`, language);
}

/** `client :32768 (127.0.0.1:32768 ↔ 127.0.0.1:8080)`. */
function withEnds(name: string | undefined, ends: string, language: PictureLanguage): string {
  return name === undefined
    ? ends
    : name.includes(ends)
      ? name
      : language === 'zh'
        ? `${name}（${ends}）`
        : `${name} (${ends})`;
}

function lackingText({ lacking }: CurvesModel, language: PictureLanguage): readonly string[] {
  return lacking.length === 0
    ? []
    : [language === 'zh' ? `这个内核没有 ${lacking.join('、')}。` : `This kernel has no ${lacking.join(', ')}.`];
}

function valueText(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function dot(x: number, y: number): string {
  return `M${x - 2.5} ${y}L${x} ${y - 2.5}L${x + 2.5} ${y}L${x} ${y + 2.5}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
