/**
 * Programs for documents, compiled once for the same listings: wherever they stand, however they are set, the same
 * functions in place of the same kernel's give the same program.
 *
 * In: what a {@link ProgramCache} is asked. Out: its answers. The key is the C of the functions and declarations that
 * take part, without comments and by tokens apart from blanks; of the kernel's own files, tokens and trees are kept
 * between compilations. What is compiled without a document goes the cache's own way.
 */
import { KeptFiles } from '../../src/compile/kept-files';
import { compileProgram } from '../../src/compile/program';
import { ProgramCache } from '../../src/facade/open-session';
import type { Replacement } from '../../src/source/replacement';
import type { SourceFile } from '../../src/source/source-file';

/** A program has some megabytes. */
const MOST_PROGRAMS = 5;

type Compile = ProgramCache['compile'];

interface Kernel {
  readonly files: KeptFiles;
  /** The same object for the same path: by it the front end knows a file again. */
  readonly loaded: Map<string, SourceFile | undefined>;
  readonly programs: Map<string, ReturnType<Compile>>;
}

export class ListingPrograms extends ProgramCache {
  private readonly kernels = new Map<unknown, Kernel>();
  /** How many documents were compiled, and how many had what was. */
  readonly counts = { compiled: 0, known: 0 };

  override compile(...asked: Parameters<Compile>): ReturnType<Compile> {
    const [key, overlay, , make, parser, replacement] = asked;
    if (!replacement || Object.keys(overlay).length > 0) {
      return super.compile(...asked);
    }
    const kernel = this.kernels.get(key) ?? { files: new KeptFiles(), loaded: new Map(), programs: new Map() };
    this.kernels.set(key, kernel);
    const listings = listingsOf(replacement);
    const known = kernel.programs.get(listings);
    this.counts[known ? 'known' : 'compiled']++;
    if (known) {
      return known;
    }
    const source = make();
    const load = (path: string): SourceFile | undefined => {
      if (!kernel.loaded.has(path)) {
        kernel.loaded.set(path, source.loader.load(path));
      }
      return kernel.loaded.get(path);
    };
    const compiled = Promise.resolve(parser).then((made) =>
      compileProgram({ ...source, loader: { load }, kept: kernel.files }, made),
    );
    kernel.programs.set(listings, compiled);
    const [oldest] = kernel.programs.keys();
    if (kernel.programs.size > MOST_PROGRAMS && oldest !== undefined) {
      kernel.programs.delete(oldest);
    }
    return compiled;
  }
}

function listingsOf({ file, functions, declarations = [] }: Replacement): string {
  const tokensIn = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    Array.from(file.text.slice(start, end).matchAll(tokens), ([each]) => (/^\/[*/]/.test(each) ? ' ' : each))
      .join(' ')
      .replace(/\s+/g, ' ');
  return JSON.stringify([
    functions.map((each) => [each.name, each.mentions, tokensIn(each)]),
    declarations.map((each) => [each.names, tokensIn(each)]),
  ]);
}

/** Comments, strings, words, single signs, the line ends before directives. */
const tokens = /\/\*[^]*?(?:\*\/|(?![^]))|\/\/.*|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|\w+|\S|\n(?=\s*#)/g;
