/** Coverage by place: statements and functions of files, inline functions once, and which runs execute a line. */
import { given, itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { compileProgram } from '../../src/compile/program';
import { coveredFiles, runsCovering, statementsRan } from '../../src/facade/coverage-lines';
import { MemoryLoader } from '../../src/source/file-loader';
import { parser } from '../semantic/check-c';

const { program: compiled } = compileProgram(
  {
    loader: new MemoryLoader([
      ['h.h', 'static inline int twice(int n)\n{\n\treturn 2 * n;\n}\n'],
      ['a.c', '#include "h.h"\nint f(int n)\n{\n\tif (n)\n\t\treturn twice(n);\n\treturn 0;\n}\n'],
      ['b.c', '#include "h.h"\nint g(int n)\n{\n\treturn twice(n);\n}\n'],
    ]),
    sources: ['a.c', 'b.c'],
    includePaths: [''],
    defines: {},
    build: { services: new Set(), heapSize: 1 << 16 },
  },
  parser,
);
const program = given(compiled, 'program');
const { debug } = program.image;

/** A run that executed the statements on these lines. */
function run(...lines: readonly string[]): Uint8Array {
  return Uint8Array.from(debug.statements, ({ file, line }) =>
    lines.includes(`${debug.files[file]}:${line}`) ? 1 : 0,
  );
}

const runs = [run('a.c:4', 'a.c:6'), run('a.c:4', 'a.c:5', 'h.h:3')];

test('each statement and function counts the runs that executed it', () => {
  const [a, b, h] = coveredFiles(program, runs);
  expect([a?.file, b?.file, h?.file]).toEqual(['a.c', 'b.c', 'h.h']);
  expect(a?.functions.map(({ name, runs: n }) => [name, n])).toEqual([['f', 2]]);
  expect(a?.statements.filter(({ line }) => line === 5).map(({ runs: n }) => n)).toEqual([1]);
  expect(b?.functions.map(({ name, runs: n }) => [name, n])).toEqual([['g', 0]]);
});

test('an inline function of a header is one function, executed when one of its copies was', () => {
  const h = coveredFiles(program, runs).find(({ file }) => file === 'h.h');
  expect(h?.functions).toHaveLength(1);
  expect(h?.statements.filter(({ line }) => line === 3)).toMatchObject([{ line: 3, column: 2, runs: 1 }]);
});

test('which runs execute a line', () => {
  expect(runsCovering(program, runs, 'a.c', 4)).toEqual([0, 1]);
  expect(runsCovering(program, runs, 'h.h', 3)).toEqual([1]);
  expect(runsCovering(program, runs, 'b.c', 4)).toEqual([]);
});

test('which statements of a function were executed, by the offsets of their text', () => {
  const id = debug.functions.findIndex(({ name }) => name === 'f');
  const text = program.loader.load('a.c')?.text ?? '';
  const told = (covered: Uint8Array): string[] =>
    statementsRan(program, covered, id).map(({ start, end, ran }) => `${text.slice(start, end)} ${ran}`);
  expect(told(itemAt(runs, 0))).toEqual(['n true', 'return twice(n); false', 'return 0; true']);
  expect(told(itemAt(runs, 1))).toEqual(['n true', 'return twice(n); true', 'return 0; false']);
  expect(statementsRan(program, itemAt(runs, 0), -1)).toEqual([]);
});
