/**
 * What a person types where a value is asked for, read: a C expression, or one of the forms that gdb has made usual.
 *
 * In: text. Out: plain data.
 *   p EXPR, p/FMT EXPR     the value, in a format of gdb's (x d u o t c a f s)
 *   x/NFU ADDR             N units of memory at an address, `U` one of b h w g, or text with format s
 *   EXPR@N                 the object and the N−1 behind it, as an array
 * The first two are no C; a program in which `p` or `x` is a variable has expressions that look like them, which is why
 * C is tried first, and why `p->next` is never one.
 */

export type Format = 'x' | 'd' | 'u' | 'o' | 't' | 'c' | 'a' | 'f' | 's';

export type Command =
  | { readonly kind: 'print'; readonly format: Format | undefined; readonly text: string }
  | {
      readonly kind: 'examine';
      readonly count: number;
      readonly format: Format;
      /** Bytes of a unit. */
      readonly unit: 1 | 2 | 4 | 8;
      readonly text: string;
    }
  /** A format that means something to gdb and nothing here. */
  | { readonly kind: 'unknown'; readonly format: string };

const UNITS: ReadonlyMap<string, 1 | 2 | 4 | 8> = new Map([
  ['b', 1],
  ['h', 2],
  ['w', 4],
  ['g', 8],
] as const);
/** Units of memory that one command shows at most. */
const MOST = 4096;

/** The command, when the text has the form of one. */
export function commandIn(text: string): Command | undefined {
  const print = /^\s*(?:p|print|output|inspect)(?:\s*\/(\w*))?(?:\s+|(?=[("*&!~]|-(?!>)))(\S[^]*)$/.exec(text);
  if (print) {
    const [, letters = '', rest = ''] = print;
    const format = letters === '' ? undefined : formatOf(letters);
    return format === null ? { kind: 'unknown', format: letters } : { kind: 'print', format, text: rest };
  }
  const examine = /^\s*x(?:\s*\/(\d*)([a-z]*))?(?:\s+|(?=[("*&!~]|-(?!>)))(\S[^]*)$/.exec(text);
  if (!examine) {
    return undefined;
  }
  const [, digits = '', letters = '', rest = ''] = examine;
  const unit = [...letters].flatMap((letter) => UNITS.get(letter) ?? []).pop();
  const other = [...letters].filter((letter) => !UNITS.has(letter));
  const format = other.length === 0 ? 'x' : other.length === 1 ? formatOf(other.join('')) : null;
  const count = Math.min(Math.max(digits === '' ? 1 : Number(digits), 1), MOST);
  return format === null
    ? { kind: 'unknown', format: letters }
    : { kind: 'examine', count, format, unit: unit ?? (format === 'c' ? 1 : 4), text: rest };
}

/** `null`: no format. */
function formatOf(letters: string): Format | null {
  return /^[xduotcafs]$/.test(letters) ? (letters as Format) : letters === 'z' ? 'x' : null;
}

/** `skb->data[0]@20`: the object and how many; undefined for what has no `@` outside of text. */
export function sliceIn(text: string): { readonly first: string; readonly count: string } | undefined {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, (literal) => '_'.repeat(literal.length));
  const at = bare.lastIndexOf('@');
  return at < 1 ? undefined : { first: text.slice(0, at), count: text.slice(at + 1) };
}
