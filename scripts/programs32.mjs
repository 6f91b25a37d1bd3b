/**
 * The one place that decides how 32-bit programs, as `gcc -m32` makes them, run on this machine: by themselves, through
 * `qemu-i386` (Debian: qemu-user), or not at all.
 *
 * In: gcc, the machine. Out: a {@link Programs32}, found by compiling a small program and *running* it each way: a
 * kernel may lack 32-bit support, forbid it or do it badly, and none of that shows in files or in the name of the
 * architecture. Compiling and running are told apart, because what helps is another package.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Its output is what counts: where the kernel refuses a program, the C library may give it to a shell instead. */
const probe = `#include <stdio.h>
int main(void) { printf("%d bits, %.1f\\n", 8 * (int)sizeof(void *), 0.5 * sizeof(int)); return 3; }
`;
const isRight = ({ status, stdout }) => status === 3 && stdout === '32 bits, 2.0\n';

/** Long enough for any machine; the program itself ends at once. */
const limitMilliseconds = 120_000;

/** Debian's qemu-user has the first, its qemu-user-static the second. */
const emulators = ['qemu-i386', 'qemu-i386-static'];

/** What one sees of a process that did not do what it should, in a few words. */
function whatHappened({ error, signal, status, stderr }) {
  const said = (stderr ?? '').split('\n').find((line) => line.trim() !== '') ?? '';
  return error?.code ?? signal ?? (said.trim().slice(0, 160) || `exit status ${status}`);
}

/** The same of the small program itself, which complains of nothing: if anybody does, it is the shell that got it. */
function whyNotRun(program, result) {
  return (result.stderr ?? '').includes(program) ? 'exec format error' : whatHappened(result);
}

/**
 * Looks how 32-bit programs run here, about 0.1 s.
 *
 * @param {NodeJS.ProcessEnv} [env] whose PATH is looked in
 * @returns {import('./programs32.mjs').Programs32}
 */
export function look32(env = process.env) {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-32-'));
  const run = (command, ...args) =>
    spawnSync(command, args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMilliseconds,
      killSignal: 'SIGKILL',
    });
  const lacking = (need, sentence) => ({ way: 'none', need, sentence });
  try {
    writeFileSync(join(folder, 'probe.c'), probe);
    const compiled = run('gcc', '-m32', '-o', 'probe', 'probe.c');
    if (compiled.error?.code === 'ENOENT') {
      return lacking('gcc-multilib', 'there is no gcc; install gcc and gcc-multilib');
    }
    if (compiled.status !== 0) {
      return lacking(
        'gcc-multilib',
        `gcc -m32 cannot compile and link a program (${whatHappened(compiled)}); install gcc-multilib`,
      );
    }
    const program = join(folder, 'probe');
    const native = run(program);
    if (isRight(native)) {
      return { way: 'native' };
    }
    const refused = `gcc -m32 compiles, but this machine does not run 32-bit programs (${whyNotRun(program, native)})`;
    let complaint;
    for (const emulator of emulators) {
      const emulated = run(emulator, program);
      if (isRight(emulated)) {
        return { way: 'qemu', emulator, sentence: `${refused}: they run through ${emulator}` };
      }
      if (emulated.error?.code !== 'ENOENT') {
        complaint ??= `and ${emulator} does not run them either (${whatHappened(emulated)})`;
      }
    }
    return lacking('qemu-user', `${refused}, ${complaint ?? 'and there is no qemu-i386'}; install qemu-user`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let found;

/** How 32-bit programs run on this machine; looked at once per process. */
export function programs32() {
  return (found ??= look32());
}

/** What has just been installed counts: looks again at the next question. */
export function forgetPrograms32() {
  found = undefined;
}

/**
 * The command that runs a 32-bit program here.
 * @returns {[string, string[]]} command and arguments, as spawn takes them
 */
export function command32(program, args = [], { way, emulator, sentence } = programs32()) {
  if (way === 'none') {
    throw new Error(sentence);
  }
  return way === 'qemu' ? [emulator, [program, ...args]] : [program, [...args]];
}
