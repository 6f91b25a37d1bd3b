/**
 * What takes long, as DAP's progress events: begun once it has taken a while, told on from time to time, ended.
 *
 * In: a task that begins, goes on, ends. Out: events, to clients that want them; the number of the task that a client
 * may cancel. Nothing here knows a clock: a task that breathes for the second time has taken long.
 */
import type { Tell } from './adapter-context';

/** Breaths between two reports. */
const EVERY = 5;

export class Progress {
  private nextId = 1;
  private open: { readonly id: string; readonly cancel: () => void } | undefined;
  private breaths = 0;

  constructor(
    private readonly tell: Tell,
    private readonly wanted: () => boolean,
  ) {}

  /** A task that is worth telling from the start. */
  begin(title: string, cancel: () => void, requestId?: number): void {
    this.end();
    const id = `progress-${this.nextId++}`;
    this.open = { id, cancel };
    if (this.wanted()) {
      this.tell('progressStart', { progressId: id, title, cancellable: true, ...(requestId ? { requestId } : {}) });
    }
  }

  /** A task goes on: begun as such when it is not short. */
  breath(title: string, message: string, cancel: () => void): void {
    this.breaths++;
    if (!this.open && this.breaths >= 2) {
      this.begin(title, cancel);
    }
    if (this.open && this.breaths % EVERY === 0 && this.wanted()) {
      this.tell('progressUpdate', { progressId: this.open.id, message });
    }
  }

  end(): void {
    if (this.open && this.wanted()) {
      this.tell('progressEnd', { progressId: this.open.id });
    }
    this.open = undefined;
    this.breaths = 0;
  }

  /** Ends what has that number, when it is under way. */
  cancel(id: string): boolean {
    if (this.open?.id !== id) {
      return false;
    }
    this.open.cancel();
    return true;
  }
}
