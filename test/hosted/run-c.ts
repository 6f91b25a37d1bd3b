/**
 * Hosted programs for tests: C text or files in, what the program printed and how it ended out.
 */
import { english } from '../sentences/english';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { runHosted, type HostedOptions, type HostedResult } from '../../src/hosted/run-hosted';
import type { CParser } from '../../src/parse/tree-sitter';
import { hasErrors } from '../../src/source/diagnostic';
import type { FileLoader } from '../../src/source/file-loader';
import { SourceFile } from '../../src/source/source-file';
import { loadParser } from '../parse/c-parser';

const hosted = new URL('../../media/hosted/', import.meta.url);
export const media = Object.fromEntries(
  (readdirSync(hosted, { recursive: true }) as string[])
    .filter((path) => /\.[ch]$/.test(path))
    .map((path) => [`media/hosted/${path.replaceAll('\\', '/')}`, readFileSync(new URL(path, hosted), 'utf8')]),
);
let parser: Promise<CParser> | undefined;

export type Dialect = Pick<HostedOptions, 'dialect' | 'budget'>;

/** Runs the program whose files the loader gives. */
export async function runFiles(
  loader: FileLoader,
  sources: readonly string[],
  options: Dialect = {},
): Promise<HostedResult> {
  parser ??= loadParser();
  return runHosted({ media, parser: await parser, loader, sources, ...options });
}

/** Runs a program in a file on disk. */
export function runFile(path: string, options: Dialect = {}): Promise<HostedResult> {
  const loader: FileLoader = {
    load: (name) => (existsSync(name) ? new SourceFile(name, readFileSync(name, 'utf8')) : undefined),
  };
  return runFiles(loader, [path], options);
}

/** Runs C text: `body` becomes that of `main`, behind `before`, with the usual headers. */
export function run(body: string, before = '', options: Dialect = {}): Promise<HostedResult> {
  const text = `#include <stdio.h>\n#include <string.h>\n#include <stdlib.h>\n#include <stdarg.h>\n#include <math.h>\n${before}\nint main(void) {\n${body}\nreturn 0;\n}\n`;
  return runFiles({ load: (path) => (path === 'a.c' ? new SourceFile(path, text) : undefined) }, ['a.c'], options);
}

/** The program must compile, end by itself with status 0, and print just this. */
export async function check(body: string, expected: string, before = '', options: Dialect = {}): Promise<void> {
  const result = await run(body, before, options);
  expect(
    result.diagnostics.filter((each) => hasErrors([each])).map(({ message }) => english(message)),
    body,
  ).toEqual([]);
  expect(result.fault?.message, body).toBeUndefined();
  expect(result.output, body).toBe(expected);
  expect(result.status, body).toBe(0);
}
