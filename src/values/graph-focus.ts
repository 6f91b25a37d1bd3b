/**
 * What matters at a stop: the objects of the frame that the reader looks at, and its variables.
 *
 * In: the object graph, the frames, what the statement names (`touched.ts`). Out: cards by the name that the code has for
 * them, in an order that does not depend on the statement: parameters, locals, what the statement reaches besides, then
 * what all these lead to. Where the innermost frame knows no object, the next outer one that does comes in.
 */
import { formatAddress } from '../base/bytes';
import { cardId } from './graph-build';
import type { GraphCard, GraphCardKind, GraphRow, ObjectGraph } from './graph-types';
import type { Touched } from './touched';
import type { ValueContext } from './value-context';
import type { StackFrame } from './value-model';
import { valueNode } from './value-node';
import { formatScalar, isScalar, type FormattedScalar } from './value-scalar';
import { recordOf, typeOf } from './value-types';
import { visibleVariables } from './visible';

export interface FocusObject {
  /** Id of its card. */
  readonly card: string;
  /** As the code names it in its frame: `sk`, `sk->tp_pinfo.af_tcp`. */
  readonly name: string;
  /** The statement names it, or something in it. */
  readonly touched: boolean;
}

/** The variables of a frame. */
export interface FrameVariables {
  /** Stable while the call lasts. */
  readonly id: string;
  readonly function: string;
  readonly address: number;
  readonly size: number;
  readonly rows: readonly GraphRow[];
}

export interface Focus {
  readonly objects: readonly FocusObject[];
  /** Of the frame looked at, and of the one whose objects are meant when it knows none. */
  readonly frames: readonly FrameVariables[];
}

/** Objects with those reached from what the frame names; the frame's own are never left off. */
const REACHED = 8;
/** Where there are fewer, those of its callers come in, as far out as this. */
const FEW = 5;
const CALLERS = 4;
/** Kinds that are looked at for what is in them, and not only as a table of functions. */
const WORTH_REACHING: ReadonlySet<GraphCardKind> = new Set([
  ...(['sock', 'socket', 'protocol-part', 'queue', 'request', 'packet', 'waiter', 'bind-bucket'] as const),
]);

export function focusOf(
  context: ValueContext,
  graph: ObjectGraph,
  frames: readonly StackFrame[],
  touched: Touched | undefined,
): Focus {
  const compiled = frames.filter(({ kind }) => kind === 'compiled');
  const [innermost] = compiled;
  if (!innermost) {
    return { objects: [], frames: [] };
  }
  const looker = compiled.find((frame) => variableCards(context, graph, frame).size > 0);
  const names = new Map(looker ? variableCards(context, graph, looker) : []);
  if (looker === innermost) {
    for (const { type, address, expression } of touched?.objects ?? []) {
      addCard(names, cardOf(context, graph, type, address), expression);
    }
  }
  addReached(graph, names);
  for (const caller of looker ? compiled.slice(compiled.indexOf(looker) + 1).slice(0, CALLERS) : []) {
    for (const [card, name] of names.size < FEW ? variableCards(context, graph, caller) : []) {
      addCard(names, card, name);
    }
  }
  const meant = new Set((touched?.bytes ?? []).flatMap(({ address, size }) => around(graph, address, size)));
  const objects = [...names].map(([card, name]) => ({ card, name, touched: meant.has(card) }));
  const shown = looker === undefined || looker === innermost ? [innermost] : [innermost, looker];
  return { objects, frames: shown.map((frame) => frameVariables(context, graph, frame)) };
}

/** Cards that a frame's variables lead to or are, by the names of the variables. */
function variableCards(context: ValueContext, graph: ObjectGraph, frame: StackFrame): Map<string, string> {
  const names = new Map<string, string>();
  for (const { variable, address } of visibleVariables(context.debug, frame)) {
    const type = typeOf(context.debug, variable.type);
    if (type.kind === 'pointer' && context.memory.contains(address, 4)) {
      addCard(names, cardOf(context, graph, type.to, context.memory.u32(address)), variable.name);
    } else {
      addCard(names, cardOf(context, graph, variable.type, address), variable.name);
    }
  }
  return names;
}

