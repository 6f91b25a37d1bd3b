/**
 * Where everything of a ladder stands, as plain shapes: life lines side by side, a row below the other for each thing that
 * happened, time in the margin where it goes on.
 *
 * In: a {@link Ladder}, a language. Out: shapes with coordinates in CSS pixels and a class each, for whoever draws: a page,
 * or an SVG file. The page draws a window of the rows; each row knows its shapes.
 */
import type { Bilingual } from '../base/bilingual';
import { widthOf, type PictureLanguage, type Shape } from '../picture/shapes';
import type { CallRow, Ladder, LadderRow, PacketRow } from './ladder-model';
import { packetWords } from './packet-words';

export interface LadderLayout {
  readonly width: number;
  readonly height: number;
  /** Middle of each life line. */
  readonly lines: readonly number[];
  /** Names of the life lines, above the rows. */
  readonly head: readonly Shape[];
  /** Times in the margin, by row; none where it is that of the row before. */
  readonly times: readonly (readonly Shape[])[];
  /** Shapes by row. */
  readonly rows: readonly (readonly Shape[])[];
  /** Bars of the system calls, behind the rows; each with the rows that it spans. */
  readonly bars: readonly { readonly from: number; readonly to: number; readonly shapes: readonly Shape[] }[];
  /** Top of row `index`. */
  top(index: number): number;
  /** Row `index` in words, for those who do not see it. */
  spoken(index: number): string;
}

export interface LayoutOptions {
  readonly language: PictureLanguage;
  /** Sequence numbers as on the wire. */
  readonly absolute?: boolean;
  /** Pixels that there are from left to right: texts of the last life line stand inside where they go beyond these. */
  readonly room?: number;
}

/** Pixels. */
const ROW = 24;
const HEAD = 44;
const FOOT = 16;
const MARGIN = 84;
const BAR = 12;
const LEAST_GAP = 180;
const MOST_GAP = 460;
const PAD = 14;
/** Of a name of a life line the half behind it, with what there is at least. */
const NAME_ROOM = 70;

/** Lays a ladder out. */
export function layOut(ladder: Ladder, options: LayoutOptions): LadderLayout {
  const { lines, width, inside } = columns(ladder, options);
  const top = (index: number): number => HEAD + index * ROW;
  const drawing: Drawing = { lines, top, options, inside, numbered: numberedRows(ladder) };
  return {
    width,
    height: top(ladder.rows.length) + FOOT,
    lines,
    head: ladder.lifelines.flatMap(({ kind, name }, i) => headOf(kind, name, lines[i] ?? 0, options.language)),
    times: ladder.rows.map((_, i) => timeOf(ladder.rows, i, top)),
    rows: ladder.rows.map((row, i) => shapesOf(row, i, drawing)),
    bars: ladder.rows.flatMap((row, i) => (row.kind === 'call' ? [barOf(row, i, ladder.rows.length, drawing)] : [])),
    top,
    spoken: (index) => spokenRow(ladder, index, options),
  };
}

/** `0.100 s, B to A, client :32768: SYN seq 0 win 32304`; in Chinese `0.100 s，B 到 A，client :32768：SYN …`. */
function spokenRow({ rows, lifelines }: Ladder, index: number, options: LayoutOptions): string {
  const row = rows[index];
  if (!row) {
    return '';
  }
  const name = (line: number): string => lifelines[line]?.name ?? '';
  const [to, comma, colon] = options.language === 'zh' ? ['到', '，', '：'] : ['to', ', ', ': '];
  const sender = row.kind === 'packet' && row.sender ? `${comma}${row.sender[options.language]}` : '';
  const who = row.kind === 'packet' ? `${name(row.at)} ${to} ${name(row.to)}${sender}` : name(row.at);
  return `${timeText(row.time)}${comma}${who}${colon}${labelOf(row, options)}`;
}

interface Drawing {
  readonly lines: readonly number[];
  readonly options: LayoutOptions;
  /** The life line whose texts stand to the left of it. */
  readonly inside: number | undefined;
  /** Row of each packet by its number. */
  readonly numbered: ReadonlyMap<number, number>;
  top(index: number): number;
}

