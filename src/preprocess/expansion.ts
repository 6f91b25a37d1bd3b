/**
 * What a macro use was replaced by: for hovers. Goes in: the tokens of a unit and a place in one of its files; comes
 * out: the outermost macro used there and its whole expansion as text.
 */
import type { SourceFile, Span } from '../source/source-file';
import { TokenFlag, type TokenStream } from './token';

export interface MacroExpansion {
  readonly name: string;
  /** The use, arguments included. */
  readonly span: Span;
  /** What came out, as text; cut after some 2,000 characters. */
  readonly text: string;
}

const maximumText = 2_000;

/** The expansion whose use holds `offset`; undefined when there is none, or nothing came out of it. */
export function expansionAt(tokens: TokenStream, file: SourceFile, offset: number): MacroExpansion | undefined {
  const index = tokens.files.indexOf(file);
  if (index < 0) {
    return undefined;
  }
  const { fileOf, starts, ends, macros, flags, length } = tokens;
  for (let i = 0; i < length; i++) {
    const inBody = (macros[i] as number) !== 0 && ((flags[i] as number) & TokenFlag.fromMacro) !== 0;
    if (!inBody || fileOf[i] !== index || (starts[i] as number) > offset || (ends[i] as number) <= offset) {
      continue;
    }
    const start = starts[i] as number;
    const end = ends[i] as number;
    const within = (k: number): boolean =>
      macros[k] === macros[i] && fileOf[k] === index && (starts[k] as number) >= start && (ends[k] as number) <= end;
    let from = i;
    let to = i + 1;
    while (from > 0 && within(from - 1)) {
      from--;
    }
    while (to < length && within(to) && to - from < maximumText) {
      to++;
    }
    const text = tokens.toText(from, to).replace(/\s+/g, ' ');
    return {
      name: tokens.atomTable.text(macros[i] as number),
      span: { file, start, end },
      text: text.length > maximumText ? `${text.slice(0, maximumText)} …` : text,
    };
  }
  return undefined;
}
