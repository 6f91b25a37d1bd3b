/**
 * The journal: what happened in the run, entry by entry, as much of it as fits.
 *
 * In: entries as they happen; marks to go back and forward to. Out: the newest entries up to the present moment, in order,
 * and how many there were before them. Room is counted in bytes, roughly; when it is used up the oldest quarter is
 * forgotten, so that a run of any length keeps its memory. What lies ahead after going back is kept too: a run is
 * deterministic, so the same entries come again. A mark remembers the entries just before it, so that they can be told
 * after travelling to a moment whose own entries were forgotten long ago.
 */
import { given, itemAt } from '../base/checked-access';
import type { Happening, JournalEntry, Microseconds } from './journal-entry';
import type { Witness } from './machine-types';
import type { TaskId } from './service';

/** Bytes of entries that are kept. */
const ROOM = 32 << 20;
/** Bytes of an entry without its data: an object of eight or so properties. */
const ENTRY = 160;
/** Entries, and bytes of them, that a mark remembers. */
const MARK_ENTRIES = 200;
const MARK_ROOM = 64 << 10;

/** A moment of the journal. */
export interface JournalMark {
  /** Entries before it. */
  readonly length: number;
  /** The last of them. */
  readonly recent: readonly JournalEntry[];
}

/** A journal set aside. */
export interface JournalPages {
  readonly records: readonly JournalEntry[];
  readonly forgotten: number;
  readonly ahead: readonly JournalEntry[];
  readonly aheadFrom: number;
}

/** Of a line of time that will be run again from its start. */
export const noPages: JournalPages = { records: [], forgotten: 0, ahead: [], aheadFrom: 0 };

export class Journal {
  /** Entries up to now that are kept, oldest first. */
  readonly records: JournalEntry[] = [];
  /** Entries before the first that is kept. */
  forgotten = 0;
  /** Virtual time of the first entry that has one, which is known also when the entry is forgotten. */
  began: Microseconds | undefined;
  /** Whether anybody reads what is written now: a copy that runs a span again for other reasons keeps no entries. */
  isHeard = true;
  private used = 0;
  /** Entries after the present moment, the next one last. */
  private ahead: JournalEntry[] = [];
  /** Number of the first entry of `ahead`, counted from the start of the run. */
  private aheadFrom = 0;

  constructor(
    private readonly room = ROOM,
    private readonly witness?: Pick<Witness, 'happened'>,
  ) {}

  /** Entries there were so far. */
  get length(): number {
    return this.forgotten + this.records.length;
  }

  /** Something happened at a clock, while a task was the current one. The object becomes the entry: it must be fresh. */
  add(happening: Happening, clock: number, task: TaskId): void {
    if (!this.isHeard) {
      return;
    }
    const entry: Happening & { clock?: number; thread?: number } = happening;
    entry.clock = clock;
    entry.thread = task;
    this.push(entry as JournalEntry);
  }

  private push(record: JournalEntry): void {
    if (this.ahead.length > 0 && this.aheadFrom === this.length) {
      const known = given(this.ahead.pop(), 'entry ahead');
      this.aheadFrom++;
      if (known.clock !== record.clock || known.event !== record.event) {
        this.ahead = []; // somebody changed the past
      }
    }
    if (this.began === undefined && 'uptime' in record) {
      this.began = record.uptime;
    }
    this.records.push(record);
    this.witness?.happened?.(record);
    this.used += cost(record);
    if (this.used > this.room) {
      const count = Math.max(1, this.records.length >> 2);
      this.used -= total(this.records.splice(0, count));
      this.forgotten += count;
    }
  }

  /** Kept entries from number `from` (counted from the start of the run) on. */
  since(from: number): readonly JournalEntry[] {
    return this.records.slice(Math.max(0, from - this.forgotten));
  }

  mark(): JournalMark {
    const { records } = this;
    let first = records.length;
    for (let room = MARK_ROOM; first > 0 && records.length - first < MARK_ENTRIES; first--) {
      room -= cost(itemAt(records, first - 1));
      if (room < 0) {
        break;
      }
    }
    return { length: this.length, recent: records.slice(first) };
  }

  /** Copies all of it, to be put back when this line of time is gone on with. */
  setAside(): JournalPages {
    const { records, forgotten, ahead, aheadFrom } = this;
    return { records: [...records], forgotten, ahead: [...ahead], aheadFrom };
  }

  /** The journal of another line of time in place of this one. */
  putBack({ records, forgotten, ahead, aheadFrom }: JournalPages): void {
    this.replace(records, forgotten + records.length);
    this.ahead = [...ahead];
    this.aheadFrom = aheadFrom;
    this.used = total(this.records);
  }

  /** What lay ahead will not come: the present was changed. */
  forgetAhead(): void {
    this.ahead = [];
  }

  /** Goes back, or forward, to a mark of the same run. */
  restore({ length, recent }: JournalMark): void {
    this.rewind(Math.max(length, this.forgotten));
    if (length < this.length) {
      this.replace(recent, length);
    }
    while (this.length < length && this.aheadFrom === this.length && this.ahead.length > 0) {
      const record = given(this.ahead.pop(), 'entry ahead');
      this.records.push(record);
      this.used += cost(record);
      this.aheadFrom++;
    }
    if (this.length < length) {
      this.skipTo(length, recent);
    }
  }

  /** Entries after `length` lie ahead now. */
  private rewind(length: number): void {
    if (length >= this.length) {
      return;
    }
    if (this.aheadFrom !== this.length) {
      this.ahead = [];
    }
    const { records } = this;
    while (this.length > length) {
      const record = given(records.pop(), 'entry');
      this.ahead.push(record);
      this.used -= cost(record);
    }
    this.aheadFrom = length;
  }

  /** Forward over entries that are not known: from those that lie ahead, or else with what the mark remembers. */
  private skipTo(length: number, recent: readonly JournalEntry[]): void {
    const known = this.ahead.length > 0 && this.aheadFrom <= length && length <= this.aheadFrom + this.ahead.length;
    const passed = known ? this.ahead.splice(this.aheadFrom + this.ahead.length - length).reverse() : recent;
    this.ahead = known ? this.ahead : [];
    this.aheadFrom = length;
    this.replace(passed, length);
  }

  private replace(records: readonly JournalEntry[], length: number): void {
    this.records.splice(0, this.records.length);
    for (const record of records) {
      this.records.push(record);
    }
    this.forgotten = length - records.length;
    this.used = total(records);
  }
}

function cost(entry: JournalEntry): number {
  // By kinds: `in` costs more than all else here, for the kinds have other shapes.
  switch (entry.event) {
    case 'packet':
    case 'drop':
      return ENTRY + entry.bytes.length;
    case 'call':
    case 'return':
    case 'restart':
    case 'printk':
    case 'expectation':
      return ENTRY + entry.text.length;
    case 'note':
    case 'log':
      return ENTRY + (typeof entry.text === 'string' ? entry.text.length : 0);
    default:
      return ENTRY;
  }
}

function total(records: readonly JournalEntry[]): number {
  return records.reduce((sum, record) => sum + cost(record), 0);
}
