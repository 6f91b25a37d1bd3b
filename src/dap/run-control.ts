/**
 * One movement of the machine at a time, on behalf of a client that may ask for more, pause, or leave in between.
 *
 * In: step kinds and moments to travel to. Out: the stop, reported once through `settled`. While the machine runs it
 * breathes every slice: waiting requests are handled, fresh output is sent, and a session that was closed meanwhile
 * (`close`) stops at its next statement and is disposed after that, so that nothing is left running.
 */
import type { SessionApi, RunOptions, StepKind, Stop } from '../facade/session';
import { errors } from './errors';

/** Statement steps a line step may take before it gives up, for lines such as `for (;;);`. */
const mostStatementsOnALine = 10_000;

export interface RunListener {
  /** Called between slices of a run. */
  breathe(clock: number): Promise<void>;
  /** The machine stands still again. Not called once the session was closed. */
  settled(stop: Stop): void;
  /** Our own failure while running. */
  failed(error: unknown): void;
}

export class RunControl {
  private moving: Promise<void> | undefined;
  private closed = false;

  constructor(
    readonly session: SessionApi,
    private readonly listener: RunListener,
  ) {}

  get isMoving(): boolean {
    return this.moving !== undefined;
  }

  /** Boots and runs to the first stop. As in the other movements, the machine moves once `ready` resolves. */
  start(options: { readonly stopOnEntry?: boolean; readonly stopAtFunction?: string }, ready: Promise<void>): void {
    this.move(ready, (run) => this.session.start({ ...options, ...run }));
  }

  step(
    kind: StepKind,
    ready: Promise<void>,
    options: { readonly thread?: number; readonly into?: number; readonly wholeLine?: boolean } = {},
  ): void {
    const { thread, into, wholeLine } = options;
    this.move(ready, async (run) => {
      const before = wholeLine ? this.lineAt(this.session.stop) : undefined;
      let stop = await this.session.run(kind, { ...run, thread, into });
      for (let steps = 0; before !== undefined && steps < mostStatementsOnALine; steps++) {
        if (this.closed || stop.reason !== 'step' || this.lineAt(stop) !== before) {
          break;
        }
        stop = await this.session.run(kind, { ...run, thread });
      }
      return stop;
    });
  }

  /** Goes to a moment that may not exist: then it stays, and `absent` is told. */
  visit(go: (run: RunOptions) => Promise<Stop | undefined>, ready: Promise<void>, absent: () => void): void {
    this.move(ready, async (run) => {
      const stop = await go(run);
      if (!stop) {
        absent();
      }
      return stop ?? { ...this.session.stop, reason: 'goto' };
    });
  }

  /** `goesOn`: with the travel before, as when a slider is dragged. */
  travelTo(clock: number, ready: Promise<void>, goesOn?: boolean): void {
    this.move(ready, (run) => this.session.travelTo(clock, { ...run, goesOn }));
  }

  pause(): void {
    this.session.pause();
  }

  /**
   * Somebody moves the machine to and fro and leaves it where it was: meanwhile no movement begins and nothing is read.
   * `work` ends early when the session is closed.
   */
  async during<T>(work: (isClosed: () => boolean) => Promise<T>): Promise<T> {
    this.requireStanding();
    const done = work(() => this.closed);
    this.moving = done.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await done;
    } finally {
      this.moving = undefined;
    }
  }

  /** Stops whatever runs and disposes the session; resolves when nothing is left of it. */
  async close(): Promise<void> {
    if (this.closed) {
      return;
    }
    this.closed = true;
    if (this.moving) {
      this.session.pause();
      await this.moving;
    }
    this.session.dispose();
  }

  /** Throws a {@link UserError} while the machine moves. */
  requireStanding(): void {
    if (this.moving) {
      throw errors.stillRunning();
    }
  }

  private move(ready: Promise<void>, action: (run: RunOptions) => Promise<Stop>): void {
    this.requireStanding();
    const run: RunOptions = {
      breathe: async (clock) => {
        await this.listener.breathe(clock);
        return this.closed;
      },
    };
    this.moving = ready.then(() => this.perform(action, run));
  }

  private async perform(action: (run: RunOptions) => Promise<Stop>, run: RunOptions): Promise<void> {
    if (this.closed) {
      return;
    }
    try {
      const stop = await action(run);
      this.moving = undefined;
      if (!this.closed) {
        this.listener.settled(stop);
      }
    } catch (error) {
      this.moving = undefined;
      if (!this.closed) {
        this.listener.failed(error);
      }
    }
  }

  /** Frame and line of the stop, or undefined when there is no C to stand on. */
  private lineAt(stop: Stop): string | undefined {
    const top = stop.thread < 0 ? undefined : this.session.stack(stop.thread)[0];
    return top?.path === undefined ? undefined : `${top.address}:${top.path}:${top.line}`;
  }
}
