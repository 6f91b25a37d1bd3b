/**
 * Typed events: a listener list with a typed payload and a way to stop listening.
 * Listeners run in the order in which they were added, on the caller's stack.
 */

/** Stops whatever the object stands for; calling it twice does no harm. */
export interface Disposable {
  dispose(): void;
}

/** What a subscriber sees of an {@link Emitter}. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Owner's side of an event. */
export class Emitter<T> {
  private listeners: ((value: T) => void)[] = [];

  /** Subscribes `listener`; the result unsubscribes it. */
  readonly event: Event<T> = (listener) => {
    this.listeners.push(listener);
    return {
      dispose: () => {
        this.listeners = this.listeners.filter((other) => other !== listener);
      },
    };
  };

  /** Calls every listener with `value`. */
  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      listener(value);
    }
  }
}
