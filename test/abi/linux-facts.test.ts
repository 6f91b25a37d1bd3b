/**
 * Facts of Linux stand once, and as the C headers have them: the bundled ones here, those of a tree in test/tree.
 */
import { valueAt } from '../../src/base/checked-access';
import { beforeAll, expect, test } from 'vitest';
import type { CParser } from '../../src/parse/tree-sitter';
import { createCParser } from '../../src/parse/tree-sitter';
import { parse, sourceFiles, walk } from '../tidy/source-tree';
import { bundledConstants } from '../tree/tree-constants';
import { wasmFiles } from '../tree/tree-fixture';
import { linuxFacts, NOT_OF_THE_KERNEL } from './linux-tables';
import ts from 'typescript';

let parser: CParser;
beforeAll(async () => {
  const { runtime, grammar } = wasmFiles();
  parser = await createCParser({ runtimeWasm: runtime, grammarWasm: grammar });
});

test('a name has one number in all tables', () => {
  const names = linuxFacts().map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('the bundled C headers have the same numbers', () => {
  const bundled = bundledConstants(parser);
  const shared = linuxFacts().filter(({ name }) => bundled.has(name) && !NOT_OF_THE_KERNEL.has(name));
  expect(shared.length).toBeGreaterThan(150);
  expect(
    shared.filter(({ name, value }) => valueAt(bundled, name).value !== value >>> 0).map(({ name }) => name),
  ).toEqual([]);
});

test('no other file of src states one of them again, by its name or, as the i386 has it, by an address', () => {
  const facts = new Set(linuxFacts().map(({ name }) => name));
  const again: string[] = [];
  for (const path of sourceFiles().filter((each) => !each.startsWith('src/abi/'))) {
    const file = parse(path);
    walk(file, (node) => {
      const named =
        (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
        node.initializer &&
        ts.isNumericLiteral(node.initializer) &&
        facts.has(node.name.getText());
      const text = ts.isNumericLiteral(node) ? node.getText().replaceAll('_', '').toLowerCase() : '';
      if (named || text === '0xc0100000' || text === '0x7f000001') {
        again.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${node.getText()}`);
      }
    });
  }
  expect(again).toEqual([]);
});
