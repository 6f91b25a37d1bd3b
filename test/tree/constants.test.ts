/**
 * The constants of the bundled kernel, of the simulator's headers for trees, and of the simulator itself have the values
 * of Linux 2.4.0, where `SOCKSCOPE_KERNEL` names a clean one. What differs on purpose is what
 * media/annotations/constants/differences.yaml describes, no more and no less: there a reader meets the reason.
 */
import { given } from '../../src/base/checked-access';
import { beforeAll, describe, expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import type { CParser } from '../../src/parse/tree-sitter';
import { createCParser } from '../../src/parse/tree-sitter';
import { SourceFile } from '../../src/source/source-file';
import { linuxFacts, NOT_OF_THE_KERNEL } from '../abi/linux-tables';
import { allFiles, readText } from '../tidy/source-tree';
import { namesIn, valuesAtEnd } from './constant-values';
import { bundledConstants, simulatedConstants, treeConstants, type NamedConstant } from './tree-constants';
import { realTree, wasmFiles } from './tree-fixture';

/** Switches of a configuration, which everybody may set otherwise; pointers, which are no integer constants. */
const NOT_COMPARED = /^(?:CONFIG_\w+|NULL|SIG_DFL|SIG_IGN)$/;
const PACK = 'media/annotations/constants/differences.yaml';
const described = new Map(
  Catalog.load([new SourceFile(PACK, readText(PACK))]).entries.map((entry) => [entry.name, entry.text]),
);

async function parserOf(): Promise<CParser> {
  const { runtime, grammar } = wasmFiles();
  return createCParser({ runtimeWasm: runtime, grammarWasm: grammar });
}

/** Numbers that TypeScript below the C knows by the kernel's names. */
function simulatorConstants(): Map<string, NamedConstant> {
  const tables = linuxFacts().map(({ name, value }) => [name, { value: value >>> 0, file: '' }] as const);
  const single = ['src/kernel', 'src/scenario'].flatMap((folder) =>
    allFiles(folder).flatMap((path) =>
      [...readText(path).matchAll(/^(?:export )?const ([A-Z][A-Z0-9_]+) = (0x[0-9a-fA-F_]+|[0-9_]+);/gm)].map(
        ([, name, text]) =>
          [given(name, 'name'), { value: Number(given(text, 'text').replaceAll('_', '')) >>> 0, file: path }] as const,
      ),
    ),
  );
  return new Map([...tables, ...single]);
}

test('names and values are read from C however they are written', async () => {
  const text =
    '#define ONE 1\n#define SUM (ONE + \\\n 2) /* three */\n#define GUARD\n#define CALL(x) x\n#define TEXT "t"\n' +
    'enum { A = 5,\n#define BIT_A (1 << A)\n B, C = sizeof(int) };\n#define OFF (~0U)\n#define LATER NOT_YET\n';
  expect(namesIn(text)).toEqual(['ONE', 'SUM', 'TEXT', 'BIT_A', 'OFF', 'LATER', 'A', 'B', 'C']);
  const place = { loader: { load: () => undefined }, includePaths: [], defines: {} };
  expect(Object.fromEntries(valuesAtEnd(text, namesIn(text), place, await parserOf()))).toEqual({
    ...{ ONE: 1, SUM: 3, BIT_A: 32, OFF: 0xffffffff },
    ...{ A: 5, B: 6, C: 4 },
  });
});

test('each difference is told in both languages', () => {
  expect(described.size).toBeGreaterThan(0);
  for (const [name, text] of described) {
    expect(`${name}: ${text.en}`).toContain('2.4');
    expect(`${name}: ${text.zh}`).toContain('2.4');
  }
});

describe.skipIf(!realTree)('constants against a Linux tree', () => {
  let ours: Map<string, NamedConstant>;
  let theirs: Map<string, NamedConstant>;
  beforeAll(async () => {
    const parser = await parserOf();
    ours = new Map();
    const all = [
      bundledConstants(parser),
      simulatedConstants(given(realTree, 'real tree'), parser),
      simulatorConstants(),
    ].map((each) => [...each].filter(([name]) => !NOT_COMPARED.test(name)));
    const hints = new Map<string, string>();
    for (const [name, constant] of all.flat()) {
      hints.set(name, hints.get(name) || constant.file);
    }
    theirs = treeConstants(given(realTree, 'real tree'), hints, parser);
    for (const [name, constant] of all.flat()) {
      // A name of the simulator's own that no tree has says nothing of Linux.
      const own = constant.file.startsWith('src/') && !theirs.has(name);
      if (!own && (!ours.has(name) || constant.value !== theirs.get(name)?.value)) {
        ours.set(name, constant);
      }
    }
  }, 180_000);

  test('enough is compared', () => {
    expect(theirs.size).toBeGreaterThan(600);
  });
  test('the tree has every number that src/abi states', () => {
    const missing = linuxFacts().filter(({ name }) => !theirs.has(name) && !NOT_COMPARED.test(name));
    expect(missing.map(({ name }) => name).sort()).toEqual(
      [...NOT_OF_THE_KERNEL].filter((name) => !theirs.has(name)).sort(),
    );
  });
  test('only what is described differs, and what is described does differ', () => {
    const different = [...ours].filter(([name, { value }]) => value !== theirs.get(name)?.value);
    expect(different.map(([name]) => name).sort()).toEqual([...described.keys()].sort());
  });
});