function numberedRows({ rows }: Ladder): ReadonlyMap<number, number> {
  return new Map(rows.flatMap((row, i) => (row.kind === 'packet' ? [[row.number, i] as const] : [])));
}

interface Columns {
  /** Middle of each life line. */
  readonly lines: number[];
  readonly width: number;
  /** The life line whose texts stand to the left of it. */
  readonly inside: number | undefined;
}

/**
 * Life lines as far apart as the longest label between two neighbours wants. Where that is more than there is room for,
 * texts of the last line stand to its left, and lines come nearer to each other.
 */
function columns(ladder: Ladder, options: LayoutOptions): Columns {
  const { room = Infinity } = options;
  const last = ladder.lifelines.length - 1;
  const widths = ladder.rows.map((row) => widthOf(labelOf(row, options)) + 2 * PAD + BAR);
  const beyond = ladder.rows.reduce(
    (most, row, index) => (row.at === last ? Math.max(most, widths[index] ?? 0) : most),
    NAME_ROOM,
  );
  const free = placed(gapsOf(ladder, widths, undefined), beyond);
  if (free.width <= room || last < 1) {
    return { ...free, inside: undefined };
  }
  const gaps = gapsOf(ladder, widths, last);
  const wanted = gaps.slice(0, last).reduce((sum, gap) => sum + gap, 0);
  const part = Math.min(1, (room - MARGIN - BAR - NAME_ROOM) / wanted);
  return {
    ...placed(
      gaps.map((gap) => Math.max(LEAST_GAP, Math.floor(gap * part))),
      NAME_ROOM,
    ),
    inside: last,
  };
}

/** Pixels from each life line to the next. */
function gapsOf({ lifelines, rows }: Ladder, widths: readonly number[], inside: number | undefined): number[] {
  const gaps: number[] = lifelines.map(() => LEAST_GAP);
  const want = (index: number, width: number): void => {
    gaps[index] = Math.min(MOST_GAP, Math.max(gaps[index] ?? 0, width));
  };
  for (const [index, row] of rows.entries()) {
    const width = widths[index] ?? 0;
    if (row.kind === 'packet' && Math.abs(row.at - row.to) === 1) {
      want(Math.min(row.at, row.to), width);
    } else if (row.kind !== 'packet') {
      want(row.at === inside ? row.at - 1 : row.at, width);
    }
  }
  return gaps;
}

function placed(gaps: readonly number[], beyond: number): Pick<Columns, 'lines' | 'width'> {
  const lines: number[] = [];
  let x = MARGIN + BAR;
  for (const gap of gaps) {
    lines.push(Math.round(x));
    x += gap;
  }
  return { lines, width: Math.ceil((lines.at(-1) ?? MARGIN) + beyond) };
}

function headOf(kind: string, name: string, x: number, language: PictureLanguage): Shape[] {
  const words = kind === 'kernel' ? (language === 'zh' ? '内核' : 'kernel') : name;
  return [{ kind: 'text', x, y: HEAD - 20, text: words, anchor: 'middle', class: `name ${kind}` }];
}

/** The time, where it is not that of the row before. */
function timeOf(rows: readonly LadderRow[], index: number, top: (index: number) => number): Shape[] {
  const time = rows[index]?.time ?? 0;
  return index > 0 && rows[index - 1]?.time === time
    ? []
    : [{ kind: 'text', x: MARGIN - 16, y: top(index) + 15, text: timeText(time), anchor: 'end', class: 'time' }];
}

/** `0.100 s` of microseconds. */
export function timeText(microseconds: number): string {
  return `${(microseconds / 1_000_000).toFixed(3)} s`;
}

function labelOf(row: LadderRow, { language, absolute }: LayoutOptions): string {
  if (row.kind === 'packet') {
    const again = row.repeats === undefined ? '' : ` ${againText(row, language)}`;
    return `${packetWords(row, absolute)}${again}`;
  }
  return inLanguage(row.text, language);
}

