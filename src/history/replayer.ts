/**
 * Runs a span of a run once more, on a copy of its machine, for somebody who looks on.
 *
 * In: the run's machine, of which only checkpoints are read; a way to make a copy; a span of clocks; what to look out for.
 * Out: what was seen, in order. The copy goes to the span's beginning from the nearest checkpoint and runs freely in
 * between what is looked for, so that the session's present, future and journal stay as they are. A moment that was
 * changed by hand is taken from its checkpoint. Between slices the caller breathes and can end the replay. There are two
 * copies, each made when it is first needed: one runs the very code that the run runs, compiled already; the other one
 * has code that tells of stores, which is compiled for it.
 */
import { statementsOf, type DebugInfo, type FunctionId, type StatementId } from '../abi/debug-info';
import { FRAME_RETURN } from '../abi/memory-map';
import { inParts } from '../base/parts';
import { watchingStores } from '../wasm/watch-stores';
import type { Image } from '../abi/image';
import { BoundedRun } from '../machine/bounded-run';
import type { Machine } from '../machine/machine';
import type { Checkpoint } from '../machine/checkpoint';
import type { JournalEntry } from '../machine/journal-entry';
import type { Witness } from '../machine/machine-types';
import type { Environment, PlainData, TaskId } from '../machine/service';
import type { ProcessName } from './rows';
import { ByteWatch, type ByteChange, type ByteRange } from './byte-watch';
import { Traveller, type StatementStop } from '../machine/traveller';

/** Clocks, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Statements in one straight run, at most. */
const AHEAD = 10_000;

/** The span in which the journal's entries of a span are made: their clocks count statements that are still to come. */
export function behind({ from, to }: Span, oldest: number): Span {
  return { from: Math.max(oldest, from - AHEAD), to };
}

/** A function has returned. */
export interface ReturnSeen {
  /** The moment before the statement with which it ended. */
  readonly clock: number;
  readonly task: number;
  readonly functionId: FunctionId;
  readonly fp: number;
  /** Statement with which it ended. */
  readonly statement: StatementId;
  /** The eight bytes of the result; the first are the low ones. */
  readonly bytes: Uint8Array;
}

/** The replay has seen enough. */
export type Verdict = 'enough' | undefined | void;

/** What to look out for. Each is told with the copy standing at the moment, which may be read and not moved. */
export interface Looks {
  /** Statements before each of which to be told, or all of them. */
  readonly statements?: Iterable<StatementId> | 'all' | undefined;
  readonly onStatement?: (stop: StatementStop, machine: Machine) => Verdict;
  /** Functions whose returns are told. */
  readonly returnsOf?: Iterable<FunctionId> | undefined;
  /** Told at the first stop after the return; the frame's bytes lie as they did when it ended. */
  readonly onReturn?: (seen: ReturnSeen, machine: Machine) => Verdict;
  /** Bytes whose changes are told, each when it is known to be complete. */
  readonly bytes?: ByteRange | undefined;
  /** The replay ends when the frame of these bytes does. */
  readonly endsWithFrame?: boolean;
  readonly onChange?: (change: ByteChange, machine: Machine) => Verdict;
  /** Told while the statement runs that made the entry: of the machine, memory alone may be read then. */
  readonly onEntry?: (entry: JournalEntry, machine: Machine) => Verdict;
  /** Called between slices with the clock; true ends the replay. */
  readonly breathe?: ((clock: number) => Promise<boolean>) | undefined;
}

/** Why a replay came to its end. */
export type Outcome = 'done' | 'enough' | 'cancelled';

/** Makes a copy of the run's machine, at its first moment. */
export type MakeCopy = (image: Image, witness: Witness) => Promise<CopyParts>;

export interface CopyParts {
  readonly machine: Machine;
  /** The process that a task is. */
  readonly processOf: (task: TaskId) => ProcessName | undefined;
}

/** Statements between two breaths; fewer where each of them is a stop. */
const SLICE = 40_000;
const STEPS = 8_000;

/** Called between parts of the work; true ends it. */
type Breathe = () => Promise<boolean>;

/** A copy, and the changed moments that it knows of. */
interface Copy extends CopyParts {
  readonly traveller: Traveller;
  edits: readonly Checkpoint[];
}

