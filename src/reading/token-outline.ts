/**
 * The functions of a C text and the statements in them by tokens alone: for what a syntax tree cannot read, which is
 * functions with errors, and documents with listings.
 *
 * In: text. Out: for each function definition its name, its extent and its statements in source order. A small recursive
 * descent follows only brackets and the keywords of statements (C99 6.8), so that macros, unknown types and prose around
 * a listing do no harm. A statement is known by its head:
 *
 *   statement   := '{' statement* '}' | head statement | 'do' statement 'while' '(' … ')' ';' | … ';'
 *   head        := ('if' | 'while' | 'for' | 'switch') '(' … ')' | 'else' | 'case' … ':' | 'default' ':' | name ':'
 *                | macro '(' … ')', where a block or, for a loop's name, a word comes next
 */
import { itemAt } from '../base/checked-access';
import { cTokens, type CToken } from './c-tokens';
import {
  joined,
  loopName,
  macroAlone,
  startOfDeclarator,
  withRuns,
  type FunctionOutline,
  type OutlineKind,
  type OutlineStatement,
  type StatementHead,
} from './outline';

/** What is nested deeper is passed over: no hand wrote it. */
const deepest = 1_000;

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

/** Every function definition in a text, in order. */
export function outlineOf(text: string): FunctionOutline[] {
  const tokens = cTokens(text);
  const partner = matchBrackets(tokens);
  const functions: FunctionOutline[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const close = partner[i];
    if (itemAt(tokens, i).text !== '{' || close === undefined) {
      continue;
    }
    const name = declaratorName(tokens, partner, i);
    if (name !== undefined) {
      const found = itemAt(tokens, name);
      functions.push({
        name: found.text,
        start: startOfDeclarator(text, found.start),
        end: itemAt(tokens, close).end,
        nameStart: found.start,
        nameEnd: found.end,
        statements: new StatementReader(text, tokens, partner).readBlock(i + 1, close),
        passedOver: false,
        by: 'tokens',
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
  const openers: Readonly<Record<string, keyof typeof counts | undefined>> = { ')': '(', ']': '[', '}': '{' };
  /** How many of each are open. */
  const counts = { '(': 0, '[': 0, '{': 0 };
  tokens.forEach((each, index) => {
    const opener = openers[each.text];
    if (each.kind === 'sign' && (each.text === '(' || each.text === '[' || each.text === '{')) {
      open.push(index);
      counts[each.text]++;
    } else if (each.kind === 'sign' && opener && counts[opener] > 0) {
      // A closing bracket also closes whatever was left open inside.
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        const { text } = itemAt(tokens, at);
        counts[text as keyof typeof counts]--;
        if (text === opener) {
          partner[index] = at;
          partner[at] = index;
          break;
        }
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

class StatementReader {
  private readonly found: StatementHead[] = [];
  private under: string | undefined;
  private depth = 0;

  constructor(
    private readonly source: string,
    private readonly tokens: readonly CToken[],
    private readonly partner: readonly (number | undefined)[],
  ) {}

  readBlock(from: number, to: number): OutlineStatement[] {
    this.statements(from, to);
    return withRuns(this.found);
  }

  private statements(from: number, to: number): void {
    for (let i = from; i < to;) {
      i = this.statement(i, to);
    }
  }

  private add(kind: OutlineKind, first: number, last: number): number {
    this.found.push({
      kind,
      start: itemAt(this.tokens, first).start,
      end: itemAt(this.tokens, last).end,
      normal: joined(this.tokens.slice(first, last + 1)),
      under: this.under,
      passedOver: false,
    });
    return last + 1;
  }

  /** Reads what begins at `i`; answers the index after it, always further on. */
  private statement(i: number, to: number): number {
    const { text, kind } = itemAt(this.tokens, i);
    const next = this.tokens[i + 1]?.text;
    if (text === '{') {
      const close = Math.min(this.partner[i] ?? to, to);
      const outer = this.under;
      if (this.depth++ < deepest) {
        this.statements(i + 1, close);
      }
      this.depth--;
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
      this.under = joined(this.tokens.slice(i, colon + 1));
      return this.add(text === 'case' || text === 'default' ? 'case' : 'label', i, colon);
    }
    const close = kind === 'word' && next === '(' ? this.partner[i + 1] : undefined;
    if (close !== undefined && close + 1 < to) {
      const isLoop = itemAt(this.tokens, close + 1).text === '{' || (this.isWord(close + 1) && loopName.test(text));
      if (isLoop) {
        return this.add('while', i, close);
      }
      if (this.isWord(close + 1) && this.startsLine(close + 1)) {
        return this.add('plain', i, close);
      }
    }
    const isAlone = macroAlone.test(text) && i + 1 < to && this.startsLine(i + 1);
    if (isAlone && (this.isWord(i + 1) || next === '}')) {
      return this.add('plain', i, i);
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

  private isWord(i: number): boolean {
    return itemAt(this.tokens, i).kind === 'word';
  }

  private startsLine(i: number): boolean {
    return this.source.slice(itemAt(this.tokens, i - 1).end, itemAt(this.tokens, i).start).includes('\n');
  }

  /** Index of the next `sign` outside brackets, or of the last token before `to`. */
  private find(from: number, to: number, sign: string): number {
    for (let i = from; i < to; i++) {
      const { text } = itemAt(this.tokens, i);
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
