/** Programs in files that are no UTF-8: what they print keeps its bytes, and places count characters. */
import { expect, test } from 'vitest';
import { hasErrors } from '../../src/source/diagnostic';
import { SourceFile, startOf } from '../../src/source/source-file';
import { decodeSource } from '../../src/source/text-encoding';
import { runFiles } from './run-c';

const file = (path: string, ...parts: (string | number[])[]): SourceFile => {
  const { text, encoding } = decodeSource(
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part))),
  );
  return new SourceFile(path, text, encoding);
};
const hello = [0xc4, 0xe3, 0xba, 0xc3, 0x95, 0x5c];

test('GBK: literals, also through macros and stringizing, have the bytes of the file', async () => {
  const files = [
    file('g.h', '#define HELLO "', hello, '"\n'),
    file(
      'a.c',
      '#include <stdio.h>\n#include <string.h>\n#include "g.h"\n#define NAME(x) #x\nint main(void) { printf("%d %s ',
      hello,
      ' %s %d\\n", (int)strlen(HELLO), HELLO, NAME("',
      hello,
      '"), \'',
      [0xc4],
      [0xe3],
      "' == 0xc4e3); return 0; }\n",
    ),
  ];
  const result = await runFiles({ load: (path) => files.find((each) => each.path === path) }, ['a.c']);
  expect(hasErrors(result.diagnostics)).toBe(false);
  const text = String.fromCharCode(...hello);
  expect(result.output).toBe(`6 ${text} ${text} "${text}" 1\n`);
});

test('Latin-1: one byte for one letter', async () => {
  const a = file(
    'a.c',
    '#include <stdio.h>\nint main(void) { printf("%d ',
    [0xfc],
    '\\n", (int)sizeof("',
    [0xf6],
    '")); }',
  );
  const result = await runFiles({ load: (path) => (path === 'a.c' ? a : undefined) }, ['a.c']);
  expect(result.output).toBe('2 \xfc\n');
});

test('columns behind Chinese in a GBK file count characters', async () => {
  const a = file('a.c', 'int main(void) { /* ', hello, ' */ return x; }');
  const { diagnostics } = await runFiles({ load: (path) => (path === 'a.c' ? a : undefined) }, ['a.c']);
  expect(diagnostics.map(({ span }) => span && startOf(span).column)).toEqual([35]);
});
