/**
 * Chance that can be repeated. In: words that name a case (kind, seed, index). Out: a generator whose numbers depend on
 * nothing else. Algorithm: FNV-1a of the words seeds mulberry32.
 */
export class Random {
  constructor(...words) {
    this.state = 0x811c9dc5;
    for (const letter of words.join('\u0000')) {
      this.state = Math.imul(this.state ^ letter.codePointAt(0), 0x01000193);
    }
  }

  /** A number from 0 up to, not including, 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, not including, `end`. */
  below(end) {
    return Math.floor(this.next() * end);
  }

  between(least, most) {
    return least + this.below(most - least + 1);
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** `count` different elements in their order, or all when there are fewer. */
  some(list, count) {
    const wanted = new Set();
    while (wanted.size < Math.min(count, list.length)) {
      wanted.add(this.below(list.length));
    }
    return list.filter((_, index) => wanted.has(index));
  }
}
