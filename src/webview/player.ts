/**
 * Playing a run forwards or backwards at a pace.
 *
 * In: a direction, a pace in statements a second, the stops of the run. Out: moments to go to, each when the run has
 * arrived at the one before and its time has come. A fault, a difference, the end and the oldest moment end it; so does
 * whoever moves the run otherwise. Who wants little motion sees at most one picture a second, with as many statements.
 */
import type { StopModel } from '../protocol/inspector-model';

/** Statements a second. */
export const PACES = [1, 5, 20, 100, 1000] as const;
/** Milliseconds between two pictures at least. */
const SHORTEST = 100;
const WITH_LITTLE_MOTION = 1000;

export interface PlayerParts {
  /** Goes to a moment. */
  readonly go: (clock: number) => void;
  /** Playing has begun or ended. */
  readonly changed: () => void;
  readonly wantsLittleMotion: () => boolean;
}

export class Player {
  /** 1 forwards, -1 backwards; undefined when nothing plays. */
  direction: 1 | -1 | undefined;
  pace: number = PACES[1];
  private stop: StopModel | undefined;
  private timer: number | undefined;
  /** The moment that it goes to. */
  private goal: number | undefined;

  constructor(private readonly parts: PlayerParts) {}

  play(direction: 1 | -1): void {
    this.end();
    this.direction = direction;
    this.parts.changed();
    this.tick();
  }

  end(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
    this.goal = undefined;
    if (this.direction !== undefined) {
      this.direction = undefined;
      this.parts.changed();
    }
  }

  /** The run stands still. */
  arrived(stop: StopModel): void {
    const { goal } = this;
    this.stop = stop;
    if (this.direction === undefined || goal === undefined) {
      return;
    }
    this.goal = undefined;
    if (stop.clock === goal) {
      this.timer = window.setTimeout(() => this.tick(), this.interval);
    } else {
      this.end();
    }
  }

  private get interval(): number {
    const least = this.parts.wantsLittleMotion() ? WITH_LITTLE_MOTION : SHORTEST;
    return Math.max(least, 1000 / this.pace);
  }

  private tick(): void {
    const { stop, direction, pace, interval } = this;
    this.timer = undefined;
    if (!stop || direction === undefined) {
      return;
    }
    const goal = Math.max(stop.oldest, stop.clock + direction * Math.max(1, Math.round((pace * interval) / 1000)));
    const isOver = direction > 0 && stop.clock >= stop.frontier && ['end', 'fault'].includes(stop.reason);
    if (goal === stop.clock || isOver) {
      this.end();
      return;
    }
    this.goal = goal;
    this.parts.go(goal);
  }
}
