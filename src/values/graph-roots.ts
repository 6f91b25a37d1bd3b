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
import type { DebugVariable } from '../abi/debug-info';
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
const CURRENT_COST = 4;
const SLAB_COST = 6;

/** Value context of a source's present. */
export function contextOf(source: ValueContext): ValueContext {
  return { debug: source.debug, memory: source.memory, map: source.map, views: source.views };
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
    .flatMap((variable) => rootOfVariable(context, variable, base + variable.offset, depth))
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
  return objects.flatMap(({ address, cache }): readonly GraphRoot[] => {
    const struct = Object.hasOwn(CACHE_STRUCTS, cache) ? CACHE_STRUCTS[cache] : undefined;
    const type = struct === undefined ? undefined : structId(source.debug, struct);
    return type === undefined
      ? []
      : [
          {
            type,
            address,
            expression: `(struct ${struct} *) ${formatAddress(address)}`,
            access: '->',
            cost: SLAB_COST,
          },
        ];
  });
}
