/**
 * Running one script for `sockscope check`: in: its text, the compiled kernel, definitions and rewrites. Out: a verdict
 * in the form that oracle cases have, and how many statements each system call took. A script that cannot be played at
 * all (an error in it, or something that this kernel lacks) is refused: neither passed nor failed, with the reason.
 */
import { sentence, wordsOf, type Words } from '../sentences/sentence';
import type { OracleResult } from '../scenario/oracle-runner';
import type { Scenario } from '../scenario/pkt-ast';
import type { RewriteRule } from '../scenario/pkt-rewrite';
import type { PktRunner, ScriptFailure } from '../scenario/pkt-runner';
import { playing, prepareScenario } from '../scenario/prepared-scenario';
import { settingFacts } from '../scenario/setting-table';
import { versionCode } from '../scenario/pkt-variants';
import { runWorkload, statementsFor } from '../scenario/run-workload';
import type { Machine } from '../machine/machine';
import type { MachineStop } from '../machine/machine-types';
import type { Program } from '../compile/program';
import { formatDiagnostic, type Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';

export interface ScriptOptions {
  /** `-D NAME=value`. */
  readonly macros: ReadonlyMap<string, string>;
  readonly rewrites: readonly RewriteRule[];
  /** Statements after which the script counts as hanging; by default as many as suit its length. */
  readonly budget: number | undefined;
  /** LINUX_VERSION_CODE of the kernel whose outcomes are expected, where it is not the program's own. */
  readonly version?: number | undefined;
}

/** Statements that any script may execute. */
const LEAST_BUDGET = 200_000_000;

/** One system call of a script, in the order in which they returned. */
export interface CallFigure {
  readonly process: string;
  readonly call: string;
  /** Statements between its start and its return: its own, and those of whatever ran meanwhile. */
  readonly statements: number;
  readonly result: number;
}

export interface ScriptResult extends OracleResult {
  /** The script could not be played; `actual` says why. */
  readonly refused?: true;
  /** The error in the script that is why. */
  readonly problem?: Diagnostic;
  readonly calls?: readonly CallFigure[];
  /** The version by whose outcomes it was judged, where that is not the kernel's. */
  readonly asVersion?: string;
  /** What the script says that has no effect here: settings, options, shell lines. */
  readonly warnings?: readonly Diagnostic[];
}

/** A script that was run, and what of the kernel it executed. */
export interface PlayedScript {
  readonly result: ScriptResult;
  /** Not 0 at the index of each statement that was executed. */
  readonly covered: Uint8Array;
  /** One-based line of the script that the verdict is about; undefined when it passed or was not played. */
  readonly line?: number | undefined;
}

export async function runScript(file: SourceFile, program: Program, options: ScriptOptions): Promise<ScriptResult> {
  return (await playScript(file, program, options)).result;
}

/** `breathe` gives the host a turn between slices; true gives up. */
export async function playScript(
  file: SourceFile,
  program: Program,
  options: ScriptOptions,
  breathe = (): Promise<boolean> => Promise.resolve(false),
): Promise<PlayedScript> {
  const id = file.path;
  const prepared = prepareScenario(file, options);
  const { scenario, diagnostics: problems } = prepared;
  const error = problems.find(({ severity }) => severity === 'error');
  if (error) {
    const refused = { id, passed: false, refused: true, actual: formatDiagnostic(error), problem: error } as const;
    return { result: refused, covered: new Uint8Array(), line: lineOf(error) };
  }
  const budget = options.budget ?? statementsFor(scenario, LEAST_BUDGET);
  const figures = new CallFigures();
  const { workload, machine, stop, dispose } = await runWorkload(
    program.image,
    playing(prepared, program, options.version),
    {
      budget,
      entries: program.entries,
      breathe: async (running) => {
        figures.hear(running);
        return breathe();
      },
    },
  );
  const calls = figures.hear(machine);
  const warnings = [...problems, ...figures.settings.map((message) => withoutEffect(file, message))];
  const result = {
    id,
    ...verdictOf(scenario, workload, stop, budget),
    calls,
    ...(warnings.length > 0 ? { warnings } : {}),
  };
  const line = result.passed ? undefined : (workload.failures[0]?.line ?? workload.position?.line);
  const covered = machine.flags.covered.slice();
  dispose();
  return { result, covered, line: line ?? scenario.failure?.line };
}

function lineOf({ span }: Diagnostic): number | undefined {
  return span && span.file.positionAt(span.start).line + 1;
}

type Verdict = Omit<ScriptResult, 'id' | 'calls' | 'warnings'>;

function verdictOf(scenario: Scenario, workload: PktRunner, stop: MachineStop, budget: number): Verdict {
  const failure = workload.failures[0];
  if (failure && isAnnounced(failure, scenario)) {
    return { passed: true };
  }
  if (failure) {
    const { line, text, expected, actual, refused } = failure;
    return {
      passed: false,
      ...(refused ? { refused } : {}),
      step: sentence('line-line-text', { line, text }),
      expected,
      actual,
    };
  }
  if (scenario.failure && stop.kind === 'end') {
    return {
      passed: false,
      step: sentence('line-line', { line: scenario.failure.line }),
      expected: scenario.failure.text,
      actual: sentence('everything-was-as-the-script-says'),
    };
  }
  if ((stop.kind === 'end' && workload.done) || (stop.kind === 'fault' && workload.faultExpected)) {
    return { passed: true };
  }
  const { line = 0, text = '' } = workload.position ?? {};
  return {
    passed: false,
    step: sentence('line-line-text', { line, text }),
    expected: sentence('the-kernel-goes-on'),
    actual: stop.kind === 'fault' ? stop.fault.message : sentence('no-end-after-budget-statements', { budget }),
  };
}

/** A setting of Linux 2.4 that the kernel at hand does not have, as the run told it; others are told before it. */
function withoutEffect(file: SourceFile, message: Words): Diagnostic {
  return {
    code: 'SS5010',
    severity: 'warning',
    span: { file, start: 0, end: 0 },
    message,
    remedy: sentence('it-changes-nothing-here'),
  };
}

/** Whether the script says that it fails there, and with that error number where it names one. */
function isAnnounced(failure: ScriptFailure, { failure: announced }: Scenario): boolean {
  return failure.line === announced?.line && (announced.errno === undefined || failure.returned === -announced.errno);
}

/** Listens while the script runs: the journal of a long one forgets how it began. */
class CallFigures {
  /** What was told of settings that this kernel does not have. */
  readonly settings: Words[] = [];
  private readonly figures: CallFigure[] = [];
  /** Clocks at which calls under way began, by pid. */
  private readonly begun = new Map<number, number>();
  private heard = 0;

  hear({ events }: Machine): readonly CallFigure[] {
    for (const entry of events.since(this.heard)) {
      if (entry.event === 'call') {
        this.begun.set(entry.pid, entry.clock);
      } else if (entry.event === 'return') {
        const { clock, pid, process, text, value } = entry;
        const statements = clock - (this.begun.get(pid) ?? clock);
        this.figures.push({ process, call: text, statements, result: value });
      } else if (entry.event === 'note' && entry.setting !== undefined && settingFacts(entry.setting)) {
        this.settings.push(wordsOf(entry.text));
      }
    }
    this.heard = events.length;
    return this.figures;
  }
}

/** Versions whose outcomes are tried where functions of a document, of whatever version, run. */
const VERSIONS = ['2.4.0', '2.4.16', '2.4.37'];

/**
 * The verdict by what the kernel's own version does; where a document's functions run in it and that is not met, by what
 * another version does, if it does that.
 */
export async function judged(
  run: (version: number | undefined) => Promise<ScriptResult>,
  program: Program,
): Promise<ScriptResult> {
  const own = await run(program.entries?.version);
  if (own.passed || own.refused || !program.replaced) {
    return own;
  }
  for (const asVersion of VERSIONS) {
    const result = await run(versionCode(asVersion));
    if (result.passed) {
      return { ...result, asVersion };
    }
  }
  return own;
}
