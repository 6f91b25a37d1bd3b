/**
 * Answers a question about a run: goes over its span once more and keeps the rows for which the condition holds.
 *
 * In: a parsed question. Out: rows in the order of time: the last ones when there are more than asked for. Only what the
 * question is about stops the run on its way: the first statements of functions, their returns, the journal. Returns whose
 * condition or values need the frame are found in a first pass and looked at in a second one, when their result is known.
 */
import type { DebugFunction, FunctionId, StatementId } from '../abi/debug-info';
import { sentence, type Words } from '../sentences/sentence';
import type { JournalEntry } from '../machine/journal-entry';
import type { Machine } from '../machine/machine';
import type { StatementStop } from '../machine/traveller';
import { Changes, type Asking } from './changes';
import { withEntrySubject } from './entry-subjects';
import { fieldExpression, QuestionError, type FieldOf } from './field-expression';
import type { Expressions } from './expressions';
import type { Found } from './known-changes';
import type { EntrySubjectName, Nearest, Part, Question } from './question';
import { behind, type ReturnSeen, type Replayer, type Span, type Verdict } from './replayer';
import { placeOfStatement, type Row, type ShownValue } from './rows';
import type { StateAssignments } from './state-assignments';
import type { Member, Target } from './target';
import { whenReturned } from './when-returned';

/** One answer. */
export interface AnswerRow extends Row {
  /** What happened, in terms of C and of protocols. */
  readonly text: string;
  readonly values: readonly ShownValue[];
}

export interface Answer {
  readonly rows: readonly AnswerRow[];
  /** Rows there were before the first. */
  readonly dropped: number;
  readonly cancelled: boolean;
  /** The clocks that were looked at. */
  readonly span: Span;
}

export interface AskParts {
  readonly replayer: Replayer;
  readonly expressions: Expressions;
  /** Changes of state that the journal does not tell of. */
  readonly stateAssignments: StateAssignments;
  readonly nearest: Nearest;
  /** The statement that `FILE:LINE` or a function's name stands for. */
  readonly placeNamed: (word: string) => StatementId | undefined;
  /** What `writes(…)` is about, seen from the present. */
  readonly target: (expression: string) => { readonly target?: Target; readonly problem?: Words };
  readonly now: number;
  /** Where the run is given up when it has no end. */
  readonly furthest: number;
  readonly limit: number;
  /** Rows up to this clock do not count. */
  readonly after?: number;
}

export class Ask {
  private readonly rows: AnswerRow[] = [];
  private dropped = 0;
  /** Rows for which everything holds, before `nth` chose one. */
  private counted = 0;
  private cancelled = false;

  constructor(
    private readonly parts: AskParts,
    private readonly question: Question,
    private readonly asking: Asking,
  ) {}

  async answer(): Promise<Answer> {
    const pass = this.prepare();
    const span = await this.span();
    await pass(span);
    const kept = this.rows.slice(-this.parts.limit);
    const to = Math.min(span.to, Math.max(span.from, this.parts.replayer.reached)); // the run may be over before
    return {
      rows: kept,
      dropped: this.dropped + this.rows.length - kept.length,
      cancelled: this.cancelled,
      span: { from: span.from, to },
    };
  }

  /** What goes over the span; everything that can be wrong with the question is told before. */
  private prepare(): (span: Span) => Promise<void> {
    const { subject } = this.question;
    switch (subject.kind) {
      case 'calls':
        return this.atStatements(this.functionsNamed(subject.of).map(({ firstStatement }) => firstStatement));
      case 'stops':
        return this.atStatements([this.statementAt(subject.of)]);
      case 'returns':
        return this.returns(subject.of);
      case 'writes':
        return this.writes(subject.of);
      default:
        return this.entries(subject.kind);
    }
  }

