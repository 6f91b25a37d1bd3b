/**
 * C text cut into units that can be compared from file to file.
 *
 * In: the text of a C file. Out: its units in order, each with the line it begins on. Comments and white space are gone,
 * and so is what two kernels with one interface must have in common: `#include`, `#define NAME number`, fields and
 * enumerators, prototypes; braces alone are nothing either. One pass makes tokens, a second one marks those that count,
 * a third cuts: at line ends, or at the ends of statements, heads (`if (…)`) and entries of a table.
 */

export interface Unit {
  readonly text: string;
  /** One-based. */
  readonly line: number;
}

interface Token {
  readonly text: string;
  readonly line: number;
  /** In a directive or the macro it defines. */
  readonly directive: boolean;
  /** What an interface gives: not compared. */
  given: boolean;
}

const tokenPattern =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|\\\r?\n|\n|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|[A-Za-z_]\w*|\d[\w.]*|\S/g;
const numberPattern = /^# define \w+ (?:[-+~(] ?)*(?:\d\w*|'.*')(?: (?:< <|\+|-) \d\w*)?(?: \))*$/;

const keywords = new Set(
  (
    'auto break case char const continue default do double else enum extern float for goto if inline int long register return short signed sizeof ' +
    'static struct switch typedef union unsigned void volatile while'
  ).split(' '),
);

/** The units of a file as its author broke the lines. */
export function linesOf(text: string): Unit[] {
  const units: Unit[] = [];
  let current: Token[] = [];
  for (const token of compared(text)) {
    if (current[0] && current[0].line !== token.line) {
      units.push(...unitOf(current));
      current = [];
    }
    current.push(token);
  }
  return [...units, ...unitOf(current)];
}

/** The units of a file however its lines are broken. */
export function statementsOf(text: string): Unit[] {
  const units: Unit[] = [];
  let current: Token[] = [];
  let parentheses = 0;
  /** For each open brace whether it opened a table. */
  const tables: boolean[] = [];
  const cut = (): void => {
    units.push(...unitOf(current));
    current = [];
  };
  for (const token of compared(text)) {
    const { text: word, directive } = token;
    if (current[0] && (current[0].directive !== directive || (directive && current[0].line !== token.line))) {
      cut();
      parentheses = 0;
    }
    current.push(token);
    if (directive) {
      continue;
    }
    if (word === '(' || word === '[') {
      parentheses += 1;
    } else if (word === ')' || word === ']') {
      parentheses -= 1;
      if (parentheses === 0 && /^(if|for|while|switch)$/.test(itemAt(current, 0).text)) {
        cut();
      }
    } else if (parentheses > 0) {
      continue;
    } else if (word === '{') {
      tables.push(current.at(-2)?.text === '=' || (tables.at(-1) ?? false));
      cut();
    } else if (word === '}') {
      tables.pop();
      cut();
    } else if (
      word === ';' ||
      word === 'else' ||
      word === 'do' ||
      (word === ',' && tables.at(-1)) ||
      (word === ':' && isLabel(current) && !tables.at(-1))
    ) {
      cut();
    }
  }
  cut();
  return units;
}

/** The same text with one name for every name: what stays of a paraphrase. */
export function withoutNames({ text, line }: Unit): Unit {
  const shape = text.replace(/[A-Za-z_]\w*/g, (word) => (keywords.has(word) ? word : 'x'));
  return { text: shape, line };
}

function isLabel(tokens: readonly Token[]): boolean {
  return itemAt(tokens, 0).text === 'case' || itemAt(tokens, 0).text === 'default' || tokens.length === 2;
}

/** A unit of these tokens; none when they are braces, commas and semicolons. */
function unitOf(tokens: readonly Token[]): Unit[] {
  const words = tokens.map(({ text }) => text).join(' ');
  const text = words.replace(/^[{} ]+|[{} ]+$/g, '');
  return /\w/.test(text) && !/^# (include|if|ifdef|ifndef|else|endif)\b/.test(text) && !numberPattern.test(text)
    ? [{ text, line: itemAt(tokens, 0).line }]
    : [];
}

function compared(text: string): Token[] {
  const tokens = tokensOf(text);
  markBodies(tokens);
  markPrototypes(tokens);
  return tokens.filter(({ given }) => !given);
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let directive = false;
  let fresh = true;
  for (const [word] of text.matchAll(tokenPattern)) {
    if (word === '\n') {
      directive = false;
      fresh = true;
    } else if (!/^(\/\*|\/\/|\\\r?\n)/.test(word)) {
      directive ||= fresh && word === '#';
      fresh = false;
      tokens.push({ text: word, line, directive, given: false });
    }
    line += word.split('\n').length - 1;
  }
  return tokens;
}

/**
 * Types with fields or enumerators: `typedef struct NAME { … } NAME ;`, or what there is of it. A value behind it (`= {
 * … }`) stays.
 */
function markBodies(tokens: readonly Token[]): void {
  for (let open = 1; open < tokens.length; open += 1) {
    const named = !/^(struct|union|enum)$/.test(itemAt(tokens, open - 1).text);
    const head = open - (named ? 2 : 1);
    if (
      itemAt(tokens, open).text !== '{' ||
      itemAt(tokens, open).directive ||
      !/^(struct|union|enum)$/.test(tokens[head]?.text ?? '')
    ) {
      continue;
    }
    const close = partner(tokens, open);
    let end = close + 1;
    while (/^[\w*,]+$/.test(tokens[end]?.text ?? '')) {
      end += 1;
    }
    const last = tokens[end]?.text === ';' ? end : close;
    const first = tokens[head - 1]?.text === 'typedef' ? head - 1 : head;
    tokens.slice(first, last + 1).forEach((token) => (token.given = true));
    open = close;
  }
}

/** Where the brace at `open` is closed; the end of the file when it is not. */
function partner(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const { text, directive } = itemAt(tokens, at);
    depth += directive ? 0 : text === '{' ? 1 : text === '}' ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return tokens.length - 1;
}

/** At file scope: from the end of one thing to a semicolon, with parentheses and without a value. */
function markPrototypes(tokens: readonly Token[]): void {
  let depth = 0;
  let start: Token[] = [];
  for (const token of tokens) {
    if (token.directive || token.given) {
      continue;
    }
    depth += token.text === '{' ? 1 : token.text === '}' ? -1 : 0;
    start.push(token);
    if (token.text === '{' || token.text === '}') {
      start = [];
    } else if (token.text === ';' && depth === 0) {
      const words = start.map(({ text }) => text);
      if (words.includes('(') && !words.includes('=')) {
        start.forEach((each) => (each.given = true));
      }
      start = [];
    }
  }
}
import { itemAt } from '../../src/base/checked-access';
