/**
 * Which statements the bundled scenarios execute, and which scenario gets to a place: for the command line and the
 * editor alike.
 *
 * In: a compiled kernel, the shipped scenarios. Out: for each scenario the statements it runs, a byte each; the first
 * scenario that executes a statement; how much of each function they execute together.
 */
import { itemAt } from '../base/checked-access';
import { playing, prepareScenario } from '../scenario/prepared-scenario';
import { sentence, type Words } from '../sentences/sentence';
import { runWorkload } from '../scenario/run-workload';
import { findScenario, listScenarios, showingBest, type ScenarioEntry } from '../scenario/scenario-list';
import type { Diagnostic } from '../source/diagnostic';
import type { MediaFiles } from '../source/media-files';
import type { DebugFunction } from '../abi/debug-info';
import type { Bilingual } from '../base/bilingual';
import type { Program } from '../compile/program';
import { reasonMissed } from './missed-reasons';
import type { ReachPlace } from './reach-place';

export interface ScenarioCoverage {
  readonly name: string;
  /** Not 0 at the index of each statement that was executed. */
  readonly covered: Uint8Array;
  /** Why the scenario did not come to its end as written. */
  readonly problem: Words | undefined;
}

export interface CoverOptions {
  /** Which ones, and in which order; all by name by default. */
  readonly inOrder?: (all: readonly ScenarioEntry[]) => readonly ScenarioEntry[];
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
  { inOrder = (all) => all, breathe, report }: CoverOptions,
): AsyncGenerator<ScenarioCoverage> {
  for (const { name } of inOrder(listScenarios(media))) {
    const file = findScenario(media, name);
    if ('code' in file) {
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
    const { machine, workload, stop, dispose } = await runWorkload(program.image, playing(prepared, program), limits);
    const failure = workload.failures[0];
    const ended = stop.kind === 'end' || (stop.kind === 'fault' && workload.faultExpected);
    const problem = !ended
      ? stop.kind === 'fault'
        ? stop.fault.message
        : sentence('no-end-after-budget-statements', { budget: scenarioBudget })
      : failure && !prepared.scenario.failure
        ? sentence('line-expected-actual', {
            line: failure.line,
            expected: failure.expected,
            actual: failure.actual,
          })
        : undefined;
    const covered = machine.flags.covered.slice();
    dispose();
    yield { name, covered, problem };
  }
}

/** The first scenario that executes the statement; those that show its function are tried first, the best one before. */
export async function scenarioReaching(
  media: MediaFiles,
  program: Program,
  place: ReachPlace,
  options: Omit<CoverOptions, 'inOrder'>,
): Promise<string | undefined> {
  const inOrder = (all: readonly ScenarioEntry[]): readonly ScenarioEntry[] => {
    const showing = showingBest(all, place.function);
    return [...showing, ...all.filter((each) => !showing.includes(each))];
  };
  for await (const { name, covered } of coverScenarios(media, program, { ...options, inOrder })) {
    if (covered[place.statement]) {
      return name;
    }
  }
  return undefined;
}

export interface FunctionCoverage {
  readonly function: string;
  readonly file: string;
  readonly statements: number;
  readonly executed: number;
  readonly missed: readonly { readonly line: number; readonly reason?: string }[];
  /** The same reasons for a reader. */
  readonly told: readonly { readonly line: number; readonly reason?: Bilingual | undefined }[];
}

/** What of each function was executed; of the functions named only, when there are names. */
export function functionCoverage(
  program: Program,
  covered: readonly Uint8Array[],
  names: ReadonlySet<string>,
): readonly FunctionCoverage[] {
  const { debug } = program.image;
  const chosen = debug.functions.filter(
    (each) => each.kind === 'compiled' && each.statementCount > 0 && (names.size === 0 || names.has(each.name)),
  );
  const executed = new Uint8Array(debug.statements.length);
  covered.forEach((each) => each.forEach((bit, statement) => (executed[statement] = bit | (executed[statement] ?? 0))));
  return [...copiesOf(chosen).values()].map((copies) => coverageOf(copies, program, executed));
}

/** An inline function of a header is compiled into every file that uses it: its copies count as one function. */
function copiesOf(functions: readonly DebugFunction[]): Map<string, DebugFunction[]> {
  const copies = new Map<string, DebugFunction[]>();
  for (const each of functions) {
    const key = `${each.file}:${each.start}:${each.statementCount}`;
    copies.set(key, [...(copies.get(key) ?? []), each]);
  }
  return copies;
}

function coverageOf(
  copies: readonly DebugFunction[],
  { image: { debug }, loader }: Program,
  covered: Uint8Array,
): FunctionCoverage {
  const fn = itemAt(copies, 0);
  const statements = debug.statements.slice(fn.firstStatement, fn.firstStatement + fn.statementCount);
  const text = loader.load(debug.files[fn.file] ?? '')?.text ?? '';
  const executed = (index: number): boolean => copies.some((copy) => covered[copy.firstStatement + index]);
  const told = statements.flatMap(({ line }, index) =>
    executed(index) ? [] : [{ line, reason: reasonMissed(statements, index, executed, text) }],
  );
  return {
    function: fn.name,
    file: debug.files[fn.file] ?? '',
    statements: statements.length,
    executed: statements.length - told.length,
    missed: told.map(({ line, reason }) => (reason === undefined ? { line } : { line, reason: reason.en })),
    told,
  };
}
