import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { ParseCache } from '../../src/parse/parse-cache';
import { parseUnit } from '../../src/parse/parse-unit';
import { preprocess } from '../../src/preprocess/preprocess';
import { TokenCache } from '../../src/preprocess/token-cache';
import { checkUnit, type CheckResult } from '../../src/semantic/check-unit';
import { SharedDeclarations } from '../../src/semantic/shared-declarations';
import { spellType } from '../../src/semantic/spelling';
import { sizeOf } from '../../src/semantic/types';
import { MemoryLoader } from '../../src/source/file-loader';
import { messages, parser, symbolNamed } from './check-c';

/** Checks several units that share their headers. */
function program(files: Readonly<Record<string, string>>): Record<string, CheckResult> {
  const loader = new MemoryLoader(Object.entries(files));
  const cache = new TokenCache();
  const parsed = new ParseCache();
  const shared = new SharedDeclarations();
  const units = Object.keys(files).filter((path) => path.endsWith('.c'));
  return Object.fromEntries(
    units.map((path) => {
      const { tokens } = preprocess(given(loader.load(path), 'file'), { loader, includePaths: [''], cache });
      return [path, checkUnit(path, parseUnit(tokens, parser, parsed).items, { shared })];
    }),
  );
}

function problems(results: Record<string, CheckResult>): string[] {
  return Object.values(results).flatMap(messages);
}

test('units that share a header share its types, not its objects', () => {
  const units = program({
    'h.h':
      'typedef unsigned u32; struct s { u32 a; enum { RED = 3 } e; }; extern struct s common; int f(struct s *); static inline int g(struct s *p) { return p->e == RED; }',
    'a.c': '#include "h.h"\nstruct s common; int a(void) { return g(&common); }',
    'b.c': '#include "h.h"\nint b(void) { return g(&common) + RED; }',
  });
  expect(problems(units)).toEqual([]);
  const [a, b] = [units['a.c']!, units['b.c']!];
  expect(a.unit.scope.tags.get('struct s')).toBe(b.unit.scope.tags.get('struct s'));
  expect(symbolNamed(a, 'common')).not.toBe(symbolNamed(b, 'common'));
  expect(symbolNamed(b, 'common').data).toBeUndefined();
  expect([...b.unit.scope.enumerators.keys()]).toEqual(['RED']);
});

test('the order in which headers mention a tag does not matter', () => {
  const units = program({
    'use.h': 'struct s; int f(struct s *);',
    'def.h': 'struct s { int a; };',
    'a.c': '#include "use.h"\n#include "def.h"\nstruct s x;',
    'b.c': '#include "def.h"\n#include "use.h"\nint b(struct s *p) { return f(p) + sizeof *p; }',
    'c.c': '#include "use.h"\nint c(struct s *p) { return f(p); }',
  });
  expect(problems(units)).toEqual([]);
  expect(new Set(Object.values(units).map(({ unit }) => unit.scope.tags.get('struct s'))).size).toBe(1);
});

test('a unit that defines a tag otherwise keeps to itself', () => {
  const units = program({
    'h.h': 'struct s; struct holder { struct s *p; };',
    'a.c': '#include "h.h"\nstruct s { int a; }; struct holder h; int a(void) { return h.p->a; }',
    'b.c': '#include "h.h"\nstruct s { char c[9]; }; struct holder h2; int b(void) { return h2.p->c[0]; } struct s x;',
    'c.c': 'struct s { long long l; }; struct s y;',
  });
  expect(problems(units)).toEqual([]);
  expect(sizeOf(symbolNamed(units['b.c']!, 'x').type)).toBe(9);
  expect(sizeOf(symbolNamed(units['c.c']!, 'y').type)).toBe(8);
});

test('the same text means something else where its names do', () => {
  const units = program({
    'use.h': 'struct s { word w[N]; }; extern word v; typedef word pair[2];',
    'a.c': 'typedef char word; enum { N = 3 };\n#include "use.h"\nstruct s x; pair y;',
    'b.c': 'typedef int word; enum { N = 5 };\n#include "use.h"\nstruct s x; pair y;',
    'c.c': 'typedef int word; enum { N = 5 };\n#include "use.h"\nstruct s x; pair y;',
  });
  expect(problems(units)).toEqual([]);
  expect(
    Object.values(units).map(
      (unit) =>
        `${sizeOf(symbolNamed(unit, 'x').type)} ${sizeOf(symbolNamed(unit, 'y').type)} ${spellType(symbolNamed(unit, 'v').type)}`,
    ),
  ).toEqual(['3 2 char', '20 8 int', '20 8 int']);
});

test('mistakes in a header are told in every unit', () => {
  const units = program({
    'h.h': 'struct s { missing_t m; int a; };',
    'a.c': '#include "h.h"\n',
    'b.c': '#include "h.h"\n',
  });
  expect(problems(units)).toEqual([
    "error [missing_t] unknown type name 'missing_t'",
    "error [missing_t] unknown type name 'missing_t'",
  ]);
});

test('names declared together in one header are the same in all units', () => {
  const units = program({
    'h.h':
      'typedef unsigned short id, other; struct s { other a; }; typedef struct { int b; } pair, *pairs; extern pairs first;',
    'a.c': '#include "h.h"\nint a(void) { return sizeof(struct s) + first->b; }',
    'b.c': '#include "h.h"\nint b(struct s *s) { return s->a + first->b; }',
  });
  expect(problems(units)).toEqual([]);
  const [a, b] = [units['a.c']!.unit.scope, units['b.c']!.unit.scope];
  expect(a.typedefs.get('other')).toBe(b.typedefs.get('other'));
  expect(a.tags.get('struct s')).toBe(b.tags.get('struct s'));
});
