/**
 * Documents composed out of functions of a kernel, read back: every function is found whole, nothing has to be mended, each
 * comment stands at its statement, and the document runs as the kernel does. On the bundled kernel, and on a tree where
 * `SOCKSCOPE_KERNEL` names one.
 */
import { given } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import type { Language } from '../../src/catalog/language';
import type { AnnotatedDocument } from '../../src/document/document-model';
import { runnableDocument } from '../../src/document/in-place-of';
import { openProgram } from '../../src/facade/open-session';
import {
  functionsInC,
  knowledgeOf,
  macroText,
  sourceOf,
  type FunctionInC,
  type Program,
} from '../../src/facade/program';
import { diskTree } from '../../src/hosts/disk-tree';
import { composeDocument } from '../../src/query/compose-document';
import { documentDifferences } from '../../src/query/document-differences';
import { Query } from '../../src/query/query';
import { Reader } from '../../src/reading/reader';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { SourceFile } from '../../src/source/source-file';
import { mediaTexts } from '../cli/cli-fixture';
import { loadParser } from '../parse/c-parser';
import { realTree, wasmFiles } from '../tree/tree-fixture';
import { programCache } from '../program-cache';

const media = mediaTexts();
const catalog = Catalog.load(
  Object.entries(media)
    .filter(([path]) => path.startsWith('media/annotations/') && /\.ya?ml$/.test(path))
    .map(([path, text]) => new SourceFile(path, text)),
);
const cache = programCache();
const kernelName = { en: 'the kernel in use', zh: '所用的内核' };

async function openKernel(tree?: string): Promise<{ readonly program: Program; readonly query: Query }> {
  const kernel = tree === undefined ? undefined : { loader: diskTree(tree), name: 'tree' };
  const { program } = await openProgram({ media, wasm: wasmFiles(), cache, kernel });
  const reader = new Reader(await loadParser(), (name, path) => macroText(program, name, path));
  return { program: given(program, 'program'), query: new Query({ catalog, reader, ...knowledgeOf(program) }) };
}

/** One document of all these functions, read. */
function composed(chosen: readonly FunctionInC[], query: Query, language: Language): AnnotatedDocument {
  const text = composeDocument(chosen, query, { language, kernel: kernelName });
  return runnableDocument(new SourceFile('new.md', text)).document;
}

const told = ({ diagnostics }: AnnotatedDocument): string[] => diagnostics.map((each) => formatDiagnostic(each));

const kernels: readonly { readonly name: string; readonly tree?: string; readonly atLeast: number }[] = [
  { name: 'the bundled kernel', atLeast: 300 },
  ...(realTree === undefined ? [] : [{ name: 'a tree', tree: realTree, atLeast: 1000 }]),
];

describe.each(kernels)('$name', ({ tree, atLeast }) => {
  const opened = openKernel(tree);

  test('every function, in a document of its own', async () => {
    const { program, query } = await opened;
    const all = functionsInC(program);
    expect(all.length).toBeGreaterThan(atLeast);
    const wrong = all.flatMap((each) => {
      const document = composed([each], query, 'zh');
      const [found] = document.functions;
      const isWhole = document.functions.length === 1 && found?.name === each.name && found.runs;
      const problems = told(document);
      return isWhole && problems.length === 0 ? [] : [`${each.file.path} ${each.name}: ${problems.join('; ')}`];
    });
    expect(wrong).toEqual([]);
  });

  test.each(['en', 'zh', 'both'] as const)('each note is a comment on its statement (%s)', async (language) => {
    const { program, query } = await opened;
    const chosen = ['inet_create', 'tcp_accept', 'inet_bind'].flatMap((name) => functionsInC(program, name));
    const { notes, functions, file } = composed(chosen, query, language);
    for (const { name, file: source, start, end } of chosen) {
      const said = new Set<string>();
      const own = query
        .annotatedFile(source)
        .anchors.filter(({ statement: at }) => start <= at.start && at.end <= end)
        .filter(({ entry }) => !said.has(entry.id) && said.add(entry.id));
      expect(own.length, name).toBeGreaterThan(3);
      const read = notes.filter((note) => note.statement && functions[note.function ?? -1]?.name === name);
      const missing = own.filter(({ statement: { start: from, end: to } }) => {
        const head = source.text.slice(from, to);
        return !read.some(
          (note) => note.statement && file.text.slice(note.statement.start, note.statement.end) === head,
        );
      });
      expect(missing.length, name).toBeLessThanOrEqual(own.length / 4);
    }
  });

  test('a note about several statements is said once', async () => {
    const { program, query } = await opened;
    const { notes } = composed(functionsInC(program, 'sock_init_data'), query, 'zh');
    const texts = notes.map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(3);
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  test('it is compiled in place, without anything added, token for token the kernel’s', async () => {
    const { program, query } = await opened;
    const chosen = ['inet_create', 'inet_listen', 'tcp_v4_init_sock'].flatMap((name) => functionsInC(program, name));
    const { replacement } = runnableDocument(
      new SourceFile('new.md', composeDocument(chosen, query, { language: 'both', kernel: kernelName })),
    );
    const kernel = tree === undefined ? undefined : { loader: diskTree(tree), name: 'tree' };
    const { program: made, diagnostics } = await openProgram({ media, wasm: wasmFiles(), cache, kernel, replacement });
    expect(diagnostics.filter(({ span }) => span?.file.path === 'new.md')).toEqual([]);
    const differences = documentDifferences(
      given(replacement, 'replacement'),
      given(given(made, 'made').replaced, 'replaced'),
      (path) => sourceOf(given(made, 'made'), path),
    );
    expect(differences.map(({ name, same }) => ({ name, same }))).toEqual(
      chosen.map(({ name }) => ({ name, same: true })),
    );
  });
});