  /** Takes a row; `enough` when it was the one that was wanted. */
  private add(row: AnswerRow): Verdict {
    const { limit, after = -1 } = this.parts;
    const { nth } = this.question;
    if (row.clock <= after) {
      return undefined;
    }
    if (nth !== undefined && ++this.counted !== nth) {
      return undefined;
    }
    this.rows.push(row);
    if (nth !== undefined) {
      return 'enough';
    }
    if (this.rows.length >= 2 * limit) {
      this.dropped += this.rows.length - limit;
      this.rows.splice(0, this.rows.length - limit);
    }
    return undefined;
  }

  private async replay(span: Span, looks: Parameters<Replayer['replay']>[1]): Promise<void> {
    const outcome = await this.parts.replayer.replay(span, { ...looks, breathe: this.asking.breathe });
    this.cancelled ||= outcome === 'cancelled';
  }

  private functionsNamed({ text, at }: Part): readonly DebugFunction[] {
    const { functions } = this.parts.replayer.debug;
    const found = functions.filter(({ name }) => name === text);
    const compiled = found.filter(({ kind, statementCount }) => kind === 'compiled' && statementCount > 0);
    if (compiled.length === 0) {
      const near = this.parts.nearest(
        text,
        functions.filter(({ kind }) => kind === 'compiled').map(({ name }) => name),
      );
      throw new QuestionError({
        message:
          found.length > 0
            ? sentence('name-has-no-c-statements-here', { name: text })
            : sentence('there-is-no-function-name-here', { name: text }),
        at,
        remedy: found.length > 0 || near === undefined ? undefined : sentence('did-you-mean-the-name', { near }),
      });
    }
    return compiled;
  }

  private statementAt({ text, at }: Part): StatementId {
    const statement = this.parts.placeNamed(text);
    if (statement === undefined) {
      throw new QuestionError({
        message: sentence('text-is-no-place-of-this-kernel', { text }),
        at,
        remedy: sentence('a-place-is-file-line-or-a-function'),
      });
    }
    return statement;
  }

  /** Calls and places: C expressions in the frame that stands there. */
  private atStatements(statements: readonly StatementId[]): (span: Span) => Promise<void> {
    const [first] = statements;
    this.checkExpressions(first ?? -1, undefined);
    return (span) =>
      this.replay(span, {
        statements,
        onStatement: (stop, machine) => this.consider(stop, machine, undefined),
      });
  }

  /** Looks at a stop; `ret`: C of the value that the function is about to return. */
  private consider(stop: StatementStop, machine: Machine, ret: string | undefined, text?: string): Verdict {
    const { expressions, replayer } = this.parts;
    const { where, show } = this.question;
    const frame = expressions.frameAt(machine, stop);
    if (where && expressions.holds(machine, replaced(where.text, ret), frame) !== true) {
      return undefined;
    }
    return this.add({
      clock: machine.clock,
      process: replayer.processOf(stop.task),
      place: placeOfStatement(machine.debug, stop.statement),
      text:
        text ?? `${machine.debug.functions[frame.functionId]?.name ?? '?'}(${expressions.argumentsOf(machine, frame)})`,
      values: show.map((each) => expressions.shown(machine, each.text, replaced(each.text, ret), frame)),
    });
  }

  /** A mistake in an expression is told at once, not at each row. */
  private checkExpressions(statement: StatementId, ret: string | undefined): void {
    const { where, show } = this.question;
    for (const part of where ? [where, ...show] : show) {
      const problem = this.parts.expressions.check(replaced(part.text, ret), statement);
      if (problem) {
        const { message, remedy } = problem;
        throw new QuestionError({ message, remedy, at: part.at });
      }
    }
  }

