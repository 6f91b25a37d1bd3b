/**
 * How parser tests read: C text in, the tree printed back with every expression in parentheses. One parser per test
 * file.
 */
import { wording } from '../../src/sentences/wording';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { MemoryLoader } from '../../src/source/file-loader';
import { SourceFile, startOf, type Span } from '../../src/source/source-file';
import { preprocess } from '../../src/preprocess/preprocess';
import type { TopLevel } from '../../src/parse/ast';
import { parseUnit, type ParsedUnit } from '../../src/parse/parse-unit';
import { createCParser, type CParser } from '../../src/parse/tree-sitter';
import { printUnit } from './print-c';

const require = createRequire(import.meta.url);

export function loadParser(): Promise<CParser> {
  return createCParser({
    runtimeWasm: readFileSync(join(dirname(require.resolve('web-tree-sitter')), 'web-tree-sitter.wasm')),
    grammarWasm: readFileSync(join(dirname(require.resolve('tree-sitter-c/package.json')), 'tree-sitter-c.wasm')),
  });
}

export class Parsing {
  private constructor(readonly parser: CParser) {}

  static async start(): Promise<Parsing> {
    return new Parsing(await loadParser());
  }

  unit(text: string, files: Record<string, string> = {}): ParsedUnit {
    const { tokens } = preprocess(new SourceFile('main.c', text), {
      loader: new MemoryLoader(Object.entries(files)),
      includePaths: [''],
    });
    return parseUnit(tokens, this.parser);
  }

  /** Parses without diagnostics, and prints as `expected`. */
  check(text: string, expected: string): void {
    const unit = this.unit(text);
    expect(unit.diagnostics.map(({ message }) => message)).toEqual([]);
    expect(squeeze(printUnit(unit.items))).toBe(squeeze(expected));
  }

  /** The same for a statement or several, within a function; `before` is at file scope. */
  checkBody(body: string, expected: string, before = ''): void {
    const unit = this.unit(`${before}\nvoid f(void) {\n${body}\n}`);
    expect(unit.diagnostics.map(({ message }) => message)).toEqual([]);
    const printed = squeeze(printUnit(unit.items.slice(-1)));
    expect(printed).toBe(squeeze(`void f(void) { ${expected} }`));
  }

  /** Diagnostics as `line: message`, beside what is left of the source. */
  broken(text: string): { diagnostics: string[]; printed: string; items: readonly TopLevel[] } {
    const unit = this.unit(text);
    const diagnostics = unit.diagnostics.map(
      ({ span, message }) => `${span ? startOf(span).line : 0}: ${wording(message, 'en')}`,
    );
    return { diagnostics, printed: squeeze(printUnit(unit.items)), items: unit.items };
  }
}

/** White space does not count. */
export function squeeze(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\w\s]) ?/g, '$1')
    .trim();
}

export function textOf({ file, start, end }: Span): string {
  return file.text.slice(start, end);
}