export class Replayer {
  /** The copy that runs freely, and the one that tells of stores. */
  private readonly copies: { plain?: Copy | undefined; watched?: Copy | undefined } = {};
  /** What is being replayed. */
  private run: SpanRun | undefined;
  private busy: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly original: Machine,
    private readonly makeCopy: MakeCopy,
  ) {}

  /** The oldest clock that a span can begin at. */
  get oldest(): number {
    return this.original.checkpoints.oldest;
  }

  /** The moments that were changed by hand: with them the run is this line of time and no other. */
  get edits(): readonly Checkpoint[] {
    return this.original.checkpoints.edits;
  }

  get debug(): DebugInfo {
    return this.original.debug;
  }

  /** Where the last replay came to its end. */
  reached = 0;

  /** Names the process of a task at the moment that is being replayed. */
  processOf: CopyParts['processOf'] = () => undefined;

  /** The latest moment at or before a clock from which a replay begins without delay. */
  startBefore(clock: number): number {
    return this.original.checkpoints.before(clock)?.clock ?? this.oldest;
  }

  /** Goes over a span; one replay after the other. The end of the run ends the span. */
  replay(span: Span, looks: Looks): Promise<Outcome> {
    const next = this.busy.then(() => this.go(span, looks));
    this.busy = next.catch(() => undefined);
    return next;
  }

  /** Does something with the copy standing at a moment, or at the end of the run when that comes first. */
  at<T>(clock: number, act: (machine: Machine) => T): Promise<T>;
  /** The same; undefined when `breathe` ends it on the way there. */
  at<T>(clock: number, act: (machine: Machine) => T, breathe: Looks['breathe']): Promise<T | undefined>;
  at<T>(clock: number, act: (machine: Machine) => T, breathe?: Looks['breathe']): Promise<T | undefined> {
    const breathing = async (): Promise<boolean> => (await breathe?.(clock)) ?? false;
    const next = this.busy.then(async () => {
      const copy = await this.copy('plain', breathing);
      if (!copy || (await inParts(copy.traveller.seeking(Math.max(clock, this.oldest)), breathing)) === 'stopped') {
        return undefined;
      }
      // Who looks may run a statement and see what happens in it.
      copy.machine.events.isHeard = true;
      try {
        return act(copy.machine);
      } finally {
        copy.machine.events.isHeard = false;
      }
    });
    this.busy = next.catch(() => undefined);
    return next;
  }

  /** The copy, made when it is first asked for; undefined when the caller has enough before it is made. */
  private async copy(kind: keyof Replayer['copies'], breathe: Breathe): Promise<Copy | undefined> {
    const copy = (this.copies[kind] ??= await this.make(kind, breathe));
    if (!copy) {
      return undefined;
    }
    this.processOf = copy.processOf;
    const { checkpoints } = this.original;
    const { edits } = checkpoints;
    const isSame = edits.length === copy.edits.length && edits.every((each, index) => each === copy.edits[index]);
    copy.machine.checkpoints.adopt(checkpoints, isSame);
    const first = copy.machine.checkpoints.before(checkpoints.oldest);
    if (!isSame && first) {
      copy.traveller.forgetTrail();
      copy.machine.restore(first); // it may stand in a future that is void
    }
    copy.edits = edits;
    return copy;
  }

  private async make(kind: keyof Replayer['copies'], breathe: Breathe): Promise<Copy | undefined> {
    const { image } = this.original;
    const wasm = kind === 'plain' ? { result: image.wasm } : await inParts(watchingStores(image.wasm), breathe);
    if (wasm === 'stopped' || (await breathe())) {
      return undefined;
    }
    const { machine, processOf } = await this.makeCopy(kind === 'plain' ? image : { ...image, wasm: wasm.result }, {
      happened: (entry) => this.run?.happened(entry),
      returned: (fp) => this.run?.returned(fp),
      wrote: (statement, fuel) => this.run?.watch?.wrote(statement, fuel),
      served: (id) => this.run?.watch?.served(machine.debug.functions[id]?.name ?? '?'),
    });
    machine.environment = machine.environment && this.observed(machine.environment);
    machine.flags.coverEverything();
    machine.events.isHeard = false;
    machine.checkpoints.add(machine.save());
    return { machine, processOf, traveller: new Traveller(machine), edits: [] };
  }

  /** An environment after whose actions the watched bytes are looked at. */
  private observed(environment: Environment): Environment {
    return {
      returned: (task, tag, value) => {
        environment.returned(task, tag, value);
        this.run?.watch?.acted('scenario');
      },
      advance: () => {
        const decision = environment.advance();
        this.run?.watch?.acted('scenario');
        return decision;
      },
      changed: () => environment.changed?.(),
      save: () => environment.save(),
      restore: (state: PlainData) => environment.restore(state),
    };
  }

  private async go({ from, to }: Span, looks: Looks): Promise<Outcome> {
    const breathing = async (clock: number): Promise<boolean> => (await looks.breathe?.(clock)) ?? false;
    const copy = await this.copy(looks.bytes ? 'watched' : 'plain', () => breathing(from));
    if (!copy || (await breathing(from))) {
      return 'cancelled';
    }
    const { machine, traveller } = copy;
    const start = Math.max(from, this.oldest);
    if ((await inParts(traveller.seeking(start), () => breathing(machine.clock))) === 'stopped') {
      return 'cancelled';
    }
    this.run = new SpanRun(machine, looks, to);
    machine.events.isHeard = looks.onEntry !== undefined;
    try {
      return await this.run.go(traveller);
    } finally {
      this.reached = machine.clock;
      machine.events.isHeard = false;
      this.run.watch?.end();
      this.run = undefined;
      machine.flags.clearBreakpoints();
    }
  }
}

