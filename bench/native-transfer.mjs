/**
 * Builds bench/native-transfer.c with the bundled kernel and gcc -m32 -O0, as test/native builds it, and runs it.
 *
 * In: a folder for what is built. Out: a function that makes so many transfers and gives the sum over what was received
 * and the milliseconds of each; undefined when 32-bit programs cannot be built or do not run here.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command32, programs32 } from '../scripts/programs32.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const kernel = join(root, 'media', 'kernel');
const native = join(root, 'test', 'native');

export function nativeTransfer(folder) {
  const program = buildTransfer(folder);
  return (
    program &&
    ((blocks, rounds) => {
      const [command, args] = command32(program, [String(blocks), String(rounds)]);
      const lines = execFileSync(command, args, { encoding: 'utf8' }).trim().split('\n');
      return lines.map((line) => {
        const [sum, nanoseconds] = line.split(' ').map(Number);
        return { sum, milliseconds: nanoseconds / 1e6 };
      });
    })
  );
}

/** The program `transfer BLOCKS ROUNDS`, with more options for gcc; undefined when it would not run here. */
export function buildTransfer(folder, options = []) {
  if (programs32().way === 'none') {
    return undefined;
  }
  const out = join(folder, 'transfer');
  mkdirSync(out, { recursive: true });
  const gcc = (...args) =>
    execFileSync('gcc', ['-m32', '-O0', '-fno-pie', '-w', ...options, ...args], { stdio: ['ignore', 2, 2] });
  const freestanding = [
    '-fno-builtin',
    '-nostdinc',
    '-std=gnu89',
    '-D__KERNEL__',
    '-I',
    join(kernel, 'include'),
    '-I',
    native,
    '-c',
  ];
  const program = join(out, 'transfer');
  const { sources } = JSON.parse(readFileSync(join(kernel, 'kernel.json'), 'utf8'));
  const services = ['services.c', 'clock.c', 'run-queue.c'].map((source) => join(native, source));
  const objects = [...sources.map((source) => join(kernel, source)), ...services].map((source, index) => {
    const object = join(out, `${index}.o`);
    gcc(...freestanding, source, '-o', object);
    return object;
  });
  gcc('-I', native, '-no-pie', join(root, 'bench', 'native-transfer.c'), ...objects, '-o', program);
  return program;
}
