/** Functions of a document in place of a program's own: which definitions give way, with whose macros, at which places. */
import { given, itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { compileThroughStore } from '../../src/compile/image-cache';
import { compileProgram, type CompiledProgram, type ProgramSource } from '../../src/compile/program';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { MemoryLoader } from '../../src/source/file-loader';
import type { KnownMember } from '../../src/source/replacement';
import { parser } from '../semantic/check-c';
import { replacementOf } from './replacement-of';

const files: Readonly<Record<string, string>> = {
  'h.h': [
    'struct inner { char c; };',
    'struct outer { int a; union { struct inner in; } u; char last; };',
    'static inline int helper(int x) { return x; }',
  ].join('\n'),
  'net/a.c': [
    '#include "h.h"',
    '#define FACTOR 2',
    'static int twice(int n)',
    '{',
    '  return n * FACTOR;',
    '}',
    '#undef FACTOR',
    '#define FACTOR 100',
    '#ifdef NEVER',
    'int variant(int a) { return a; }',
    '#else',
    'int variant(int a) { return -a; }',
    '#endif',
    'int (*table[])(int) = { twice, variant };',
    'int use(struct outer *o) { return twice(o->a) + helper(1); }',
  ].join('\n'),
  'net/b.c':
    '#include "h.h"\nstatic int twice(int n) { return n + n; }\nint other(int n) { return twice(n) + helper(n); }\n',
};

function sourceWith(
  document: string,
  more: Partial<ProgramSource> = {},
  mentions?: Record<string, string[]>,
): ProgramSource {
  return {
    loader: new MemoryLoader(Object.entries(files)),
    sources: ['net/a.c', 'net/b.c'],
    includePaths: [''],
    defines: {},
    build: { services: new Set(), heapSize: 1 << 16 },
    replacement: replacementOf('notes.md', document, mentions),
    ...more,
  };
}

const compile = (
  document: string,
  more?: Partial<ProgramSource>,
  mentions?: Record<string, string[]>,
): CompiledProgram => compileProgram(sourceWith(document, more, mentions), parser);

/** `name path:line+line` for each compiled function of a name: where its statements stand. */
function placesOf({ program }: CompiledProgram, name: string): string[] {
  const { debug } = given(program, 'program').image;
  return debug.functions
    .filter((each) => each.name === name && each.kind === 'compiled')
    .map(({ firstStatement, statementCount, linkage }) => {
      const statements = debug.statements.slice(firstStatement, firstStatement + statementCount);
      const lines = statements.filter(({ kind }) => kind !== 'end').map(({ line }) => line);
      return `${linkage} ${debug.files[itemAt(statements, 0).file]}:${lines.join('+')}`;
    });
}

const told = ({ diagnostics }: CompiledProgram): string[] => diagnostics.map((each) => formatDiagnostic(each));

test('a function of a document takes the place of the one in a source, with its macros and its linkage', () => {
  const compiled = compile('Twice:\n```c\nint twice(int n)\n{\n  n += FACTOR;\n  return n;\n}\n```\n');
  expect(told(compiled)).toEqual([
    "notes.md:3:5: warning: 'twice' takes the place of the one in net/a.c; net/b.c keeps its own (name the file that is meant before the listing) [SS7012]",
  ]);
  expect(placesOf(compiled, 'twice')).toEqual(['internal notes.md:5+6', 'internal net/b.c:2']);
  expect(placesOf(compiled, 'use')).toEqual(['external net/a.c:15']);
  const { replaced } = given(compiled.program, 'program');
  const text = files['net/a.c']!;
  expect(given(replaced, 'replaced').functions.map(({ path, start, end }) => [path, text.slice(start, end)])).toEqual([
    ['net/a.c', 'static int twice(int n)\n{\n  return n * FACTOR;\n}'],
  ]);
});

test('the source that a document names is the one that gives way', () => {
  const compiled = compile('```c\nstatic int twice(int n) { return 3; }\n```\n', {}, { twice: ['net/b.c'] });
  expect(placesOf(compiled, 'twice')).toEqual(['internal net/a.c:5', 'internal notes.md:2']);
});

test('of variants the compiled one gives way, and a function of a header in every unit', () => {
  const compiled = compile(
    '```c\nint variant(int a)\n{\n  return 7;\n}\n```\nand\n```c\nint helper(int x)\n{\n  return 2 * x;\n}\n```\n',
  );
  expect(told(compiled)).toEqual([]);
  expect(placesOf(compiled, 'variant')).toEqual(['external notes.md:4']);
  expect(placesOf(compiled, 'helper')).toEqual(['internal notes.md:11', 'internal notes.md:11']);
});

test('conditionals within a listing are the unit’s; an include is refused', () => {
  const compiled = compile(
    '```c\nint variant(int a)\n{\n#ifdef FACTOR\n  return 1;\n#else\n  return 2;\n#endif\n}\n```\n' +
      '```c\nstatic int twice(int n)\n{\n#include "/etc/passwd"\n  return n;\n}\n```\n',
  );
  expect(placesOf(compiled, 'variant')).toEqual(['external notes.md:5']);
  expect(told(compiled).filter((line) => line.includes('error'))).toEqual([
    'notes.md:14:1: error: a document cannot include a file (delete the line: the headers are those of the kernel beneath) [SS7013]',
  ]);
});

test('a mistake in a listing is told at its place in the document', () => {
  const compiled = compile('Text.\n```c\nint variant(int a)\n{\n  return a + nowhere;\n}\n```\n');
  expect(told(compiled)).toEqual([
    "notes.md:5:14: error: 'nowhere' is not declared (what it is cannot be known: declare it in a listing of the document, or choose a kernel that has it) [SS3001]",
  ]);
});

test('a function that exists nowhere beneath is told, and so is a service', () => {
  const compiled = compile('```c\nint nobody(void) { return 0; }\nvoid schedule(void) { }\n```\n', {
    build: { services: new Set(['schedule']), heapSize: 1 << 16 },
  });
  expect(told(compiled)).toEqual([
    'notes.md:1:1: error: the kernel beneath has no function of this document: a run would not show any of it (choose a kernel that has one; the notes can be read) [SS7012]',
    "notes.md:2:5: warning: 'nobody' is not of this kernel: it has no function of that name, and nothing that runs calls it (check the name, or choose a kernel that has it) [SS7010]",
    "notes.md:3:6: warning: 'schedule' is a service of the simulator; the document's is not run (a service stands for hardware, memory or processes, and has no C) [SS7012]",
  ]);
});

test('members that are missing beneath are added at the end of their struct, and told with what moves', () => {
  const known: KnownMember[] = [
    { record: 'struct inner', name: 'id', declaration: 'unsigned short id;', from: '2.4.16' },
  ];
  const compiled = compile(
    '```c\nint use(struct outer *o)\n{\n  o->flag = 1;\n  o->u.in.id = 2;\n  o->page = NULL;\n  return o->deep->er;\n}\n```\n',
    { knownMembers: known, defines: { NULL: '((void *)0)' } },
  );
  expect(told(compiled)).toEqual([
    "notes.md:4:3: information: struct outer has no member 'flag' in the kernel beneath; added at its end: int flag; (its type follows from its use here) [SS7011]",
    "notes.md:5:3: information: struct inner has no member 'id' in the kernel beneath; added at its end: unsigned short id; (Linux 2.4.16 has it like this) [SS7011]",
    "notes.md:6:3: information: struct outer has no member 'page' in the kernel beneath; added at its end: void *page; (its type follows from its use here) [SS7011]",
    'notes.md:4:3: information: struct inner grows from 1 to 4 bytes by what was added; its members stay where they are [SS7011]',
    "notes.md:4:3: information: struct outer grows from 8 to 20 bytes by what was added; its members from 'last' on lie 3 bytes further [SS7011]",
    "notes.md:7:10: error: 'struct outer' has no member 'deep' (use one of its members) [SS3006]",
  ]);
  const { debug } = given(compiled.program, 'program').image;
  const outer = debug.types[debug.typeNames['struct outer']!];
  expect(outer?.kind === 'record' && outer.fields.map(({ name, offset }) => `${name} ${offset}`)).toEqual([
    'a 0',
    'u 4',
    'last 8',
    'flag 12',
    'page 16',
  ]);
});

test('functions that the kernel lacks are compiled with their caller, in every unit that calls them', () => {
  const compiled = compile(
    '```c\nint variant(int a)\n{\n  return shared(a) + own(a);\n}\nint shared(int n)\n{\n  return n > 0 ? own(n - 1) : 0;\n}\n' +
      'static int own(int n)\n{\n  return n ? shared(n) : variant(n);\n}\nint other(int n)\n{\n  return shared(n);\n}\nint alone(void)\n{\n  return lonely();\n}\nint lonely(void)\n{\n  return 0;\n}\n```\n',
  );
  expect(told(compiled).map((line) => line.replace(/ \(.*| \[.*/, ''))).toEqual([
    "notes.md:6:5: information: the kernel beneath has no function 'shared'; the document's is compiled in, because variant, own, other calls it",
    "notes.md:10:12: information: the kernel beneath has no function 'own'; the document's is compiled in, because variant, shared calls it",
    "notes.md:18:5: warning: 'alone' is not of this kernel: it has no function of that name, and nothing that runs calls it",
    "notes.md:22:5: warning: 'lonely' is not of this kernel: it has no function of that name, and nothing that runs calls it",
  ]);
  expect(placesOf(compiled, 'shared')).toEqual(['external notes.md:8']);
  expect(placesOf(compiled, 'own')).toEqual(['internal notes.md:12']);
  expect(placesOf(compiled, 'other')).toEqual(['external notes.md:16']);
});

test('a function that the program calls and has nowhere is compiled from the document', () => {
  const compiled = compile('```c\nint gone(int n)\n{\n  return n;\n}\n```\n', {
    loader: new MemoryLoader([
      ...Object.entries(files),
      ['net/c.c', 'int gone(int);\nint need(void) { return gone(1); }\n'],
    ]),
    sources: ['net/a.c', 'net/b.c', 'net/c.c'],
  });
  expect(told(compiled)).toEqual([
    "notes.md:2:5: information: net/c.c of the kernel beneath calls 'gone', which it has not; the document's is compiled in [SS7011]",
  ]);
  expect(placesOf(compiled, 'gone')).toEqual(['external notes.md:4']);
});

test('constants of other kernels are added where they are known, before every function that uses them', () => {
  const compiled = compile(
    '```c\nint variant(int a)\n{\n  COUNT(Foo);\n  return LIMIT;\n}\nint other(int n)\n{\n  return LIMIT + NOBODY_KNOWS;\n}\n```\n',
    {
      knownConstants: new Map([
        ['LIMIT', { name: 'LIMIT', value: '7', from: '2.4.16' }],
        ['COUNT', { name: 'COUNT', parameters: '(x)', value: 'do { } while (0)' }],
      ]),
    },
  );
  expect(told(compiled)).toEqual([
    "notes.md:4:3: information: the kernel beneath has no 'COUNT(x)'; added: #define COUNT(x) do { } while (0) (it only counts or prints, and has no effect here) [SS7011]",
    "notes.md:5:10: information: the kernel beneath has no 'LIMIT'; added: #define LIMIT 7 (Linux 2.4.16 has it like this) [SS7011]",
    "notes.md:9:18: error: 'NOBODY_KNOWS' is not declared (what it is cannot be known: declare it in a listing of the document, or choose a kernel that has it) [SS3001]",
  ]);
});

test('a changed document is another image; the same one comes out of the store with all that was told', async () => {
  const kept = new Map<string, Uint8Array>();
  const store = {
    build: 'test',
    read: (key: string) => Promise.resolve(kept.get(key)),
    write: (key: string, bytes: Uint8Array) => Promise.resolve(void kept.set(key, bytes)),
  };
  const one = sourceWith('```c\nint use(struct outer *o)\n{\n  o->flag = 1;\n  return 1;\n}\n```\n');
  const fresh = await compileThroughStore(store, 'k', one, parser);
  const again = await compileThroughStore(store, 'k', one, parser);
  expect(kept.size).toBe(1);
  expect(given(again.program, 'program').replaced).toEqual(
    JSON.parse(JSON.stringify(given(fresh.program, 'program').replaced)),
  );
  expect(again.diagnostics.map((each) => formatDiagnostic(each))).toEqual(
    fresh.diagnostics.map((each) => formatDiagnostic(each)),
  );
  expect(given(given(again.program, 'program').loader.load('notes.md'), 'file').text).toContain('```c');
  expect(given(given(again.program, 'program').loader.load('<document>/additions.h'), 'file').text).toContain(
    'int flag;',
  );
  await compileThroughStore(store, 'k', sourceWith('```c\nint use(struct outer *o) { return 2; }\n```\n'), parser);
  expect(kept.size).toBe(2);
});
