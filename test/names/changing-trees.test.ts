/**
 * The index while its tree changes: after edits it says what a new one says; files that go, come or change while the tree
 * is read; files whose comments are in EUC encodings.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { contentHash } from '../../src/base/bytes';
import { diskTree } from '../../src/hosts/disk-tree';
import { buildNames, type IndexedSource } from '../../src/names/build-names';
import { TreeCalls } from '../../src/names/calls';
import { definitionsFound, referencesFound } from '../../src/names/found';
import { TreeSymbols } from '../../src/names/symbols';
import { TreeNames } from '../../src/names/tree-names';

const folder = mkdtempSync(join(tmpdir(), 'names-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function built(sources: readonly IndexedSource[], between?: (path: string) => void): TreeNames {
  const steps = buildNames(sources);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
    between?.(value.path);
  }
}

/** Definitions and references of some names, as text. */
function told(names: TreeNames, words: readonly string[]): string[] {
  const symbols = new TreeSymbols(names);
  const calls = new TreeCalls(symbols);
  return words.flatMap((each) => {
    const symbol = symbols.named(each);
    return symbol
      ? [
          ...definitionsFound(symbols, symbol).map(({ path, line }) => `${each} defined ${path}:${line}`),
          ...referencesFound(symbols, calls, symbol).map(
            ({ path, line, column, act, function: around }) => `${each} ${path}:${line}:${column} ${act} ${around}`,
          ),
        ]
      : [`${each} is nothing`];
  });
}

const textOf = (file: number, round: number): string =>
  `struct s${file} { int member${round % 3}; struct s${(file + 1) % 60} *next; };\n` +
  `static int own(struct s${file} *p) { return p->next->member${round % 3} + shared${round % 5}(p); }\n` +
  `int shared${round % 5}(void *p);\nint f${file}_${round}(void) { return own(0) + shared1(0); }\n`;
const asked = ['own', 's3.member1', 's4.member2', 'shared1', 'shared2', 'struct s5', 'f7_0', 'f7_3', 'f3_2', 'f59_1'];

it('says after many edits what an index made anew says', () => {
  const paths = Array.from({ length: 60 }, (_, file) => `net/f${file}.c`);
  const texts = new Map(paths.map((path, file) => [path, textOf(file, 0)]));
  const names = new TreeNames();
  texts.forEach((text, path) => names.read(path, text, contentHash(text)));
  for (let round = 1; round < 90; round++) {
    const file = (round * 7) % 60;
    const path = `net/f${file}.c`;
    if (round % 11 === 0) {
      texts.delete(path);
      names.remove(path);
    } else {
      const text = textOf(file, round % 4);
      texts.set(path, text);
      names.read(path, text, contentHash(text));
    }
    if (round % 6 === 0 || round < 8) {
      const anew = new TreeNames();
      [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).forEach(([at, text]) => anew.read(at, text, contentHash(text)));
      expect(told(names, asked), `round ${round}`).toEqual(told(anew, asked));
      expect(names.files.map((each) => each.path)).toEqual([...texts.keys()].sort());
    }
  }
});

it('takes what there is when files go, come and change while it is read', () => {
  const texts: Record<string, string | undefined> = {
    'net/a.c': 'int a(void) { return b(); }\n',
    'net/b.c': 'int b(void) { return 1; }\n',
    'net/c.c': 'int c(void) { return b(); }\n',
  };
  const sources = Object.keys(texts).map((path) => ({ path, stamp: '1', text: () => texts[path] }));
  const names = built(sources, (path) => {
    if (path === 'net/a.c') {
      texts['net/b.c'] = undefined;
      texts['net/c.c'] = 'int c(void) { return a() + a(); }\n';
      texts['net/d.c'] = 'int d;\n';
    }
  });
  expect(names.files.map(({ path }) => path)).toEqual(['net/a.c', 'net/c.c']);
  expect(told(names, ['a', 'd'])).toEqual([
    'a defined net/a.c:0',
    'a net/a.c:0:4 define a',
    'a net/c.c:0:21 call c',
    'a net/c.c:0:27 call c',
    'd is nothing',
  ]);
});

it('finds names beside comments in EUC-CN, EUC-JP and EUC-KR at their lines', () => {
  const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];
  const comments: Readonly<Record<string, readonly number[]>> = {
    // 连接, 接続, 연결.
    cn: [0xc1, 0xac, 0xbd, 0xd3],
    jp: [0xc0, 0xdc, 0xc2, 0xb3],
    kr: [0xbf, 0xac, 0xb0, 0xe1],
  };
  mkdirSync(join(folder, 'net'));
  for (const [name, bytes] of Object.entries(comments)) {
    const text = [
      ...ascii('/* '),
      ...bytes,
      ...ascii(` */\nint open_${name}(int n)\n{\n\t/* `),
      ...bytes,
      ...ascii(' */\n\treturn open_cn(n);\n}\n'),
    ];
    writeFileSync(join(folder, 'net', `${name}.c`), Uint8Array.from(text));
  }
  const tree = diskTree(folder);
  const names = built(
    Object.keys(comments).map((name) => ({ path: `net/${name}.c`, text: () => tree.load(`net/${name}.c`)?.text })),
  );
  expect(told(names, ['open_cn', 'open_kr'])).toEqual([
    'open_cn defined net/cn.c:1',
    'open_cn net/cn.c:1:4 define open_cn',
    'open_cn net/cn.c:4:8 call open_cn',
    'open_cn net/jp.c:4:8 call open_jp',
    'open_cn net/kr.c:4:8 call open_kr',
    'open_kr defined net/kr.c:1',
    'open_kr net/kr.c:1:4 define open_kr',
  ]);
});
