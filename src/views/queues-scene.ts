/**
 * Queues as a scene: for each socket a row per queue with its gauge against the limit, what waits in it as boxes, and
 * what was refused because it was full.
 *
 * In: the queues' model, a language. Out: a {@link Scene}. A box leads to the card of its packet or request, a refusal to
 * the moment of the drop, the rest to the socket's card.
 */
import type { Scene, SceneItem } from '../picture/scene';
import { fitted, widthOf, type PictureLanguage, type Shape } from '../picture/shapes';
import { fillText, IDLE, isIdle, leftOffText, QUEUE_NAMES, queueText, refusalText, socketTitle } from './queue-words';
import type { QueuedModel, QueueModel, QueuesModel, SocketQueuesModel } from './queues-model';

/** Pixels. */
const EDGE = 16;
const TITLE = 28;
/** A letter of a title, in letters of a label. */
const TITLE_LETTERS = 1.2;
const ROW = 24;
const BOXES = 26;
const NAME = 104;
const GAUGE = 160;
const BOX = 148;
const GAP = 6;
const WIDTH = EDGE + NAME + 4 * (BOX + GAP) + EDGE;
/** Boxes of one queue that stand side by side; the others are counted. */
const SIDE_BY_SIDE = 4;
/** Places up to which a gauge shows each. */
const COUNTED = 16;

/** Where everything stands. */
export function queuesScene(model: QueuesModel, language: PictureLanguage): Scene {
  const items: SceneItem[] = [];
  const back: Shape[] = [];
  let y = EDGE;
  for (const socket of model.sockets) {
    y = placeSocket(socket, y, language, items);
    if (!isIdle(socket)) {
      back.push({ kind: 'line', x1: EDGE, y1: y + 6, x2: WIDTH - EDGE, y2: y + 6, class: 'rule' });
      y += 10;
    }
  }
  for (const text of leftOffText(model, language)) {
    back.push({ kind: 'text', x: EDGE, y: y + 14, text, anchor: 'start', class: 'faint' });
    y += ROW;
  }
  const widest = Math.max(WIDTH, ...items.map((item) => item.x + item.width + EDGE));
  return { width: Math.ceil(widest), height: y + EDGE, back, items };
}

function placeSocket(socket: SocketQueuesModel, top: number, language: PictureLanguage, items: SceneItem[]): number {
  const title = socketTitle(socket, language);
  const goal = { kind: 'card', card: socket.card } as const;
  const shapes: Shape[] = [{ kind: 'text', x: EDGE, y: top + 18, text: title, anchor: 'start', class: 'title' }];
  const idle = isIdle(socket) ? IDLE[language] : undefined;
  if (idle !== undefined) {
    shapes.push({
      kind: 'text',
      x: EDGE + widthOf(title) * TITLE_LETTERS + 14,
      y: top + 18,
      text: idle,
      anchor: 'start',
      class: 'faint',
    });
  }
  const spoken = idle === undefined ? title : `${title}, ${idle}`;
  items.push({ id: socket.card, shapes, spoken, goal, x: EDGE - 8, y: top, width: WIDTH - 16, height: TITLE });
  let y = top + TITLE;
  if (idle !== undefined) {
    return y;
  }
  for (const queue of socket.queues) {
    items.push({
      id: `${socket.card} ${queue.name}`,
      shapes: queueShapes(queue, y, language),
      spoken: `${title}, ${queueText(queue, language)}`,
      goal,
      x: EDGE - 8,
      y,
      width: WIDTH - 16,
      height: ROW,
    });
    y += ROW;
    if (queue.items.length > 0) {
      items.push(...boxesOf(socket, queue, y));
      y += BOXES;
    }
    for (const refusal of queue.refusals) {
      const text = refusalText(refusal, language);
      items.push({
        id: `${socket.card} ${queue.name} ${refusal.clock}`,
        shapes: [
          { kind: 'path', d: cross(EDGE + NAME + 5, y + ROW / 2), class: 'sign alarm' },
          { kind: 'text', x: EDGE + NAME + 16, y: y + 16, text, anchor: 'start', class: 'alarm' },
        ],
        spoken: text,
        goal: { kind: 'moment', clock: refusal.clock },
        x: EDGE + NAME - 6,
        y,
        width: widthOf(text) + 30,
        height: ROW,
      });
      y += ROW;
    }
  }
  return y;
}

