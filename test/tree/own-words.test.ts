/**
 * The bundled kernel, the simulator's headers and the hosted library are written by us: no run of lines may stand in a
 * Linux 2.4 tree too. Needs a tree to compare with, named by `SOCKSCOPE_KERNEL`. What any two kernels with one interface
 * share is left out on both sides by what it is, not by where it stands (c-units.ts); nothing else is excused.
 */
import { given } from '../../src/base/checked-access';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { allFiles, readText } from '../tidy/source-tree';
import { linesOf, statementsOf, withoutNames, type Unit } from './c-units';
import { sharedRuns, type SharedRun, type UnitFile } from './shared-runs';
import { filesBelow, realTree } from './tree-fixture';

/** Equal lines, or statements, in a row that are no accident any more. */
const RUN = 6;
/** The same with all names alike; so many also happen by accident, unless they differ among themselves. */
const NAMELESS_RUN = 10;
/** Rows of assignments, cases or initialisers are alike everywhere: at most 5 different shapes. */
const SHAPES = 6;

const ours = ['media/kernel', 'media/asm-sim', 'media/hosted']
  .flatMap((folder) => allFiles(folder))
  .filter((path) => /\.[ch]$/.test(path));
const theirs = [
  'net',
  'include',
  'lib',
  'kernel',
  'fs',
  'mm',
  'ipc',
  'init',
  'arch/i386',
  'drivers/net/loopback.c',
  'drivers/net/net_init.c',
];

if (!realTree) {
  console.warn('test/tree/own-words.test.ts is skipped: set SOCKSCOPE_KERNEL to the folder of a clean Linux 2.4.0');
}

describe.skipIf(!realTree)('no run of the bundled C is Linux’s', () => {
  let tree: { readonly path: string; readonly text: string }[];
  beforeAll(() => {
    tree = theirs
      .flatMap((place) => filesBelow(given(realTree, 'real tree'), place, /\.[ch]$/))
      .map((path) => ({ path, text: readFileSync(`${realTree}/${path}`, 'latin1') }));
    expect(tree.length).toBeGreaterThan(1000);
  });

  function check(cut: (text: string) => Unit[], least: number, counts: (run: SharedRun) => boolean = () => true): void {
    const files = ours.map((path): UnitFile => ({ path, units: cut(readText(path)) }));
    const runs = sharedRuns(files, lazily(cut), least).filter(counts);
    expect(
      runs.map((run) => `${run.length} at ${run.ours} as ${run.theirs}:\n  ${run.text.join('\n  ')}`).join('\n'),
    ).toBe('');
  }

  function* lazily(cut: (text: string) => Unit[]): Generator<UnitFile> {
    for (const { path, text } of tree) {
      yield { path, units: cut(text) };
    }
  }

  test('line by line', () => check(linesOf, RUN));
  test('statement by statement, however the lines are broken', () => check(statementsOf, RUN));
  test('with other names, in functions and tables', () => {
    const code = (text: string): Unit[] => statementsOf(text).filter((unit) => !/^(#|typedef\b)/.test(unit.text));
    check(
      (text) => code(text).map(withoutNames),
      NAMELESS_RUN,
      ({ text }) => new Set(text).size >= SHAPES,
    );
  });
});

describe('how C is compared', () => {
  const linux = `
#include <linux/x.h>
#define A_NUMBER 0x10 /* a fact */
typedef struct s { int a;
  int b; } t;
enum { FIRST, SECOND };
extern int f(int a,
  int b);
int g(int a)
{
	if (a) return 1;
	for (;;)
		a++; /* comment */
	return h(a,
	         2);
}
`;

  function check(cut: (text: string) => Unit[], text: string, units: readonly string[]): void {
    expect(cut(text).map((unit) => `${unit.line} ${unit.text}`)).toEqual(units);
  }

  test('lines', () =>
    check(linesOf, linux, [
      '9 int g ( int a )',
      '11 if ( a ) return 1 ;',
      '12 for ( ; ; )',
      '13 a + + ;',
      '14 return h ( a ,',
      '15 2 ) ;',
    ]));
  test('statements', () =>
    check(statementsOf, linux, [
      '9 int g ( int a )',
      '11 if ( a )',
      '11 return 1 ;',
      '12 for ( ; ; )',
      '13 a + + ;',
      '14 return h ( a , 2 ) ;',
    ]));
  test('cases, labels and tables', () =>
    check(
      statementsOf,
      'int t[] = { 1, [2] = { 3, 4 } };\nint f(int a)\n{ switch (a) { case B: return a ? 1 : 2; default: goto out; }\nout: return 0; }',
      [
        '1 int t [ ] =',
        '1 1 ,',
        '1 [ 2 ] =',
        '1 3 ,',
        '1 4',
        '2 int f ( int a )',
        '3 switch ( a )',
        '3 case B :',
        '3 return a ? 1 : 2 ;',
        '3 default :',
        '3 goto out ;',
        '4 out :',
        '4 return 0 ;',
      ],
    ));
  test('macros stand by line', () =>
    check(statementsOf, '#define M(x) do { \\\n  f(x); } while (0)\nint a;', [
      '1 # define M ( x ) do',
      '2 f ( x ) ; } while ( 0 )',
      '3 int a ;',
    ]));
  test('names do not matter when they are left out', () =>
    check((text) => linesOf(text).map(withoutNames), 'int f(void)\n{\n if (sk->num) return g(1);\n}', [
      '1 int x ( void )',
      '3 if ( x - > x ) return x ( 1 ) ;',
    ]));
  test('a run is told once, at its longest', () => {
    const file = (path: string, text: string): UnitFile => ({
      path,
      units: linesOf(`int ${path[0]}(void)\n{\n${text}}\n`),
    });
    const runs = sharedRuns(
      [file('o.c', 'x();\na();\nb();\nc();\ny();\n')],
      [file('s.c', 'a();\nb();\n'), file('t.c', 'z();\na();\n\nb();\nc();\n')],
      2,
    );
    expect(runs).toEqual([{ length: 3, ours: 'o.c:4', theirs: 't.c:4', text: ['a ( ) ;', 'b ( ) ;', 'c ( ) ;'] }]);
  });
});
