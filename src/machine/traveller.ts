/**
 * Moving a machine through time: forward until something is wanted, to a clock, or back to the last moment that is
 * wanted.
 *
 * Going back is going forward from an earlier checkpoint: the run is deterministic, so the same statements run again.
 * Near the goal the machine is stepped; before that it runs freely.
 */
import type { Checkpoint } from './checkpoint';
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
  private keep(): void {
    const { machine } = this;
    if (!machine.finished && machine.checkpoints.isDue(machine.clock)) {
      machine.checkpoints.add(machine.save());
    }
    this.frontier = Math.max(this.frontier, machine.clock);
  }

  /**
   * Runs until `wants` says yes at a stop. With `stepping` it is asked at every statement, else only at breakpoints.
   * `breathe` is called between slices and pauses the run by answering true; `budget` bounds the statements.
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
    const limit = machine.clock + options.budget;
    let breath = machine.clock + SLICE;
    let spent = false;
    let paused = false;
    for (;;) {
      const stop = machine.advance(SLICE);
      this.keep();
      if (stop.kind === 'fault' || stop.kind === 'end') {
        return { kind: 'terminal', stop };
      }
      if (stop.kind === 'statement') {
        if (spent || paused) {
          return { kind: spent ? 'budget' : 'paused' };
        }
        if (wants(stop)) {
          return { kind: 'wanted', stop };
        }
      }
      if (machine.clock >= limit) {
        spent = true;
        machine.flags.setStepping(true);
      } else if (machine.clock >= breath) {
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
   * moment and answers false.
   */
  seekLast(before: number, wants: (stop: StatementStop, clock: number) => boolean): boolean {
    const { machine } = this;
    let end = before;
    for (
      let from: Checkpoint | undefined = machine.checkpoints.before(end - 1);
      from;
      from = machine.checkpoints.before(from.clock - 1)
    ) {
      const found = this.lastBetween(from, end, wants);
      if (found !== undefined) {
        this.seek(found);
        return true;
      }
      end = from.clock;
    }
    this.seek(this.oldest);
    return false;
  }

  private lastBetween(
    from: Checkpoint,
    end: number,
    wants: (stop: StatementStop, clock: number) => boolean,
  ): number | undefined {
    const { machine } = this;
    machine.restore(from);
    machine.flags.setStepping(true);
    let found: number | undefined;
    if (machine.at && wants(machine.at, machine.clock)) {
      found = machine.clock;
    }
    for (;;) {
      const stop = machine.advance(SLICE);
      if (stop.kind === 'fault' || stop.kind === 'end' || machine.clock >= end) {
        return found;
      }
      if (stop.kind === 'statement' && wants(stop, machine.clock)) {
        found = machine.clock;
      }
    }
  }

  /** The present was changed by hand: what came after it is void. */
  rewriteFuture(): void {
    const { machine } = this;
    machine.checkpoints.dropAfter(machine.clock - 1);
    machine.checkpoints.add(machine.save());
    this.frontier = machine.clock;
  }
}
