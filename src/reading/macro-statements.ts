/**
 * Uses of macros that C's grammar has no place for within functions. In: the tokens a reader sees. Out: edits of the
 * same length after which they read as C:
 *   list_for_each(p, h) { …     a macro with a body is a loop: its name becomes `while` (`if` where that does not fit)
 *   for_each_task(p) x(p);      the same without braces, where the name or its definition says that it is a loop
 *   DECLARE_THING(x)            a statement on a line of its own: it gets the `;` that it lacks; so does `THING`
 *   ASSERT(p, return;)          a statement among arguments becomes blank
 *   list_entry(p, struct x, y)  a type among arguments becomes a name
 *   out: }                      a label at the end of a block gets a `;`
 *   { [X] 5 }                   an element chosen the old way of GNU C gets a `=`
 */
import { itemAt } from '../base/checked-access';
import { known } from '../preprocess/atoms';
import { TokenFlag } from '../preprocess/token';
import { WordClass } from '../parse/keywords';
import { loopName, macroAlone } from './outline';
import { TokenPlace, type RawTokens } from './raw-tokens';
import { blank, type SameLengthEdit } from './same-length-edits';

/** The replacement of a macro, where it is known. */
export type MacroText = (name: string) => string | undefined;

export function macroStatementEdits(tokens: RawTokens, macro: MacroText): SameLengthEdit[] {
  const edits: SameLengthEdit[] = [];
  for (let i = 1; i < tokens.length; i++) {
    edits.push(...missingSigns(tokens, i));
    const close = tokens.atom(i + 1) === known['('] ? itemAt(tokens.partner, i + 1) : -1;
    if (close < 0 || tokens.places[i] === TokenPlace.file || !tokens.isName(i)) {
      continue;
    }
    if (tokens.places[i] === TokenPlace.body && beginsStatement(tokens, i)) {
      edits.push(...statementEdits(tokens, i, close, macro));
    }
    edits.push(...typeArgumentEdits(tokens, i + 1, close), ...statementArgumentEdits(tokens, i + 1, close));
  }
  return edits;
}

/** Whether what stands before token `i` ends a statement, or is the head of one. */
function beginsStatement(tokens: RawTokens, i: number): boolean {
  const before = tokens.atom(i - 1);
  if (before === known[')']) {
    const head = itemAt(tokens.partner, i - 1) - 1;
    return tokens.wordClass(head) === WordClass.statement || isMacroHead(tokens, head);
  }
  return (
    before === known[';'] ||
    before === known['{'] ||
    before === known['}'] ||
    before === known[':'] ||
    before === known.else ||
    before === known.do
  );
}

/** A loop within a loop: `for_each_a(x) for_each_b(y) { …`. */
function isMacroHead(tokens: RawTokens, i: number): boolean {
  return tokens.isName(i) && loopName.test(tokens.text(i));
}

function statementEdits(tokens: RawTokens, i: number, close: number, macro: MacroText): SameLengthEdit[] {
  const next = close + 1;
  const isBraced = tokens.atom(next) === known['{'];
  const isWordNext = tokens.isWord(next) || tokens.atom(next) === known['*'];
  if (!isBraced && !isWordNext && tokens.atom(next) !== known['}']) {
    return [];
  }
  const name = tokens.text(i);
  const [from, to] = [tokens.start(i), tokens.end(i)];
  if (isBraced || (isWordNext && isLoop(name, macro))) {
    if (close === i + 2) {
      // `for_all()`: a loop needs a condition.
      const end = tokens.end(close);
      return end - from >= 8 ? [{ from, to: end, text: `${'while(1'.padEnd(end - from - 1)})` }] : [];
    }
    const word = to - from >= 5 ? 'while' : 'if';
    return to - from >= 2 ? [{ from, to, text: word.padEnd(to - from) }] : [];
  }
  return startsLine(tokens, next) || tokens.atom(next) === known['}'] ? signBehind(tokens, close, ';') : [];
}

