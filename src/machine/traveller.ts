/**
 * Moving a machine through time: forward until something is wanted, to a clock, or back to the last moment that is
 * wanted.
 *
 * Going back is going forward from an earlier checkpoint: the run is deterministic, so the same statements run again.
 * Near the goal the machine is stepped; before that it runs freely. A moment that was changed by hand begins another
 * line of time; a machine can go from one line to another.
 */
import { allOf, type Parts } from '../base/parts';
import { BoundedRun, nearOf } from './bounded-run';
import type { Checkpoint, CheckpointList } from './checkpoint';
import { noPages, type JournalPages } from './journal';
import type { Machine, MachineStop } from './machine';

export type StatementStop = Extract<MachineStop, { kind: 'statement' }>;
export type TerminalStop = Extract<MachineStop, { kind: 'fault' | 'end' }>;

/** Outcome of going forward. */
export type ForwardResult =
  | { readonly kind: 'wanted'; readonly stop: StatementStop }
  | { readonly kind: 'terminal'; readonly stop: TerminalStop }
  | { readonly kind: 'paused' | 'budget' };

/** Statements between two breaths of the host. */
const SLICE = 200_000;
/** A statement that is stopped at and looked at takes as long as so many that run freely. */
const LOOK = 4;
/** Distance before a goal at which a moment is kept: many steps back soon end behind it. */
const TRAIL = 2_500;
/** Statements before the present that are searched first, stepping; four times as many each time nothing is found. */
const FIRST_WINDOW = 600;
/** The same where the machine runs freely between what is looked for. */
const FIRST_FREE_WINDOW = 2 * TRAIL;
/** Statements from the checkpoint before that make a moment worth keeping. */
const WORTH_KEEPING = 1_000;
/** Stepped distance before a goal, longer than most straight stretches of code; more when a free run goes beyond it. */
const FIRST_MARGIN = 60;

/** A line of time: what is known of a run with certain moments changed by hand. */
export interface Line {
  checkpoints: CheckpointList;
  frontier: number;
  /** Its journal, while another line is travelled on. */
  journal?: JournalPages | undefined;
}

export class Traveller {
  /** Clock at the last breath, and what was done since besides running. */
  private breath = 0;
  private spent = 0;
  /** Going forward stops at reads of variables that were never written; what runs again does not. */
  watchesReads = false;
  /** The line of time that the machine is on. */
  line: Line;
  /** What the caller wants of the flags; near a changed moment they are up anyway. */
  private stepping = false;
  private passing = false;

  /** A moment shortly before the last goal: it is no checkpoint of the run, and one is enough. */
  private trail: Checkpoint | undefined;

  constructor(readonly machine: Machine) {
    this.line = { checkpoints: machine.checkpoints, frontier: 0 };
  }

  /** Furthest clock this line has seen. */
  get frontier(): number {
    return this.line.frontier;
  }

  /** `passing`: breakpoints on the way are none. */
  private setStepping(on: boolean, passing = false): void {
    this.stepping = on;
    this.passing = passing;
    this.machine.flags.setStepping(on, passing);
  }

  /**
   * Advances with `run`. What lies behind a moment that was changed by hand is reached from its checkpoint alone: free runs
   * end before it.
   */
  private advance(fuel: number, run: (fuel: number) => MachineStop | undefined): MachineStop | undefined {
    const { machine } = this;
    const edit = machine.checkpoints.editAfter(machine.clock);
    if (!edit) {
      return run(fuel);
    }
    const distance = edit.clock - machine.clock - nearOf(machine);
    if (distance > 0) {
      return run(Math.min(fuel, distance));
    }
    machine.flags.setStepping(true);
    const stop = run(fuel);
    if (stop?.kind === 'statement' && machine.clock >= edit.clock) {
      machine.restore(edit);
      machine.flags.setStepping(this.stepping, this.passing);
      return machine.at ?? stop;
    }
    return stop;
  }

  private advanceMachine(fuel: number): MachineStop {
    return this.advance(fuel, (some) => this.machine.advance(some)) ?? { kind: 'slice' };
  }

  /** Oldest clock that can be gone back to. */
  get oldest(): number {
    return this.machine.checkpoints.oldest;
  }

  /** Keeps the present as a checkpoint when one is due. */
  keep(): void {
    const { machine } = this;
    if (!machine.finished && machine.checkpoints.isDue(machine.clock)) {
      machine.checkpoints.add(machine.save());
    }
    this.line.frontier = Math.max(this.line.frontier, machine.clock);
  }

