/**
 * The functions of a raw C text and the statements in them: what annotations are anchored on.
 *
 * In: text of a C file, or of a document with listings. Out: for each function definition its name, its extent and its
 * statements in source order. Works on tokens alone, with a small recursive descent that follows only brackets and the
 * keywords of statements (C99 6.8), so that macros, unknown types and prose around a listing do no harm. A statement is
 * known by its head:
 *
 *   statement   := '{' statement* '}' | head statement | 'do' statement 'while' '(' … ')' ';' | … ';'
 *   head        := ('if' | 'while' | 'for' | 'switch') '(' … ')' | 'else' | 'case' … ':' | 'default' ':' | name ':'
 */
import { contentHash } from '../base/bytes';
import { cTokens, type CToken } from './c-tokens';

export type OutlineKind =
  'plain' | 'if' | 'while' | 'for' | 'switch' | 'do-while' | 'return' | 'goto' | 'case' | 'label';

export interface OutlineStatement {
  readonly kind: OutlineKind;
  /** Text offsets of the head: the whole of a simple statement, `if (…)` of an if, `case X:` of a label. */
  readonly start: number;
  readonly end: number;
  /**
   * For labels: offsets of the head of the statement that is executed first after it. Otherwise the same as start and
   * end.
   */
  readonly runs: { readonly start: number; readonly end: number };
  /** Tokens of the head without a closing `;` or `:`, separated by blanks. */
  readonly normal: string;
  /** The last label before it, normalised: `case SOCK_RAW`, `default`, `out`. */
  readonly under: string | undefined;
}

export interface FunctionOutline {
  readonly name: string;
  /** Text offsets from the line on which the declarator begins to the closing brace. */
  readonly start: number;
  readonly end: number;
  /** Text offsets of the name. */
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly statements: readonly OutlineStatement[];
}

const notNames = new Set([
  'if',
  'while',
  'for',
  'switch',
  'return',
  'sizeof',
  'do',
  'else',
  '__attribute__',
  'typeof',
  '__typeof__',
]);

/** A statement's text as it is compared: tokens with single blanks between, no comments, no closing `;` or `:`. */
export function normalise(text: string): string {
  return join(cTokens(text));
}

/** Hash of a normalised statement text. */
export function statementHash(normal: string): string {
  return contentHash(normal);
}

function join(tokens: readonly CToken[]): string {
  const texts = tokens.map((each) => each.text);
  while (texts.length > 0 && /^[;:]$/.test(texts[texts.length - 1]!)) {
    texts.pop();
  }
  // `return (0)` says no more than `return 0`.
  const wrapped = texts[0] === 'return' && texts[1] === '(' && texts.indexOf(')') === texts.length - 1;
  return (wrapped ? ['return', ...texts.slice(2, -1)] : texts).join(' ');
}

/** Every function definition in a text, in order. */
export function outlineOf(text: string): FunctionOutline[] {
  const tokens = cTokens(text);
  const partner = matchBrackets(tokens);
  const functions: FunctionOutline[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const close = partner[i];
    if (tokens[i]!.text !== '{' || close === undefined) {
      continue;
    }
    const name = declaratorName(tokens, partner, i);
    if (name !== undefined) {
      const found = tokens[name]!;
      functions.push({
        name: found.text,
        start: startOfDeclarator(text, tokens, name),
        end: tokens[close]!.end,
        nameStart: found.start,
        nameEnd: found.end,
        statements: new StatementReader(tokens, partner).readBlock(i + 1, close),
      });
    }
    i = close;
  }
  return functions;
}

/** For each opening bracket the index of its closing one, and the other way round. Unbalanced ones have no partner. */
function matchBrackets(tokens: readonly CToken[]): (number | undefined)[] {
  const partner: (number | undefined)[] = [];
  const open: number[] = [];
  const closes: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  tokens.forEach((each, index) => {
    const opener = closes[each.text];
    if (each.kind === 'sign' && (each.text === '(' || each.text === '[' || each.text === '{')) {
      open.push(index);
    } else if (each.kind === 'sign' && opener) {
      // A closing bracket also closes whatever was left open inside.
      const at = open.map((i) => tokens[i]!.text).lastIndexOf(opener);
      if (at >= 0) {
        partner[index] = open[at];
        partner[open[at]!] = index;
        open.length = at;
      }
    }
  });
  return partner;
}

