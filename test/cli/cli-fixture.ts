/** Runs command lines on the real engine with output into texts. Kernels are compiled once for all tests of a file. */
import { sentence } from '../../src/sentences/sentence';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { MemoryLoader, type FileLoader } from '../../src/source/file-loader';
import { SourceFile } from '../../src/source/source-file';
import type { CliIo } from '../../src/cli/cli-io';
import { runCli } from '../../src/cli/main';
import { programCache } from '../program-cache';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every text of `media/`, and what `extra` adds. */
export function mediaTexts(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const paths = readdirSync(`${root}media`, { recursive: true })
    .map(String)
    .filter((path) => /\.(c|h|pkt|ya?ml|json)$/.test(path))
    .sort();
  return {
    ...Object.fromEntries(paths.map((path) => [`media/${path}`, readFileSync(`${root}media/${path}`, 'utf8')])),
    ...extra,
  };
}

const cache = programCache();
const media = mediaTexts();

export interface CliRun {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** Files that the command wrote. */
  readonly written: Readonly<Record<string, string>>;
}

export interface CliSetting {
  readonly files?: Readonly<Record<string, string>>;
  /** Kernel trees by the name that `--kernel` gives. */
  readonly trees?: Readonly<Record<string, FileLoader>>;
  readonly locale?: string;
  /** Lines of output after which the reader goes away. */
  readonly readerLines?: number;
  /** What single words of the line stand for: texts with blanks in them, or without anything. */
  readonly words?: Readonly<Record<string, string>>;
}

/** `sockscope ${line}`: words are split at blanks. */
export async function sockscope(
  line: string,
  { files = {}, trees = {}, locale = 'C', readerLines = Infinity, words = {} }: CliSetting = {},
): Promise<CliRun> {
  let out = '';
  let err = '';
  const written: Record<string, string> = {};
  let clock = 0;
  const io: CliIo = {
    stdout: (text) => void (out += text),
    stdoutBytes: (bytes) => void (out += new TextDecoder().decode(bytes)),
    stderr: (text) => void (err += text),
    stderrBytes: (bytes) => void (err += new TextDecoder().decode(bytes)),
    openFile: (path) =>
      Object.hasOwn(files, path)
        ? new SourceFile(path, files[path]!)
        : { code: 'SS1010', severity: 'error', path, message: sentence('there-is-no-file-path', { path }) },
    isMissing: (path) => !Object.hasOwn(files, path) && !Object.hasOwn(written, path),
    writeFile: (path, content) => {
      written[path] = typeof content === 'string' ? content : new TextDecoder().decode(content);
      return undefined;
    },
    listFiles: (folder, endings) => ({
      files: Object.keys(files).filter(
        (path) => path.startsWith(`${folder}/`) && endings.some((ending) => path.endsWith(ending)),
      ),
      problems: [],
    }),
    media: () => media,
    kernelTree: (folder) =>
      (Object.hasOwn(trees, folder) ? trees[folder] : undefined) ??
      new MemoryLoader(
        Object.entries(files)
          .filter(([path]) => path.startsWith(`${folder}/`))
          .map(([path, text]) => [path.slice(folder.length + 1), text]),
      ),
    packageRoot: '/package',
    parserWasm: () => ({
      runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'),
      grammar: wasm('tree-sitter-c/tree-sitter-c.wasm'),
    }),
    locale,
    version: '1.2.3',
    closed: () => out.split('\n').length > readerLines,
    now: () => clock++,
    breathe: () => Promise.resolve(),
  };
  const status = await runCli(
    line
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => (Object.hasOwn(words, word) ? words[word]! : word)),
    io,
    cache,
  );
  return { status, out, err, written };
}

function wasm(path: string): Uint8Array {
  return new Uint8Array(readFileSync(`${root}node_modules/${path}`));
}

/** Status, and that both streams hold (or, as regular expressions, match) what is expected. */
export async function check(
  line: string,
  expected: { status: number; out?: string | RegExp; err?: string | RegExp },
  setting?: CliSetting,
): Promise<CliRun> {
  const run = await sockscope(line, setting);
  expect({ line, status: run.status, err: run.status === expected.status ? '' : run.err }).toEqual({
    line,
    status: expected.status,
    err: '',
  });
  for (const stream of ['out', 'err'] as const) {
    const wanted = expected[stream];
    if (wanted instanceof RegExp) {
      expect(run[stream]).toMatch(wanted);
    } else if (wanted !== undefined) {
      expect(run[stream]).toContain(wanted);
    }
  }
  return run;
}
