/**
 * Questions to the past of a run, and to its future as it would come.
 *
 * In: the parts of a run (its machine, a way to copy it, its program), a moment or a question. Out: plain rows, each a
 * moment that one can travel to. Every answer comes from running a span once more (`replayer.ts`); nothing is recorded
 * beforehand, and the session does not move.
 */
import type { StatementId } from '../abi/debug-info';
import type { Program } from '../compile/program';
import type { Machine } from '../machine/machine';
import type { StatementStop } from '../machine/traveller';
import { statementsAt, type PlaceInFile } from '../machine/statement-places';
import type { CParser } from '../parse/tree-sitter';
import type { ViewSet } from '../values/structure-views';
import type { ValueContext } from '../values/value-context';
import type { StackFrame } from '../values/value-model';
import { Ask, type Answer } from './ask';
import { callSpans } from './call-spans';
import { Changes, type Asking } from './changes';
import type { Found } from './known-changes';
import { Expressions } from './expressions';
import { QuestionError, type Problem } from './field-expression';
import { parseMoment, parseQuestion, type Nearest, type Question } from './question';
import type { JournalEntry } from '../machine/journal-entry';
import { madeBy } from './made';
import { logLines, type LogLine, type LogPoint } from './log-lines';
import type { OriginTarget } from './origin-types';
import { Origins } from './origins';
import { behind, Replayer, type MakeCopy, type Span, type Verdict } from './replayer';
import { samplesOf, type SampledRange } from './samples';
import { placeOfStatement, type Row } from './rows';
import { StateAssignments } from './state-assignments';
import { Targets, type Member, type Target, type TargetOr } from './target';

export interface HistoryParts {
  readonly machine: Machine;
  readonly program: Program;
  /** How structures are shown. */
  readonly views?: ViewSet | undefined;
  readonly parser: CParser;
  readonly makeCopy: MakeCopy;
  /** Furthest clock that has run. */
  readonly frontier: () => number;
  /** Name of the process that a task is, at the present moment. */
  readonly processName: (task: number) => string;
  readonly placeNamed: (word: string) => StatementId | undefined;
  readonly nearest: Nearest;
}

/** A change of bytes as it is told. */
export interface ChangeRow extends Row {
  readonly members: readonly Member[];
  /** `statement`: C; `service`: TypeScript that C called, named; `scenario`: what lies outside; `hand`: a person. */
  readonly by: 'statement' | 'service' | 'scenario' | 'hand';
  readonly service?: string;
}

export type NearestRow =
  | { readonly kind: 'change'; readonly row: ChangeRow }
  /** Nothing since the frame began: the value is what the caller passed, or nothing was written yet. */
  | { readonly kind: 'since-entry'; readonly row: Row }
  | { readonly kind: 'none' | 'cancelled' };

/** Changes, oldest first: the last ones when there were more than asked for. */
export interface ChangeList {
  readonly rows: readonly ChangeRow[];
  readonly dropped: number;
  readonly cancelled: boolean;
}

export type AnswerOr = { readonly answer: Answer } | { readonly answer?: undefined; readonly problem: Problem };

/** Rows that one answer has at most. */
const MOST_ROWS = 10_000;
/** Statements beyond those that have run in which the run may come to its end. */
const BEYOND = 50_000_000;

export class History {
  readonly replayer: Replayer;
  readonly changes: Changes;
  private readonly targets: Targets;
  readonly expressions: Expressions;
  private readonly stateAssignments: StateAssignments;

  /** Where values come from. */
  readonly origins: Origins;

  constructor(private readonly parts: HistoryParts) {
    const { machine, program, parser } = parts;
    this.replayer = new Replayer(machine, parts.makeCopy);
    this.changes = new Changes(this.replayer);
    const textOf = (path: string): string | undefined => program.loader.load(path)?.text;
    this.origins = new Origins({
      image: program.image,
      replayer: this.replayer,
      changes: this.changes,
      expressions: () => this.expressions,
      textOf,
      processName: parts.processName,
    });
    this.expressions = new Expressions(machine, program, parser, parts.views);
    this.stateAssignments = new StateAssignments(program.image.debug, this.expressions, textOf);
    this.targets = new Targets(machine, this.expressions.evaluatorOf(machine));
  }

