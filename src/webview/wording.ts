/**
 * Sentences about a stop, a row, a card: from the model's data to words in the reader's language.
 *
 * In: parts of the model, the language's strings. Out: plain text, for labels, announcements and the text twin.
 */
import type { Bilingual } from '../base/bilingual';
import type {
  CardModel,
  ChangeModel,
  InspectorModel,
  RowModel,
  StopModel,
  ValueMark,
  CardState,
  EventModel,
  NoteLanguage,
  ThreadModel,
} from '../protocol/inspector-model';
import { fill, type Words } from './strings';

const MARKS: Readonly<Record<ValueMark, keyof Words>> = {
  null: 'markNull',
  function: 'markFunction',
  freed: 'markFreed',
  uninitialised: 'markUninitialised',
  dangling: 'markDangling',
  invalid: 'markInvalid',
  user: 'markUser',
};
const STATES: Readonly<Partial<Record<CardState, keyof Words>>> = {
  freed: 'stateFreed',
  static: 'stateStatic',
  stack: 'stateStack',
  user: 'stateUser',
  embedded: 'stateEmbedded',
};
const REASONS: Readonly<Record<StopModel['reason'], keyof Words>> = {
  entry: 'reasonEntry',
  step: 'reasonStep',
  breakpoint: 'reasonBreakpoint',
  'function-breakpoint': 'reasonFunctionBreakpoint',
  'data-breakpoint': 'reasonDataBreakpoint',
  'failed-call': 'reasonFailedCall',
  goto: 'reasonGoto',
  pause: 'reasonPause',
  start: 'reasonStart',
  end: 'reasonEnd',
  fault: 'reasonFault',
};
const FAULTS: Readonly<Record<string, keyof Words>> = {
  'null-dereference': 'faultNullDereference',
  'wild-dereference': 'faultWildDereference',
  'use-after-free': 'faultUseAfterFree',
  'user-dereference': 'faultUserDereference',
  'out-of-bounds': 'faultOutOfBounds',
  'division-by-zero': 'faultDivisionByZero',
  'stack-overflow': 'faultStackOverflow',
  'stack-damaged': 'faultStackDamaged',
  bug: 'faultBug',
  panic: 'faultPanic',
  'missing-function': 'faultMissingFunction',
  'bad-function-pointer': 'faultBadFunctionPointer',
  trap: 'faultTrap',
  deadlock: 'faultDeadlock',
  budget: 'faultBudget',
  'out-of-memory': 'faultOutOfMemory',
  'double-free': 'faultDoubleFree',
  corruption: 'faultCorruption',
  'uninitialised-read': 'faultUninitialisedRead',
};
const EVENTS: Readonly<Record<EventModel['kind'], keyof Words>> = {
  call: 'eventCall',
  return: 'eventReturn',
  printk: 'eventPrintk',
  packet: 'eventPacket',
  state: 'eventState',
  switch: 'eventSwitch',
  fault: 'eventFault',
  expectation: 'eventExpectation',
  other: 'eventOther',
};
const THREADS: Readonly<Record<ThreadModel['state'], keyof Words>> = {
  running: 'threadRunning',
  ready: 'threadReady',
  sleeping: 'threadSleeping',
  woken: 'threadWoken',
  idle: 'threadIdle',
  exited: 'threadExited',
};

function markWord(words: Words, mark: ValueMark): string {
  return words[MARKS[mark]];
}

/** Undefined for plain live objects, which need no word. */
export function stateWord(words: Words, state: CardState): string | undefined {
  const key = STATES[state];
  return key && words[key];
}

/** A line in the language of the notes; both versions, where they differ, joined by a slash. */
export function lineIn(text: Bilingual, notes: NoteLanguage): string {
  return notes === 'both' ? (text.en === text.zh ? text.en : `${text.zh} / ${text.en}`) : text[notes];
}

/** A text in the language of the page. */
export function textOf(words: Words, text: Bilingual): string {
  return words.language === 'zh' ? text.zh : text.en;
}

