/**
 * Where listings may stand in a Markdown or plain text: between fences, in `<pre>`, and in all that is left.
 *
 * In: the {@link SeenText}. Out: blocks in order, each read for itself, and quote marks blanked. A fence is three
 * backticks or tildes or more, with any word behind it, at any depth of indentation and quotation; it ends at one of its
 * kind that is as long, or at the next one that opens with a word, when its own end was forgotten. Other systems' marks
 * (`{% highlight %}`, `[code]`, `#+begin_src`) are fences too.
 */
import { gapsOf, linesOf, type Block, type TextRange } from './blocks';
import { blankLineMarks } from './code-by-lines';
import { htmlRegions } from './html-layer';
import type { SeenText } from './seen-text';

interface Fence {
  readonly mark: number;
  readonly closes: (line: string) => boolean;
  readonly opensAnew: (line: string) => boolean;
  readonly language: string | undefined;
  readonly body: number;
}

const ticks = /^[ \t]*(`{3,}|~{3,})[ \t]*([^`\r\n]*?)[ \t]*$/;
const others: readonly (readonly [opens: RegExp, closes: RegExp])[] = [
  [/^\s*\{%-?\s*highlight\s+(\w+)/, /^\s*\{%-?\s*endhighlight/],
  [/^\s*\{\{[<%]\s*highlight\s+"?(\w+)/, /^\s*\{\{[<%]\s*\/\s*highlight/],
  [/^\s*#\+begin_(?:src|example)\b\s*(\w*)/i, /^\s*#\+end_(?:src|example)/i],
  [/^\s*\[(?:code|php|c|cpp)(?:=(\w+)|[^\]]*)\]\s*$/i, /\[\/(?:code|php|c|cpp)\]\s*$/i],
  [/^\s*\\begin\{(?:lstlisting|verbatim|minted)\}/, /^\s*\\end\{(?:lstlisting|verbatim|minted)\}/],
];

/** Blocks of a text that is no HTML; what lies between two of them is a `bare` one. */
export function findBlocks(seen: SeenText): Block[] {
  blankQuotes(seen);
  blankLineMarks(seen);
  const set = [...fencesOf(seen)];
  const pre = htmlRegions(seen, gapsOf(set, seen.length), 'pre-only');
  const blocks: Block[] = [...set, ...pre].sort((a, b) => a.start - b.start);
  const bare = gapsOf(blocks, seen.length).map((gap): Block => ({ ...gap, set: 'bare' }));
  return [...blocks, ...bare].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Blanks `>` before lines where at least two of them follow one another, or where one opens a fence. */
function blankQuotes(seen: SeenText): void {
  let run: [number, number][] = [];
  const flush = (): void => {
    if (run.length > 1) {
      run.forEach(([start, end]) => seen.replace('quote-mark', start, end));
    }
    run = [];
  };
  for (const line of linesOf(seen)) {
    const end = endOfQuotes(seen, line);
    if (end > line.start) {
      run.push([line.start, end]);
    } else {
      flush();
    }
  }
  flush();
}

/** Behind the quote marks at the beginning of a line; its start when there are none. */
function endOfQuotes(seen: SeenText, { start, end }: TextRange): number {
  const { codes } = seen;
  let last = start;
  for (let i = start; i < end; i++) {
    if (codes[i] === 62) {
      last = i + 1;
    } else if (codes[i] !== 32 && codes[i] !== 9) {
      break;
    }
  }
  // `>=` at the beginning of a line goes on with a condition.
  return codes[last] === 61 ? start : last;
}

function* fencesOf(seen: SeenText): Generator<Block> {
  let fence: Fence | undefined;
  for (const { start, end } of linesOf(seen)) {
    // A mark is short; a line of a megabyte is none.
    const text = end - start > 400 ? '' : seen.slice(start, end);
    if (fence?.closes(text)) {
      yield blockOf(fence, start);
      fence = undefined;
      continue;
    }
    const opened = (fence === undefined || fence.opensAnew(text)) && opening(text, start, end);
    if (opened) {
      if (fence) {
        yield { ...blockOf(fence, start), open: true };
      }
      fence = opened;
    }
  }
  if (fence) {
    yield { ...blockOf(fence, seen.length), open: true };
  }
}

function blockOf({ mark, language, body }: Fence, end: number): Block {
  return { start: Math.min(body, end), end, set: 'fence', mark, ...(language ? { language } : {}) };
}

function opening(line: string, start: number, end: number): Fence | undefined {
  const found = ticks.exec(line);
  if (found) {
    const [, marks = '', word = ''] = found;
    const isMark = (text: string): RegExpExecArray | undefined => {
      const other = ticks.exec(text);
      const own = other?.[1] ?? '';
      return other && own[0] === marks[0] && own.length >= marks.length ? other : undefined;
    };
    return {
      mark: start,
      closes: (text) => isMark(text)?.[2] === '',
      opensAnew: (text) => {
        const [, own = '', language = ''] = isMark(text) ?? [];
        return language !== '' && own.length === marks.length;
      },
      language: /^[\w+#.-]+/.exec(word.replace(/^[{.]+/, ''))?.[0],
      body: end + 1,
    };
  }
  for (const [opens, closes] of others) {
    const other = opens.exec(line);
    if (other) {
      return {
        mark: start,
        closes: (text) => closes.test(text),
        opensAnew: () => false,
        language: other[1] || undefined,
        body: end + 1,
      };
    }
  }
  return undefined;
}