/** Name, gauge and numbers. */
function queueShapes(queue: QueueModel, y: number, language: PictureLanguage): Shape[] {
  const x = EDGE + NAME;
  const full = queue.isFull ? ' full' : '';
  const text = `${fillText(queue, language)}${queue.isFull ? (language === 'zh' ? '，已满' : ', full') : ''}`;
  return [
    { kind: 'text', x: EDGE, y: y + 16, text: QUEUE_NAMES[queue.name][language], anchor: 'start', class: 'label' },
    ...gaugeShapes(queue, x, y + 7, full),
    { kind: 'text', x: x + GAUGE + 10, y: y + 16, text, anchor: 'start', class: queue.isFull ? 'alarm' : 'label' },
  ];
}

/** Places side by side where they are few, a bar where they are many; nothing where there is no limit. */
function gaugeShapes({ length, limit, memory, memoryLimit }: QueueModel, x: number, y: number, full: string): Shape[] {
  const height = 10;
  if (limit !== undefined && limit <= COUNTED) {
    const width = GAUGE / Math.max(limit, length);
    return Array.from({ length: Math.max(limit, length) }, (_, index) => ({
      kind: 'rect',
      x: round(x + index * width + 1),
      y,
      width: round(width - 2),
      height,
      class: index < length ? `level${full}` : 'gauge',
    }));
  }
  const [value, most] = limit === undefined ? [memory, memoryLimit] : [length, limit];
  if (value === undefined || most === undefined) {
    return [];
  }
  const level = round(GAUGE * Math.min(1, value / Math.max(1, most)));
  return [
    { kind: 'rect', x, y, width: GAUGE, height, class: 'gauge' },
    { kind: 'rect', x, y, width: value > 0 ? Math.max(2, level) : 0, height, class: `level${full}` },
  ];
}

function boxesOf(socket: SocketQueuesModel, queue: QueueModel, y: number): SceneItem[] {
  const more = queue.length - Math.min(queue.items.length, SIDE_BY_SIDE);
  const shown = queue.items.slice(0, SIDE_BY_SIDE);
  return shown.map((item, index) => {
    const x = EDGE + NAME + index * (BOX + GAP);
    const isLast = index === shown.length - 1 && more > 0;
    const extra: Shape[] = isLast
      ? [{ kind: 'text', x: x + BOX + 8, y: y + 15, text: `+${more}`, anchor: 'start', class: 'label' }]
      : [];
    return {
      id: `${socket.card} ${queue.name} ${item.card}`,
      shapes: [...boxShapes(item, x, y), ...extra],
      spoken: isLast ? `${item.label}, +${more}` : item.label,
      goal: { kind: 'card', card: item.card },
      x,
      y,
      width: BOX,
      height: BOXES - 4,
    };
  });
}

function boxShapes({ label }: QueuedModel, x: number, y: number): Shape[] {
  const text = labelsOf(label).find((each) => widthOf(each) <= BOX - 8) ?? fitted(label, BOX - 8);
  return [
    { kind: 'rect', x, y: y + 1, width: BOX, height: BOXES - 7, class: 'box' },
    { kind: 'text', x: x + 5, y: y + 15, text, anchor: 'start', class: 'small' },
  ];
}

/** A label, and of a packet's ever less: `seq 3874617602, 3072 B`. */
function labelsOf(label: string): readonly string[] {
  const [, sequence, length] = /\bseq (\d+).*\blen (\d+)/.exec(label) ?? [];
  const short = `${sequence}, ${length} B`;
  return sequence === undefined ? [label] : [label, `seq ${short}`, short];
}

function cross(x: number, y: number): string {
  return `M${x - 4} ${y - 2}L${x - 2} ${y - 4}L${x} ${y - 2}L${x + 2} ${y - 4}L${x + 4} ${y - 2}L${x + 2} ${y}L${x + 4} ${y + 2}L${x + 2} ${y + 4}L${x} ${y + 2}L${x - 2} ${y + 4}L${x - 4} ${y + 2}L${x - 2} ${y}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