/**
 * Index of the name when the `{` at `brace` begins a function body: it stands after `name ( … )`, with K&R declarations
 * at most between.
 */
function declaratorName(
  tokens: readonly CToken[],
  partner: readonly (number | undefined)[],
  brace: number,
): number | undefined {
  const open = tokens[brace - 1]?.text === ')' ? partner[brace - 1] : undefined;
  const name = open === undefined ? undefined : tokens[open - 1];
  return open !== undefined && name?.kind === 'word' && !notNames.has(name.text) ? open - 1 : undefined;
}

/** Start of the line of the name, or of a line above that holds nothing but the return type. */
function startOfDeclarator(text: string, tokens: readonly CToken[], name: number): number {
  let start = text.lastIndexOf('\n', tokens[name]!.start) + 1;
  const above = text.slice(text.lastIndexOf('\n', start - 2) + 1, Math.max(0, start - 1));
  if (start > 0 && /^[A-Za-z_][\w\s*]*$/.test(above.trim())) {
    start -= above.length + 1;
  }
  return Math.max(0, start);
}

class StatementReader {
  private readonly found: { kind: OutlineKind; first: number; last: number; under: string | undefined }[] = [];
  private under: string | undefined;

  constructor(
    private readonly tokens: readonly CToken[],
    private readonly partner: readonly (number | undefined)[],
  ) {}

  readBlock(from: number, to: number): OutlineStatement[] {
    this.statements(from, to);
    return this.found.map(({ kind, first, last, under }, index) => {
      const start = this.tokens[first]!.start;
      const end = this.tokens[last]!.end;
      return { kind, start, end, runs: this.runs(index), normal: join(this.tokens.slice(first, last + 1)), under };
    });
  }

  /** Labels run what comes after them; everything else runs itself. */
  private runs(index: number): { start: number; end: number } {
    let at = index;
    while (at + 1 < this.found.length && /^(case|label)$/.test(this.found[at]!.kind)) {
      at++;
    }
    const { first, last } = this.found[at]!;
    return { start: this.tokens[first]!.start, end: this.tokens[last]!.end };
  }

  private statements(from: number, to: number): void {
    for (let i = from; i < to;) {
      i = this.statement(i, to);
    }
  }

  private add(kind: OutlineKind, first: number, last: number): number {
    this.found.push({ kind, first, last, under: this.under });
    return last + 1;
  }

  /** Reads what begins at `i`; answers the index after it, always further on. */
  private statement(i: number, to: number): number {
    const { text, kind } = this.tokens[i]!;
    const next = this.tokens[i + 1]?.text;
    if (text === '{') {
      const close = Math.min(this.partner[i] ?? to, to);
      const outer = this.under;
      this.statements(i + 1, close);
      this.under = outer;
      return close + 1;
    }
    if (text === ';' || text === 'else' || text === 'do' || text === '}') {
      return i + 1;
    }
    if ((text === 'if' || text === 'while' || text === 'for' || text === 'switch') && next === '(') {
      return this.head(text, i, to);
    }
    if (
      text === 'case' ||
      (text === 'default' && next === ':') ||
      (kind === 'word' && next === ':' && this.tokens[i + 2]?.text !== ':')
    ) {
      const colon = this.find(i + 1, to, ':');
      this.under = join(this.tokens.slice(i, colon + 1));
      return this.add(text === 'case' || text === 'default' ? 'case' : 'label', i, colon);
    }
    const end = this.find(i, to, ';');
    return this.add(text === 'return' || text === 'goto' ? text : 'plain', i, end);
  }

  private head(keyword: 'if' | 'while' | 'for' | 'switch', i: number, to: number): number {
    const close = Math.min(this.partner[i + 1] ?? to - 1, to - 1);
    if (keyword === 'while' && this.tokens[close + 1]?.text === ';' && this.tokens[i - 1]?.text === '}') {
      return this.add('do-while', i, close) + 1;
    }
    return this.add(keyword, i, close);
  }

  /** Index of the next `sign` outside brackets, or of the last token before `to`. */
  private find(from: number, to: number, sign: string): number {
    for (let i = from; i < to; i++) {
      const { text } = this.tokens[i]!;
      if (text === sign) {
        return i;
      }
      if (text === '(' || text === '[' || text === '{') {
        i = Math.min(this.partner[i] ?? i, to - 1);
      }
    }
    return to - 1;
  }
}