  private get now(): number {
    return this.parts.machine.clock;
  }

  /** Where a question to the whole run gives up. */
  private get furthest(): number {
    return Math.max(this.now, this.parts.machine.checkpoints.last?.clock ?? 0) + BEYOND;
  }

  /** What an expression names in a frame of the present moment. */
  target(expression: string, frame: StackFrame | undefined): TargetOr {
    return this.targets.named(expression, frame);
  }

  /** What an expression names in a frame of the present moment, to ask where it came from. */
  valueNamed(
    expression: string,
    { address, size }: { address: number; size: number },
    frame: StackFrame | undefined,
  ): OriginTarget {
    const object = this.expressions.object(this.parts.machine, expression, frame);
    const isIt = object?.address === address && object.size === size;
    const means = isIt ? { bits: object.bits, shown: object.display } : {};
    return { address, size, label: expression, clock: this.now, ...means };
  }

  /** Bytes by their address. */
  bytes(address: number, size: number, label: string): TargetOr {
    return this.targets.bytes(address, size, label);
  }

  /** The statement that made a target what it is now. */
  async whoWrote(target: Target, asking: Asking = {}): Promise<NearestRow> {
    let before = this.now;
    for (;;) {
      const found = await this.changes.last(target.range, before, asking);
      if (found.kind === 'change') {
        const row = this.row(target, found.change);
        if (row.members.length > 0) {
          return { kind: 'change', row };
        }
        before = found.change.clock;
      } else if (found.kind === 'since-entry') {
        const statement =
          this.parts.machine.debug.functions[target.range.frame?.functionId ?? -1]?.firstStatement ?? -1;
        return {
          kind: 'since-entry',
          row: { clock: found.clock, place: placeOfStatement(this.parts.machine.debug, statement) },
        };
      } else {
        return { kind: found.kind };
      }
    }
  }

  /**
   * The statement that changes a target next, also in what has not run yet; the one before which the machine stands is
   * passed over, so that asking again and again goes through all of them.
   */
  async nextChange(target: Target, asking: Asking = {}): Promise<NearestRow> {
    let after = this.now + 1;
    for (;;) {
      const found = await this.changes.next(target.range, after, this.furthest, asking);
      if (found.kind !== 'change') {
        return { kind: found.kind === 'cancelled' ? 'cancelled' : 'none' };
      }
      const row = this.row(target, found.change);
      if (row.members.length > 0) {
        return { kind: 'change', row };
      }
      after = found.change.clock + 1;
    }
  }

  /** All changes up to the present moment. */
  async allChanges(target: Target, asking: Asking = {}, limit = MOST_ROWS): Promise<ChangeList> {
    const span = { from: this.replayer.oldest, to: this.now };
    const { range, tell } = target;
    const counts = ({ before, after }: Found): boolean => tell(before, after).length > 0;
    const { changes, dropped, cancelled } = await this.changes.all(range, span, limit, asking, counts);
    return { rows: changes.map((change) => this.row(target, change)), dropped, cancelled };
  }

  private row(target: Target, { clock, writer, before, after, process }: Found): ChangeRow {
    return {
      clock,
      process,
      place: 'statement' in writer ? placeOfStatement(this.parts.machine.debug, writer.statement) : undefined,
      members: target.tell(before, after),
      by: writer.kind,
      ...(writer.kind === 'service' ? { service: writer.service } : {}),
    };
  }

  /** Asks the whole run, or a span of it; `frame`: where expressions of the present are seen from. */
  async ask(
    question: string,
    frame: StackFrame | undefined,
    asking: Asking = {},
    limit = MOST_ROWS,
  ): Promise<AnswerOr> {
    return this.answered(() => this.question(parseQuestion(question, this.parts.nearest), frame, asking, { limit }));
  }

  /**
   * The first row of a story's moment behind a clock; no row when it never comes. Goes on beyond what has run, as the run
   * would.
   */
  async moment(text: string, after: number, asking: Asking = {}): Promise<AnswerOr> {
    return this.answered(() => {
      const parsed = parseMoment(text, this.parts.nearest);
      return this.question({ ...parsed, nth: parsed.nth ?? 1 }, undefined, asking, { limit: 1, after });
    });
  }

