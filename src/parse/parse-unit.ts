/**
 * A whole translation unit: tokens to external declarations. Goes in: the stream of the preprocessor; comes out: the
 * syntax trees in source order, with diagnostics. Never throws for what the source holds.
 */
import type { Diagnostic } from '../source/diagnostic';
import type { TokenStream } from '../preprocess/token';
import type { TopLevel } from './ast';
import { endOfChunk } from './chunks';
import { parseChunk } from './parse-chunk';
import { chunkKey, ParseCache } from './parse-cache';
import { packAt, packChanges } from './rendering';
import { FileScope } from './scopes';
import type { CParser } from './tree-sitter';

export interface ParsedUnit {
  /** In source order. Units parsed with the same cache share the objects of the headers they share. */
  readonly items: readonly TopLevel[];
  readonly diagnostics: readonly Diagnostic[];
}

export function parseUnit(tokens: TokenStream, parser: CParser, cache: ParseCache = new ParseCache()): ParsedUnit {
  cache.useTable(tokens.atomTable);
  const fileNumbers = cache.fileNumbersOf(tokens);
  const pack = packChanges(tokens.pragmas, (atom) => tokens.atomTable.text(atom));
  const file = new FileScope();
  const items: TopLevel[] = [];
  const diagnostics: Diagnostic[] = [];
  for (let at = 0; at < tokens.length;) {
    const end = endOfChunk(tokens, at, file);
    const key = chunkKey(tokens, at, end, file, fileNumbers, packAt(pack, at));
    let parsed = cache.get(key);
    if (parsed) {
      parsed.types.forEach((atom) => file.types.add(atom));
    } else {
      parsed = parseChunk(tokens, at, end, file, pack, parser);
      cache.set(key, parsed);
    }
    parsed.items.forEach((item) => items.push(item));
    parsed.diagnostics.forEach((diagnostic) => diagnostics.push(diagnostic));
    at = end;
  }
  return { items, diagnostics };
}
