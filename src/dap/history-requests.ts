/**
 * Questions to the run's past: `sockscope/whoWrote`, `sockscope/nextChange`, `sockscope/changes`, `sockscope/ask`, and the
 * console's `who EXPR`, `next EXPR`, `changes EXPR` and `ask QUESTION`.
 *
 * In: arguments that were checked by their shape. Out: rows, each with the clock that `sockscope/travelTo` takes. The
 * machine does not move, and may be asked other things meanwhile.
 */
import { wording } from '../sentences/wording';
import type { Words } from '../sentences/sentence';
import type { Bilingual } from '../base/bilingual';
import type { AnswerRow, ChangeRow, History, NearestRow, RowPlace, Target } from '../facade/history';
import type { StackFrame } from '../facade/session';
import { shownIn } from '../facade/value-words';
import type { AdapterContext, Breathing } from './adapter-context';
import { errors } from './errors';
import type { AnsweredRow, ChangeTarget, Reply, RequestTable, WireRow } from './request-table';
import { toWireThread } from './stops';
import { say, texts, type Language } from './texts';

/** Rows of one answer, unless the client says otherwise, and at most. */
const ROWS = 1000;
const MOST_ROWS = 10_000;
/** Rows that the console shows. */
const CONSOLE_ROWS = 50;

type Names = 'sockscope/whoWrote' | 'sockscope/nextChange' | 'sockscope/changes' | 'sockscope/ask';

export function historyRequests(adapter: AdapterContext): Pick<RequestTable, Names> {
  const asked = <T>({ seq }: Reply, answer: (questions: Questions) => Promise<T>): Promise<T> =>
    adapter.longWork(seq, (asking) => answer(new Questions(adapter, asking)));
  return {
    'sockscope/whoWrote': (args, reply) => asked(reply, (questions) => questions.nearest(args, 'whoWrote')),
    'sockscope/nextChange': (args, reply) => asked(reply, (questions) => questions.nearest(args, 'nextChange')),
    'sockscope/changes': (args, reply) =>
      asked(reply, async (questions) => {
        const limit = Math.min(args.limit ?? ROWS, MOST_ROWS);
        const { rows, dropped } = await questions.history.allChanges(questions.target(args), questions.asking, limit);
        return { rows: rows.map((row) => questions.changeRow(row)), dropped };
      }),
    'sockscope/ask': ({ question, frameId, limit }, reply) =>
      asked(reply, async (questions) => {
        const { rows, dropped } = await questions.ask(question, adapter.standing().inspection.frame(frameId), limit);
        return { rows: rows.map((row) => questions.answerRow(row)), dropped };
      }),
  };
}

/** How the console's questions are written. */
export const questionForms: readonly string[] = [
  'who EXPRESSION',
  'next EXPRESSION',
  'changes EXPRESSION',
  'ask QUESTION',
];

/** The text that answers a line of the console which is a question; undefined when it is none. */
export function questionAnswer(
  adapter: AdapterContext,
  line: string,
  frame: StackFrame | undefined,
  { seq }: Reply,
): Promise<string> | undefined {
  const [, word = '', rest = ''] = /^\s*(who|next|changes|ask)\s+(\S[^]*)$/.exec(line) ?? [];
  // `who = 1` is C, if there is such a variable.
  if (word === '' || /^(?:(?:<<|>>|[-+*/%&|^<>!=])?=[^=]|\+\+|--|->|\.\w)/.test(rest)) {
    return undefined;
  }
  return adapter.longWork(seq, (asking) => answered(new Questions(adapter, asking), word, rest, frame));
}

async function answered(
  questions: Questions,
  word: string,
  rest: string,
  frame: StackFrame | undefined,
): Promise<string> {
  if (word === 'ask') {
    const { rows, dropped } = await questions.ask(rest, frame, CONSOLE_ROWS);
    return questions.listed(
      rows.map((row) => questions.answerRow(row)),
      dropped,
    );
  }
  const target = questions.read(questions.history.target(rest, frame));
  if (word === 'changes') {
    const { rows, dropped } = await questions.history.allChanges(target, questions.asking, CONSOLE_ROWS);
    return questions.listed(
      rows.map((row) => questions.changeRow(row)),
      dropped,
    );
  }
  const found =
    word === 'who'
      ? await questions.history.whoWrote(target, questions.asking)
      : await questions.history.nextChange(target, questions.asking);
  return questions.nearestText(found, rest);
}

class Questions {
  constructor(
    private readonly adapter: AdapterContext,
    readonly asking: Breathing,
  ) {}

  get history(): History {
    const { history } = this.adapter.standing();
    if (!history) {
      throw errors.noHistory();
    }
    return history;
  }

  private get language(): Language {
    return this.adapter.language();
  }

