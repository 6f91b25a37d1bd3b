/**
 * All that can stop a run from outside: breakpoints at statements and functions, and on bytes of memory.
 *
 * In: requests to set them; statement stops of the machine, in order, forwards or in a stretch of the past. Out: what
 * wants to stop there. The answer is a function of the moment alone: hits are counted from the start of the run
 * (`hit-history.ts`), bytes are compared with the statement before, so that the stops backwards are those forwards.
 */
import type { Machine } from '../machine/machine';
import type { Parts } from '../base/parts';
import type { StatementStop, Traveller } from '../machine/traveller';
import { Breakpoints } from './breakpoints';
import { DataBreakpoints } from './data-breakpoints';
import type { Stop } from './session-types';

/** What a stop point asks of the session. */
export interface Asked {
  /** Whether a condition holds where the machine stands, or what is wrong with it. */
  readonly condition: (text: string) => boolean | NonNullable<Stop['badCondition']>;
  /** A log point speaks. */
  readonly log: (message: string) => void;
}

/** Why to stop. */
export interface Hit {
  readonly reason: 'breakpoint' | 'function-breakpoint' | 'data-breakpoint';
  readonly ids: readonly number[];
  readonly badCondition?: Stop['badCondition'];
  readonly watched?: Stop['watched'];
  readonly read?: Stop['read'];
}

export class StopPoints {
  readonly statements: Breakpoints;
  readonly data: DataBreakpoints;

  constructor(
    private readonly machine: Machine,
    private readonly asked: Asked,
  ) {
    this.statements = new Breakpoints(machine.debug, machine.flags);
    this.data = new DataBreakpoints(machine);
  }

  /** What wants to stop at a statement; `speaking`: log points print. */
  at(stop: StatementStop, speaking: boolean): Hit | undefined {
    let badCondition: Stop['badCondition'];
    const holds = (text: string): boolean => {
      const answer = this.asked.condition(text);
      if (typeof answer !== 'boolean') {
        badCondition = answer; // it stops, so that its author sees it
      }
      return answer !== false;
    };
    const touched = this.data.check(holds);
    const hit = this.statements.check(stop.statement, this.machine.clock, holds, (message) => {
      if (speaking) {
        this.asked.log(message);
      }
    });
    this.data.forgetReads(); // conditions and log points may have called C
    const ids = [...touched.map(({ id }) => id), ...(hit?.ids ?? [])];
    const reason = touched.length > 0 ? 'data-breakpoint' : hit?.byFunction ? 'function-breakpoint' : 'breakpoint';
    const labels = (wasRead: boolean): readonly string[] | undefined => {
      const of = touched.filter(({ isRead }) => isRead === wasRead).map(({ label }) => label);
      return of.length > 0 ? of : undefined;
    };
    return ids.length > 0 ? { reason, ids, badCondition, watched: labels(false), read: labels(true) } : undefined;
  }

  /** Goes to the last stop before a clock; without one to the oldest moment. */
  *seekingLast(traveller: Traveller, before: number): Parts<Hit | undefined> {
    yield* this.preparing(traveller);
    let last: Hit | undefined;
    const wants = (stop: StatementStop): boolean => {
      const hit = this.at(stop, false);
      last = hit ?? last;
      return hit !== undefined;
    };
    const found = yield* traveller.seekingLast(before, wants, this.data.active, () => this.data.look());
    return found ? last : undefined;
  }

  /** Must be called before a run: counts the hits that are not known yet, and looks at the bytes. */
  *preparing(traveller: Traveller): Parts<void> {
    const counted = Math.min(this.statements.counted, this.data.counted);
    if (counted < this.machine.clock) {
      const look = (): void => this.data.look();
      yield* traveller.revisiting(counted + 1, (stop) => this.at(stop, false), this.data.active, look);
    }
    this.data.look();
  }

  /** Every stop before the present was asked about (at the present one itself somebody may have paused). */
  passed(): void {
    this.statements.passed(this.machine.clock - 1);
    this.data.passed(this.machine.clock - 1);
  }

  /** What lies behind a clock is another future than before: the present was changed by hand. */
  rewritten(clock = this.machine.clock): void {
    this.statements.forgetAfter(clock);
    this.data.forgetAfter(clock);
    this.data.look();
  }
}
