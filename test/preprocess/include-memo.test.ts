/** Files that are included again give what reading them again would give, in every token, macro and diagnostic. */
import { afterEach, expect, test, vi } from 'vitest';
import { IncludeFinder } from '../../src/preprocess/include';
import { IncludeMemo, IncludeRecorder } from '../../src/preprocess/include-memo';
import { preprocess, type Preprocessed } from '../../src/preprocess/preprocess';
import { TokenCache } from '../../src/preprocess/token-cache';
import { MemoryLoader } from '../../src/source/file-loader';
import { SourceFile } from '../../src/source/source-file';

const includePaths = ['a', 'b'];
afterEach(() => vi.restoreAllMocks());

/** All of a unit that anybody can see. */
function seen({ tokens, macros, diagnostics, includes, complete }: Preprocessed): unknown {
  const place = (index: number): string => {
    const { file, start, end } = tokens.span(index);
    return `${file.path}:${start}-${end}`;
  };
  return {
    tokens: Array.from({ length: tokens.length }, (_, i) =>
      [tokens.text(i), tokens.kinds[i], tokens.flags[i], place(i), tokens.macros[i]].join(' '),
    ),
    files: tokens.files.map(({ path }) => path),
    pragmas: tokens.pragmas.map(({ index, span }) => `${index} ${span.file.path}:${span.start}`),
    macros: macros.names().map((name) => {
      const { span, parameters, body } = macros.get(name) ?? {};
      return `${name} ${span?.file.path}:${span?.start} ${parameters?.join()} ${body}`;
    }),
    diagnostics: diagnostics.map(({ code, span }) => `${code} ${span?.file.path}:${span?.start}`),
    includes: includes.map(({ path }) => path),
    complete,
  };
}

/** Preprocesses units one after the other, with the memo and without; gives how many inclusions were repeated. */
function compare(
  headers: Readonly<Record<string, string>>,
  units: readonly string[],
  bounds: { readonly mostTokens?: number } = {},
): number {
  const repeated = vi.spyOn(IncludeRecorder.prototype, 'repeat');
  repeated.mockClear();
  const loader = new MemoryLoader(Object.entries(headers));
  const defines = { __KERNEL__: '1' };
  const memo = new IncludeMemo(new IncludeFinder(loader, includePaths));
  const [first, second] = [new TokenCache(), new TokenCache()];
  units.forEach((text, number) => {
    const file = new SourceFile(`unit${number}.c`, text);
    const common = { loader, includePaths, defines, ...bounds };
    const read = preprocess(file, { ...common, cache: first });
    const again = preprocess(file, { ...common, cache: second, memo });
    expect(seen(again), `unit ${number}`).toEqual(seen(read));
  });
  return repeated.mock.calls.length;
}

test('a header is read once for units in which it means the same, and again where a name means something else', () => {
  const headers = {
    'a/types.h': '#ifndef T\n#define T\ntypedef int u32;\n#define SIZE 4\n#endif\n',
    'a/list.h': '#include <types.h>\n#ifdef SMP\nint lock;\n#endif\nint list[SIZE];\n#undef SIZE\n',
  };
  expect(compare(headers, ['#include <list.h>\nint a = SIZE;', '#include <list.h>\nint b = SIZE;'])).toBe(1);
  expect(compare(headers, ['#include <list.h>\nint a;', '#define SMP\n#include <list.h>\nint b;'])).toBe(1);
  expect(compare(headers, ['#include <list.h>\nint a;', '#include <types.h>\n#include <list.h>\nint b;'])).toBe(1);
});

test('names that only the bodies of macros have count, also pasted ones and those behind a made defined', () => {
  const uses = { 'a/x.h': 'int x = OUTER;\nint y = JOIN(IN, NER);\n#if ASKS\nint z;\n#endif\n' };
  const unit = (inner: string): string =>
    `#define OUTER INNER\n#define JOIN(a, b) a##b\n#define ASKS defined(INNER2)\n${inner}\n#include <x.h>\n`;
  compare({ ...uses, 'a/m.h': unit('') }, [
    '#include <m.h>',
    '#define INNER 1\n#include <m.h>',
    '#define INNER 2\n#include <m.h>',
    '#define INNER2\n#include <m.h>',
    '#undef INNER\n#include <m.h>',
  ]);
  const outer = '#define OUTER INNER\n#define JOIN(a, b) a##b\n#define ASKS defined(INNER2)\n';
  const first = { ...uses, 'a/o.h': outer };
  for (const inner of ['#define INNER 1\n', '#define INNER 2\n', '#define INNER2\n', '']) {
    expect(compare(first, ['#include <o.h>\n#include <x.h>', `#include <o.h>\n${inner}#include <x.h>`])).toBe(
      inner === '' ? 2 : 1,
    );
  }
});

test('what a header within looked up counts for the one around it', () => {
  const headers = {
    'a/o.h': '#define OUTER INNER\n',
    'a/x.h': 'int x = OUTER;\n',
    'a/w.h': '#include <x.h>\n',
  };
  expect(compare(headers, ['#include <o.h>\n#include <w.h>', '#include <o.h>\n#define INNER 1\n#include <w.h>'])).toBe(
    1,
  );
  // The second unit repeats what the first kept of both.
  expect(
    compare(headers, [
      '#include <o.h>\n#include <w.h>',
      '#include <o.h>\n#include <w.h>\n#define INNER 1\n#include <w.h>',
    ]),
  ).toBe(2);
});

