/**
 * Elements whose sizes matter.
 *
 * In: the elements that are there now, again and again. Out: a call when one of them has another size than when it was
 * measured last (`measured`): each call has everything measured and placed again. Elements that stay are not watched anew,
 * and one that is new is told of only when nobody has measured it since it was drawn.
 */
export class WatchedSizes {
  private readonly observer: ResizeObserver;
  private watched: ReadonlySet<Element> = new Set();
  private sizes = new WeakMap<Element, string>();

  constructor(changed: () => void) {
    this.observer = new ResizeObserver((entries) => {
      if (entries.some(({ target }) => this.sizes.get(target) !== sizeOf(target))) {
        changed();
      }
    });
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

  /** All that is watched has been placed as it is now. */
  measured(): void {
    this.sizes = new WeakMap([...this.watched].map((element) => [element, sizeOf(element)]));
  }

  end(): void {
    this.observer.disconnect();
    this.watched = new Set();
  }
}

function sizeOf(element: Element): string {
  return `${element.clientWidth} ${element.clientHeight}`;
}

/** Sets a property of an element's style when it is another one: setting it has the page laid out anew. */
export function setStyle({ style }: HTMLElement, name: string, value: string): void {
  if (style.getPropertyValue(name) !== value) {
    style.setProperty(name, value);
  }
}