  private question(
    parsed: Question,
    frame: StackFrame | undefined,
    asking: Asking,
    bounds: { readonly limit: number; readonly after?: number },
  ): Promise<Answer> {
    const { nearest, placeNamed } = this.parts;
    const parts = {
      replayer: this.replayer,
      expressions: this.expressions,
      stateAssignments: this.stateAssignments,
      nearest,
      placeNamed,
      target: (expression: string) => this.target(expression, frame),
      now: this.now,
      furthest: this.furthest,
      ...bounds,
    };
    return new Ask(parts, parsed, asking).answer();
  }

  private async answered(ask: () => Promise<Answer>): Promise<AnswerOr> {
    try {
      return { answer: await ask() };
    } catch (error) {
      if (error instanceof QuestionError) {
        return { problem: error.problem };
      }
      throw error;
    }
  }

  /** The last moment at which the run stands at a place, at or before the present; undefined when it never does. */
  async lastVisit(word: string, asking: Asking = {}): Promise<{ readonly clock?: number; readonly isPlace: boolean }> {
    const statement = this.parts.placeNamed(word);
    if (statement === undefined) {
      return { isPlace: false };
    }
    let clock: number | undefined;
    await this.replayer.replay(
      { from: this.replayer.oldest, to: this.now },
      {
        statements: [statement],
        onStatement: (_stop, machine) => {
          clock = machine.clock;
        },
        breathe: asking.breathe,
      },
    );
    return { clock, isPlace: true };
  }

  /** What somebody makes of the machine as it stood at a moment. */
  at<T>(clock: number, look: (source: ValueContext) => T): Promise<T> {
    return this.replayer.at(clock, look);
  }

  /** Entries of the journal with clocks of a span, kept or not: the span is run again. */
  async happened({ from, to }: Span, { breathe }: Asking = {}): Promise<readonly JournalEntry[]> {
    const entries: JournalEntry[] = [];
    const onEntry = (entry: JournalEntry): void => {
      if (entry.clock >= from) {
        entries.push(entry);
      }
    };
    await this.replayer.replay(behind({ from, to }, this.replayer.oldest), { onEntry, breathe });
    return entries;
  }

  /** What a log point at a place says over all that has run, as if it had been set from the start. */
  logLines(at: PlaceInFile, point: LogPoint, asking: Asking = {}): Promise<readonly LogLine[] | undefined> {
    const { machine, frontier } = this.parts;
    const statements = statementsAt(machine.debug, at);
    return logLines(this, statements, point, frontier(), asking);
  }

  /** The functions that ran in a span, within one another; undefined when cancelled. */
  calls(span: Span, asking: Asking = {}): ReturnType<typeof callSpans> {
    return callSpans(this.replayer, span, asking);
  }

  /** The moments of a span before one of some statements, oldest first; undefined when cancelled. */
  async visits(
    statements: readonly StatementId[],
    span: Span,
    { breathe }: Asking = {},
  ): Promise<readonly Row[] | undefined> {
    const rows: Row[] = [];
    const { debug } = this.parts.machine;
    const onStatement = ({ statement, task }: StatementStop, { clock }: Machine): Verdict => {
      rows.push({ clock, process: this.replayer.processOf(task), place: placeOfStatement(debug, statement) });
      return rows.length >= MOST_ROWS ? 'enough' : undefined;
    };
    const outcome = await this.replayer.replay(span, { statements, onStatement, breathe });
    return outcome === 'cancelled' ? undefined : rows;
  }

  /** How bytes changed up to now, each change with its time; undefined when cancelled. */
  samples(ranges: readonly SampledRange[], asking: Asking = {}): ReturnType<typeof samplesOf> {
    return samplesOf(this.replayer, ranges, this.now, asking);
  }

  /** What the statement at a moment makes: the journal's entries up to the next statement of its frame. */
  madeBy(clock: number, breathe?: (clock: number) => Promise<boolean>): Promise<readonly JournalEntry[]> {
    return madeBy(this.replayer, clock, breathe);
  }
}