  /** The machine stands at a read of a variable that was never written, from which a run goes on. */
  get standsAtUnwritten(): boolean {
    const { finished } = this.machine;
    return finished?.kind === 'fault' && finished.fault.kind === 'uninitialised-read';
  }

  /**
   * Runs until `wants` says yes at a stop. With `stepping` it is asked at every statement, else only at breakpoints.
   * `breathe` is called between slices and pauses the run by answering true; `budget` statements are
   * executed at most.
   */
  async forward(
    wants: (stop: StatementStop) => boolean,
    options: {
      readonly stepping: boolean;
      readonly budget: number;
      readonly breathe?: (() => Promise<boolean>) | undefined;
    },
  ): Promise<ForwardResult> {
    const { machine } = this;
    if (!machine.checkpoints.last && !machine.finished) {
      machine.checkpoints.add(machine.save()); // the start of the run: even one that ends at once can be gone back to
    }
    if (this.standsAtUnwritten) {
      this.seek(machine.clock); // over the statement, as if nobody had looked
      if (machine.finished) {
        return { kind: 'terminal', stop: machine.finished };
      }
      if (machine.at && wants(machine.at)) {
        return { kind: 'wanted', stop: machine.at };
      }
    }
    this.setStepping(options.stepping);
    const run = new BoundedRun(machine, options.budget);
    let paused = false;
    this.rest();
    for (;;) {
      machine.wasm.readsWatched.value = this.watchesReads ? 1 : 0;
      const stop = this.advance(SLICE, (fuel) => run.advance(fuel));
      machine.wasm.readsWatched.value = 0;
      if (!stop) {
        return { kind: 'budget' };
      }
      this.keep();
      if (stop.kind === 'fault' || stop.kind === 'end') {
        return { kind: 'terminal', stop };
      }
      if (stop.kind === 'statement') {
        this.spend(LOOK);
        if (paused) {
          return { kind: 'paused' };
        }
        if (wants(stop)) {
          return { kind: 'wanted', stop };
        }
      }
      if (this.isTired()) {
        if (options.breathe && (await options.breathe())) {
          paused = true;
          this.setStepping(true);
        }
      }
    }
  }

  /** Something was done besides running, which takes as long as so many statements. */
  spend(statements: number): void {
    this.spent += statements;
  }

  private rest(): void {
    this.spent = 0;
    this.breath = this.machine.clock;
  }

  /** Whether it is time for a breath; begins to count anew when it is. */
  private isTired(): boolean {
    const tired = Math.abs(this.machine.clock - this.breath) + this.spent >= SLICE;
    if (tired) {
      this.rest();
    }
    return tired;
  }

  /** Goes to the statement stop at `clock`, or to the end of the run if that comes first. */
  seek(clock: number): void {
    allOf(this.seeking(clock));
  }

  /** {@link seek} in parts; `leavesTrail`: somebody will go on back from there. */
  *seeking(clock: number, leavesTrail = true): Parts<void> {
    const { machine } = this;
    for (let margin = FIRST_MARGIN; ; margin *= 8) {
      const checkpoint = this.kept(clock);
      if (
        checkpoint &&
        (machine.finished || machine.clock > clock || checkpoint.clock > machine.clock || margin > FIRST_MARGIN)
      ) {
        machine.restore(checkpoint);
      }
      if (leavesTrail) {
        yield* this.runningTo(clock - Math.max(TRAIL, margin));
        this.leaveTrail(clock);
      }
      yield* this.runningTo(clock - margin);
      if (machine.clock <= clock || !checkpoint) {
        break;
      }
    }
    this.setStepping(true);
    while (!machine.finished && (machine.clock < clock || !machine.at)) {
      this.advanceMachine(SLICE);
    }
    this.keep();
  }

  /** Runs freely to a clock, or somewhat beyond. */
  private *runningTo(clock: number): Parts<void> {
    const { machine } = this;
    this.setStepping(false, true);
    while (!machine.finished && machine.clock < clock) {
      this.advanceMachine(Math.min(SLICE, clock - machine.clock));
      this.keep();
      if (this.isTired()) {
        yield;
      }
    }
  }

  /** The past is another one than it was. */
  forgetTrail(): void {
    this.trail = undefined;
  }

  /** The latest moment at or before a clock that can be gone on from at once. */
  private kept(clock: number): Checkpoint | undefined {
    const checkpoint = this.machine.checkpoints.before(clock);
    const { trail } = this;
    return trail && trail.clock <= clock && trail.clock > (checkpoint?.clock ?? -1) ? trail : checkpoint;
  }

