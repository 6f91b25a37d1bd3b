/**
 * From the journal to the ladder: life lines and rows.
 *
 * In: journal entries in order, and the words for them. Out: a {@link Ladder}. Whose end an address is becomes known when
 * a call on its socket returns, or when a sock of its process changes its state, which may be after its first packet; so
 * rows are made when the ladder is asked for.
 * Nothing is told that the entries do not say: a call that has not returned has no result.
 */
import { sameText, type Bilingual } from '../base/bilingual';
import type { EntryOf, JournalEntry } from '../machine/journal-entry';
import { bilingual } from '../sentences/wording';
import { Connections } from './connections';
import { dropWords } from './drop-words';
import { EndNames } from './end-names';
import type { CallRow, Ladder, LadderRow, Lifeline, MarkRow } from './ladder-model';
import { endpointOf, Owners } from './owners';
import { endpointText, packetFacts, type Endpoint, type PacketFacts } from './packet-facts';

/** Words for an entry, as the journal's readers get them everywhere. */
export type EntryWords = (entry: JournalEntry) => Bilingual;

/** Rows that one ladder has at most: the newest. */
const MOST_ROWS = 25_000;

/** What is known of entries that are not there any more. */
export interface Before {
  /** How many there were before the first that is there. */
  readonly forgotten?: number | undefined;
  /** Virtual time of the very first one that has one; by default of the first that is there. */
  readonly began?: number | undefined;
}

/** The ladder of the entries so far. */
export function ladderOf(journal: readonly JournalEntry[], words: EntryWords, before: Before = {}): Ladder {
  return new LadderBuilder(journal, words, before).build();
}

class LadderBuilder {
  private readonly owners = new Owners();
  private readonly lines = new Map<string, { readonly line: Lifeline; readonly order: number }>();
  private readonly connections = new Connections();
  private readonly rows: LadderRow[] = [];
  /** Rows of calls under way, by process. */
  private readonly open = new Map<number, { row: number; sleeps: [number, number | undefined][]; ends?: number }>();
  private readonly names = new Map<number, string>();
  private readonly sockets: EndNames;
  /** Where packets go, by their number. */
  private readonly targets = new Map<number, Lifeline>();
  private time = 0;
  private origin: number | undefined;
  private packets = 0;
  /** The process that runs. */
  private running: number | undefined;

  constructor(
    private readonly journal: readonly JournalEntry[],
    private readonly words: EntryWords,
    private readonly before: Before,
  ) {
    this.origin = before.began;
    this.sockets = new EndNames(journal);
  }

  build(): Ladder {
    /** Who has called something on a sock that lies there. */
    const callers = new Map<number, number>();
    for (const entry of this.journal) {
      if (entry.event === 'return' && entry.socket) {
        callers.set(entry.socket.sock, entry.pid);
        this.owners.note(entry.socket, entry.pid);
      }
      const caller = entry.event === 'state' && entry.socket ? callers.get(entry.sock) : undefined;
      if (entry.event === 'state' && entry.socket && caller !== undefined) {
        this.owners.note(entry.socket, caller);
      }
      if ('process' in entry && entry.event !== 'switch') {
        this.names.set(entry.event === 'fork' ? entry.child : entry.pid, entry.process);
      }
    }
    for (const entry of this.journal) {
      const facts = entry.event === 'packet' && entry.device === 'lo' && packetFacts(entry.bytes, entry.length);
      if (facts) {
        this.owners.meet(facts.source, facts.destination);
      }
    }
    for (const entry of this.journal) {
      this.tell(entry);
    }
    return this.ordered();
  }