  private returns(of: Part): (span: Span) => Promise<void> {
    const functions = this.functionsNamed(of);
    const { replayer, expressions } = this.parts;
    const { where, show } = this.question;
    const ids = functions.map((fn) => replayer.debug.functions.indexOf(fn));
    const [id = -1] = ids;
    const probe = expressions.literalOf(id, new Uint8Array(8));
    if (probe === undefined && [where, ...show].some((part) => part && /\$ret\b/.test(part.text))) {
      throw new QuestionError({ message: sentence('name-returns-nothing', { name: of.text }), at: of.at });
    }
    const last = (functions[0]?.firstStatement ?? 0) + (functions[0]?.statementCount ?? 1) - 1;
    this.checkExpressions(last, probe);
    const text = (machine: Machine, { functionId, bytes }: ReturnSeen): string =>
      `${replayer.debug.functions[functionId]?.name ?? '?'} = ${expressions.resultText(machine, functionId, bytes) ?? 'void'}`;
    const early = where && this.resultCondition(where, id);
    if (show.length === 0 && (!where || early)) {
      return (span) =>
        this.replay(span, {
          returnsOf: ids,
          onReturn: (seen, machine) => {
            const { clock, task, statement } = seen;
            if (!early || early(seen)) {
              const place = placeOfStatement(replayer.debug, statement);
              return this.add({
                clock,
                process: replayer.processOf(task),
                place,
                text: text(machine, seen),
                values: [],
              });
            }
            return undefined;
          },
        });
    }
    return (span) => this.returnsInFrames(span, ids, early, text);
  }

  /** Returns whose condition or values need the frame: found first, then looked at when their result is known. */
  private async returnsInFrames(
    span: Span,
    ids: readonly number[],
    early: ((seen: ReturnSeen) => boolean) | undefined,
    text: (machine: Machine, seen: ReturnSeen) => string,
  ): Promise<void> {
    const { after = -1, expressions } = this.parts;
    const { nth, where } = this.question;
    const found = new Map<number, ReturnSeen & { readonly until: number }>();
    await this.replay(span, {
      returnsOf: ids,
      onReturn: (each, { clock }) => {
        if (each.clock > after && (!early || early(each))) {
          found.set(each.clock, { ...each, until: clock });
        }
        return nth !== undefined && (!where || early) && found.size >= nth ? 'enough' : undefined;
      },
    });
    await this.replay(span, {
      statements: [...new Set([...found.values()].map(({ statement }) => statement))],
      onStatement: (stop, machine) => {
        const each = found.get(machine.clock);
        if (each?.fp !== stop.fp) {
          return undefined;
        }
        const ret = expressions.literalOf(each.functionId, each.bytes);
        return whenReturned(machine, stop.statement, each.until, () =>
          this.consider(stop, machine, ret, text(machine, each)),
        );
      },
    });
  }

  /** A condition about the result and constants alone, which needs no frame; undefined when it is another one. */
  private resultCondition(where: Part, id: FunctionId): ((seen: ReturnSeen) => boolean) | undefined {
    const { expressions } = this.parts;
    if (!expressions.comparesResult(where.text, id)) {
      return undefined;
    }
    try {
      const holds = this.fields(where, ['$ret'], '$ret');
      return ({ functionId, bytes }) =>
        holds((name) => (name === '$ret' ? expressions.resultNumber(functionId, bytes) : undefined));
    } catch {
      return undefined; // C that only the evaluator understands
    }
  }

  private writes(of: Part): (span: Span) => Promise<void> {
    const { target, problem } = this.parts.target(of.text);
    if (!target) {
      throw new QuestionError({ message: problem ?? sentence('a-question-is-missing'), at: of.at });
    }
    const { where, show } = this.question;
    if (show[0]) {
      throw new QuestionError({ message: sentence('writes-show-what-was-written'), at: show[0].at });
    }
    const { number } = target;
    if (where && !number) {
      throw new QuestionError({ message: sentence('name-is-no-number', { name: target.label }), at: where.at });
    }
    const names = ['$old', '$new'];
    const holds = where && this.fields(where, names, names.join(', '));
    const { replayer, now } = this.parts;
    return async (span) => {
      const outcome = await new Changes(replayer).each(
        target.range,
        { ...span, present: now },
        this.asking,
        (change) => {
          const { before, after } = change;
          const fieldOf: FieldOf = (name) =>
            names.includes(name) ? number?.(name === '$old' ? before : after) : undefined;
          const members = !holds || holds(fieldOf) ? target.tell(before, after) : [];
          return members.length > 0 ? this.add(this.written(change, members)) : undefined;
        },
      );
      this.cancelled ||= outcome === 'cancelled';
    };
  }

