/**
 * Compiles and runs hosted C programs (`main`, the small library): what `sockscope cc` does. Include look-up finds the
 * program's own folders first, then the headers in `media/hosted/include`.
 */
import { type Image } from '../abi/image';
import { itemAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { BoundedRun } from '../machine/bounded-run';
import { Machine } from '../machine/machine';
import type { Fault } from '../machine/fault';
import type { CParser } from '../parse/tree-sitter';
import type { Dialect } from '../semantic/context';
import { compileProgram } from '../compile/program';
import { mediaLoader, type MediaFiles } from '../source/media-files';
import { hasErrors, type Diagnostic } from '../source/diagnostic';
import { OverlayLoader, type FileLoader } from '../source/file-loader';
import { framesOf } from '../machine/frames';
import { startOf, type Span } from '../source/source-file';
import { HostedLibrary } from './libc';
import type { OutputSink } from './streams';
import { targetMacros } from './target-macros';

export interface HostedOptions {
  readonly media: MediaFiles;
  readonly parser: CParser;
  /** Where the program's files are. */
  readonly loader: FileLoader;
  readonly sources: readonly string[];
  readonly includePaths?: readonly string[];
  readonly defines?: Readonly<Record<string, string>>;
  /** C99 unless told otherwise. */
  readonly dialect?: Dialect;
  /** Statements after which the program counts as endless. */
  readonly budget?: number;
  /** Told what is wrong with the program before it runs. */
  readonly compiled?: (diagnostics: readonly Diagnostic[]) => void;
  /** Takes the output as it is written; without it the result has it all. */
  readonly sink?: OutputSink;
  /** Called between slices of the run; true ends it. */
  readonly breathe?: () => Promise<boolean>;
  /** Called before a program runs that has a function so long that optimising it costs more than it gives. */
  readonly unwieldy?: () => void;
}

export interface HostedResult {
  readonly diagnostics: readonly Diagnostic[];
  /** What it printed and no sink took, one character per byte. */
  readonly output: string;
  readonly error: string;
  /** Exit status; undefined when it did not come to its end. */
  readonly status?: number;
  readonly fault?: Fault & { readonly place?: string; readonly span?: Span };
  readonly statements: number;
}

const SLICE = 5_000_000;
const BUDGET = 3_000_000_000;
/** Tokens after preprocessing, headers included: a compilation within five seconds and 600 MB. */
const MOST_TOKENS = 425_000;
/** Places of a function at which it can stop; an optimising compiler needs seconds from here on, by the square of them. */
const UNWIELDY = 4000;
const LIBRARY = ['<sockscope>/lib/sort.c'];

/** Headers of the library are found under this name, which no real folder has. */
const SYSTEM = '<sockscope>/include';

export async function runHosted(options: HostedOptions): Promise<HostedResult> {
  const library = new HostedLibrary(options.sink);
  const { program, diagnostics } = compileHosted(options, library);
  const main = program?.image.functionIds['main'];
  if (!program || main === undefined || program.image.debug.functions[main]?.kind !== 'compiled') {
    const missing: Diagnostic = {
      code: 'SS4001',
      severity: 'error',
      path: options.sources[0],
      message: sentence('the-program-has-no-main-function'),
      remedy: sentence('define-int-main-void'),
    };
    const told = hasErrors(diagnostics) ? diagnostics : [...diagnostics, missing];
    return { output: '', error: '', statements: 0, diagnostics: told };
  }
  options.compiled?.(diagnostics);
  if (program.image.debug.functions.some(({ resumePoints }) => resumePoints.length > UNWIELDY)) {
    options.unwieldy?.();
  }
  const machine = await Machine.create(program.image, {
    modules: [library],
    stackSize: 15 << 20,
    checkpointLimit: 2,
    statementsPerByte: 1 / 16,
  });
  const task = startProcess(machine, library, program.image, main);
  const result = await runToEnd(machine, library, task, options);
  return { ...result, diagnostics };
}

function compileHosted(options: HostedOptions, library: HostedLibrary): ReturnType<typeof compileProgram> {
  const hosted = mediaLoader(options.media, 'hosted');
  const system: FileLoader = {
    load: (path) => (path.startsWith('<sockscope>/') ? hosted.load(path.slice('<sockscope>/'.length)) : undefined),
  };
  return compileProgram(
    {
      loader: new OverlayLoader([options.loader, system]),
      sources: [...options.sources, ...LIBRARY],
      includePaths: [...(options.includePaths ?? []), SYSTEM],
      defines: {
        __STDC__: '1',
        __STDC_VERSION__: '199901L',
        __STDC_HOSTED__: '1',
        __ILP32__: '1',
        ...targetMacros,
        ...options.defines,
      },
      dialect: options.dialect ?? 'c99',
      mostTokens: MOST_TOKENS,
      build: {
        services: new Set(library.services.map(({ name }) => name)),
        heapSize: 48 << 20,
        stacksSize: 16 << 20,
        userSize: 64 << 10,
        largestBlock: 1024,
        bytesPerStatement: 64,
        roots: new Set(['main']),
      },
    },
    options.parser,
  );
}

/** One task that runs constructors, `main` with `argv` of one name, what `atexit` was given, and destructors; gives the task. */
function startProcess(machine: Machine, library: HostedLibrary, image: Image, main: number): number {
  machine.flags.coverEverything();
  const task = machine.host.createTask();
  machine.currentTask = task;
  const { userStart } = machine.map;
  machine.memory.write(
    userStart,
    Uint8Array.from('program\0', (letter) => letter.charCodeAt(0)),
  );
  machine.memory.setU32(userStart + 16, userStart);
  const calls = [...image.beforeMain, main, ...image.afterMain];
  machine.environment = {
    returned: (_task, tag, value) => {
      if (tag === main) {
        library.status = value & 0xff;
      }
    },
    advance: () => {
      // main has returned or called exit: what is to run after it runs on the same stack. Who exits before skips main.
      if (library.status !== null && calls.includes(main)) {
        calls.splice(0, calls.indexOf(main) + 1);
      }
      const atExit = library.status === null ? undefined : library.takeExitFunction();
      const next = library.atOnce ? undefined : (atExit ?? calls.shift());
      if (next === undefined) {
        return 'end';
      }
      if (next === main) {
        machine.host.pushCall(task, main, [1, userStart + 16, userStart + 20], main);
      } else {
        machine.host.pushCall(task, next, [], null);
      }
      return 'continue';
    },
    save: () => null,
    restore: () => undefined,
  };
  return task;
}

/** Runs in slices until the program ends, does wrong, is over its budget, or the caller has enough. */
async function runToEnd(
  machine: Machine,
  library: HostedLibrary,
  task: number,
  options: HostedOptions,
): Promise<Omit<HostedResult, 'diagnostics'>> {
  const budget = options.budget ?? BUDGET;
  const run = new BoundedRun(machine, budget);
  for (;;) {
    const stop = run.advance(SLICE);
    const over = stop === undefined || stop.kind === 'fault' || stop.kind === 'end';
    if (over || stop.kind === 'slice') {
      library.streams.flush();
    }
    const state = { output: library.streams.output, error: library.streams.error, statements: machine.clock };
    if (stop?.kind === 'end') {
      return { ...state, status: library.status ?? 0 };
    }
    if (over) {
      const fault: Fault =
        stop?.kind === 'fault'
          ? stop.fault
          : { kind: 'budget', message: sentence('stopped-after-statements', { count: budget.toLocaleString('en') }) };
      return { ...state, fault: { ...fault, ...placeOf(machine, task, options.loader) } };
    }
    if (stop.kind === 'slice' && (await options.breathe?.())) {
      return state;
    }
  }
}

/** Where a task stands, in the innermost frame that is at a statement. */
function placeOf(machine: Machine, task: number, loader: FileLoader): { place?: string; span?: Span } {
  const running = machine.tasks.get(task);
  const frame = running && framesOf(running, machine.memory, machine.debug, 50).find(({ statement }) => statement >= 0);
  const statement = frame && machine.debug.statements[frame.statement];
  if (!statement) {
    return {};
  }
  const path = itemAt(machine.debug.files, statement.file);
  const place = `${path}:${statement.line}:${statement.column}`;
  const file = loader.load(path);
  const span = file && { file, start: statement.start, end: statement.end };
  return span && startOf(span).line === statement.line ? { place, span } : { place };
}
