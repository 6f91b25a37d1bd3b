/**
 * The index of names over a Linux tree: made, kept, asked.
 *
 * In: a tree's folder. Out: milliseconds (medians, or the 95th percentile of several questions; of making it also those
 * of the processor, which say what it takes on a busy machine) and bytes. Files are read
 * and decoded as the product does.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { contentHash } from '../src/base/bytes';
import { diskTree } from '../src/hosts/disk-tree';
import { walkFolder } from '../src/hosts/walk-folder';
import { buildNames, indexedEndings, indexedFolders } from '../src/names/build-names';
import { TreeCalls } from '../src/names/calls';
import { decodeNames, encodeNames } from '../src/names/codec';
import { definitionsFound, referencesFound } from '../src/names/found';
import { TreeSymbols } from '../src/names/symbols';
import type { TreeNames } from '../src/names/tree-names';
import { percentile } from './percentile';

const ROUNDS = 20;
/** What the questions are about: a tag with 1,500 uses, members and functions with many. */
const asked = ['struct sock', 'sock.state', 'sk_buff.len', 'jiffies', 'proto_ops.bind', 'tcp_v4_rcv', 'struct sk_buff'];
/** The file that is edited: the longest of the protocol. */
const edited = 'net/ipv4/tcp_input.c';

export interface NamesFigures {
  readonly files: number;
  readonly characters: number;
  readonly definitions: number;
  readonly bytes: number;
  readonly build: number;
  readonly buildCpu: number;
  readonly reopen: number;
  readonly sock: number;
  readonly references: number;
  readonly definition: number;
  readonly edit: number;
  readonly peakMiB: number;
}

export function namesFigures(folder: string): NamesFigures {
  const began = performance.now();
  const used = process.cpuUsage();
  const tree = diskTree(folder);
  const sources = indexedFolders.flatMap((below) =>
    walkFolder(join(folder, below), indexedEndings, folder).files.map((file) => {
      const path = file.slice(folder.length + 1);
      const { size, mtimeMs } = statSync(file);
      return { path, stamp: `${size} ${mtimeMs}`, text: () => tree.load(path)?.text };
    }),
  );
  const built = run(buildNames(sources));
  const build = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  const bytes = encodeNames(built);
  const reopen = timed(() => decodeNames(bytes));
  const symbols = new TreeSymbols(built);
  const calls = new TreeCalls(symbols);
  const references = (words: string): number =>
    timed(() => {
      const symbol = symbols.named(words);
      return symbol && referencesFound(symbols, calls, symbol);
    });
  const definition = (words: string): number =>
    timed(() => {
      const symbol = symbols.named(words);
      return symbol && definitionsFound(symbols, symbol);
    });
  const text = tree.load(edited)?.text ?? '';
  const edits = Array.from({ length: ROUNDS }, (_, round) =>
    timed(() => {
      const changed = `${text}\nint added_${round};\n`;
      built.read(edited, changed, contentHash(changed));
      return built.definitionsOf(built.numberOf(`added_${round}`));
    }),
  );
  const repeated = (act: () => number): number => percentile(Array.from({ length: ROUNDS }, act));
  return {
    files: built.files.length,
    characters: sources.reduce((sum, { path }) => sum + (tree.load(path)?.text.length ?? 0), 0),
    definitions: built.files.reduce((sum, file) => sum + [...built.definitionsIn(file)].length, 0),
    bytes: built.bytes,
    build,
    buildCpu: (user + system) / 1000,
    reopen,
    sock: repeated(() => references('struct sock')),
    references: percentile(asked.flatMap((words) => Array.from({ length: ROUNDS }, () => references(words)))),
    definition: percentile(asked.flatMap((words) => Array.from({ length: ROUNDS }, () => definition(words)))),
    edit: percentile(edits),
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}

function run(steps: ReturnType<typeof buildNames>): TreeNames {
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}

function timed(act: () => unknown): number {
  const began = performance.now();
  act();
  return performance.now() - began;
}
