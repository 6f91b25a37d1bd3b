/**
 * TCP states as a scene: for each connection its two ends side by side, each a diagram with the path taken, numbered,
 * and below it the steps, each with where the kernel decides it.
 *
 * In: the states' model, a language. Out: a {@link Scene}, and lines for those who read. A step leads to its moment, an
 * end to the card of what stands for it.
 */
import type { Bilingual } from '../base/bilingual';
import { timeText } from '../ladder/ladder-layout';
import type { Scene, SceneItem } from '../picture/scene';
import { fitted, type PictureLanguage, type Shape } from '../picture/shapes';
import { shortState, STATE_BOX, STATE_MOVES, STATE_PLACES } from './state-diagram';
import type { ConnectionStates, StateEnd, StatesModel, StateStep } from './states-model';

/** Pixels. */
const EDGE = 16;
const COLUMN = 360;
const TITLE = 40;
const DIAGRAM = 200;
const ROW = 22;
/** A step: what, and below it where. */
const STEP = 36;

export const NO_STATES: Bilingual = {
  en: 'There is no TCP connection yet: step on, or press F5.',
  zh: '还没有 TCP 连接：继续单步，或按 F5。',
};

/** Where everything stands. */
export function statesScene(model: StatesModel, language: PictureLanguage): Scene {
  const items: SceneItem[] = [];
  const back: Shape[] = [];
  let y = EDGE;
  for (const connection of model.connections) {
    const bottoms = columnsOf(connection, language).map((column, index) => {
      const x = EDGE + index * COLUMN;
      back.push(...column.back(x, y));
      items.push(...column.items(x, y));
      return y + column.height;
    });
    y = Math.max(...bottoms) + 12;
    back.push({ kind: 'line', x1: EDGE, y1: y - 4, x2: EDGE + 2 * COLUMN - 16, y2: y - 4, class: 'rule' });
  }
  for (const text of leftOffText(model, language)) {
    back.push({ kind: 'text', x: EDGE, y: y + 14, text, anchor: 'start', class: 'faint' });
    y += ROW;
  }
  return { width: 2 * EDGE + 2 * COLUMN - 16, height: y + EDGE, back, items };
}

/** All of it as lines. */
export function stateLines(model: StatesModel, language: PictureLanguage): readonly string[] {
  const lines = model.connections.flatMap(({ ends }) =>
    ends.flatMap((end) => [
      endText(end, language),
      ...end.steps.map((step, index) => `  ${index + 1}. ${stepText(step, language)}`),
    ]),
  );
  return [...(lines.length > 0 ? lines : [NO_STATES[language]]), ...leftOffText(model, language)];
}

interface Column {
  readonly height: number;
  back(x: number, y: number): readonly Shape[];
  items(x: number, y: number): readonly SceneItem[];
}

/** The columns of a connection: an end that is a listener or is not simulated has no other one. */
function columnsOf({ ends }: ConnectionStates, language: PictureLanguage): readonly Column[] {
  const columns = ends.map((end) => columnOf(end, language));
  const [only] = ends;
  return only?.remote !== undefined && ends.length === 1
    ? [...columns, missing(only.remote, hostOf(only.remote) === hostOf(only.local), language)]
    : columns;
}

function hostOf(end: string): string {
  return end.slice(0, end.lastIndexOf(':'));
}

/** The other end: outside, or where this end is, without a socket now. */
function missing(remote: string, isHere: boolean, language: PictureLanguage): Column {
  const [en, zh] = isHere
    ? ['no socket for it now', '现在没有对应的 socket']
    : ['outside the simulated machine', '在被模拟的机器之外'];
  const text = language === 'zh' ? `${remote}，${zh}` : `${remote}, ${en}`;
  return {
    height: TITLE,
    back: (x, y) => [{ kind: 'text', x, y: y + 16, text: fitted(text, COLUMN - 20), anchor: 'start', class: 'faint' }],
    items: () => [],
  };
}

