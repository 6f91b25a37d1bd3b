/**
 * The language in which a run is asked.
 *
 *   question = subject [ "where" CONDITION ] [ "nth" N ] [ "show" EXPRESSION { "," EXPRESSION } ] [ "from" moment ] [ "to" moment ]
 *   subject  = ("calls" | "returns" | "writes") "(" TEXT ")"  |  "stops" "at" where
 *            | "packets"  |  "drops"  |  "sockets"  |  "wakeups"  |  "messages"
 *   where    = PLACE  |  '"' PLACE '"'      a PLACE that ends in the text of a statement goes on to the next keyword
 *   moment   = CLOCK | "start" | "now" | "end" | PLACE
 *
 * `nth 2` leaves the second row alone. A moment of a story is a question without `from` and `to`, of which the first row
 * counts; a PLACE alone stands for `stops at PLACE`.
 *
 * A word is a keyword only where C could not go on with it: behind an operand, outside brackets. So `where to == 5` is about
 * a variable `to`. In: text. Out: its parts with their offsets, or what is wrong, where, and what was meant perhaps.
 */
import { sentence } from '../sentences/sentence';
import { QuestionError } from './field-expression';

/** A stretch of the question. */
export interface Part {
  readonly text: string;
  readonly at: number;
}

/** What the journal tells. */
const entrySubjectNames = ['packets', 'drops', 'sockets', 'wakeups', 'messages'] as const;

export type EntrySubjectName = (typeof entrySubjectNames)[number];

export type Subject =
  { readonly kind: 'calls' | 'returns' | 'writes' | 'stops'; readonly of: Part } | { readonly kind: EntrySubjectName };

export interface Question {
  readonly subject: Subject;
  readonly where?: Part;
  /** The one row that is wanted, counted from 1. */
  readonly nth?: number;
  readonly show: readonly Part[];
  readonly from?: Part;
  readonly to?: Part;
}

const subjects = ['calls', 'returns', 'writes', 'stops', ...entrySubjectNames] as const;
const keywords = ['where', 'nth', 'show', 'from', 'to'] as const;

/** Chooses a word that somebody may have meant; undefined when none is near. */
export type Nearest = (name: string, candidates: Iterable<string>) => string | undefined;

export function parseQuestion(text: string, nearest: Nearest): Question {
  const head = /^\s*(\w*)/.exec(text) ?? ['', ''];
  const word = head[1] ?? '';
  const at = head[0].length - word.length;
  const kind = subjects.find((each) => each === word);
  if (!kind) {
    const near = word === '' ? undefined : nearest(word, subjects);
    throw new QuestionError({
      message: word === '' ? sentence('a-question-is-missing') : sentence('one-cannot-ask-for-name', { name: word }),
      at,
      remedy:
        near === undefined
          ? sentence('ask-for-one-of-list', {
              list: ['calls(F)', 'returns(F)', 'writes(X)', 'stops at F:N', ...entrySubjectNames].join(', '),
            })
          : sentence('did-you-mean-the-name', { near }),
    });
  }
  const { subject, end } = subjectOf(kind, text, head[0].length);
  return { subject, ...clausesOf(text, end, nearest) };
}

/** A moment that is a question, and no place. */
const momentQuestion = new RegExp(`^\\s*(?:\\w+\\s*\\(|stops\\s+at\\b|(?:${entrySubjectNames.join('|')})\\b(?!\\s*:))`);

/** What a story calls a moment. */
export function parseMoment(text: string, nearest: Nearest): Question {
  if (text.trim() === '') {
    throw new QuestionError({ message: sentence('a-moment-is-missing'), at: 0, remedy: sentence('write-a-moment-so') });
  }
  const isQuestion = momentQuestion.test(text);
  const question = isQuestion ? parseQuestion(text, nearest) : placeAlone(text, nearest);
  const { subject, from, to } = question;
  const wrong = from ?? to;
  if (wrong) {
    throw new QuestionError({
      message: sentence('a-moment-has-no-from-and-no-to'),
      at: wrong.at,
      remedy: sentence('it-is-the-first-behind-the-moment-before'),
    });
  }
  if (subject.kind === 'writes') {
    throw new QuestionError({
      message: sentence('writes-is-no-moment-of-a-story'),
      at: subject.of.at,
      remedy: sentence('name-the-statement-that-writes'),
    });
  }
  return question;
}

/** `PLACE` for `stops at PLACE`. */
function placeAlone(text: string, nearest: Nearest): Question {
  const { subject, end } = placeFrom(text, 0);
  return { subject, ...clausesOf(text, end, nearest) };
}

function isEntrySubject(kind: string): kind is EntrySubjectName {
  return entrySubjectNames.some((each) => each === kind);
}

