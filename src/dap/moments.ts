/**
 * Named moments of a scenario's runs.
 *
 * In: names with clocks and branches. Out: the list, by name. A clock is the same moment in every run of the same inputs,
 * so that a client can keep the list and give it back.
 */
export interface Moment {
  readonly name: string;
  /** Statements executed before it. */
  readonly clock: number;
  readonly branch: string;
}

/** Marks that are kept. */
const MOST = 1000;

export class Moments {
  private readonly byName = new Map<string, Moment>();

  set(moments: readonly Moment[]): void {
    for (const { name, clock, branch } of moments) {
      if (this.byName.size < MOST || this.byName.has(name)) {
        this.byName.set(name, { name, clock, branch });
      }
    }
  }

  find(name: string): Moment | undefined {
    return this.byName.get(name);
  }

  list(): readonly Moment[] {
    return [...this.byName.values()].sort((a, b) => a.clock - b.clock);
  }
}