test('a file found beside another is not the same as one found along the paths', () => {
  const headers = {
    'a/x.h': '#ifndef X\n#define X\n#include_next <x.h>\n#endif\n',
    'b/x.h': 'int next;\n',
    'a/beside.h': '#include "x.h"\n',
  };
  compare(headers, ['#include <x.h>', '#include <beside.h>', '#include <x.h>', '#include <beside.h>']);
});

test.each([
  ['a count', 'int c = __COUNTER__;'],
  ['a level', 'int c = __INCLUDE_LEVEL__;'],
  ['the unit', 'char *c = __BASE_FILE__;'],
  ['a pragma', '#pragma pack(1)\nint a;'],
  ['a pragma in a macro', '#define P _Pragma("pack(2)")\nP int a;'],
  ['saved macros', '#pragma push_macro("X")\n#undef X\n#define X 2\n#pragma pop_macro("X")\nint x = X;'],
  ['a file read once', '#pragma once\nint a;'],
  ['a file imported', '#import <plain.h>\n#import <plain.h>'],
  ['the next path', '#include_next <x.h>'],
  ['an error', '#error no\nint a;'],
  ['an open condition', '#if 1\nint a;'],
  ['a macro defined otherwise', '#define X 5\nint a = X;'],
  ['a file that is not there', '#include <none.h>\nint a;'],
  ['place and line', 'char *f = __FILE__; int l = __LINE__;\n#line 7 "other"\nchar *g = __FILE__; int m = __LINE__;'],
  ['a file within', '#include <plain.h>\n#include "plain.h"\nint n;'],
  ['arguments over lines', '#define F(a, b) a b\nF(int,\n q);'],
  ['a name without arguments at its end', '#define F(a) a\nint F'],
])('a header with %s', (_, text) => {
  const headers = { 'a/x.h': text, 'b/x.h': 'int next;\n', 'a/plain.h': 'int plain;\n', 'a/all.h': '#include <x.h>\n' };
  compare(headers, [
    '#define X 1\n#include <x.h>\nint a;',
    '#define X 1\n#include <x.h>\n#include <x.h>\n#include <all.h>\nint b;',
    '#include <all.h>\n#include <plain.h>\n(1);\nint c;',
    '#include <plain.h>\n#include <all.h>\nint d;',
  ]);
});

test('bounds hold where they would hold', () => {
  const headers = { 'a/x.h': 'int a; int b; int c;\n', 'a/y.h': '#include <x.h>\n#include <x.h>\n' };
  for (const mostTokens of [4, 9, 10, 17, 18, 19, 27]) {
    compare(headers, ['#include <y.h>', '#include <y.h>\nint d;', '#include <y.h>\n#include <x.h>'], { mostTokens });
  }
  const deep = { 'a/r.h': '#ifndef STOP\n#include <r.h>\n#endif\nint r;\n', 'a/s.h': '#define STOP\n#include <r.h>\n' };
  compare(deep, ['#include <s.h>', '#include <s.h>', '#include <r.h>', '#include <s.h>']);
});

/** Numbers that look like chance, the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
}

test('headers and units at random', () => {
  let repeated = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const next = numbers(seed);
    const name = (): string => `N${next(5)}`;
    const lines: ((header: number) => string)[] = [
      () => `#define ${name()} ${name()}`,
      () => `#define ${name()} ${next(3)}`,
      () => `#define F${next(2)}(a) a ${name()} a##${next(3)}`,
      () => `#undef ${name()}`,
      () => `int ${name()} = ${name()};`,
      () => `F${next(2)}(${name()}) F${next(2)};`,
      () => `#ifdef ${name()}\nint i${next(9)};\n#else\n#define ${name()} 7\n#endif`,
      () => `#if ${name()} + 1\nint j;\n#endif`,
      () => `#if ${name()}\n#undef ${name()}\n#elif defined(${name()})\nint k;\n#endif`,
      (header) => (header > 0 ? `#include <h${next(header)}.h>` : ''),
      (header) => (header > 0 ? `#include <h${next(header)}.h>` : ''),
    ];
    const text = (header: number, count: number): string =>
      Array.from({ length: count }, () => lines[next(lines.length)]?.(header) ?? '').join('\n');
    const headers = Object.fromEntries(
      Array.from({ length: 5 }, (_, i) => {
        const body = text(i, 3);
        return [`a/h${i}.h`, next(3) > 0 ? `#ifndef G${i}\n#define G${i}\n${body}\n#endif\n` : `${body}\n`];
      }),
    );
    repeated += compare(
      headers,
      Array.from({ length: 8 }, () => `${text(5, 1)}\n#include <h${next(5)}.h>\n${text(5, 4)}\n`),
    );
  }
  expect(repeated).toBeGreaterThan(100);
});

test('a unit that is read no more lends its room to the next, be that shorter or longer', () => {
  const cache = new TokenCache();
  const text = (words: number): string => Array.from({ length: words }, (_, i) => `w${i % 7}`).join(' ');
  for (const words of [3000, 5, 9000, 0, 4000]) {
    const file = new SourceFile('a.c', text(words));
    const { tokens } = preprocess(file, { loader: new MemoryLoader([]), includePaths, cache });
    expect(tokens.toText()).toBe(text(words));
    cache.giveBack(tokens);
  }
});