function againText({ repeats }: PacketRow, language: PictureLanguage): string {
  return language === 'zh' ? `（重传 #${repeats}）` : `(again #${repeats})`;
}

function inLanguage(text: Bilingual, language: PictureLanguage): string {
  return text[language];
}

function shapesOf(row: LadderRow, index: number, drawing: Drawing): Shape[] {
  const y = drawing.top(index) + ROW / 2;
  const x = drawing.lines[row.at] ?? 0;
  if (row.kind === 'packet') {
    return packetShapes(row, index, drawing);
  }
  const text = labelOf(row, drawing.options);
  const isInside = row.at === drawing.inside;
  const start = isInside ? x - BAR / 2 - 6 : x + BAR / 2 + 6;
  const anchor = isInside ? 'end' : 'start';
  if (row.kind === 'mark') {
    return [
      { kind: 'path', d: `M${x - 5} ${y}L${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}Z`, class: `sign ${row.what}` },
      { kind: 'text', x: start, y: y + 4, text, anchor, class: `mark ${row.what}` },
    ];
  }
  const failed = row.kind === 'return' && row.failed ? ' failed' : '';
  return [{ kind: 'text', x: start, y: y + 4, text, anchor, class: `${row.kind}${failed}` }];
}

/** An arrow with its label above; one that sends again is joined to what it repeats. */
function packetShapes(row: PacketRow, index: number, { lines, top, options, numbered }: Drawing): Shape[] {
  const [x1, x2] = [lines[row.at] ?? 0, lines[row.to] ?? 0];
  const y = top(index) + ROW - 6;
  const text = labelOf(row, options);
  const name = `packet${row.repeats === undefined ? '' : ' again'}`;
  if (x1 === x2) {
    const right = x1 + 46;
    return [
      { kind: 'path', d: `M${x1} ${y - 10}C${right} ${y - 12} ${right} ${y + 2} ${x1 + 7} ${y}`, class: name },
      arrowHead(x1, y, -1, name),
      { kind: 'text', x: right + 2, y: y - 2, text, anchor: 'start', class: `label ${name}` },
    ];
  }
  const way = Math.sign(x2 - x1);
  const inset = (BAR / 2) * way;
  const shapes: Shape[] = [
    { kind: 'line', x1: x1 + inset, y1: y - 3, x2: x2 - inset - 6 * way, y2: y, class: name },
    arrowHead(x2 - inset, y, way, name),
    { kind: 'text', x: (x1 + x2) / 2, y: y - 6, text, anchor: 'middle', class: `label ${name}` },
  ];
  const original = row.repeats === undefined ? undefined : numbered.get(row.repeats);
  if (original !== undefined) {
    const side = x1 - 10 * way;
    const from = top(original) + ROW - 9;
    shapes.push({ kind: 'path', d: `M${x1 - inset} ${from}H${side}V${y - 3}H${x1 - inset}`, class: 'joined' });
  }
  return shapes;
}

function arrowHead(x: number, y: number, way: number, name: string): Shape {
  return { kind: 'path', d: `M${x} ${y}L${x - 7 * way} ${y - 4}V${y + 4}Z`, class: `head ${name}` };
}

/** The bar of a call, to its return or to the last row; where it slept it is hollow. */
function barOf(row: CallRow, index: number, count: number, { lines, top }: Drawing): LadderLayout['bars'][number] {
  const x = (lines[row.at] ?? 0) - BAR / 2;
  const to = row.end ?? count - 1;
  const piece = (from: number, until: number, name: string): Shape => ({
    kind: 'rect',
    x,
    y: top(from) + 4,
    width: BAR,
    height: Math.max(ROW - 8, top(until) - top(from) + ROW - 8),
    class: name,
  });
  return {
    from: index,
    to,
    shapes: [
      piece(index, to, row.end === undefined ? 'bar open' : 'bar'),
      ...row.sleeps.map(([from, until]) => ({ ...piece(from, until ?? to, 'bar asleep') })),
    ],
  };
}
