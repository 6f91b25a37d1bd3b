/** The kernel's printf: one line for each conversion and flag. */
import { expect, test } from 'vitest';
import { formatKernelText } from '../../src/kernel/printk-format';
import { Memory } from '../../src/machine/memory';

const memory = new Memory(new ArrayBuffer(0x3000));
memory.write(
  0x2000,
  Uint8Array.from('lo0\0', (letter) => letter.charCodeAt(0)),
);

function check(format: string, words: readonly number[], expected: string): void {
  let next = 0;
  expect(
    formatKernelText(memory, format, () => words[next++] ?? 0),
    format,
  ).toBe(expected);
}

test.each([
  ['plain 100%%', [], 'plain 100%'],
  ['%d %i', [-1, 0x80000000], '-1 -2147483648'],
  ['%u %x %X %o', [-1, 255, 255, 8], '4294967295 ff FF 10'],
  ['[%5d|%-5d|%05d|%+d]', [42, 42, -42, 42], '[   42|42   |-0042|+42]'],
  ['%#x %#o %04x', [255, 8, 10], '0xff 010 000a'],
  ['%.3d %.0d|', [5, 0], '005 |'],
  ['%s %.2s %5s|', [0x2000, 0x2000, 0x2000], 'lo0 lo   lo0|'],
  ['%s', [0], '<NULL>'],
  ['%s', [0x9000000], '<bad pointer>'],
  ['%c%c', [0x41, 0x142], 'AB'],
  ['%p', [0xbeef], '0000beef'],
  ['%lu %hd %Zu', [7, 0x18000, 3], '7 -32768 3'],
  ['%Lx %lld', [1, 2, 0xffffffff, 0xffffffff], '200000001 -1'],
  ['%*d|%-*d|', [4, 7, 4, 7], '   7|7   |'],
  ['%u.%u.%u.%u:%d', [127, 0, 0, 1, 80], '127.0.0.1:80'],
  ['%y %', [], '%y %'],
] as const)('%s', (format, words, expected) => check(format, words, expected));
