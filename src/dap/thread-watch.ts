/**
 * Processes that come and go, as DAP's `thread` events.
 *
 * In: the threads at each stop. Out: those that there were not at the stop before, and those that are no more; going back
 * makes a process that was not yet there exit. What there is at the first stop the client asks for by itself.
 */
import type { Thread } from '../facade/session';
import type { Tell } from './adapter-context';
import { toWireThread } from './stops';

export class ThreadWatch {
  private known: ReadonlySet<number> | undefined;

  constructor(private readonly tell: Tell) {}

  /** A new run: nothing is known. */
  forget(): void {
    this.known = undefined;
  }

  look(threads: readonly Thread[]): void {
    const now = new Set(threads.filter(({ state }) => state !== 'exited').map(({ id }) => id));
    for (const id of this.known ? now : []) {
      if (!this.known?.has(id)) {
        this.tell('thread', { reason: 'started', threadId: toWireThread(id) });
      }
    }
    for (const id of this.known ?? []) {
      if (!now.has(id)) {
        this.tell('thread', { reason: 'exited', threadId: toWireThread(id) });
      }
    }
    this.known = now;
  }
}