/** What there is of some parts, one after the other, as the page's language lists things. */
export function listed(words: Words, parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(words.language === 'zh' ? '，' : ', ');
}

/** Sentences one after the other; they come without their ends. */
export function sentences(words: Words, parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(words.language === 'zh' ? '。' : '. ');
}

/** What an event looks like. */
export const EVENT_ICONS: Readonly<Record<EventModel['kind'], string>> = {
  call: 'arrow-right',
  return: 'arrow-left',
  printk: 'output',
  packet: 'mail',
  state: 'symbol-enum',
  switch: 'arrow-swap',
  fault: 'error',
  expectation: 'warning',
  other: 'circle-small-filled',
};

export function eventWord(words: Words, kind: EventModel['kind']): string {
  return words[EVENTS[kind]];
}

/** `running`, `sleeping in wait_for_connect`. */
export function threadWord(words: Words, { state, sleepsIn }: ThreadModel): string {
  return sleepsIn === undefined ? words[THREADS[state]] : fill(words.sleepsIn, sleepsIn);
}

/** What parts a heading from what follows it. */
function colon(words: Words): string {
  return words.language === 'zh' ? '：' : ': ';
}

/** Why it stopped: `The kernel made a fault: a NULL pointer is dereferenced (sk->prot, 0x00000000)`. */
export function reasonText(words: Words, stop: StopModel): string {
  const reason = words[REASONS[stop.reason]];
  if (stop.fault) {
    const kind = FAULTS[stop.fault.kind];
    const address = stop.fault.address === undefined ? undefined : hexText(stop.fault.address);
    const where = listed(words, [stop.fault.expression, address]);
    return `${reason}${colon(words)}${kind ? words[kind] : textOf(words, stop.fault.message)}${where && ` (${where})`}`;
  }
  if (stop.expectation) {
    const { line, expected, actual } = stop.expectation;
    const both = listed(words, [
      fill(words.expected, textOf(words, expected)),
      fill(words.actual, textOf(words, actual)),
    ]);
    return `${words.reasonExpectation}${colon(words)}${both} (${fill(words.scenarioLine, line)})`;
  }
  const { watched, read } = stop;
  if (!read) {
    return watched ? fill(words.reasonChanged, listed(words, watched)) : reason;
  }
  const wasRead = listed(words, read);
  return watched ? fill(words.reasonChangedAndRead, listed(words, watched), wasRead) : fill(words.reasonRead, wasRead);
}

/** `Switched from A to B: A sleeps`; undefined when the same process goes on. */
export function switchText(words: Words, { switched }: StopModel): string | undefined {
  const say = (text: Bilingual): string => textOf(words, text);
  return switched && fill(words.switchedProcess, say(switched.from), say(switched.to), say(switched.because));
}

/** `past, step 12 of 40` or `present, step 40`. */
export function momentText(words: Words, stop: StopModel): string {
  return stop.clock < stop.frontier
    ? fill(words.pastStep, grouped(stop.clock), grouped(stop.frontier))
    : fill(words.present, grouped(stop.clock));
}

/** Virtual seconds as all pictures count them, and the kernel's own count, when the program has a clock: `0.10 s, jiffies 1010`. */
export function timeText(words: Words, { jiffies, seconds }: StopModel): string | undefined {
  return jiffies === undefined ? undefined : fill(words.virtualTime, (seconds ?? 0).toFixed(2), jiffies);
}

/** `sk->state: 7 (TCP_CLOSE) → 10 (TCP_LISTEN)`. */
export function changeText(words: Words, { socket, path, from, to }: ChangeModel): string {
  return `${socket ? `${textOf(words, socket)}: ` : ''}${path}: ${valueText(words, from)} → ${valueText(words, to)}`;
}