  /** Keeps the moment shortly before a goal, from which the next step back is soon made. */
  private leaveTrail(goal: number): void {
    const { machine } = this;
    const nearest = this.kept(machine.clock)?.clock ?? 0;
    if (!machine.finished && machine.clock < goal && machine.clock - nearest > WORTH_KEEPING) {
      this.trail = machine.save();
    }
  }

  /**
   * Finds the last statement stop before `before` that is wanted, and goes there. Without one it goes to the oldest
   * moment and answers false. What lies near is searched first: between checkpoints of a long run lie millions of
   * statements. Without `stepping` only breakpoints can be wanted. `prime` is called at the moment before each stretch, for
   * what compares a moment with the one before it.
   */
  *seekingLast(
    before: number,
    wants: (stop: StatementStop) => boolean,
    stepping = true,
    prime?: () => void,
  ): Parts<boolean> {
    let end = before;
    for (let width = stepping ? FIRST_WINDOW : FIRST_FREE_WINDOW; end > this.oldest; width *= 4) {
      const known = end === before ? this.kept(end - 1) : this.machine.checkpoints.before(end - 1);
      const start = Math.max(known?.clock ?? this.oldest, end - width);
      const found = yield* this.lastBetween(start, end, wants, stepping, prime);
      if (found !== undefined) {
        yield* this.seeking(found);
        return true;
      }
      end = start;
    }
    yield* this.seeking(this.oldest);
    return false;
  }

  /** Clock of the last wanted statement stop of `[start, end)`. */
  private *lastBetween(
    start: number,
    end: number,
    wants: (stop: StatementStop) => boolean,
    stepping: boolean,
    prime?: () => void,
  ): Parts<number | undefined> {
    const { machine } = this;
    yield* this.seeking(prime ? Math.max(this.oldest, start - 1) : start, false);
    prime?.();
    let found: number | undefined;
    this.rest();
    const look = (stop: StatementStop): void => {
      if (machine.clock >= start && machine.clock < end && wants(stop)) {
        found = machine.clock;
      }
    };
    if (machine.at) {
      look(machine.at);
    }
    this.setStepping(stepping);
    while (!machine.finished && machine.clock < end) {
      const stop = this.advanceMachine(Math.min(SLICE, end - machine.clock));
      if (stop.kind === 'statement') {
        this.spend(LOOK);
        look(stop);
      }
      if (this.isTired()) {
        yield;
      }
    }
    return found;
  }

  /** Goes over all statement stops from `start` to the present, both included, and is back in the present. */
  *revisiting(start: number, see: (stop: StatementStop) => void, stepping: boolean, prime?: () => void): Parts<void> {
    const { clock } = this.machine;
    const never = (stop: StatementStop): boolean => {
      see(stop);
      return false;
    };
    if (start < clock) {
      yield* this.lastBetween(Math.max(start, this.oldest), clock, never, stepping, prime);
      yield* this.seeking(clock);
    }
    if (this.machine.at) {
      see(this.machine.at);
    }
  }

  /** Goes on to the next statement stop, or to the end of the run. The machine must be stepping, as after `seek`. */
  stepOn(): void {
    const { machine } = this;
    do {
      this.advanceMachine(SLICE);
    } while (!machine.finished && !machine.at);
    this.keep();
  }

  /**
   * The present was changed by hand: what came after it is void. When a line of its own begins with that, answers the line
   * as it was before.
   */
  changed(begins: boolean): Line | undefined {
    this.trail = undefined;
    const { machine, line } = this;
    const before: Line | undefined = begins ? { ...line, journal: machine.events.setAside() } : undefined;
    machine.checkpoints = machine.checkpoints.upTo(machine.clock - 1);
    machine.events.forgetAhead();
    machine.environment?.changed?.();
    this.line = { checkpoints: machine.checkpoints, frontier: machine.clock };
    machine.checkpoints.add({ ...machine.save(), edited: true });
    return before;
  }

  /** Goes to a moment of another line; its journal comes with it. */
  switchTo(line: Line, clock: number): void {
    const { machine } = this;
    if (line !== this.line) {
      this.trail = undefined;
      this.line.journal = machine.events.setAside();
      this.line = line;
      machine.checkpoints = line.checkpoints;
      machine.events.putBack(line.journal ?? noPages);
      line.journal = undefined;
      const checkpoint = machine.checkpoints.before(clock) ?? machine.checkpoints.first;
      if (checkpoint) {
        machine.restore(checkpoint);
      }
    }
    this.seek(clock);
  }
}

/** Of a line that is not on show: keeps what it takes to run it again, and nothing else. */
export function shelve(line: Line): void {
  line.checkpoints = line.checkpoints.least();
  line.journal = undefined;
}
