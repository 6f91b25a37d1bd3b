/**
 * From C text to the checked unit, for tests of this layer.
 */
import { given } from '../../src/base/checked-access';
import { wording } from '../../src/sentences/wording';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parseUnit } from '../../src/parse/parse-unit';
import { createCParser, type CParser } from '../../src/parse/tree-sitter';
import { preprocess } from '../../src/preprocess/preprocess';
import { checkUnit, type CheckOptions, type CheckResult } from '../../src/semantic/check-unit';
import type { CheckedFunction, GlobalSymbol } from '../../src/semantic/checked';
import { hasErrors } from '../../src/source/diagnostic';
import { MemoryLoader } from '../../src/source/file-loader';
import { SourceFile } from '../../src/source/source-file';
import { printStatement } from './print-checked';

const modules = new URL('../../node_modules/', import.meta.url);

export const parser: CParser = await createCParser({
  runtimeWasm: readFileSync(new URL('web-tree-sitter/web-tree-sitter.wasm', modules)),
  grammarWasm: readFileSync(new URL('tree-sitter-c/tree-sitter-c.wasm', modules)),
});

/** Checks C text; `headers` are found by `#include "name"`. */
export function checkC(
  text: string,
  options: CheckOptions = {},
  headers: Readonly<Record<string, string>> = {},
): CheckResult {
  const main = new SourceFile('test.c', text);
  const preprocessed = preprocess(main, { loader: new MemoryLoader(Object.entries(headers)), includePaths: [''] });
  const parsed = parseUnit(preprocessed.tokens, parser);
  expect([...preprocessed.diagnostics, ...parsed.diagnostics].filter((diagnostic) => hasErrors([diagnostic]))).toEqual(
    [],
  );
  return checkUnit('test.c', parsed.items, options);
}

/** Messages of a result, `error: …` or `warning: …`, with the text they point at in brackets. */
export function messages(result: CheckResult): string[] {
  return result.diagnostics.map(
    ({ severity, message, span }) =>
      `${severity} [${span?.file.text.slice(span.start, span.end) ?? ''}] ${wording(message, 'en')}`,
  );
}

export function functionNamed(result: CheckResult, name: string): CheckedFunction {
  const found = result.unit.functions.find((candidate) => candidate.symbol.name === name);
  expect(found, name).toBeDefined();
  return given(found, 'found');
}

export function symbolNamed(result: CheckResult, name: string): GlobalSymbol {
  const found = result.unit.symbols.find((candidate) => candidate.name === name);
  expect(found, name).toBeDefined();
  return given(found, 'found');
}

/** The checked body of `void f(void) { body }` behind `declarations`, as text without its braces. */
export function bodyOf(declarations: string, body: string, options: CheckOptions = {}): string {
  const result = checkC(`${declarations}\nvoid f(void) { ${body} }`, options);
  const text = printStatement(functionNamed(result, 'f').body).slice(2, -2);
  const problems = messages(result);
  return problems.length === 0 ? text : `${text} // ${problems.join('; ')}`;
}

/** The statement an expression becomes, behind declarations. */
export function check(declarations: string, expression: string, expected: string, options: CheckOptions = {}): void {
  expect(bodyOf(declarations, `${expression};`, options), expression).toBe(expected);
}

/** Bytes of an object's image as hex, with `symbol+addend` where an address goes. */
export function imageOf(result: CheckResult, name: string): string {
  const { data } = symbolNamed(result, name);
  if (!data) {
    return 'no data';
  }
  const hex = [...data.bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  for (const { offset, symbol, addend } of data.relocations) {
    hex.splice(offset, 4, `<${symbol.name}${addend ? `+${addend}` : ''}>`, ...(['', '', ''] as string[]));
  }
  return hex.filter(Boolean).join(' ');
}