/** What a screen reader says when the machine stops. */
export function announcement(words: Words, model: InspectorModel): string {
  const { statement, changes } = model;
  const first = changes
    .slice(0, 3)
    .map(
      ({ path, from, to }) =>
        `${path}: ${listed(words, [valueText(words, to), fill(words.was, valueText(words, from))])}`,
    );
  return sentences(words, [
    switchText(words, model.stop),
    reasonText(words, model.stop),
    momentText(words, model.stop),
    statement && `${fill(words.inFunction, statement.function, statement.place.line)}: ${statement.text}`,
    changes.length > 3 ? fill(words.changeCount, changes.length) : undefined,
    ...first,
  ]);
}

/** Marks whose word is part of a value's display, in English: it is left off and said in the reader's language. */
const IN_DISPLAY: ReadonlySet<ValueMark> = new Set(['freed', 'uninitialised', 'dangling', 'invalid', 'user']);

/** A value, and the word for what is wrong with it. */
export function splitMark(
  words: Words,
  { display, short, mark }: Pick<RowModel, 'display' | 'short' | 'mark'>,
): { readonly value: string; readonly word?: string } {
  return mark !== undefined && IN_DISPLAY.has(mark)
    ? {
        value: short ?? display,
        word: markWord(words, mark),
      }
    : { value: display };
}

/** The marks of the words that values have in them, in English. */
const WORD_MARKS: Readonly<Record<string, ValueMark>> = {
  'freed memory': 'freed',
  uninitialised: 'uninitialised',
  freed: 'dangling',
  invalid: 'invalid',
  user: 'user',
};
const VALUE_WORD = /\((freed memory|uninitialised)\)|(0x[0-9a-f]{8}(?: "(?:[^"\\]|\\.)*")? )\((freed|invalid|user)\)/g;

/** A value with its words in the reader's language: `0x5a5a5a5a (uninitialised)`. */
export function valueText(words: Words, display: string): string {
  if (!display.includes('(')) {
    return display;
  }
  return display.replace(VALUE_WORD, (all, ...[any, address, behind]: readonly (string | undefined)[]) => {
    const mark = WORD_MARKS[any ?? behind ?? ''];
    return mark ? `${address ?? ''}(${markWord(words, mark)})` : all;
  });
}

/** A row in words: `state: 7 (TCP_CLOSE), changed, was 0`. */
export function rowText(words: Words, row: RowModel): string {
  const chain =
    row.chain &&
    (row.chain.items.length === 0 ? words.emptyList : row.chain.items.map((item) => item.label).join(' → '));
  const { value, word } = splitMark(words, row);
  return listed(words, [
    `${row.name}: ${chain ? `${value} ${chain}` : value}`,
    word,
    row.changed ? words.changed : undefined,
    row.changed && row.was !== undefined ? fill(words.was, valueText(words, row.was)) : undefined,
  ]);
}

/** What the sock of a card is called everywhere; undefined for anything else. */
export function socketText(words: Words, { cards }: InspectorModel, id: string): string | undefined {
  const card = cards.find((each) => each.id === id);
  return card?.kind === 'sock' && card.socket ? textOf(words, card.socket) : undefined;
}

/** A card in words: `sk, struct sock, TCP_CLOSE, new`. */
export function cardText(words: Words, card: CardModel): string {
  return listed(words, [
    card.title,
    card.frame === undefined ? undefined : fill(words.frameOf, card.frame),
    card.kind === 'frame' ? words.frame : card.type,
    card.socket && textOf(words, card.socket),
    card.summary,
    card.kind === 'frame' ? undefined : stateWord(words, card.state),
    card.isNew ? words.isNew : undefined,
  ]);
}

/** What stands in a row: addresses that say less than the name behind them are left to the tooltip. */
export function shortDisplay(words: Words, row: RowModel): string {
  const text = row.short ?? row.display;
  const { word } = splitMark(words, row);
  return word === undefined ? text : `${text} ${word}`;
}

export function hexText(value: number): string {
  return `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}

/** Thousands apart by a thin space. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}
