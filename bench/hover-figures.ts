/**
 * Hovers over the sources of a Linux tree, as the editor asks for them.
 *
 * In: a tree's folder. Out: milliseconds below which 95 of 100 hovers are answered, made into the text that is shown:
 * the first one in each file, for which the file is read and the notes around the place are found, and later ones on
 * names all over it. The tree is compiled before.
 */
import { performance } from 'node:perf_hooks';
import { Catalog } from '../src/catalog/catalog';
import { ProgramCache, openProgram } from '../src/facade/open-session';
import { filesOf, knowledgeOf, macroText, sourceOf } from '../src/facade/program';
import { diskTree } from '../src/hosts/disk-tree';
import { createCParser } from '../src/parse/tree-sitter';
import { Query } from '../src/query/query';
import { hoverMarkdown } from '../src/query/render';
import { Reader } from '../src/reading/reader';
import { wording } from '../src/sentences/wording';
import { SourceFile } from '../src/source/source-file';
import { percentile } from './percentile';
import { grammar, openOptions } from './session-figures';

/** Names asked about in each file. */
const NAMES = 60;

export interface HoverFigures {
  readonly files: number;
  readonly hovers: number;
  readonly first: number;
  readonly later: number;
  readonly worst: number;
}

export async function hoverFigures(kernel: string): Promise<HoverFigures> {
  const options = openOptions(new ProgramCache());
  const { program, diagnostics } = await openProgram({
    ...options,
    kernel: { loader: diskTree(kernel), name: kernel },
  });
  if (!program) {
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${wording(message, 'en')}`).join('\n'));
  }
  const packs = Object.entries(options.media)
    .filter(([path]) => /^media\/annotations\/.*\.yaml$/.test(path))
    .map(([path, text]) => new SourceFile(path, text));
  const parser = await createCParser(grammar());
  const reader = new Reader(parser, (name, path) => macroText(program, name, path));
  const query = new Query({ catalog: Catalog.load(packs), reader, ...knowledgeOf(program) });
  const firsts: number[] = [];
  const laters: number[] = [];
  for (const path of filesOf(program).filter((each) => /^net\/.*\.c$/.test(each))) {
    const file = sourceOf(program, path);
    const names = file ? [...file.text.matchAll(/[A-Za-z_]\w*/g)].map(({ index }) => index) : [];
    const stride = Math.max(1, Math.floor(names.length / NAMES));
    names
      .filter((_, at) => at % stride === 0)
      .forEach((offset, at) => {
        const began = performance.now();
        const hover = file && query.hoverAt(file, offset);
        const text = hover && hoverMarkdown(hover, 'both');
        const took = performance.now() - began;
        if (at === 0) {
          firsts.push(took);
        } else if (text) {
          laters.push(took);
        }
      });
  }
  return {
    files: firsts.length,
    hovers: laters.length,
    first: percentile(firsts),
    later: percentile(laters),
    worst: Math.max(...laters),
  };
}
