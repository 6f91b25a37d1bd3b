/**
 * How often a breakpoint was reached, as a function of the moment: going back takes hits back, and a breakpoint that is set
 * in the middle of a run has the hits that it would have if it had always been there.
 *
 * In: clocks of hits, found by running forward. Out: the number of hits up to a clock, and up to where they are known.
 */
export class HitHistory {
  /** In ascending order. */
  private clocks: number[] = [];
  /** All hits up to this clock, itself included, are known. */
  known = -1;

  /** It was reached at a clock; hits before it are known. */
  add(clock: number): void {
    if (clock > this.known) {
      this.clocks.push(clock);
      this.known = clock;
    }
  }

  /** It was passed by up to a clock, and not reached since the last hit. */
  passed(clock: number): void {
    this.known = Math.max(this.known, clock);
  }

  /** Hits up to a clock, itself included. */
  upTo(clock: number): number {
    let low = 0;
    let high = this.clocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.clocks[middle] ?? 0) <= clock) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What comes after a clock is another future. */
  forgetAfter(clock: number): void {
    this.clocks.length = this.upTo(clock);
    this.known = Math.min(this.known, clock);
  }
}
