/**
 * Reading an annotated document: 1 MB of Markdown with 200 listings, to its diagnostics, and again after an edit.
 *
 * In: the built data in dist/. Out: milliseconds, medians of some rounds, beside those that tree-sitter takes to parse the
 * same text. The listings are made up here: functions of a few dozen lines with
 * comments, dashes for minus and marks of left out code in some.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Language, Parser } from 'web-tree-sitter';
import { readDocument } from '../src/document/read-document';
import { SourceFile } from '../src/source/source-file';
// @ts-expect-error plain JavaScript, shared with scripts/bench.mjs
import * as statistics from './statistics.mjs';

const LISTINGS = 200;
const STATEMENTS = 40;
const SENTENCES = 28;
const ROUNDS = 7;

const median = (statistics as { median(times: readonly number[]): number }).median;

export interface DocumentFigures {
  readonly bytes: number;
  readonly functions: number;
  readonly milliseconds: number;
  readonly edited: number;
  readonly treeSitter: number;
}

function listing(number: number): string {
  const statements = Array.from(
    { length: STATEMENTS },
    (_, index) =>
      `\tif (sk->state != ${index}) /* 第 ${index} 步 */\n\t\tsk->num = queue_${number}(sk, ${index}, –1);\n`,
  );
  const left = number % 10 === 9 ? '\t...\n' : '';
  return `static int listing_${number}(struct sock *sk, int length)\n{\n\tint err = –EINVAL;\n\n${statements.join('')}${left}\treturn err;\n}\n`;
}

function document(): string {
  const sentences = '这一节说明 struct sock 的一个函数怎样被调用。\n'.repeat(SENTENCES);
  return Array.from(
    { length: LISTINGS },
    (_, number) => `## ${number} 节\n\n${sentences}\n\`\`\`c\n${listing(number)}\`\`\`\n\n`,
  ).join('');
}

/** Medians of the rounds. */
export async function documentFigures(): Promise<DocumentFigures> {
  const text = document();
  const half = text.indexOf('sk->num', text.length >> 1);
  const after = `${text.slice(0, half)}sk->err${text.slice(half + 'sk->num'.length)}`;
  await Parser.init({ wasmBinary: readFileSync(join(__dirname, 'web-tree-sitter.wasm')) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(join(__dirname, 'tree-sitter-c.wasm'))));
  const timed = (run: () => unknown): number => {
    const began = performance.now();
    run();
    return performance.now() - began;
  };
  const times = { read: [] as number[], edited: [] as number[], tree: [] as number[] };
  let functions = 0;
  for (let round = 0; round < ROUNDS; round++) {
    times.tree.push(timed(() => parser.parse(text)?.delete()));
    times.read.push(timed(() => (functions = readDocument(new SourceFile('bench.md', text)).functions.length)));
    times.edited.push(timed(() => readDocument(new SourceFile('bench.md', after)).diagnostics));
  }
  return {
    bytes: Buffer.byteLength(text),
    functions,
    milliseconds: median(times.read),
    edited: median(times.edited),
    treeSitter: median(times.tree),
  };
}