/** One pass over a span. */
class SpanRun {
  private enough = false;
  private frameIsOver = false;
  private readonly all: boolean;
  /** Statements with which functions end whose returns are wanted. */
  private readonly endings = new Set<StatementId>();
  private readonly wanted: ReadonlySet<StatementId>;
  /** Frames that are about to return, and those that have. */
  private readonly ending = new Map<number, Omit<ReturnSeen, 'bytes'>>();
  private readonly ended: ReturnSeen[] = [];
  readonly watch: ByteWatch | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly looks: Looks,
    private readonly to: number,
  ) {
    const { functions, statements } = machine.debug;
    this.all = looks.statements === 'all';
    this.wanted = new Set(looks.statements === 'all' ? [] : (looks.statements ?? []));
    this.watch =
      looks.bytes &&
      new ByteWatch(machine, looks.bytes, to, (change) => {
        if (!this.enough) {
          this.judge(looks.onChange?.(change, machine));
        }
      });
    for (const id of looks.returnsOf ?? []) {
      const fn = functions[id];
      for (const at of fn ? statementsOf(fn) : []) {
        const kind = statements[at]?.kind;
        if (kind === 'return' || kind === 'end') {
          this.endings.add(at);
        }
      }
    }
  }

  /** Runs on from where the machine stands, which is told too. */
  async go(traveller: Traveller): Promise<Outcome> {
    const { machine } = this;
    this.raiseFlags();
    if (machine.at && machine.clock <= this.to) {
      this.stopped(machine.at);
    }
    for (let edit = machine.checkpoints.editAfter(machine.clock); ;) {
      const end = edit && edit.clock <= this.to ? edit.clock : this.to;
      if (await this.stretch(traveller, end, edit?.clock !== end)) {
        return 'cancelled';
      }
      if (this.isOver || machine.finished || edit?.clock !== end) {
        break;
      }
      this.crossEdit(edit);
      edit = machine.checkpoints.editAfter(end);
    }
    if (machine.finished && !this.enough) {
      this.tellReturns();
    }
    this.watch?.flush(this.to);
    return this.enough ? 'enough' : 'done';
  }

  /** Runs up to a clock; where a changed moment waits there, exactly so far. Answers whether it was cancelled. */
  private async stretch(traveller: Traveller, end: number, isLast: boolean): Promise<boolean> {
    const { machine, looks } = this;
    const exact = isLast ? undefined : new BoundedRun(machine, end - machine.clock);
    const distance = this.all ? STEPS : SLICE;
    let breath = machine.clock + distance;
    while (!this.isOver && !machine.finished && machine.clock < end) {
      const stop = exact ? exact.advance(SLICE) : machine.advance(Math.min(SLICE, end - machine.clock));
      if (stop?.kind === 'statement' && machine.clock <= this.to && (isLast || machine.clock < end)) {
        this.stopped(stop);
      }
      traveller.keep();
      if (machine.clock >= breath) {
        breath = machine.clock + distance;
        if (await looks.breathe?.(machine.clock)) {
          return true;
        }
      }
    }
    return false;
  }

  private get isOver(): boolean {
    return this.enough || this.frameIsOver;
  }

  private raiseFlags(): void {
    const { flags } = this.machine;
    flags.setStepping(this.all);
    flags.setBreakpoints([...this.wanted, ...this.endings, ...(this.watch?.statements ?? [])]);
  }

  /** What lies behind an edited moment is reached from its checkpoint alone. */
  private crossEdit(edit: Checkpoint): void {
    this.machine.restore(edit);
    this.watch?.acted('hand', edit.clock - 1);
    this.machine.flags.setStepping(this.all);
    if (this.machine.at) {
      this.stopped(this.machine.at);
    }
  }

  private stopped(stop: StatementStop): void {
    this.tellReturns();
    this.watch?.stopped(stop);
    this.watch?.flush(this.machine.clock);
    if (this.endings.has(stop.statement)) {
      this.ending.set(stop.fp, {
        clock: this.machine.clock,
        task: stop.task,
        fp: stop.fp,
        functionId: this.machine.debug.statements[stop.statement]?.function ?? -1,
        statement: stop.statement,
      });
    }
    if (!this.enough && (this.all || this.wanted.has(stop.statement))) {
      this.judge(this.looks.onStatement?.(stop, this.machine));
    }
  }

  /** A frame has returned: its result lies in its header until somebody else uses the place. */
  returned(fp: number): void {
    this.watch?.returned(fp);
    this.frameIsOver ||= this.looks.endsWithFrame === true && this.watch?.live === false;
    const frame = this.ending.get(fp);
    if (frame && frame.task === this.machine.currentTask) {
      this.ending.delete(fp);
      this.ended.push({ ...frame, bytes: this.machine.memory.read(fp + FRAME_RETURN, 8) });
      this.machine.flags.setStepping(true);
    }
  }

  private tellReturns(): void {
    if (this.ended.length === 0) {
      return;
    }
    for (const seen of this.ended.splice(0)) {
      if (!this.enough) {
        this.judge(this.looks.onReturn?.(seen, this.machine));
      }
    }
    this.machine.flags.setStepping(this.all);
  }

  happened(entry: JournalEntry): void {
    if (!this.enough && entry.clock <= this.to) {
      this.judge(this.looks.onEntry?.(entry, this.machine));
    }
  }

  private judge(verdict: Verdict): void {
    this.enough ||= verdict === 'enough';
  }
}
