/**
 * Builds the bundled kernel with `gcc -m32` and runs scripts on it.
 *
 * In: media/kernel, the C files beside this one, a script (see script.c). Out: the JSON objects it printed, in order;
 * symbol tables for address maps. The build is done once a test run, into a folder of the system's temporary directory.
 */
import { itemAt } from '../../src/base/checked-access';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gcc, run32 } from './run32';

const HERE = resolve(__dirname);
export const KERNEL = resolve(HERE, '../../media/kernel');

const MACHINE = ['-O0', '-fno-pie', '-fno-builtin'];
const FREESTANDING = ['-nostdinc', '-std=gnu89', '-D__KERNEL__', '-I', join(KERNEL, 'include')];

/** A symbol of the finished program. */
export interface NativeSymbol {
  readonly name: string;
  readonly address: number;
  readonly size: number;
  /** As nm tells: t text, d data, b zeroed data … upper case when global. */
  readonly kind: string;
}

export interface NativeKernel {
  readonly program: string;
  /** Symbols of the kernel's own files, not of the runner or the C library. */
  readonly symbols: readonly NativeSymbol[];
  /** String constants of the program by address. */
  texts(): ReadonlyMap<number, string>;
}

let built: NativeKernel | Error | undefined;

/** The native kernel; throws with gcc's words when it does not build (tried only once). */
export function nativeKernel(): NativeKernel {
  try {
    built ??= build();
  } catch (error) {
    built = error as Error;
  }
  if (built instanceof Error) {
    throw built;
  }
  return built;
}

function build(): NativeKernel {
  const out = mkdtempSync(join(tmpdir(), 'sockscope-native-'));
  const { sources } = JSON.parse(readFileSync(join(KERNEL, 'kernel.json'), 'utf8')) as { sources: string[] };
  const objects = sources.map((source) => {
    const object = join(out, `${source.replaceAll('/', '_')}.o`);
    gcc(...MACHINE, ...FREESTANDING, '-finstrument-functions', '-c', join(KERNEL, source), '-o', object);
    return object;
  });
  const kernel = join(out, 'kernel.o');
  gcc('-r', '-nostdlib', '-o', kernel, ...objects);
  for (const file of ['services', 'clock', 'run-queue']) {
    const object = join(out, `${file}.o`);
    gcc(...MACHINE, ...FREESTANDING, '-I', HERE, '-c', join(HERE, `${file}.c`), '-o', object);
  }
  for (const file of ['host', 'script', 'replay']) {
    const object = join(out, `${file}.o`);
    gcc('-O0', '-fno-pie', '-Wno-strict-prototypes', '-c', join(HERE, `${file}.c`), '-o', object);
  }
  const program = join(out, 'native');
  const runner = ['services', 'clock', 'run-queue', 'host', 'script', 'replay'].map((file) => join(out, `${file}.o`));
  gcc('-no-pie', '-o', program, kernel, ...runner);

  const own = new Set(symbolsOf(kernel).map((symbol) => `${symbol.kind.toLowerCase()} ${symbol.name}`));
  const symbols = symbolsOf(program).filter((symbol) => own.has(`${symbol.kind.toLowerCase()} ${symbol.name}`));
  let texts: ReadonlyMap<number, string> | undefined;
  return { program, symbols, texts: () => (texts ??= textsOf(program)) };
}

/** Every zero-terminated text of the read-only data. */
function textsOf(program: string): ReadonlyMap<number, string> {
  const section = execFileSync('objdump', ['-h', '-j', '.rodata', program], { encoding: 'utf8' });
  const [, size, address, offset] =
    /\.rodata\s+([0-9a-f]+)\s+([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)/.exec(section) ?? [];
  const start = parseInt(offset ?? '0', 16);
  const bytes = readFileSync(program).subarray(start, start + parseInt(size ?? '0', 16));
  const texts = new Map<number, string>();
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0, at);
    const text = bytes.subarray(at, end < 0 ? bytes.length : end).toString('latin1');
    texts.set(parseInt(address ?? '0', 16) + at, text);
    at += text.length + 1;
  }
  return texts;
}

function symbolsOf(file: string): NativeSymbol[] {
  return execFileSync('nm', ['-S', file], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\n')
    .map((line) => /^([0-9a-f]+) ([0-9a-f]+) (\w) (\S+)$/.exec(line))
    .filter((match) => match !== null)
    .map((match) => ({
      address: parseInt(itemAt(match, 1), 16),
      size: parseInt(itemAt(match, 2), 16),
      kind: itemAt(match, 3),
      name: itemAt(match, 4),
    }));
}

/** One line of the program's output. */
export type Output = Readonly<Record<string, unknown>>;

/** Runs a script of one case; every line it printed. */
export function runScript(script: string): Output[] {
  const run = run32(nativeKernel().program, script);
  const lines = run.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Output);
  if (run.status !== 0) {
    lines.push({
      fault: `the program ended with ${run.status ?? run.signal ?? run.error?.message}: ${run.stderr.slice(0, 500)}`,
    });
  }
  return lines;
}
