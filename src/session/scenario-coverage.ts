/**
 * Which statements the bundled scenarios execute, and which scenario gets to a place: for the command line and the editor alike.
 *
 * In: a compiled kernel, the shipped scenarios. Out: for each scenario the statements it runs, a byte each; places named by a person
 * (`tcp_accept:out`) or pointed at; the first scenario that executes a statement.
 */
import type { DebugFunction, DebugInfo } from '../ir/debug-info';
import { parseScenario } from '../scenario/pkt-parser';
import { PktRunner } from '../scenario/pkt-runner';
import { scenarioOn } from '../scenario/pkt-variants';
import { runWorkload } from '../scenario/run-workload';
import { findScenario, listScenarios } from '../scenario/scenario-list';
import { hasErrors, type Diagnostic } from '../source/diagnostic';
import type { MediaFiles } from './media-files';
import type { Program } from './program';

export interface ScenarioCoverage {
  readonly name: string;
  /** Not 0 at the index of each statement that was executed. */
  readonly covered: Uint8Array;
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
export async function* coverScenarios(media: MediaFiles, program: Program, { wanted = () => true, breathe, report }: CoverOptions): AsyncGenerator<ScenarioCoverage> {
  for (const { name, shows } of listScenarios(media)) {
    const file = findScenario(media, name);
    if ('code' in file || !wanted(shows)) {
      continue;
    }
    const { scenario: written, diagnostics } = parseScenario(file);
    report?.(diagnostics);
    if (hasErrors(diagnostics)) {
      continue;
    }
    if (await breathe(name)) {
      return;
    }
    const scenario = scenarioOn(written, program.entries?.version);
    const limits = { budget: scenarioBudget, entries: program.entries, breathe: () => breathe(name) };
    const { machine } = await runWorkload(program.image, (kernel, host) => new PktRunner(scenario, kernel, host), limits);
    yield { name, covered: machine.flags.covered.slice() };
  }
}

/** The first scenario that executes the statement; those that say they show its function are tried first. */
export async function scenarioReaching(media: MediaFiles, program: Program, place: ReachPlace, options: Omit<CoverOptions, 'wanted'>): Promise<string | undefined> {
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

/** A statement that somebody wants to get to. */
export interface ReachPlace {
  readonly statement: number;
  readonly function: string;
  readonly label?: string;
  readonly file: string;
  /** One-based. */
  readonly line: number;
  readonly unreachable?: string | undefined;
}

/** The place that `FUNCTION`, `FUNCTION:LABEL` or `FUNCTION:LINE` names. */
export function placeNamed(word: string, debug: DebugInfo): ReachPlace | undefined {
  const colon = word.indexOf(':');
  const [name, where] = colon < 0 ? [word, undefined] : [word.slice(0, colon), word.slice(colon + 1)];
  const fn = debug.functions.find((each) => each.name === name && each.kind === 'compiled');
  if (!fn) {
    return undefined;
  }
  if (where === undefined) {
    return placeOf(debug, fn, fn.firstStatement);
  }
  const label = fn.labels.find((each) => each.name === where);
  if (label) {
    return { ...placeOf(debug, fn, label.statement), label: where };
  }
  const line = /^\d+$/.test(where) ? Number(where) : -1;
  const found = statementsOf(fn).find((id) => debug.statements[id]!.line <= line && line <= debug.statements[id]!.endLine);
  return found === undefined ? undefined : placeOf(debug, fn, found);
}

/** The innermost statement around an offset of a file; else the one that begins next in its function. */
export function placeAt(debug: DebugInfo, path: string, offset: number): ReachPlace | undefined {
  const owner = debug.functions.find((each) => each.kind === 'compiled' && debug.files[each.file] === path && each.start <= offset && offset <= each.end);
  if (!owner) {
    return undefined;
  }
  let best: number | undefined;
  let nearest = Infinity;
  for (const id of statementsOf(owner)) {
    const { start, end } = debug.statements[id]!;
    // Inside a statement: the shortest one. Outside of all: the one that begins next.
    const distance = start <= offset && offset <= end ? end - start - 1e6 : start > offset ? start - offset : Infinity;
    if (distance < nearest) {
      nearest = distance;
      best = id;
    }
  }
  return best === undefined ? undefined : placeOf(debug, owner, best);
}

function statementsOf({ firstStatement, statementCount }: DebugFunction): number[] {
  return Array.from({ length: statementCount }, (_, index) => firstStatement + index);
}

function placeOf(debug: DebugInfo, fn: DebugFunction, id: number): ReachPlace {
  const statement = debug.statements[id]!;
  return { statement: id, function: fn.name, file: debug.files[statement.file] ?? '', line: statement.line, unreachable: statement.unreachable };
}
