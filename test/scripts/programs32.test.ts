/**
 * How 32-bit programs run is found by running one. The machines are folders for PATH with a gcc and a qemu-i386 of our
 * own making; that the kernel refuses a program is real: it is given something that is none.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { command32, look32, type Programs32 } from '../../scripts/programs32.mjs';
import { onRefusingKernel } from './refusing-kernel';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** What `gcc -o PROGRAM` leaves; `refused` is nothing a kernel runs. */
const made = {
  right: `#!/bin/sh\\nprintf "32 bits, 2.0\\\\n"; exit 3\\n`,
  wide: `#!/bin/sh\\nprintf "64 bits, 4.0\\\\n"; exit 3\\n`,
  killed: `#!/bin/sh\\nkill -SYS $$\\n`,
  refused: `\\177ELF\\001\\001(\\003\\n`,
};
const compiles = (program: string): string =>
  `while [ "$1" != -o ]; do shift; done; printf '${program}' > "$2"; chmod +x "$2"`;
const right = `printf '32 bits, 2.0\\n'; exit 3`;

/** The environment of a machine that has these commands and no others. */
function machine(commands: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope 机器 '));
  folders.push(folder);
  for (const [name, body] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\nPATH=/usr/bin:/bin\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { PATH: folder };
}

// The commands are scripts of a Unix shell.
describe.skipIf(process.platform === 'win32')('32-bit programs', () => {
  test('where 32-bit programs run they run by themselves, emulator or not', () => {
    const how = look32(machine({ gcc: compiles(made.right), 'qemu-i386': right }));
    expect(how).toEqual({ way: 'native' });
    expect(command32('a b', ['1'], how)).toEqual(['a b', ['1']]);
  });

  test.each(['qemu-i386', 'qemu-i386-static'])('where the kernel refuses them they run through %s', (emulator) => {
    const how = look32(machine({ gcc: compiles(made.refused), [emulator]: right }));
    expect(how).toMatchObject({ way: 'qemu', emulator });
    expect(how.sentence).toMatch(/does not run 32-bit programs.*exec format error.*through qemu-i386/);
    expect(command32('a b', ['1'], how)).toEqual([emulator, ['a b', '1']]);
  });

  test.each([
    ['ended by a signal', made.killed, /SIGSYS/],
    ['wrong', made.wide, /exit status 3/],
  ])('a program that is %s counts as one that does not run', (_how, program, reason) => {
    const how = look32(machine({ gcc: compiles(program), 'qemu-i386': right }));
    expect(how).toMatchObject({ way: 'qemu' });
    expect(how.sentence).toMatch(reason);
  });

  test.each([
    ['no gcc', {}, 'gcc-multilib', /there is no gcc; install gcc/],
    [
      'gcc without -m32',
      { gcc: 'echo; echo "fatal error: bits/libc-header-start.h" >&2; exit 1', 'qemu-i386': right },
      'gcc-multilib',
      /gcc -m32 cannot compile.*libc-header-start.*install gcc-multilib/,
    ],
    ['no emulator', { gcc: compiles(made.refused) }, 'qemu-user', /does not run 32-bit programs.*install qemu-user/],
    [
      'an emulator that fails',
      { gcc: compiles(made.refused), 'qemu-i386': 'echo "qemu: no memory" >&2; exit 1' },
      'qemu-user',
      /does not run 32-bit programs.*qemu-i386 does not run them either \(qemu: no memory\)/,
    ],
  ])('with %s they do not run, and the complaint names what helps', (_what, commands, need, sentence) => {
    const how = look32(machine(commands));
    expect(how).toMatchObject({ way: 'none', need });
    expect(how.sentence).toMatch(sentence);
    // One package, not both: compiling and running are different wants.
    expect(how.sentence).not.toMatch(need === 'qemu-user' ? /gcc-multilib/ : /qemu/);
    expect(() => command32('a', [], how)).toThrow(how.sentence);
  });
});

const looking = new URL('../../scripts/programs32.mjs', import.meta.url);
const told = onRefusingKernel(
  process.execPath,
  '--input-type=module',
  '-e',
  `import { look32 } from ${JSON.stringify(looking.href)}; console.log(JSON.stringify(look32()));`,
);
// Where such a machine can be made of this one, and there is a compiler for it.
if (told !== undefined && look32().need !== 'gcc-multilib') {
  test('a kernel that refuses what gcc -m32 makes', () => {
    expect(told.stderr).toBe('');
    const how = JSON.parse(told.stdout) as Programs32;
    expect(how.sentence).toMatch(/does not run 32-bit programs \(exec format error\)/);
    expect(how.way === 'qemu' || how.need === 'qemu-user').toBe(true);
  });
}
