/**
 * Running what `gcc -m32` made, whichever way it runs on this machine (scripts/programs32.mjs decides).
 *
 * In: a program. Out: how it ended and what it printed. No limit is a matter of speed: through an emulator a program may
 * be a hundred times slower; the limits only end what hangs.
 */
import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { command32, programs32 } from '../../scripts/programs32.mjs';

/** For a program that natively takes well under a second. */
const HANGS_MILLISECONDS = 600_000;

let told = false;

/**
 * Whether 32-bit programs can be compiled and run; says once per file how, or why not. With `CI=true` they must run: a
 * suite that was skipped looks like one that passed.
 */
export function canRun32(): boolean {
  const { way, sentence } = programs32();
  if (way === 'none' && process.env['CI'] === 'true') {
    throw new Error(`${sentence}`);
  }
  if (sentence !== undefined && !told) {
    told = true;
    console.warn(way === 'none' ? `SKIPPED: ${sentence}` : sentence);
  }
  return way !== 'none';
}

export function gcc(...args: readonly string[]): void {
  execFileSync('gcc', ['-m32', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs a program to its end, with what stands on its standard input. */
export function run32(program: string, input = '', encoding: 'utf8' | 'latin1' = 'utf8'): SpawnSyncReturns<string> {
  const [command, args] = command32(program);
  return spawnSync(command, args, {
    input,
    encoding,
    maxBuffer: 1 << 29,
    timeout: HANGS_MILLISECONDS,
    killSignal: 'SIGKILL',
  });
}

/** What a program prints that must end with status 0. */
export function output32(program: string): string {
  const { status, signal, error, stdout, stderr } = run32(program);
  if (status !== 0) {
    throw new Error(`the program ended with ${status ?? signal ?? error?.message}: ${stderr.slice(0, 500)}`);
  }
  return stdout;
}
