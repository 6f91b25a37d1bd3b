/**
 * What the use of a macro becomes, for hovers. In: the use as it stands in a text, and what macros are. Out: the text
 * after preprocessing.
 *
 * The macros that the use can reach are written as directives in front of it, and the preprocessor does the rest.
 */
import { preprocess } from '../preprocess/preprocess';
import { MemoryLoader } from '../source/file-loader';
import { SourceFile } from '../source/source-file';
import type { MacroFacts } from './query-types';

/** Macros that a use reaches at most, and the longest text it becomes that is shown. */
const mostMacros = 200;
const longest = 600;
/** Arguments are looked for so far. */
const longestUse = 2_000;
const mostTokens = 20_000;

/** The expansion of the macro at `[start, end)` of a text; undefined when it is its plain replacement or none. */
export function expansionAt(
  text: string,
  start: number,
  end: number,
  macro: (name: string) => MacroFacts | undefined,
): string | undefined {
  const first = macro(text.slice(start, end));
  const use = first && useAt(text, start, end, first);
  if (!first || use === undefined) {
    return undefined;
  }
  const reached = new Map<string, MacroFacts>();
  const pending = [use, ...wordsOf(first.replacement)];
  for (let name = pending.pop(); name !== undefined && reached.size < mostMacros; name = pending.pop()) {
    for (const word of wordsOf(name)) {
      const found = reached.has(word) ? undefined : macro(word);
      if (found) {
        reached.set(word, found);
        pending.push(found.replacement);
      }
    }
  }
  const directives = [...reached.values()].map(
    ({ name, parameters, replacement }) => `#define ${name}${parameters} ${replacement.replace(/\s+/g, ' ')}`,
  );
  const file = new SourceFile('expansion', `${directives.join('\n')}\n${use}\n`);
  const { tokens, complete } = preprocess(file, { loader: new MemoryLoader([]), includePaths: [], mostTokens });
  const expanded = tokens.toText().replace(/\s+/g, ' ').trim();
  if (!complete || expanded === '' || expanded === first.replacement.replace(/\s+/g, ' ').trim()) {
    return undefined;
  }
  return expanded.length > longest ? `${expanded.slice(0, longest)} …` : expanded;
}

/** The name with its arguments; undefined where a macro that takes some has none behind it. */
function useAt(text: string, start: number, end: number, { parameters }: MacroFacts): string | undefined {
  if (parameters === '') {
    return text.slice(start, end);
  }
  const open = /^\s*\(/.exec(text.slice(end, end + 200));
  let depth = 0;
  for (let at = end; open && at < Math.min(text.length, end + longestUse); at++) {
    depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
    if (text[at] === ')' && depth === 0) {
      return text
        .slice(start, at + 1)
        .replace(/\/\*[^]*?\*\//g, ' ')
        .replace(/\s+/g, ' ');
    }
  }
  return undefined;
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[A-Za-z_]\w*/g) ?? [];
}
