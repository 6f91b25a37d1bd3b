/**
 * The front end for the files of one program: in: a file; out: the checked unit with its macros and diagnostics. Tokens
 * and parsed chunks are kept from file to file, and from one round over the program to the next.
 */
import { parseUnit } from '../parse/parse-unit';
import type { CParser } from '../parse/tree-sitter';
import { IncludeFinder } from '../preprocess/include';
import { IncludeMemo } from '../preprocess/include-memo';
import type { MacroTable } from '../preprocess/macro-table';
import { preprocess } from '../preprocess/preprocess';
import type { Replacing } from '../preprocess/replacing';
import { TokenStream } from '../preprocess/token';
import { checkUnit } from '../semantic/check-unit';
import type { CheckedUnit } from '../semantic/checked';
import type { SharedDeclarations } from '../semantic/shared-declarations';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { KeptFiles } from './kept-files';
import type { ProgramSource } from './program-source';

/**
 * Tokens of one unit, headers included: five times what the longest of a kernel's network stack has. A longer unit is told
 * and left out.
 */
const mostTokensOfUnit = 500_000;

export interface CheckedFile {
  readonly unit: CheckedUnit;
  readonly macros: MacroTable;
  readonly diagnostics: readonly Diagnostic[];
  /** How many it has, with its headers. */
  readonly tokens: number;
  /** False when it has more than it may: then it was not looked at any further. */
  readonly complete: boolean;
}

export class FrontEnd {
  readonly tokens;
  private readonly parses;
  private readonly memo;

  constructor(
    private readonly source: ProgramSource,
    private readonly parser: CParser,
  ) {
    const { tokens, parses } = source.kept ?? new KeptFiles();
    this.tokens = tokens;
    this.parses = parses;
    this.memo = new IncludeMemo(new IncludeFinder(source.loader, source.includePaths));
  }

  /** `shared` joins the units of one round. */
  check(
    file: SourceFile,
    shared: SharedDeclarations,
    replacing: Replacing | undefined,
    tokensLeft = Infinity,
  ): CheckedFile {
    const { loader, includePaths, defines, dialect, onPhase } = this.source;
    const mostTokens = Math.min(tokensLeft, mostTokensOfUnit);
    onPhase?.('preprocess');
    const text = preprocess(file, {
      loader,
      includePaths,
      defines,
      cache: this.tokens,
      memo: this.memo,
      replacing,
      mostTokens,
    });
    onPhase?.('parse');
    const parsed = parseUnit(
      text.complete ? text.tokens : new TokenStream(this.tokens.atomTable),
      this.parser,
      this.parses,
    );
    const tokens = text.tokens.length;
    // What was parsed has places in files, and no tokens.
    this.tokens.giveBack(text.tokens);
    onPhase?.('check');
    const { unit, diagnostics } = checkUnit(file.path, parsed.items, { shared, dialect });
    return {
      unit,
      macros: text.macros,
      diagnostics: [...text.diagnostics, ...parsed.diagnostics, ...diagnostics],
      tokens,
      complete: text.complete,
    };
  }
}