function cardOf(context: ValueContext, graph: ObjectGraph, type: number, address: number): string | undefined {
  const record = recordOf(context.debug, type);
  const id = record && cardId(`${record.tag} ${record.name}`, address);
  const exact = graph.cards.find((card) => card.id === id);
  // `struct sockaddr` is shown as what its family says.
  return (exact ?? (record?.name === 'sockaddr' ? graph.cards.find((card) => card.address === address) : undefined))
    ?.id;
}

function addCard(names: Map<string, string>, card: string | undefined, name: string): void {
  if (card !== undefined && !names.has(card)) {
    names.set(card, name);
  }
}

/** Adds the parts of what is there, then what its pointers lead to. */
function addReached(graph: ObjectGraph, names: Map<string, string>): void {
  const own = names.size;
  const isKnown = (id: string | undefined): boolean => id !== undefined && names.has(id);
  const partsOf = (card: GraphCard): boolean => isKnown(card.inside);
  const reached = (card: GraphCard): boolean => isKnown(card.from) && WORTH_REACHING.has(card.kind);
  for (const isWanted of [partsOf, reached, partsOf]) {
    for (const card of graph.cards.filter((each) => !names.has(each.id) && isWanted(each))) {
      if (names.size < Math.max(REACHED, own)) {
        names.set(card.id, reachedName(graph, names, card));
      }
    }
  }
}

/** The name of the card it is reached from, and what leads on: `sk->tp_pinfo.af_tcp`. */
function reachedName({ cards }: ObjectGraph, names: ReadonlyMap<string, string>, card: GraphCard): string {
  const from = cards.find(({ id }) => id === card.from);
  const name = from && names.get(from.id);
  if (!from || name === undefined || card.via === undefined) {
    return card.expression;
  }
  // A part is named by a member and no pointer, whatever leads to it elsewhere.
  const isMember = from.inside !== undefined && name.includes('.');
  return `${name}${isMember ? card.via.replace(/^->/, '.') : card.via}`;
}

/** Cards whose bytes the range lies in. */
function around({ cards }: ObjectGraph, address: number, size: number): readonly string[] {
  return cards
    .filter((card) => card.address <= address && address + size <= card.address + card.size)
    .map((card) => card.id);
}

function frameVariables(context: ValueContext, graph: ObjectGraph, frame: StackFrame): FrameVariables {
  const size = context.debug.functions[frame.functionId]?.frameSize ?? 0;
  const rows = visibleVariables(context.debug, frame).map(({ variable, address }): GraphRow => {
    const type = typeOf(context.debug, variable.type);
    const place = { variable: variable.name };
    const { display, mark, short, scalar }: FormattedScalar =
      isScalar(type) && context.memory.contains(address, type.size)
        ? formatScalar(context, type, address, place)
        : valueNode(context, { name: variable.name, type: variable.type, address, place });
    const pointer = scalar.kind === 'pointer' ? scalar.address : undefined;
    const isPointer = type.kind === 'pointer' && pointer !== undefined;
    return {
      id: variable.name,
      type: variable.spelling,
      display,
      mark,
      short,
      scalars: scalar.kind === 'none' ? [] : [scalar],
      ...(isPointer ? { pointer } : {}),
      expression: variable.name,
      address,
      size: Math.max(type.size, 1),
      target: isPointer ? cardOf(context, graph, type.to, pointer) : cardOf(context, graph, variable.type, address),
      important: true,
    };
  });
  return {
    id: `frame@${formatAddress(frame.address)}`,
    function: frame.function,
    address: frame.address - size,
    size,
    rows,
  };
}
