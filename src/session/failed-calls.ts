/**
 * System calls that fail with an error number somebody waits for.
 *
 * In: names of errors (`EADDRNOTAVAIL`, or none for any), and the journal, which has every return with its clock. Out:
 * the first of them after a moment, or the last one before it. The moment of a return is that of the last statement of
 * the call: there its stack and its variables still are.
 */
import { ERRNO, ERRNO_ALIASES, KERNEL_ERRNO } from '../abi/linux-errno';
import type { EntryOf, JournalEntry } from '../machine/journal-entry';

/** Results from here to -1 are error numbers. */
const LARGEST_ERRNO = 4095;

const numbers: ReadonlyMap<string, number> = new Map(Object.entries({ ...ERRNO, ...ERRNO_ALIASES, ...KERNEL_ERRNO }));

const names: ReadonlyMap<number, string> = new Map(
  Object.entries({ ...ERRNO, ...KERNEL_ERRNO }).map(([name, value]) => [value, name]),
);

/** A call that failed, and the moment of its last statement. */
export interface FailedCall {
  readonly entry: EntryOf<'return'>;
  /** The call with its result: `connect(3, ..., ...) = -99 (-EADDRNOTAVAIL)`. */
  readonly text: string;
  readonly clock: number;
}

export class FailedCalls {
  /** Error numbers waited for; empty for any, undefined for none. */
  private wanted: ReadonlySet<number> | undefined;

  get active(): boolean {
    return this.wanted !== undefined;
  }

  /** Names of errors between spaces or commas, nothing for any, undefined for none; answers the names that are none. */
  wait(names: string | undefined): readonly string[] {
    const given = (names ?? '').split(/[\s,|]+/).filter((name) => name !== '');
    const unknown = given.filter((name) => numberOf(name) === undefined);
    this.wanted = names === undefined ? undefined : new Set(given.map((name) => numberOf(name) ?? 0));
    return unknown;
  }

  /** The first whose moment lies in `(after, until]`. */
  first(journal: readonly JournalEntry[], after: number, until: number): FailedCall | undefined {
    return this.all(journal).find(({ clock }) => clock > after && clock <= until);
  }

  /** The last whose moment lies before a clock. */
  last(journal: readonly JournalEntry[], before: number): FailedCall | undefined {
    const earlier = this.all(journal).filter(({ clock }) => clock < before);
    return earlier[earlier.length - 1];
  }

  private all(journal: readonly JournalEntry[]): FailedCall[] {
    const { wanted } = this;
    if (!wanted) {
      return [];
    }
    return journal.flatMap((entry) =>
      entry.event === 'return' &&
      entry.value < 0 &&
      entry.value >= -LARGEST_ERRNO &&
      (wanted.size === 0 || wanted.has(-entry.value))
        ? [{ entry, text: textOf(entry), clock: entry.clock - 1 }]
        : [],
    );
  }
}

function textOf({ text, value }: EntryOf<'return'>): string {
  const name = names.get(-value);
  return `${text} = ${value}${name === undefined ? '' : ` (-${name})`}`;
}

function numberOf(name: string): number | undefined {
  return /^-?\d{1,4}$/.test(name) ? Math.abs(Number(name)) : numbers.get(name.replace(/^-/, '').toUpperCase());
}