  read(found: ReturnType<History['target']>): Target {
    if (!found.target) {
      throw errors.cannotEvaluate(inBoth(found.problem));
    }
    return found.target;
  }

  target(args: ChangeTarget): Target {
    const { inspection } = this.adapter.standing();
    const { history } = this;
    if (args.memoryReference !== undefined) {
      const { address, label } = inspection.addressed(args.memoryReference, args.offset ?? 0);
      return this.read(history.bytes(address, args.count ?? 4, label));
    }
    if (args.variablesReference !== undefined && args.name !== undefined) {
      const { node, frame } = inspection.variable(args.variablesReference, args.name);
      if (node?.expression !== undefined) {
        return this.read(history.target(node.expression, frame));
      }
      if (node?.address === undefined || !node.size) {
        throw errors.badDataBreakpoint();
      }
      return this.read(history.bytes(node.address, node.size, node.name));
    }
    if (args.expression === undefined) {
      throw errors.noSubject();
    }
    return this.read(history.target(args.expression, inspection.frame(args.frameId)));
  }

  async nearest(args: ChangeTarget, which: 'whoWrote' | 'nextChange') {
    const found = await this.history[which](this.target(args), this.asking);
    return found.kind === 'change'
      ? { found: 'change' as const, row: this.changeRow(found.row) }
      : found.kind === 'since-entry'
        ? { found: 'sinceEntry' as const, row: this.row(found.row, say(texts.sinceEntry, this.language), []) }
        : { found: 'none' as const };
  }

  async ask(question: string, frame: StackFrame | undefined, limit = ROWS) {
    const asked = await this.history.ask(question, frame, this.asking, Math.min(limit, MOST_ROWS));
    if (!asked.answer) {
      const { message, remedy, at } = asked.problem;
      const [what, how] = [inBoth(message), remedy ? inBoth(remedy) : { en: '', zh: '' }];
      throw errors.badQuestion(question, at, what, how);
    }
    return asked.answer;
  }

  private row(
    { clock, process, place }: { clock: number; process?: ChangeRow['process']; place?: RowPlace | undefined },
    text: string,
    values: WireRow['values'],
  ): WireRow {
    return {
      clock,
      text,
      values,
      ...(process ? { threadId: toWireThread(process.thread), process: process.name, pid: process.pid } : {}),
      ...(place
        ? {
            function: place.function,
            source: this.adapter.names.source(place.path),
            line: place.line,
            column: place.column,
            endLine: place.endLine,
            endColumn: place.endColumn,
          }
        : {}),
    };
  }

  changeRow(row: ChangeRow): WireRow {
    const { by, service, members } = row;
    const text = shownIn(members.map(({ name, from, to }) => `${name}: ${from} → ${to}`).join(', '), this.language);
    const outside = by === 'scenario' ? texts.outsideC : by === 'hand' ? texts.byHand : undefined;
    return {
      ...this.row(row, outside ? `${text} (${say(outside, this.language)})` : text, []),
      by,
      ...(service === undefined ? {} : { service }),
      members,
    };
  }

  answerRow(row: AnswerRow): AnsweredRow {
    const values = row.values.map(({ expression, value, problem }) => ({
      expression,
      value:
        value === undefined ? (problem ? say(inBoth(problem), this.language) : '?') : shownIn(value, this.language),
    }));
    return this.row(row, shownIn(row.text, this.language), values);
  }

  listed(rows: readonly WireRow[], dropped: number): string {
    const lines = rows.map((row) => rowText(row));
    return [
      ...(dropped > 0 ? [say(texts.rowsBefore(dropped), this.language)] : []),
      ...(lines.length > 0 ? lines : [say(texts.noRows, this.language)]),
    ].join('\n');
  }

  nearestText(found: NearestRow, expression: string): string {
    if (found.kind === 'change') {
      return rowText(this.changeRow(found.row));
    }
    if (found.kind === 'since-entry') {
      return rowText(this.row(found.row, `${expression}: ${say(texts.sinceEntry, this.language)}`, []));
    }
    return say(texts.noRows, this.language);
  }
}

/** `12345  A (100)  tcp_set_state  tcp.c:164  sk->state: 1 → 7`. */
function rowText(row: WireRow): string {
  const where = row.source === undefined ? undefined : `${row.source.path ?? row.source.name ?? ''}:${row.line ?? 0}`;
  return [
    String(row.clock),
    ...(row.process === undefined ? [] : [`${row.process} (${row.pid ?? '?'})`]),
    ...(row.function === undefined ? [] : [row.function]),
    ...(where === undefined ? [] : [where]),
    row.text,
    ...row.values.map(({ expression, value }) => `${expression} = ${value}`),
  ].join('  ');
}

function inBoth(words: Words): Bilingual {
  return { en: wording(words, 'en'), zh: wording(words, 'zh') };
}