  private written({ clock, writer, process }: Found, members: readonly Member[]): AnswerRow {
    return {
      clock,
      process,
      ...('statement' in writer ? { place: placeOfStatement(this.parts.replayer.debug, writer.statement) } : {}),
      text: members.map(({ name, from, to }) => `${name}: ${from} → ${to}`).join(', '),
      values: [],
    };
  }

  /** A condition over names and constants. */
  private fields({ text, at }: Part, names: readonly string[], known: string): (fieldOf: FieldOf) => boolean {
    const { expressions } = this.parts;
    const isKnown = (name: string): boolean => names.includes(name) || expressions.constant(name) !== undefined;
    const computed = fieldExpression(text, at, isKnown, known);
    return (fieldOf) => computed((name) => fieldOf(name) ?? expressions.constant(name)) !== 0;
  }

  /** What the journal tells: packets, drops, states, wake-ups, messages. */
  private entries(kind: EntrySubjectName): (span: Span) => Promise<void> {
    const { expressions, replayer, stateAssignments } = this.parts;
    const { where, show } = this.question;
    return withEntrySubject(kind, expressions, ({ counts, names, known, field, shown: wordsOf, place, text }) => {
      const holds = where && this.fields(where, names, known);
      const shown = show.map((part) => ({
        part,
        value: fieldExpression(part.text, part.at, (name) => names.includes(name), known),
      }));
      const onEntry = (entry: JournalEntry, machine: Machine, from: number): Verdict => {
        if (entry.clock < from || !counts(entry)) {
          return undefined;
        }
        const fieldOf: FieldOf = (name) => field(entry, name, machine);
        if (holds && !holds(fieldOf)) {
          return undefined;
        }
        const at = place(entry);
        return this.add({
          clock: entry.clock,
          process: replayer.processOf(entry.thread),
          ...(at ? { place: placeOfStatement(replayer.debug, at.statement) } : {}),
          text: text(entry),
          values: shown.map(({ part, value }) => ({
            expression: part.text,
            value: wordsOf?.(entry, part.text, machine) ?? String(value(fieldOf)),
          })),
        });
      };
      return (span) =>
        this.replay(behind(span, replayer.oldest), {
          onEntry: (entry, machine) => onEntry(entry, machine, span.from),
          statements: kind === 'sockets' ? stateAssignments.statements : [],
          onStatement: (stop, machine) => {
            const entry = stateAssignments.at(stop, machine);
            return entry && onEntry(entry, machine, span.from);
          },
        });
    });
  }

  private async span(): Promise<Span> {
    const { oldest } = this.parts.replayer;
    const { from, to } = this.question;
    const begin = from ? await this.moment(from, oldest) : Math.max(oldest, this.parts.after ?? oldest);
    return { from: begin, to: to ? await this.moment(to, begin) : this.parts.furthest };
  }

  /** A clock; of a place the first moment there from `after` on. */
  private async moment({ text, at }: Part, after: number): Promise<number> {
    const { now, furthest, replayer } = this.parts;
    if (/^\d{1,15}$/.test(text)) {
      return Number(text);
    }
    if (text === 'now' || text === 'start' || text === 'end') {
      return text === 'now' ? now : text === 'start' ? replayer.oldest : furthest;
    }
    const statement = this.statementAt({ text, at });
    let found: number | undefined;
    await this.replay(
      { from: after, to: furthest },
      {
        statements: [statement],
        onStatement: (_stop, machine) => {
          found = machine.clock;
          return 'enough';
        },
      },
    );
    if (found === undefined && !this.cancelled) {
      throw new QuestionError({ message: sentence('the-run-does-not-come-to-text', { text }), at });
    }
    return found ?? after;
  }
}

function replaced(text: string, ret: string | undefined): string {
  return ret === undefined ? text : text.replace(/\$ret\b/g, ret);
}
