/**
 * Elements whose sizes matter.
 *
 * In: the elements that are there now, again and again. Out: a call when one of them has another size. One that is new is
 * reported once, so those that stay are not watched anew: each report has everything measured and placed again.
 */
export class WatchedSizes {
  private readonly observer: ResizeObserver;
  private watched: ReadonlySet<Element> = new Set();

  constructor(changed: () => void) {
    this.observer = new ResizeObserver(changed);
  }

  watch(elements: readonly Element[]): void {
    const now = new Set(elements);
    for (const element of this.watched) {
      if (!now.has(element)) {
        this.observer.unobserve(element);
      }
    }
    for (const element of now) {
      if (!this.watched.has(element)) {
        this.observer.observe(element);
      }
    }
    this.watched = now;
  }

  end(): void {
    this.observer.disconnect();
    this.watched = new Set();
  }
}
