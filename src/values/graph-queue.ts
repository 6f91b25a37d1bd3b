/**
 * What waits to be visited, nearest first; of equals the one that came first.
 *
 * In: things with a cost. Out: they, in order. A binary heap in an array: with ten thousand sockets alive, as many wait.
 */
import { itemAt } from '../base/checked-access';

interface Waiting<T> {
  readonly item: T;
  readonly turn: number;
}

export class NearestFirst<T extends { readonly cost: number }> {
  private readonly heap: Waiting<T>[] = [];
  private turns = 0;

  add(item: T): void {
    const added = { item, turn: this.turns++ };
    let at = this.heap.push(added) - 1;
    while (at > 0 && isBefore(added, itemAt(this.heap, (at - 1) >> 1))) {
      const parent = (at - 1) >> 1;
      this.heap[at] = itemAt(this.heap, parent);
      at = parent;
    }
    this.heap[at] = added;
  }

  /** The nearest, which waits no longer. */
  take(): T | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (last && this.heap.length > 0) {
      this.sink(last);
    }
    return first?.item;
  }

  /** Puts one in at the top, where a place is free. */
  private sink(moved: Waiting<T>): void {
    const { heap } = this;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const other = child + 1;
      const nearer = other < heap.length && isBefore(itemAt(heap, other), itemAt(heap, child)) ? other : child;
      if (isBefore(moved, itemAt(heap, nearer))) {
        break;
      }
      heap[at] = itemAt(heap, nearer);
      at = nearer;
    }
    heap[at] = moved;
  }
}

function isBefore<T extends { readonly cost: number }>(a: Waiting<T>, b: Waiting<T>): boolean {
  return a.item.cost < b.item.cost || (a.item.cost === b.item.cost && a.turn < b.turn);
}
