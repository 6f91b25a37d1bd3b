/**
 * Running one oracle case for `sockscope check`. In: the case, the compiled kernel, what versions do otherwise. Out: a
 * verdict.
 */
import { sentence } from '../sentences/sentence';
import type { Program } from '../compile/program';
import { OracleRunner, type OracleResult } from '../scenario/oracle-runner';
import type { OracleCase } from '../scenario/oracle-schema';
import type { VersionFact } from '../scenario/oracle-versions';
import { runWorkload } from '../scenario/run-workload';

export type { AppliedFact, OracleResult } from '../scenario/oracle-runner';
export { parseOracle, type OracleCase } from '../scenario/oracle-schema';
export { versionFacts, type VersionFact } from '../scenario/oracle-versions';

/** Plays the case on a fresh machine, with at most `budget` statements; `version` is the one by whose outcomes it is judged. */
export async function checkOracle(
  oracle: OracleCase,
  { image, entries }: Program,
  facts: readonly VersionFact[],
  budget: number,
  version: number | undefined,
): Promise<OracleResult> {
  const { workload, stop, dispose } = await runWorkload(
    image,
    (kernel, host) => new OracleRunner(oracle, kernel, host, version, facts),
    { budget, entries },
  );
  const result = workload.result(
    stop.kind === 'fault'
      ? stop.fault.message
      : stop.kind === 'slice'
        ? sentence('no-end-after-budget-statements', { budget })
        : undefined,
  );
  dispose();
  return result;
}