function columnOf(end: StateEnd, language: PictureLanguage): Column {
  const id = `${end.local} ${end.remote ?? ''}`;
  const last = end.steps.at(-1);
  return {
    height: TITLE + DIAGRAM + end.steps.length * STEP,
    back: (x, y) => diagramOf(end, x, y + TITLE),
    items: (x, y) => [
      ...(end.card === undefined && !last
        ? []
        : [
            {
              id,
              spoken: endText(end, language),
              shapes: titleOf(end, x, y, language),
              goal:
                end.card === undefined
                  ? ({ kind: 'moment', clock: last?.clock ?? 0 } as const)
                  : ({ kind: 'card', card: end.card } as const),
              x: x - 6,
              y,
              width: COLUMN - 14,
              height: TITLE,
            },
          ]),
      ...end.steps.map((step, index): SceneItem => {
        const top = y + TITLE + DIAGRAM + index * STEP;
        const text = `${index + 1}. ${stepText(step, language)}`;
        return {
          id: `${id} ${step.clock}`,
          spoken: text,
          shapes: [
            {
              kind: 'text',
              x,
              y: top + 15,
              text: `${index + 1}. ${moveText(step)}`,
              anchor: 'start',
              class: 'small strong',
            },
            {
              kind: 'text',
              x: x + 20,
              y: top + 30,
              text: fitted(whereText(step), COLUMN - 40),
              anchor: 'start',
              class: 'small',
            },
          ],
          goal: { kind: 'moment', clock: step.clock },
          x: x - 6,
          y: top,
          width: COLUMN - 14,
          height: STEP,
          ...(step === last && end.state !== undefined ? { isPresent: true } : {}),
        };
      }),
    ],
  };
}

function titleOf(end: StateEnd, x: number, y: number, language: PictureLanguage): Shape[] {
  const who = end.name?.[language] ?? end.local;
  const text = `${who}${language === 'zh' ? '：' : ': '}${nowText(end, language)}`;
  const ends = end.name ? endsText(end) : '';
  return [
    { kind: 'text', x, y: y + 15, text: fitted(text, COLUMN / 1.3), anchor: 'start', class: 'title' },
    ...(ends === ''
      ? []
      : [
          {
            kind: 'text',
            x,
            y: y + 31,
            text: fitted(ends, COLUMN - 20),
            anchor: 'start',
            class: 'small faint',
          } as const,
        ]),
  ];
}

/** The diagram with the moves that were made, numbered, and the state that the end is in. */
function diagramOf(end: StateEnd, x: number, y: number): Shape[] {
  const known = new Set(STATE_MOVES.map(([from, to]) => `${from} ${to}`));
  const numbers = new Map<string, number[]>();
  end.steps.forEach(({ from, to }, index) => {
    const key = `${from} ${to}`;
    numbers.set(key, [...(numbers.get(key) ?? []), index + 1]);
  });
  const others = [...numbers.keys()].filter((key) => !known.has(key)).map((key) => key.split(' ') as [string, string]);
  const moves = [...STATE_MOVES, ...others].flatMap(([from, to]) =>
    moveShapes(from, to, x, y, numbers.get(`${from} ${to}`)),
  );
  const visited = new Set(end.steps.flatMap(({ from, to }) => [from, to]));
  const boxes = Object.keys(STATE_PLACES).flatMap((state) => stateBox(state, end.state, visited, x, y));
  return [...moves.filter(({ kind }) => kind !== 'text'), ...boxes, ...moves.filter(({ kind }) => kind === 'text')];
}

