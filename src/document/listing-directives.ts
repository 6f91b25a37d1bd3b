/**
 * Lines of the preprocessor in a listing. In: a place where `#` stands first on a line. Out: where the line ends, backslashes
 * followed; and of nested conditionals which branch is kept.
 */
import type { SeenText } from './seen-text';

const name = /^#[ \t]*(?:if|ifdef|ifndef|else|elif|endif|define|undef|include|error|warning|line|pragma)\b/;

/** The end of the directive at `at`, before its line end; undefined when there is none. */
export function endOfDirective(seen: SeenText, at: number, to: number): number | undefined {
  if (!name.test(seen.slice(at, Math.min(to, at + 40)))) {
    return undefined;
  }
  const { codes } = seen;
  let end = at;
  for (;;) {
    while (end < to && codes[end] !== 10 && codes[end] !== 13) {
      end++;
    }
    if (end >= to) {
      return to;
    }
    const spliced = codes[end - 1] === 92;
    end += codes[end] === 13 && codes[end + 1] === 10 ? 1 : 0;
    if (spliced) {
      end++;
    } else {
      return behindComment(seen, at, end, to);
    }
  }
}

/** A comment that begins on the directive's line belongs to it to its end. */
function behindComment(seen: SeenText, at: number, end: number, to: number): number {
  const line = seen.slice(at, end);
  const open = line.lastIndexOf('/*');
  if (open < 0 || line.includes('*/', open + 2) || line.lastIndexOf('//', open) >= 0) {
    return end;
  }
  const more = seen.slice(end, Math.min(to, end + 4000)).indexOf('*/');
  return more < 0 ? end : end + more + 2;
}

/** Which branch of the conditionals around the present place is kept: the first, of `#if 0` the second. */
export class Branches {
  private readonly open: { kept: boolean; taken: boolean }[] = [];
  private hidden = 0;

  get kept(): boolean {
    return this.hidden === 0;
  }

  /** `line`: without the `#`. */
  directive(line: string): void {
    const text = line.trim();
    const innermost = this.open[this.open.length - 1];
    if (/^if/.test(text)) {
      const kept = !/^if\s+0\b/.test(text);
      this.open.push({ kept, taken: kept });
      this.hidden += kept ? 0 : 1;
    } else if (/^el/.test(text) && innermost) {
      this.hidden -= innermost.kept ? 0 : 1;
      innermost.kept = !innermost.taken;
      innermost.taken = true;
      this.hidden += innermost.kept ? 0 : 1;
    } else if (/^endif/.test(text) && innermost) {
      this.open.pop();
      this.hidden -= innermost.kept ? 0 : 1;
    }
  }
}
