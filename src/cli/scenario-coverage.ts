/**
 * Which statements the bundled scenarios execute. In: the compiled kernel, the scenarios. Out: for each scenario the statements it
 * runs, as a bit each, and in which order functions are entered is not kept: this answers "does it get there", no more.
 */
import { parseScenario } from '../scenario/pkt-parser';
import { PktRunner } from '../scenario/pkt-runner';
import { scenarioOn } from '../scenario/pkt-variants';
import { runWorkload } from '../scenario/run-workload';
import { listScenarios, findScenario } from '../scenario/scenario-list';
import type { Program } from '../session/program';
import type { Context } from './context';

export interface ScenarioCoverage {
  readonly name: string;
  /** Not 0 at the index of each statement that was executed. */
  readonly covered: Uint8Array;
}

/** Statements after which a scenario counts as hanging. */
const scenarioBudget = 50_000_000;

/** Runs every bundled scenario that `wanted` accepts, one after the other. */
export async function* coverScenarios(context: Context, program: Program, wanted: (shows: readonly string[]) => boolean = () => true): AsyncGenerator<ScenarioCoverage> {
  const media = context.io.media();
  for (const { name, shows } of listScenarios(media)) {
    const file = findScenario(media, name);
    if ('code' in file || !wanted(shows)) {
      continue;
    }
    const { scenario, diagnostics } = parseScenario(file);
    if (context.report(diagnostics)) {
      continue;
    }
    const { machine } = await runWorkload(program.image, (kernel, host) => new PktRunner(scenarioOn(scenario, program.entries?.version), kernel, host), { budget: scenarioBudget, entries: program.entries });
    yield { name, covered: machine.flags.covered.slice() };
    await context.io.breathe();
  }
}
