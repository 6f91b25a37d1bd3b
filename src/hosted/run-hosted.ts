/**
 * Compiles and runs hosted C programs (`main`, the small library): what `sockscope cc` does. Include look-up finds the
 * program's own folders first, then the headers in `media/hosted/include`.
 */
import { BoundedRun } from '../machine/bounded-run';
import { Machine } from '../machine/machine';
import type { Fault } from '../machine/fault';
import type { CParser } from '../parse/tree-sitter';
import type { Dialect } from '../semantic/context';
import { compileProgram } from '../session/program';
import { mediaLoader, type MediaFiles } from '../session/media-files';
import { hasErrors, type Diagnostic } from '../source/diagnostic';
import { OverlayLoader, type FileLoader } from '../source/file-loader';
import { framesOf } from '../machine/frames';
import { HostedLibrary } from './libc';
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
}

export interface HostedResult {
  readonly diagnostics: readonly Diagnostic[];
  /** What it printed, one character per byte. */
  readonly output: string;
  readonly error: string;
  /** Exit status; undefined when it did not come to its end. */
  readonly status?: number;
  readonly fault?: Fault & { readonly place?: string };
  readonly statements: number;
}

const SLICE = 5_000_000;
const BUDGET = 20_000_000_000;
const LIBRARY = ['<sockscope>/lib/sort.c'];

/** Headers of the library are found under this name, which no real folder has. */
const SYSTEM = '<sockscope>/include';

export async function runHosted(options: HostedOptions): Promise<HostedResult> {
  const library = new HostedLibrary();
  const hosted = mediaLoader(options.media, 'hosted');
  const system: FileLoader = {
    load: (path) => (path.startsWith('<sockscope>/') ? hosted.load(path.slice('<sockscope>/'.length)) : undefined),
  };
  const { program, diagnostics } = compileProgram(
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
      build: {
        services: new Set(library.services.map(({ name }) => name)),
        heapSize: 48 << 20,
        stacksSize: 16 << 20,
        userSize: 64 << 10,
        largestBlock: 1024,
        roots: new Set(['main']),
      },
    },
    options.parser,
  );
  const nothing = { output: '', error: '', statements: 0 };
  const main = program?.image.functionIds['main'];
  if (!program || main === undefined || program.image.debug.functions[main]?.kind !== 'compiled') {
    const missing: Diagnostic = {
      code: 'SS4001',
      severity: 'error',
      path: options.sources[0],
      message: 'the program has no main function',
      remedy: 'define int main(void)',
    };
    return { ...nothing, diagnostics: hasErrors(diagnostics) ? diagnostics : [...diagnostics, missing] };
  }
  const machine = await Machine.create(program.image, {
    modules: [library],
    stackSize: 15 << 20,
    checkpointLimit: 2,
    statementsPerByte: 1 / 16,
  });
  machine.flags.coverEverything();
  const task = machine.host.createTask();
  machine.currentTask = task;
  const { userStart } = machine.map;
  machine.memory.write(
    userStart,
    Uint8Array.from('program\0', (letter) => letter.charCodeAt(0)),
  );
  machine.memory.setU32(userStart + 16, userStart);
  machine.environment = {
    returned: (_task, _tag, value) => {
      library.status = value & 0xff;
    },
    advance: () => 'end',
    save: () => null,
    restore: () => undefined,
  };
  machine.host.pushCall(task, main, [1, userStart + 16, userStart + 20], null);
  const budget = options.budget ?? BUDGET;
  const run = new BoundedRun(machine, budget);
  for (;;) {
    const stop = run.advance(SLICE);
    const state = {
      diagnostics,
      output: library.streams.output,
      error: library.streams.error,
      statements: machine.clock,
    };
    if (!stop) {
      return {
        ...state,
        fault: { kind: 'budget', message: `stopped after ${budget.toLocaleString('en')} statements` },
      };
    }
    if (stop.kind === 'fault') {
      return { ...state, fault: { ...stop.fault, place: placeOfFault(machine, stop.task) } };
    }
    if (stop.kind === 'end') {
      return { ...state, status: library.status ?? 0 };
    }
  }
}

function placeOfFault(machine: Machine, task: number): string | undefined {
  const running = machine.tasks.get(task);
  const frame = running && framesOf(running, machine.memory, machine.debug, 50).find(({ statement }) => statement >= 0);
  const statement = frame && machine.debug.statements[frame.statement];
  return statement ? `${machine.debug.files[statement.file]}:${statement.line}:${statement.column}` : undefined;
}
