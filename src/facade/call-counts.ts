/**
 * Statements per system call of a script. In: the script, the compiled kernel. Out: a count for each call, and what did
 * not go as written.
 */
import type { Program } from '../compile/program';
import { playing, prepareScenario, type PreparedScenario, type ScenarioOptions } from '../scenario/prepared-scenario';
import { countStatements, type CountedRun } from '../scenario/statement-counts';
import type { SourceFile } from '../source/source-file';

export type { CallCount } from '../scenario/statement-counts';

/** A script to be counted; its problems are told before a kernel is compiled. */
export function scriptToCount(file: SourceFile, options: ScenarioOptions): PreparedScenario {
  return prepareScenario(file, options);
}

/** Plays it statement by statement, with at most `budget` of them. */
export function countCalls(script: PreparedScenario, program: Program, budget: number): Promise<CountedRun> {
  return countStatements(program, playing(script, program), budget);
}
