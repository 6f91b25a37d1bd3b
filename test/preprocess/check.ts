/**
 * How preprocessor tests read: a text (or several files), the expanded text expected, and the diagnostics expected as
 * `line:CODE`.
 */
import { expect } from 'vitest';
import { MemoryLoader } from '../../src/source/file-loader';
import { SourceFile, startOf } from '../../src/source/source-file';
import { preprocess, type Preprocessed, type PreprocessOptions } from '../../src/preprocess/preprocess';

export interface CheckOptions extends Partial<Omit<PreprocessOptions, 'loader'>> {
  /** Headers: path → text. */
  readonly files?: Record<string, string>;
  readonly path?: string;
}

export function run(text: string, { files = {}, path = 'main.c', ...options }: CheckOptions = {}): Preprocessed {
  return preprocess(new SourceFile(path, text), {
    loader: new MemoryLoader(Object.entries(files)),
    includePaths: ['include'],
    ...options,
  });
}

export function diagnosticsOf(result: Preprocessed): string[] {
  return result.diagnostics.map(
    ({ span, code }) =>
      `${span && span.file.path !== 'main.c' ? `${span.file.path}:` : ''}${span ? startOf(span).line : 0}:${code}`,
  );
}

/** Expanded text with all white space as one space. */
export function flat(result: Preprocessed): string {
  return result.tokens.toText().replace(/\s+/g, ' ').trim();
}

export function check(
  text: string,
  expected: string,
  diagnostics: readonly string[] = [],
  options: CheckOptions = {},
): Preprocessed {
  const result = run(text, options);
  expect(flat(result)).toBe(expected);
  expect(diagnosticsOf(result)).toEqual(diagnostics);
  return result;
}
