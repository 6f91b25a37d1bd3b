/**
 * Moving a machine through time: forward until something is wanted, to a clock, or back to the last moment that is
 * wanted.
 *
 * Going back is going forward from an earlier checkpoint: the run is deterministic, so the same statements run again.
 * Near the goal the machine is stepped; before that it runs freely.
 */
import { BoundedRun } from './bounded-run';
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
/** Statements before the present that are searched first; four times as many each time nothing is found. */
const FIRST_WINDOW = 10_000;
/** Stepped distance before a goal; doubled when one slice overshoots it. */
const FIRST_MARGIN = 2_000;

export class Traveller {
  /** Furthest clock this run has seen. */
  frontier = 0;

  constructor(readonly machine: Machine) {}

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
    this.frontier = Math.max(this.frontier, machine.clock);
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
    machine.flags.setStepping(options.stepping);
    const run = new BoundedRun(machine, options.budget);
    let breath = machine.clock + SLICE;
    let paused = false;
    for (;;) {
      const stop = run.advance(SLICE);
      if (!stop) {
        return { kind: 'budget' };
      }
      this.keep();
      if (stop.kind === 'fault' || stop.kind === 'end') {
        return { kind: 'terminal', stop };
      }
      if (stop.kind === 'statement') {
        if (paused) {
          return { kind: 'paused' };
        }
        if (wants(stop)) {
          return { kind: 'wanted', stop };
        }
      }
      if (machine.clock >= breath) {
        breath = machine.clock + SLICE;
        if (options.breathe && (await options.breathe())) {
          paused = true;
          machine.flags.setStepping(true);
        }
      }
    }
  }

  /** Goes to the statement stop at `clock`, or to the end of the run if that comes first. */
  seek(clock: number): void {
    const { machine } = this;
    for (let margin = FIRST_MARGIN; ; margin *= 8) {
      const checkpoint = machine.checkpoints.before(clock);
      if (
        checkpoint &&
        (machine.finished || machine.clock > clock || checkpoint.clock > machine.clock || margin > FIRST_MARGIN)
      ) {
        machine.restore(checkpoint);
      }
      while (!machine.finished && clock - machine.clock > margin) {
        machine.flags.setStepping(false);
        machine.advance(clock - machine.clock - margin);
        this.keep();
      }
      if (machine.clock <= clock || !checkpoint) {
        break;
      }
    }
    machine.flags.setStepping(true);
    while (!machine.finished && (machine.clock < clock || !machine.at)) {
      machine.advance(SLICE);
    }
    this.keep();
  }

  /**
   * Finds the last statement stop before `before` that is wanted, and goes there. Without one it goes to the oldest
   * moment and answers false. What lies near is searched first: between checkpoints of a long run lie millions of
   * statements. Without `stepping` only breakpoints can be wanted. `prime` is called at the moment before each stretch, for
   * what compares a moment with the one before it.
   */
  seekLast(before: number, wants: (stop: StatementStop) => boolean, stepping = true, prime?: () => void): boolean {
    let end = before;
    for (let width = FIRST_WINDOW; end > this.oldest; width *= 4) {
      const checkpoint = this.machine.checkpoints.before(end - 1);
      const start = Math.max(checkpoint?.clock ?? this.oldest, end - width);
      const found = this.lastBetween(start, end, wants, stepping, prime);
      if (found !== undefined) {
        this.seek(found);
        return true;
      }
      end = start;
    }
    this.seek(this.oldest);
    return false;
  }

  /** Clock of the last wanted statement stop of `[start, end)`. */
  private lastBetween(
    start: number,
    end: number,
    wants: (stop: StatementStop) => boolean,
    stepping: boolean,
    prime?: () => void,
  ): number | undefined {
    const { machine } = this;
    this.seek(prime ? Math.max(this.oldest, start - 1) : start);
    prime?.();
    let found: number | undefined;
    const look = (stop: StatementStop): void => {
      if (machine.clock >= start && machine.clock < end && wants(stop)) {
        found = machine.clock;
      }
    };
    if (machine.at) {
      look(machine.at);
    }
    machine.flags.setStepping(stepping);
    while (!machine.finished && machine.clock < end) {
      const stop = machine.advance(Math.min(SLICE, end - machine.clock));
      if (stop.kind === 'statement') {
        look(stop);
      }
    }
    return found;
  }

  /** Goes over all statement stops from `start` to the present, both included, and is back in the present. */
  revisit(start: number, see: (stop: StatementStop) => void, stepping: boolean, prime?: () => void): void {
    const { clock } = this.machine;
    const never = (stop: StatementStop): boolean => {
      see(stop);
      return false;
    };
    if (start < clock) {
      this.lastBetween(Math.max(start, this.oldest), clock, never, stepping, prime);
      this.seek(clock);
    }
    if (this.machine.at) {
      see(this.machine.at);
    }
  }

  /** The present was changed by hand: what came after it is void. */
  rewriteFuture(): void {
    const { machine } = this;
    machine.checkpoints.dropAfter(machine.clock - 1);
    machine.checkpoints.add({ ...machine.save(), edited: true });
    this.frontier = machine.clock;
  }
}