/** An arrow from the edge of one box to the edge of another. */
function moveShapes(from: string, to: string, x: number, y: number, taken: readonly number[] | undefined): Shape[] {
  const [start, end] = [STATE_PLACES[from], STATE_PLACES[to]];
  if (!start || !end) {
    return [];
  }
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const cut = (toX: number, toY: number): number =>
    Math.min(
      toX === 0 ? 1 : STATE_BOX.width / 2 / Math.abs(toX),
      toY === 0 ? 1 : STATE_BOX.height / 2 / Math.abs(toY),
      0.5,
    );
  const inset = cut(dx, dy);
  const at = (part: number): readonly [number, number] => [
    Math.round(x + start[0] + dx * part),
    Math.round(y + start[1] + dy * part),
  ];
  const [[x1, y1], [x2, y2]] = [at(inset), at(1 - inset)];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const point = (back: number, side: number): string =>
    `${round(x2 - ux * back - uy * side)} ${round(y2 - uy * back + ux * side)}`;
  const name = taken ? ' taken' : '';
  const [mx, my] = at(0.5);
  return [
    { kind: 'line', x1, y1, x2, y2, class: `move${name}` },
    { kind: 'path', d: `M${x2} ${y2}L${point(7, 3.5)}L${point(7, -3.5)}Z`, class: `tip${name}` },
    ...(taken
      ? [{ kind: 'text', x: mx + 6, y: my - 3, text: taken.join(','), anchor: 'start', class: 'small number' } as const]
      : []),
  ];
}

function stateBox(state: string, now: string | undefined, visited: ReadonlySet<string>, x: number, y: number): Shape[] {
  const [cx, cy] = STATE_PLACES[state] ?? [0, 0];
  const { width, height } = STATE_BOX;
  const name = state === now ? 'present' : visited.has(state) ? 'visited' : '';
  return [
    { kind: 'rect', x: x + cx - width / 2, y: y + cy - height / 2, width, height, class: `state ${name}`.trim() },
    {
      kind: 'text',
      x: x + cx,
      y: y + cy + 4,
      text: shortState(state),
      anchor: 'middle',
      class: `state-name ${name}`.trim(),
    },
  ];
}

/** `client :32768, 127.0.0.1:32768 ↔ 127.0.0.1:8080: SYN_SENT`. */
function endText(end: StateEnd, language: PictureLanguage): string {
  const isChinese = language === 'zh';
  const ends = endsText(end);
  const who = end.name ? [end.name[language], ...(ends === '' ? [] : [ends])].join(isChinese ? '，' : ', ') : ends;
  return `${who}${isChinese ? '：' : ': '}${nowText(end, language)}`;
}

/** The addresses, as far as the name does not say them. */
function endsText({ name, local, remote }: StateEnd): string {
  return remote === undefined ? (name?.en.includes(local) ? '' : local) : `${local} ↔ ${remote}`;
}

/** `SYN_RECV (half open)`. */
function nowText({ state, isHalfOpen }: StateEnd, language: PictureLanguage): string {
  const isChinese = language === 'zh';
  const halfOpen = isChinese ? '（半连接）' : ' (half open)';
  return state === undefined
    ? isChinese
      ? '已不存在'
      : 'no more'
    : `${shortState(state)}${isHalfOpen ? halfOpen : ''}`;
}

/** `CLOSE → SYN_SENT, 0.100 s, tcp_v4_connect (net/ipv4/tcp_connect.c:92)`. */
function stepText(step: StateStep, language: PictureLanguage): string {
  const parts = [moveText(step), timeText(step.time), whereText(step)];
  return parts.filter((part) => part !== '').join(language === 'zh' ? '，' : ', ');
}

function moveText({ from, to }: StateStep): string {
  return `${shortState(from)} → ${shortState(to)}`;
}

function whereText({ place }: StateStep): string {
  return place ? `${place.function} (${place.file.replace(/^.*\//, '')}:${place.line})` : '';
}

function leftOffText({ leftOff }: StatesModel, language: PictureLanguage): readonly string[] {
  return leftOff === 0
    ? []
    : [language === 'zh' ? `更早的 ${leftOff} 个连接没有显示。` : `${leftOff} older connections are not shown.`];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
