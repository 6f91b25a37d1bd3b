/**
 * One IR function to its two wasm bodies: a free one for when nobody looks (emit-free.ts) and a resumable one in which
 * every statement is a stop (emit-resumable.ts). They share resume points: what one suspends, the other can go on with.
 */
import type { ResumePoint } from '../abi/debug-info';
import type { LoweredFunction } from '../ir/instructions';
import { planFunction } from './function-plan';
import type { EmittedBody } from './code-writer';
import { emitFree } from './emit-free';
import { emitResumable } from './emit-resumable';
import type { EmitTarget } from './target';

export interface EmittedFunction {
  readonly free: EmittedBody;
  readonly resumable: EmittedBody;
  readonly resumePoints: readonly ResumePoint[];
  /** By statement index. */
  readonly ahead: ReadonlyMap<number, number>;
}

/** Whether the frame holds variables that C can reach by address. */
function hasObjects({ variables }: LoweredFunction): boolean {
  return variables.some(({ home }) => 'align' in home || 'argument' in home);
}

/** `resumableIndex`: wasm function index that the resumable body will have. */
export function emitFunction(
  lowered: LoweredFunction,
  id: number,
  firstStatement: number,
  resumableIndex: number,
  target: EmitTarget,
): EmittedFunction {
  const plan = planFunction(lowered, id, firstStatement, target, hasObjects(lowered));
  const free = emitFree(plan, resumableIndex);
  const resumable = emitResumable(plan);
  return {
    free,
    resumable,
    resumePoints: [...plan.resume.resumePoints, ...plan.faults.points],
    ahead: plan.counts.ahead,
  };
}
