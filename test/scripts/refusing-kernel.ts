/**
 * A machine whose kernel does not execute 32-bit programs, made of this one for a single command.
 *
 * In: a command. Out: how it ended, or undefined where such a machine cannot be made (no Linux, no user namespaces, a
 * kernel before 6.7). In a user namespace of its own, binfmt_misc is told to hand i386 programs to an interpreter that is
 * no program: execve then answers ENOEXEC, as a kernel without 32-bit support does. Nothing outside sees it.
 */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The ELF header of an executable or shared object (0xfe) for the i386, escaped as binfmt_misc wants it. */
const header = String.raw`\x7fELF\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x03\x00`;
const mask = String.raw`\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff`;
/** What the shell ends with when the machine cannot be made. */
const NO_SUCH_MACHINE = 97;
const script = `mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && printf %s "$1" > /proc/sys/fs/binfmt_misc/register \
  || exit ${NO_SUCH_MACHINE}; shift; exec "$@"`;

export function onRefusingKernel(command: string, ...args: readonly string[]): SpawnSyncReturns<string> | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-no32-'));
  try {
    const interpreter = join(folder, 'none');
    writeFileSync(interpreter, 'no program\n');
    chmodSync(interpreter, 0o755);
    const rule = `:no32:M::${header}:${mask}:${interpreter}:`;
    const shell = ['-U', '-r', '-m', 'sh', '-c', script, 'sh', rule, command, ...args];
    const result = spawnSync('unshare', shell, { encoding: 'utf8' });
    const wasMade =
      result.error === undefined && !/^unshare:/m.test(result.stderr) && result.status !== NO_SUCH_MACHINE;
    return wasMade ? result : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
