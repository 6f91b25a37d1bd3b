/**
 * Which statements the bundled scenarios execute, and which scenario gets to a place: for the command line and the
 * editor alike.
 *
 * In: a compiled kernel, the shipped scenarios. Out: for each scenario the statements it runs, a byte each; the first
 * scenario that executes a statement.
 */
import { playing, prepareScenario } from '../scenario/prepared-scenario';
import { runWorkload } from '../scenario/run-workload';
import { findScenario, listScenarios } from '../scenario/scenario-list';
import type { Diagnostic } from '../source/diagnostic';
import type { MediaFiles } from '../source/media-files';
import type { Program } from '../compile/program';
import type { ReachPlace } from './reach-place';

export interface ScenarioCoverage {
  readonly name: string;
  /** Not 0 at the index of each statement that was executed. */
  readonly covered: Uint8Array;
  /** Why the scenario did not come to its end as written. */
  readonly problem: string | undefined;
}

export interface CoverOptions {
  /** By the functions that a scenario says it shows; all by default. */
  readonly wanted?: (shows: readonly string[]) => boolean;
  /** Gives the host a turn, while a scenario runs and after it; true gives up. */
  readonly breathe: (scenario: string) => Promise<boolean>;
  readonly report?: (diagnostics: readonly Diagnostic[]) => void;
}

/** Statements after which a scenario counts as hanging. */
const scenarioBudget = 50_000_000;

/** Runs every bundled scenario that is wanted, one after the other. */
export async function* coverScenarios(
  media: MediaFiles,
  program: Program,
  { wanted = () => true, breathe, report }: CoverOptions,
): AsyncGenerator<ScenarioCoverage> {
  for (const { name, shows } of listScenarios(media)) {
    const file = findScenario(media, name);
    if ('code' in file || !wanted(shows)) {
      continue;
    }
    const prepared = prepareScenario(file);
    report?.(prepared.diagnostics);
    if (prepared.isBroken) {
      continue;
    }
    if (await breathe(name)) {
      return;
    }
    const limits = { budget: scenarioBudget, entries: program.entries, breathe: () => breathe(name) };
    const { machine, workload, stop } = await runWorkload(program.image, playing(prepared, program), limits);
    const failure = workload.failures[0];
    const ended = stop.kind === 'end' || (stop.kind === 'fault' && workload.faultExpected);
    const problem = !ended
      ? stop.kind === 'fault'
        ? stop.fault.message
        : `no end after ${scenarioBudget} statements`
      : failure && !prepared.scenario.failure
        ? `line ${failure.line}: expected ${failure.expected}, actual ${failure.actual}`
        : undefined;
    yield { name, covered: machine.flags.covered.slice(), problem };
  }
}

/** The first scenario that executes the statement; those that say they show its function are tried first. */
export async function scenarioReaching(
  media: MediaFiles,
  program: Program,
  place: ReachPlace,
  options: Omit<CoverOptions, 'wanted'>,
): Promise<string | undefined> {
  const shows = (names: readonly string[]): boolean => names.includes(place.function);
  for (const wanted of [shows, (names: readonly string[]): boolean => !shows(names)]) {
    for await (const { name, covered } of coverScenarios(media, program, { ...options, wanted })) {
      if (covered[place.statement]) {
        return name;
      }
    }
  }
  return undefined;
}
