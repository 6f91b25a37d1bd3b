/**
 * Going through the moments of a run as fast as the run follows.
 *
 * In: moments that somebody wants, the moments at which the run arrives. Out: one request at a time; what was wanted
 * meanwhile is asked for when the run has arrived, and of several such moments only the last: the travel before goes on
 * then, and on its way only what is in sight is shown. Where nothing more is wanted, all of the moment is asked for.
 */
export class Scrubber {
  /** The moment that was asked for and has not come yet. */
  private asked: number | undefined;
  private wanted: number | undefined;

  constructor(
    private readonly travel: (clock: number, goesOn: boolean) => void,
    private readonly rest: () => void,
  ) {}

  /** The moment that is wanted and has not come yet. */
  get goal(): number | undefined {
    return this.wanted ?? this.asked;
  }

  to(clock: number): void {
    if (this.asked === undefined) {
      this.asked = clock;
      this.travel(clock, false);
    } else {
      this.wanted = clock;
    }
  }

  /** The run stands still; `isWhole`: all of the moment is there. */
  arrived(clock: number, isWhole: boolean): void {
    const { wanted } = this;
    this.asked = wanted;
    this.wanted = undefined;
    if (wanted !== undefined) {
      this.travel(wanted, true);
    } else if (!isWhole) {
      this.asked = clock;
      this.rest();
    }
  }

  /** Another run, or none. */
  reset(): void {
    this.asked = undefined;
    this.wanted = undefined;
  }
}
