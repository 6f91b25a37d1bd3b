/**
 * Where the object graph starts: the variables of a thread's frames, the current process, and the socket objects that
 * live.
 *
 * In: a source (as an `ObjectSource`), a thread. Out: roots in order of nearness. Variables count where they are
 * visible at the frame's statement; pointers give what they point to, records on the stack themselves. Objects of the
 * slab's socket caches come last, so that both ends of a connection are in the picture even when only one is being
 * worked on.
 */
import { formatAddress } from '../base/bytes';
import type { DebugVariable, TypeId } from '../abi/debug-info';
import { CACHE_STRUCTS, viewOf } from './graph-structs';
import type { GraphRoot } from './graph-types';
import type { LiveObject, StackFrame } from './value-model';
import type { ObjectSource, ValueContext } from './value-context';
import { recordOf, structId, typeOf } from './value-types';
import { isVisibleAt } from './visible';

/** Frames looked at; deeper ones are far from what the reader does. */
const FRAMES = 12;
/** Frames whose variables count even when their struct has no view of its own. */
const NEAR = 2;
/**
 * From the fourth on frames cost the same, and what their sockets lead to is nearer than the sockets of others: else each
 * call and each return would bring other objects into a picture of many.
 */
const FARTHEST = 3;
const CURRENT_COST = 4;
const SLAB_COST = 8;

/** Value context of a source's present. */
export function contextOf(source: ValueContext): ValueContext {
  const { debug, memory, map, views, initialSequence } = source;
  return { debug, memory, map, views, initialSequence };
}

/** Roots for a thread's stack, innermost frame first, with what lives. */
export function graphRoots(
  source: ObjectSource,
  frames: readonly StackFrame[],
  objects = source.liveObjects?.() ?? [],
): readonly GraphRoot[] {
  const context = contextOf(source);
  const ofFrames = frames.slice(0, FRAMES).flatMap((frame, depth) => rootsOfFrame(context, frame, depth));
  return [...ofFrames, ...currentProcess(context), ...slabObjects(source, objects)];
}

function rootsOfFrame(context: ValueContext, frame: StackFrame, depth: number): readonly GraphRoot[] {
  const definition = context.debug.functions[frame.functionId];
  if (!definition || frame.kind !== 'compiled') {
    return [];
  }
  const base = frame.address - definition.frameSize;
  return definition.variables
    .filter((variable) => variable.artificial !== true && isVisibleAt(variable, frame))
    .flatMap((variable) => rootOfVariable(context, variable, base + variable.offset, Math.min(depth, FARTHEST)))
    .map((root) => (depth === 0 ? root : { ...root, frame: frame.function }))
    .filter((root) => depth < NEAR || viewOf(recordOf(context.debug, root.type)?.name ?? '') !== undefined);
}

function rootOfVariable(
  context: ValueContext,
  variable: DebugVariable,
  address: number,
  cost: number,
): readonly GraphRoot[] {
  const type = typeOf(context.debug, variable.type);
  if (!context.memory.contains(address, Math.max(type.size, 1))) {
    return [];
  }
  if (type.kind === 'pointer' && recordOf(context.debug, type.to)) {
    return [
      {
        type: type.to,
        address: context.memory.u32(address),
        expression: variable.name,
        access: '->',
        cost,
        variable: variable.name,
        unsure: variable.parameter === undefined,
      },
    ];
  }
  if (type.kind === 'record' && viewOf(type.name)) {
    return [
      { type: variable.type, address, expression: variable.name, access: '.', cost: cost + 1, variable: variable.name },
    ];
  }
  return [];
}

function currentProcess(context: ValueContext): readonly GraphRoot[] {
  const current = context.debug.globals.find((global) => global.name === 'current');
  const type = structId(context.debug, 'task_struct');
  if (!current || type === undefined || !context.memory.contains(current.address, 4)) {
    return [];
  }
  return [
    { type, address: context.memory.u32(current.address), expression: 'current', access: '->', cost: CURRENT_COST },
  ];
}

function slabObjects(source: ObjectSource, objects: readonly LiveObject[]): readonly GraphRoot[] {
  const types = new Map<string, SlabType | undefined>();
  const roots: GraphRoot[] = [];
  for (const { address, cache } of objects) {
    if (!types.has(cache)) {
      types.set(cache, slabType(source, cache));
    }
    const found = types.get(cache);
    if (found) {
      roots.push(new SlabRoot(found, address));
    }
  }
  return roots;
}

interface SlabType {
  readonly type: TypeId;
  readonly struct: string;
}

function slabType({ debug }: ObjectSource, cache: string): SlabType | undefined {
  const struct = Object.hasOwn(CACHE_STRUCTS, cache) ? CACHE_STRUCTS[cache] : undefined;
  const type = struct === undefined ? undefined : structId(debug, struct);
  return struct === undefined || type === undefined ? undefined : { type, struct };
}

/** An object of the slab; of ten thousand the picture shows a few, and only these say how C reaches them. */
class SlabRoot implements GraphRoot {
  readonly access = '->';
  readonly cost = SLAB_COST;
  readonly type: TypeId;

  constructor(
    private readonly of: SlabType,
    readonly address: number,
  ) {
    this.type = of.type;
  }

  get expression(): string {
    return `(struct ${this.of.struct} *) ${formatAddress(this.address)}`;
  }
}