function subjectOf(kind: (typeof subjects)[number], text: string, from: number): { subject: Subject; end: number } {
  if (isEntrySubject(kind)) {
    return { subject: { kind }, end: from };
  }
  if (kind === 'stops') {
    const at = /^\s+at\s+/.exec(text.slice(from))?.[0];
    if (at === undefined) {
      throw new QuestionError({ message: sentence('stops-at-needs-a-place'), at: from });
    }
    return placeFrom(text, from + at.length);
  }
  const open = /^\s*\(/.exec(text.slice(from));
  if (!open) {
    throw new QuestionError({ message: sentence('write-kind-with-brackets', { kind }), at: from });
  }
  const begin = from + open[0].length;
  const close = closing(text, begin);
  if (close === undefined) {
    throw new QuestionError({ message: sentence('a-closing-bracket-is-missing'), at: text.length });
  }
  const of = trimmed(text, begin, close);
  if (of.text === '') {
    throw new QuestionError({ message: sentence('write-kind-with-brackets', { kind }), at: begin });
  }
  return { subject: { kind, of }, end: close + 1 };
}

/** A place, quoted or not, and where it ends. */
function placeFrom(text: string, from: number): { subject: Subject; end: number } {
  const [all = '', quoted, plain = ''] = /^\s*(?:"([^"]+)"|(\S+))/.exec(text.slice(from)) ?? [];
  const word = quoted ?? plain;
  if (word === '') {
    throw new QuestionError({ message: sentence('stops-at-needs-a-place'), at: from });
  }
  const end = from + all.length;
  if (quoted !== undefined) {
    return { subject: { kind: 'stops', of: { text: quoted, at: end - 1 - quoted.length } }, end };
  }
  const at = end - word.length;
  // Behind FUNCTION: stands the text of a statement, with its blanks.
  const until = /:[^\d:]/.test(word) ? firstKeyword(text, at) : end;
  return { subject: { kind: 'stops', of: trimmed(text, at, until) }, end: until };
}

/** Where the first keyword behind an operand begins, outside brackets; else the end. */
function firstKeyword(text: string, from: number): number {
  let depth = 0;
  let afterOperand = false;
  for (const { token, at } of tokens(text, from)) {
    if (depth === 0 && afterOperand && keywords.some((each) => each === token)) {
      return at;
    }
    depth += /^[([{]$/.test(token) ? 1 : /^[)\]}]$/.test(token) ? -1 : 0;
    afterOperand = /^[\w"'$)\]]/.test(token);
  }
  return text.length;
}

/** Offset of the bracket that closes what was opened before `from`. */
function closing(text: string, from: number): number | undefined {
  let depth = 1;
  for (const { token, at } of tokens(text, from)) {
    depth += /^[([{]$/.test(token) ? 1 : /^[)\]}]$/.test(token) ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return undefined;
}

function* tokens(text: string, from: number): Generator<{ readonly token: string; readonly at: number }> {
  const pattern = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\$?\w+|[^\s\w]/g;
  pattern.lastIndex = from;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    yield { token: found[0], at: found.index };
  }
}

function trimmed(text: string, from: number, to: number): Part {
  const inside = text.slice(from, to);
  const at = from + inside.length - inside.trimStart().length;
  return { text: inside.trim(), at };
}

interface Clause {
  readonly keyword: (typeof keywords)[number];
  readonly at: number;
  readonly from: number;
}

function clausesOf(text: string, end: number, nearest: Nearest): Omit<Question, 'subject'> {
  const clauses = findClauses(text, end, nearest);
  const parts = new Map<string, Part>();
  clauses.forEach(({ keyword, at, from }, index) => {
    const part = trimmed(text, from, clauses[index + 1]?.at ?? text.length);
    if (parts.has(keyword)) {
      throw new QuestionError({ message: sentence('keyword-stands-twice', { keyword }), at });
    }
    if (part.text === '') {
      throw new QuestionError({ message: sentence('keyword-needs-something-behind-it', { keyword }), at });
    }
    parts.set(keyword, part);
  });
  const show = parts.get('show');
  const nth = parts.get('nth');
  if (nth && !/^[1-9]\d{0,5}$/.test(nth.text)) {
    throw new QuestionError({ message: sentence('nth-takes-a-number-not-text', { text: nth.text }), at: nth.at });
  }
  return {
    where: parts.get('where'),
    ...(nth ? { nth: Number(nth.text) } : {}),
    show: show ? listOf(text, show) : [],
    from: parts.get('from'),
    to: parts.get('to'),
  };
}

function findClauses(text: string, end: number, nearest: Nearest): Clause[] {
  const clauses: Clause[] = [];
  let depth = 0;
  let afterOperand = true;
  for (const { token, at } of tokens(text, end)) {
    const keyword = keywords.find((each) => each === token);
    if (depth === 0 && afterOperand && keyword) {
      clauses.push({ keyword, at, from: at + token.length });
      afterOperand = false;
      continue;
    }
    if (clauses.length === 0) {
      const near = nearest(token, keywords);
      throw new QuestionError({
        message: sentence('token-is-not-expected-here', { token }),
        at,
        remedy:
          near === undefined
            ? sentence('go-on-with-list', { list: keywords.join(', ') })
            : sentence('did-you-mean-the-name', { near }),
      });
    }
    depth += /^[([{]$/.test(token) ? 1 : /^[)\]}]$/.test(token) ? -1 : 0;
    afterOperand = /^[\w"'$)\]]/.test(token);
  }
  return clauses;
}

/** Expressions separated by commas outside brackets. */
function listOf(text: string, part: Part): Part[] {
  const list: Part[] = [];
  let depth = 0;
  let from = part.at;
  const end = part.at + part.text.length;
  for (const { token, at } of tokens(text, part.at)) {
    if (at >= end) {
      break;
    }
    depth += /^[([{]$/.test(token) ? 1 : /^[)\]}]$/.test(token) ? -1 : 0;
    if (token === ',' && depth === 0) {
      list.push(trimmed(text, from, at));
      from = at + 1;
    }
  }
  list.push(trimmed(text, from, end));
  const empty = list.find((each) => each.text === '');
  if (empty) {
    throw new QuestionError({ message: sentence('a-value-is-missing-here'), at: empty.at });
  }
  return list;
}
