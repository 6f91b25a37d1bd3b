/**
 * A whole translation unit: tokens to external declarations. Goes in: the stream of the preprocessor; comes out: the
 * syntax trees in source order, with diagnostics. Never throws for what the source holds.
 */
import { contentHash } from '../base/bytes';
import type { Diagnostic } from '../source/diagnostic';
import type { TokenStream } from '../preprocess/token';
import type { TopLevel } from './ast';
import { endOfChunk } from './chunks';
import { parseChunk } from './parse-chunk';
import { chunkKey, ParseCache, type CachedChunk } from './parse-cache';
import { packAt, packChanges } from './rendering';
import { FileScope } from './scopes';
import type { CParser } from './tree-sitter';

export interface ParsedUnit {
  /** In source order. Units parsed with the same cache share the objects of the headers they share. */
  readonly items: readonly TopLevel[];
  /** `chunks[i]` is the chunk identity of `items[i]`. */
  readonly chunks: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export function parseUnit(tokens: TokenStream, parser: CParser, cache: ParseCache = new ParseCache()): ParsedUnit {
  cache.useTable(tokens.atomTable);
  const fileNumbers = cache.fileNumbersOf(tokens);
  const pack = packChanges(tokens.pragmas, (atom) => tokens.atomTable.text(atom));
  const file = new FileScope();
  const items: TopLevel[] = [];
  const chunks: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (let at = 0; at < tokens.length;) {
    const end = endOfChunk(tokens, at, file);
    const key = chunkKey(tokens, at, end, file, fileNumbers, packAt(pack, at));
    let parsed = cache.get(key);
    if (parsed) {
      parsed.types.forEach((atom) => file.types.add(atom));
    } else {
      parsed = identified(parseChunk(tokens, at, end, file, pack, parser), tokens, at, end);
      cache.set(key, parsed);
    }
    for (const item of parsed.items) {
      items.push(item);
      chunks.push(parsed.chunk);
    }
    parsed.diagnostics.forEach((diagnostic) => diagnostics.push(diagnostic));
    at = end;
  }
  return { items, chunks, diagnostics };
}

function identified(parsed: ReturnType<typeof parseChunk>, tokens: TokenStream, from: number, to: number): CachedChunk {
  const place = tokens.span(from);
  const typeNames = parsed.types.map((atom) => tokens.atomTable.text(atom)).join(' ');
  const { items, diagnostics, types } = parsed;
  return {
    items,
    diagnostics,
    types,
    chunk: contentHash(`${place.file.path}:${place.start}\n${typeNames}\n${tokens.toText(from, to)}`),
  };
}
