/**
 * What happened to memory between two moments, in C terms: the objects the reader looks at (variables of the frames,
 * kernel objects around them, globals) compared field by field.
 */
import type { DebugInfo } from '../abi/debug-info';
import { SHADOW_SHIFT, SHADOW_VALID } from '../abi/memory-map';
import { itemAt } from '../base/checked-access';
import { buildGraph } from './graph-build';
import { contextOf, graphRoots } from './graph-roots';
import type { MemorySnapshot } from './memory-snapshot';
import type { Change, StackFrame } from './value-model';
import type { ObjectSource, ValueContext } from './value-context';
import { diffObjects, type DiffPlace } from './value-diff';

const CARDS = 60;
const FRAMES = 4;
const LIMIT = 60;

export function changesSince(
  source: ObjectSource,
  before: MemorySnapshot,
  frames: readonly StackFrame[],
  earlierFrames: readonly StackFrame[],
): readonly Change[] {
  const after = contextOf(source);
  const earlier: ValueContext = { ...after, memory: before };
  const stackPlaces = earlierFrames
    .slice(0, FRAMES)
    .filter((frame) => frames.some((other) => isSameCall(frame, other)))
    .flatMap((frame) => placesOfFrame(after, frame));
  const cards = aboveStack(before, after) ? cardPlaces(source, after, before, frames) : [];
  return diffObjects(earlier, after, [...stackPlaces, ...cards, ...changedGlobals(after, before)], LIMIT);
}

/** Whether anything but stacks changed: the graph of kernel objects is only drawn then. */
function aboveStack(before: MemorySnapshot, { map }: ValueContext): boolean {
  return before.changedRanges().some(({ start }) => !map || start < map.stacksStart || start >= map.stacksEnd);
}

function cardPlaces(
  source: ObjectSource,
  after: ValueContext,
  before: MemorySnapshot,
  frames: readonly StackFrame[],
): DiffPlace[] {
  const objects = source.liveObjects?.();
  const graph = buildGraph({
    context: after,
    roots: graphRoots(source, frames, objects ?? []),
    objects,
    limit: CARDS,
  });
  const cards = graph.cards.filter((card) => card.state !== 'stack' && existedBefore(after, before, card.address));
  return cards.map((card) => ({
    type: card.type,
    address: card.address,
    path: card.expression,
    access: card.access,
    spelling: card.typeName,
    // The member of a union that is in use is compared as itself.
    except: cards
      .filter((part) => part.inside === card.id)
      .map((part) => ({ offset: part.address - card.address, size: part.size })),
  }));
}

/** Globals that a changed range touches, in the order of the debug information. */
function changedGlobals({ debug }: ValueContext, before: MemorySnapshot): DiffPlace[] {
  const { globals } = debug;
  const order = globalsByAddress(globals);
  const found = new Set<number>();
  for (const { start, end } of before.changedRanges()) {
    for (
      let at = lastAtOrBefore(globals, order, start);
      at < order.length && itemAt(globals, itemAt(order, at)).address < end;
      at++
    ) {
      found.add(itemAt(order, at));
    }
  }
  return [...found]
    .sort((a, b) => a - b)
    .map((index) => itemAt(globals, index))
    .map((global) => ({
      type: global.type,
      address: global.address,
      path: global.name,
      access: '.',
      spelling: global.spelling,
    }));
}

const orders = new WeakMap<DebugInfo['globals'], readonly number[]>();

/** Indices of globals by address. */
function globalsByAddress(globals: DebugInfo['globals']): readonly number[] {
  let order = orders.get(globals);
  if (!order) {
    order = globals.map((_, index) => index).sort((a, b) => itemAt(globals, a).address - itemAt(globals, b).address);
    orders.set(globals, order);
  }
  return order;
}

/** Place in `order` of the last global that begins at or before `address`, of the first of several there. */
function lastAtOrBefore(globals: DebugInfo['globals'], order: readonly number[], address: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (itemAt(globals, itemAt(order, middle)).address < address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return Math.max(0, low - 1);
}

/** Whether it may be the same call of a function; after a long way another may stand where it stood. */
function isSameCall(a: StackFrame, b: StackFrame): boolean {
  return a.address === b.address && a.functionId === b.functionId;
}

/** Fresh memory is not a change of its fields. */
function existedBefore(context: ValueContext, before: MemorySnapshot, address: number): boolean {
  const { map } = context;
  return (
    !map ||
    address < map.heapStart ||
    address >= map.heapEnd ||
    before.u8(map.shadowStart + (address >> SHADOW_SHIFT)) === SHADOW_VALID
  );
}

function placesOfFrame(context: ValueContext, frame: StackFrame): DiffPlace[] {
  const fn = context.debug.functions[frame.functionId];
  if (!fn) {
    return [];
  }
  return fn.variables
    .filter((variable) => !variable.artificial)
    .map((variable) => ({
      type: variable.type,
      address: frame.address - fn.frameSize + variable.offset,
      path: variable.name,
      access: '.',
      spelling: variable.spelling,
    }));
}
