/**
 * What both bodies of a function are emitted from.
 *
 * In: a lowered function and its place in the program. Out: its counted blocks, its resume points, the nesting of its
 * loops.
 */
import { countBlocks, type BlockCounts } from '../ir/blocks';
import type { Label, LoweredFunction } from '../ir/instructions';
import { planRegions, quietStatements } from './regions';
import { FaultPoints, planResumePoints, type ResumePlan } from './resume-plan';
import type { EmitTarget } from './target';

/** What is worked out once for both bodies. */
export interface FunctionPlan {
  readonly lowered: LoweredFunction;
  readonly id: number;
  /** Program-wide id of statement 0. */
  readonly firstStatement: number;
  readonly target: EmitTarget;
  readonly counts: BlockCounts;
  readonly resume: ResumePlan;
  readonly faults: FaultPoints;
  /** Undefined: the jumps do not nest, and there is no free body. */
  readonly regions: ReturnType<typeof planRegions>;
  /** Statements of the loops in which the free body looks at no flags, by head. */
  readonly quiet: ReadonlyMap<Label, readonly [number, number]>;
  /** There are objects in its frame that could be run over: the header is looked at before it is left. */
  readonly guarded: boolean;
}

export function planFunction(
  lowered: LoweredFunction,
  id: number,
  firstStatement: number,
  target: EmitTarget,
  guarded: boolean,
): FunctionPlan {
  const regions = planRegions(lowered.code);
  const quiet = new Map<Label, readonly [number, number]>();
  for (const [head, loop] of regions?.loops ?? []) {
    const statements = quietStatements(lowered.code, loop);
    if (statements) {
      quiet.set(head, statements);
    }
  }
  const resume = planResumePoints(lowered.code, firstStatement, quiet);
  return {
    lowered,
    id,
    firstStatement,
    target,
    counts: countBlocks(lowered.code),
    resume,
    faults: new FaultPoints(resume.resumePoints.length),
    regions,
    quiet,
    guarded,
  };
}