  private tell(entry: JournalEntry): void {
    if ('uptime' in entry) {
      this.origin ??= entry.uptime;
      this.time = entry.uptime - this.origin;
    }
    switch (entry.event) {
      case 'call':
        this.running = entry.pid;
        this.open.set(entry.pid, { row: this.rows.length, sleeps: [] });
        return void this.rows.push({
          ...this.row(entry, this.process(entry.pid)),
          kind: 'call',
          text: sameText(entry.text),
          sleeps: [],
        });
      case 'return':
        return this.returned(entry);
      case 'packet':
        return this.packet(entry);
      case 'sleep':
        return void this.open.get(entry.pid)?.sleeps.push([this.rows.length - 1, undefined]);
      case 'switch':
        this.running = entry.to;
        return this.goesOn(entry.to);
      case 'state':
        return this.mark(entry, 'state', this.holder(entry.socket), this.stateWords(entry));
      case 'wake-up':
        return this.mark(entry, 'wake-up', this.who(entry.pid), this.words(entry));
      case 'drop':
        return this.mark(entry, 'drop', this.target(entry), dropWords(entry) ?? this.words(entry));
      case 'printk':
      case 'fault':
      case 'expectation':
        return this.mark(entry, entry.event, this.who(this.running), this.words(entry));
      case 'exit':
      case 'fork':
      case 'restart':
        return this.mark(entry, 'other', this.who(entry.pid), this.words(entry));
      case 'inject':
      case 'allocation-failed':
      case 'note':
      case 'log':
        return this.mark(entry, 'other', this.who(this.running), this.words(entry));
    }
  }

  /** `client :32768: SYN_SENT → ESTABLISHED`. */
  private stateWords(entry: EntryOf<'state'>): Bilingual {
    const change = `${short(entry.from)} → ${short(entry.to)}`;
    const name = entry.name === undefined ? undefined : bilingual(entry.name);
    return name ? { en: `${name.en}: ${change}`, zh: `${name.zh}：${change}` } : sameText(change);
  }

  private returned(entry: EntryOf<'return'>): void {
    this.goesOn(entry.pid);
    const call = this.open.get(entry.pid);
    const begun = call && this.rows[call.row];
    if (call && begun?.kind === 'call') {
      // Now it is known what was written into its arguments.
      const text = sameText(entry.text);
      const row: CallRow = { ...begun, text, end: this.rows.length, sleeps: call.sleeps };
      this.rows[call.row] = row;
    }
    this.open.delete(entry.pid);
    const { en } = this.words(entry);
    const text = en.slice(en.lastIndexOf(' = ') + 1);
    // Which connection it is that was accepted, its number alone does not say.
    const name = entry.entry === 'sys_accept' && entry.value >= 0 && entry.name !== undefined && bilingual(entry.name);
    this.rows.push({
      ...this.row(entry, this.process(entry.pid)),
      kind: 'return',
      text: name ? { en: `${text}, ${name.en}`, zh: `${text}，${name.zh}` } : sameText(text),
      failed: entry.value < 0,
    });
  }

  /** A process that slept runs again. */
  private goesOn(pid: number): void {
    const sleep = this.open.get(pid)?.sleeps.at(-1);
    if (sleep) {
      sleep[1] ??= this.rows.length;
    }
  }

  private packet(entry: EntryOf<'packet'>): void {
    const facts = packetFacts(entry.bytes, entry.length);
    const number = ++this.packets;
    if (!facts) {
      return;
    }
    const { sequence, acknowledgment, repeats } = this.connections.place(number, facts);
    const { tcp } = facts;
    const [at, to] = this.ends(entry, facts);
    const [source, destination] = [endpointText(facts.source), endpointText(facts.destination)];
    const sender = this.sockets.of(source, destination);
    this.targets.set(number, to);
    this.rows.push({
      ...this.row(entry, at),
      kind: 'packet',
      to: this.line(to),
      number,
      protocol: facts.protocol,
      source,
      destination,
      ...(sender && { sender }),
      flags: tcp?.flags ?? [],
      length: facts.length,
      ...(tcp && { sequence: tcp.sequence, acknowledgment: tcp.acknowledgment, window: tcp.window }),
      ...(sequence === undefined ? {} : { relativeSequence: sequence }),
      ...(acknowledgment === undefined ? {} : { relativeAcknowledgment: acknowledgment }),
      ...(facts.icmp && { icmp: facts.icmp }),
      ...(repeats === undefined ? {} : { repeats }),
    });
  }

