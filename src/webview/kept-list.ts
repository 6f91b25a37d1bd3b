/**
 * A list whose elements go with what they draw, from picture to picture.
 *
 * In: items, what tells one from another, a template for each; of what is gone, whether its element may draw something else.
 * Out: lit's parts, in the order of the items. What stays keeps its element; what is new takes that of something that is
 * gone, where it may. Elements stay in the page where the order lets them: of those
 * that stay the longest rising row is not moved. Like lit's `repeat`, which takes no element for something else and (3.3.1 to
 * 3.3.3, https://github.com/lit/lit/issues/5298) leaves a comment in the page for each that it removes.
 */
import { noChange } from 'lit';
import { directive, Directive, PartType, type ChildPart, type DirectiveResult, type PartInfo } from 'lit/directive.js';
import {
  getCommittedValue,
  insertPart,
  removePart,
  setChildPartValue,
  setCommittedValue,
} from 'lit/directive-helpers.js';
import { itemAt } from '../base/checked-access';

type Id = string | number;

class KeptList extends Directive {
  private ids: readonly Id[] = [];

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.CHILD) {
      throw new Error('a list is content, not an attribute');
    }
  }

  render(
    items: readonly unknown[],
    _id: (item: unknown, index: number) => Id,
    template: (item: unknown, index: number) => unknown,
    _mayTake?: (gone: Id) => boolean,
  ): unknown {
    return items.map(template);
  }

  override update(
    container: ChildPart,
    [items, id, template, mayTake = () => false]: Parameters<KeptList['render']>,
  ): unknown {
    const ids = items.map(id);
    const values = items.map(template);
    const drawn: unknown = getCommittedValue(container);
    const before = this.ids;
    this.ids = ids;
    if (!Array.isArray(drawn)) {
      return values;
    }
    const old = drawn as readonly ChildPart[];
    const wanted = new Set(ids);
    const at = new Map(before.map((each, index) => [each, index]));
    const gone = before.flatMap((each, index) => (wanted.has(each) ? [] : [{ each, index }]));
    const free = gone.filter(({ each }) => mayTake(each)).map(({ index }) => index);
    const taken = new Set<number>();
    // Of each item the place of its element before; -1 where there is none for it.
    const sources = ids.map((each) => {
      const known = at.get(each);
      const source = known === undefined || taken.has(known) ? (free.shift() ?? -1) : known;
      taken.add(source);
      return source;
    });
    for (const [index, part] of old.entries()) {
      if (!taken.has(index)) {
        removeWhole(part);
      }
    }
    setCommittedValue(container, put(container, old, sources, values));
    return noChange;
  }
}

/** Puts parts into their order, from the last to the first, and gives them their values. */
function put(
  container: ChildPart,
  old: readonly ChildPart[],
  sources: readonly number[],
  values: readonly unknown[],
): readonly ChildPart[] {
  const stay = risingRow(sources);
  const parts: ChildPart[] = [];
  let next: ChildPart | undefined;
  for (let index = sources.length - 1; index >= 0; index--) {
    const source = itemAt(sources, index);
    const known = source < 0 ? undefined : itemAt(old, source);
    const part = known && stay.has(source) ? known : insertPart(container, next, known);
    parts.push(setChildPartValue(part, values[index]));
    next = part;
  }
  return parts.reverse();
}

/** Also the comment behind it. */
function removeWhole(part: ChildPart): void {
  const { endNode, parentNode } = part;
  removePart(part);
  if (endNode) {
    parentNode.removeChild(endNode);
  }
}

/** Of these places the longest row that rises. */
function risingRow(places: readonly number[]): ReadonlySet<number> {
  // Of each row so long its last place, and what came before it.
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const place of places.filter((each) => each >= 0)) {
    const found = ends.findIndex((end) => end >= place);
    const length = found < 0 ? ends.length : found;
    before.set(place, ends[length - 1]);
    ends[length] = place;
  }
  const row = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) {
    row.add(at);
  }
  return row;
}

const keptList = directive(KeptList);

/** `mayTake`: of an item that is gone, whether its element may draw another. */
export function list<T, I extends Id>(
  items: readonly T[],
  id: (item: T, index: number) => I,
  template: (item: T, index: number) => unknown,
  mayTake?: (gone: I) => boolean,
): DirectiveResult {
  type Untyped = Parameters<KeptList['render']>;
  return keptList(items, id as Untyped[1], template as Untyped[2], mayTake as Untyped[3]);
}
