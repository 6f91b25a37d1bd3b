/**
 * The front end for the files of one program: in: a file; out: the checked unit with its macros and diagnostics. Tokens
 * and parsed chunks are kept from file to file, and from one round over the program to the next.
 */
import { ParseCache } from '../parse/parse-cache';
import { parseUnit } from '../parse/parse-unit';
import type { CParser } from '../parse/tree-sitter';
import type { MacroTable } from '../preprocess/macro-table';
import { preprocess } from '../preprocess/preprocess';
import type { Replacing } from '../preprocess/replacing';
import { TokenCache } from '../preprocess/token-cache';
import { checkUnit } from '../semantic/check-unit';
import type { CheckedUnit } from '../semantic/checked';
import type { SharedDeclarations } from '../semantic/shared-declarations';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import type { ProgramSource } from './program-source';

export interface CheckedFile {
  readonly unit: CheckedUnit;
  readonly macros: MacroTable;
  readonly diagnostics: readonly Diagnostic[];
}

export class FrontEnd {
  readonly tokens = new TokenCache();
  private readonly parses = new ParseCache();

  constructor(
    private readonly source: ProgramSource,
    private readonly parser: CParser,
  ) {}

  /** `shared` joins the units of one round. */
  check(file: SourceFile, shared: SharedDeclarations, replacing: Replacing | undefined): CheckedFile {
    const { loader, includePaths, defines, dialect } = this.source;
    const text = preprocess(file, { loader, includePaths, defines, cache: this.tokens, replacing });
    const parsed = parseUnit(text.tokens, this.parser, this.parses);
    const { unit, diagnostics } = checkUnit(file.path, parsed.items, { shared, dialect });
    return {
      unit,
      macros: text.macros,
      diagnostics: [...text.diagnostics, ...parsed.diagnostics, ...diagnostics],
    };
  }
}