  /** Life lines that a packet goes from and to. On the wire, one end is a host outside. */
  private ends({ device, direction }: EntryOf<'packet'>, { source, destination }: PacketFacts): [Lifeline, Lifeline] {
    const outside = ({ address }: Endpoint): Lifeline => ({ id: address, kind: 'host', name: address });
    const from = device === 'wire' && direction === 'in' ? outside(source) : this.inside(source, destination);
    const to = device === 'wire' && direction === 'out' ? outside(destination) : this.inside(destination, source);
    return [from, to];
  }

  private inside(local: Endpoint, remote: Endpoint): Lifeline {
    const pid = local.port === undefined ? undefined : this.owners.of(local, remote);
    const line = pid === undefined ? KERNEL : this.process(pid);
    return this.owners.standsApart(local)
      ? { ...line, id: endpointText(local), name: `${line.name} :${local.port}` }
      : line;
  }

  private holder(socket: EntryOf<'state'>['socket']): Lifeline {
    return socket ? this.inside(endpointOf(socket.local), endpointOf(socket.remote)) : KERNEL;
  }

  /** Whoever a dropped packet was for. */
  private target({ packet, bytes, length }: EntryOf<'drop'>): Lifeline {
    const known = this.targets.get(packet ?? 0);
    if (known) {
      return known;
    }
    const facts = packetFacts(bytes, length);
    return facts ? this.inside(facts.destination, facts.source) : KERNEL;
  }

  private who(pid: number | undefined): Lifeline {
    return pid === undefined || !this.names.has(pid) ? KERNEL : this.process(pid);
  }

  private mark(entry: JournalEntry, what: MarkRow['what'], line: Lifeline, text: Bilingual): void {
    this.rows.push({ ...this.row(entry, line), kind: 'mark', what, text });
  }

  private process(pid: number): Lifeline {
    return { id: `pid ${pid}`, kind: 'process', name: this.names.get(pid) ?? `pid ${pid}`, pid };
  }

  private row({ clock }: JournalEntry, line: Lifeline): { clock: number; time: number; at: number } {
    return { clock, time: this.time, at: this.line(line) };
  }

  private line(line: Lifeline): number {
    let known = this.lines.get(line.id);
    if (!known) {
      known = { line, order: this.lines.size };
      this.lines.set(line.id, known);
    }
    return known.order;
  }

  /** Processes first, then the kernel's own line, then hosts outside; within these by their first row. */
  private ordered(): Ladder {
    for (const [pid, { row, sleeps }] of this.open) {
      const begun = this.rows[row];
      if (begun?.kind === 'call' && this.names.has(pid)) {
        this.rows[row] = { ...begun, sleeps };
      }
    }
    const rank = { process: 0, kernel: 1, host: 2 } as const;
    const lines = [...this.lines.values()].sort((a, b) => rank[a.line.kind] - rank[b.line.kind] || a.order - b.order);
    const places = new Map(lines.map(({ order }, index) => [order, index]));
    const left = Math.max(0, this.rows.length - MOST_ROWS);
    const moved = (at: number): number => places.get(at) ?? 0;
    return {
      lifelines: lines.map(({ line }) => line),
      rows: this.rows.slice(left).map((row) => shifted(row, left, moved)),
      leftOff: left + (this.before.forgotten ?? 0),
      origin: this.origin ?? 0,
    };
  }
}

/** The stack itself, where no process has the address that answers. */
const KERNEL: Lifeline = { id: 'kernel', kind: 'kernel', name: 'kernel' };

/** A row whose life lines have their final places, and whose references to rows count from `left` on. */
function shifted(row: LadderRow, left: number, moved: (at: number) => number): LadderRow {
  const at = moved(row.at);
  switch (row.kind) {
    case 'packet':
      return { ...row, at, to: moved(row.to) };
    case 'call':
      return {
        ...row,
        at,
        ...(row.end === undefined ? {} : { end: row.end - left }),
        sleeps: row.sleeps.map(([from, to]) => [from - left, to === undefined ? undefined : to - left]),
      };
    default:
      return { ...row, at };
  }
}

/** `LISTEN` of `TCP_LISTEN`. */
function short(state: string): string {
  return state.replace(/^TCP_/, '');
}