/** Signs that are not written: behind a macro alone on its line, behind a label before `}`, and behind `[X]` before an element's value. */
function missingSigns(tokens: RawTokens, i: number): SameLengthEdit[] {
  if (tokens.atom(i) === known[':'] && tokens.atom(i + 1) === known['}'] && tokens.places[i] === TokenPlace.body) {
    return signBehind(tokens, i, ';');
  }
  if (macroAlone.test(tokens.text(i)) && tokens.places[i] === TokenPlace.body) {
    const endsLine = tokens.atom(i + 1) === known['}'] || (startsLine(tokens, i + 1) && tokens.isWord(i + 1));
    const isAlone = startsLine(tokens, i) && endsLine;
    return isAlone && beginsStatement(tokens, i) ? signBehind(tokens, i, ';') : [];
  }
  const open = tokens.atom(i) === known[']'] ? itemAt(tokens.partner, i) : -1;
  const isElement = open > 0 && (tokens.atom(open - 1) === known['{'] || tokens.atom(open - 1) === known[',']);
  const next = tokens.atom(i + 1);
  const isChosen = isElement && tokens.places[i] === TokenPlace.other;
  return isChosen && next !== known['='] && next !== known['['] && next !== known['.']
    ? signBehind(tokens, i, '=')
    : [];
}

function startsLine(tokens: RawTokens, i: number): boolean {
  return (tokens.flags(i) & TokenFlag.lineStart) !== 0;
}

/** A sign in place of the white space behind a token. */
function signBehind(tokens: RawTokens, i: number, sign: string): SameLengthEdit[] {
  const space = tokens.end(i);
  return /\s/.test(tokens.lexed.text[space] ?? '') ? [{ from: space, to: space + 1, text: sign }] : [];
}

function isLoop(name: string, macro: MacroText): boolean {
  return loopName.test(name) || /^\s*(?:for|while)\s*\(.*\)\s*$/s.test(macro(name) ?? '');
}

/** An argument that begins like a statement and does not end like an expression, with the comma before it. */
function statementArgumentEdits(tokens: RawTokens, open: number, close: number): SameLengthEdit[] {
  for (let i = open; i < close; i++) {
    const atom = tokens.atom(i);
    if ((atom === known[','] || i === open) && tokens.wordClass(i + 1) === WordClass.statement) {
      const from = atom === known[','] ? tokens.start(i) : tokens.start(i + 1);
      return [blank(tokens.lexed.text, from, tokens.start(close))];
    }
    if (i > open && (atom === known['('] || atom === known['{'] || atom === known['['])) {
      i = Math.max(i, itemAt(tokens.partner, i));
    }
  }
  return [];
}

/** A type that is an argument: a tag stands for it, or its last word with a capital. Stars behind it go. */
function typeArgumentEdits(tokens: RawTokens, open: number, close: number): SameLengthEdit[] {
  const edits: SameLengthEdit[] = [];
  const { text } = tokens.lexed;
  for (let i = open + 1; i < close; i++) {
    if (itemAt(tokens.partner, i) > i) {
      // What stands in inner brackets: the turn of an inner call comes.
      i = itemAt(tokens.partner, i);
      continue;
    }
    if (i - 1 !== open && tokens.atom(i - 1) !== known[',']) {
      continue;
    }
    let at = i;
    while (tokens.wordClass(at) === WordClass.qualifier) {
      at++;
    }
    const first = tokens.wordClass(at);
    if (first === WordClass.record || first === WordClass.enum) {
      at++;
    } else {
      while (tokens.wordClass(at + 1) === WordClass.typeWord) {
        at++;
      }
    }
    const isType = at > i || first === WordClass.typeWord;
    let end = at + 1;
    while (tokens.atom(end) === known['*']) {
      end++;
    }
    const ends = end === close || tokens.atom(end) === known[','];
    if (!tokens.isWord(at) || !ends || (!isType && end === at + 1)) {
      continue;
    }
    if (at > i) {
      edits.push(blank(text, tokens.start(i), tokens.end(at - 1)));
    }
    if (tokens.wordClass(at) === WordClass.typeWord) {
      const from = tokens.start(at);
      edits.push({ from, to: from + 1, text: (text[from] ?? '').toUpperCase() });
    }
    if (end > at + 1) {
      edits.push(blank(text, tokens.start(at + 1), tokens.end(end - 1)));
    }
    i = end - 1;
  }
  return edits;
}
