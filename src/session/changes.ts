/**
 * What happened to memory between two moments, in C terms: the objects the reader looks at (variables of the frames, kernel
 * objects around them, globals) compared field by field.
 */
import { SHADOW_SHIFT, SHADOW_VALID } from '../ir/memory-map';
import { buildGraph } from './graph-build';
import { contextOf, graphRoots } from './graph-roots';
import type { MemorySnapshot } from './memory-snapshot';
import type { SessionApi } from './session-api';
import type { Change, StackFrame } from './session-types';
import type { ValueContext } from './value-context';
import { diffObjects, type DiffPlace } from './value-diff';

const CARDS = 60;
const FRAMES = 4;
const LIMIT = 60;

export function changesSince(session: SessionApi, before: MemorySnapshot, frames: readonly StackFrame[], earlierFrames: readonly StackFrame[]): readonly Change[] {
  const after = contextOf(session);
  const earlier: ValueContext = { ...after, memory: before };
  const stackPlaces = earlierFrames.slice(0, FRAMES).filter((frame) => frames.some((other) => other.address === frame.address)).flatMap((frame) => placesOfFrame(after, frame));
  const graph = buildGraph({ context: after, roots: graphRoots(session, frames), objects: session.liveObjects?.(), limit: CARDS });
  const cards = graph.cards.filter((card) => card.state !== 'stack' && existedBefore(after, before, card.address));
  const cardPlaces = cards.map((card): DiffPlace => ({
    type: card.type,
    address: card.address,
    path: card.expression,
    access: card.access,
    spelling: card.typeName,
    // The member of a union that is in use is compared as itself.
    except: cards.filter((part) => part.inside === card.id).map((part) => ({ offset: part.address - card.address, size: part.size })),
  }));
  const globalPlaces = session.debug.globals
    .filter((global) => global.readOnly !== true)
    .map((global): DiffPlace => ({ type: global.type, address: global.address, path: global.name, access: '.', spelling: global.spelling }));
  return diffObjects(earlier, after, [...stackPlaces, ...cardPlaces, ...globalPlaces], LIMIT);
}

/** Fresh memory is not a change of its fields. */
function existedBefore(context: ValueContext, before: MemorySnapshot, address: number): boolean {
  const { map } = context;
  return !map || address < map.heapStart || address >= map.heapEnd || before.u8(map.shadowStart + (address >> SHADOW_SHIFT)) === SHADOW_VALID;
}

function placesOfFrame(context: ValueContext, frame: StackFrame): DiffPlace[] {
  const fn = context.debug.functions[frame.functionId];
  if (!fn) {
    return [];
  }
  return fn.variables
    .filter((variable) => !variable.artificial)
    .map((variable) => ({ type: variable.type, address: frame.address - fn.frameSize + variable.offset, path: variable.name, access: '.', spelling: variable.spelling }));
}
