/**
 * What is known of a function as it is written: plain data on which annotations, symbols and lenses stand. Offsets are
 * UTF-16 units of the file's text. Here too is how texts of statements are compared.
 */
import { lastOf } from '../base/checked-access';
import { cTokens, type CToken } from './c-tokens';

export type OutlineKind =
  'plain' | 'if' | 'while' | 'for' | 'switch' | 'do-while' | 'return' | 'goto' | 'case' | 'label';

export interface OutlineStatement {
  readonly kind: OutlineKind;
  /** The head: the whole of a simple statement, `if (…)` of an if, `case X:` of a label, `list_for_each(…)`. */
  readonly start: number;
  readonly end: number;
  /** For labels: the head of the statement that is executed first after it. Otherwise the same as start and end. */
  readonly runs: { readonly start: number; readonly end: number };
  /** Tokens of the head without a closing `;` or `:`, separated by blanks. */
  readonly normal: string;
  /** The last label before it, normalised: `case SOCK_RAW`, `default`, `out`. */
  readonly under: string | undefined;
  /** It stands in a branch of a conditional that a reader of one branch passes over. */
  readonly passedOver: boolean;
}

export interface FunctionOutline {
  readonly name: string;
  /** From the line on which the declarator begins to the closing brace. */
  readonly start: number;
  readonly end: number;
  /** The name. */
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly statements: readonly OutlineStatement[];
  /** It stands in a branch of a conditional that a reader of one branch passes over. */
  readonly passedOver: boolean;
  /** What found it: the syntax tree, or where that has an error the tokens alone. */
  readonly by: 'tree' | 'tokens';
}

/** A statement as it is collected, in order of execution. */
export interface StatementHead {
  readonly kind: OutlineKind;
  readonly start: number;
  readonly end: number;
  readonly normal: string;
  readonly under: string | undefined;
  readonly passedOver: boolean;
}

/** Heads with what each runs: labels what comes after them, everything else itself. */
export function withRuns(heads: readonly StatementHead[]): OutlineStatement[] {
  const statements: OutlineStatement[] = [];
  let next: OutlineStatement['runs'] | undefined;
  for (const head of [...heads].reverse()) {
    const isLabel = head.kind === 'case' || head.kind === 'label';
    next = isLabel && next ? next : { start: head.start, end: head.end };
    statements.push({ ...head, runs: next });
  }
  return statements.reverse();
}

/** A statement's text as it is compared: tokens with single blanks between, no comments, no closing `;` or `:`. */
export function normalise(text: string): string {
  return joined(cTokens(text));
}

/** The same of tokens. */
export function joined(tokens: readonly CToken[]): string {
  const texts = tokens.map((each) => each.text);
  while (texts.length > 0 && /^[;:]$/.test(lastOf(texts))) {
    texts.pop();
  }
  // `return (0)` says no more than `return 0`.
  const wrapped = texts[0] === 'return' && texts[1] === '(' && texts.indexOf(')') === texts.length - 1;
  return (wrapped ? ['return', ...texts.slice(2, -1)] : texts).join(' ');
}

/** Start of the line of the name at `nameStart`, or of a line above that holds nothing but the return type. */
export function startOfDeclarator(text: string, nameStart: number): number {
  let start = text.lastIndexOf('\n', nameStart) + 1;
  const above = text.slice(text.lastIndexOf('\n', start - 2) + 1, Math.max(0, start - 1));
  if (start > 0 && /^[A-Za-z_][\w\s*]*$/.test(above.trim())) {
    start -= above.length + 1;
  }
  return Math.max(0, start);
}

/** Names of macros that may stand as statements without parentheses, on a line of their own. */
export const macroAlone = /^[A-Z][A-Z_0-9]{3,}$/;

/** Names of macros that begin a loop, by the custom of the kernel: `list_for_each`, `for_each_task`, `for_ifa`. */
export const loopName = /(?:^|_)for_?each|^for_|_for_|^while_|^do_each|^foreach/i;
