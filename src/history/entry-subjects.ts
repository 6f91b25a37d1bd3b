/**
 * What of the journal can be asked for: packets, drops, changes of state, wake-ups, messages. For each the entries that
 * count, the names that a condition may use, and how a row reads.
 *
 * In: an entry of the journal, a moment of the machine. Out: numbers for names; a line in C and protocol terms, the same in
 * every language.
 */
import { dottedQuad, formatAddress } from '../base/bytes';
import type { EntryOf, JournalEntry, StatementPlace } from '../machine/journal-entry';
import type { Machine } from '../machine/machine';
import { packetText } from '../values/value-packet';
import type { Expressions } from './expressions';
import { headerField, headerFields, packetField, packetFields } from './packet-fields';
import type { EntrySubjectName } from './question';

/** Entries of the journal as rows of an answer. */
export interface EntrySubject<E extends JournalEntry = JournalEntry> {
  readonly counts: (entry: JournalEntry) => entry is E;
  /** Names that a condition and `show` may use. */
  readonly names: readonly string[];
  /** The names as somebody is told them who has used another one. */
  readonly known: string;
  readonly field: (entry: E, name: string, machine: Machine) => number | undefined;
  /** A name's value as people read it, where that is not its number: a port in the order of the network, say. */
  readonly shown?: (entry: E, name: string, machine: Machine) => string | undefined;
  readonly place: (entry: E) => StatementPlace | undefined;
  readonly text: (entry: E) => string;
}

/** Hands over a subject whatever its entries are. */
export type SubjectUser<R> = <E extends JournalEntry>(subject: EntrySubject<E>) => R;

/** Calls `use` with the subject of that name. */
export function withEntrySubject<R>(name: EntrySubjectName, expressions: Expressions, use: SubjectUser<R>): R {
  switch (name) {
    case 'packets':
      return use(packets);
    case 'drops':
      return use(drops);
    case 'sockets':
      return use(sockets(expressions));
    case 'wakeups':
      return use(wakeUps);
    case 'messages':
      return use(messages);
  }
}

function entriesOf<K extends JournalEntry['event']>(event: K) {
  return (entry: JournalEntry): entry is EntryOf<K> => entry.event === event;
}

const packets: EntrySubject<EntryOf<'packet'>> = {
  counts: entriesOf('packet'),
  names: packetFields,
  known: packetFields.join(', '),
  field: packetField,
  shown: addressOf,
  place: () => undefined,
  // As a question names them: another sign beside the one between the ends would be taken for it.
  text: ({ device, direction, bytes, length }) => `${device} ${direction}: ${packetText(bytes, length)}`,
};

/** Addresses as they are written. */
function addressOf({ bytes }: { readonly bytes: Uint8Array }, name: string): string | undefined {
  const value = name === 'src' || name === 'dst' ? headerField({ bytes }, name) : undefined;
  return value === undefined ? undefined : dottedQuad(value);
}

const dropNames = [...headerFields, 'packet', 'lost', 'ordered', 'freed'];

/** Packets that nobody gets: freed by the kernel (with the counters that grew), or lost on the wire. */
const drops: EntrySubject<EntryOf<'drop'>> = {
  counts: entriesOf('drop'),
  names: dropNames,
  known: dropNames.join(', '),
  field: (entry, name) =>
    name === 'packet'
      ? entry.packet
      : name === 'lost' || name === 'ordered' || name === 'freed'
        ? Number(entry.reason.kind === name)
        : headerField(entry, name),
  shown: addressOf,
  place: ({ place }) => place,
  text: ({ reason, bytes, length }) => {
    const where = reason.kind === 'freed' ? [] : ['wire'];
    const counters = reason.kind === 'freed' && reason.counters.length > 0 ? [`(${reason.counters.join(', ')})`] : [];
    return [...where, '✗', packetText(bytes, length), ...counters].join(' ');
  },
};

/** TCP sockets whenever one comes to another state, with the members of its struct sock. */
function sockets(expressions: Expressions): EntrySubject<EntryOf<'state'>> {
  const members = expressions.numbersOf('sock');
  return {
    counts: entriesOf('state'),
    names: ['state', 'from', 'sock', ...members.keys()],
    known: 'state, from, sock, num, dport, daddr, rcv_saddr, …',
    field: (entry, name, machine) =>
      name === 'state'
        ? expressions.constant(entry.to)
        : name === 'from'
          ? expressions.constant(entry.from)
          : name === 'sock'
            ? entry.sock
            : members.get(name)?.(machine.memory, entry.sock),
    shown: ({ sock, from, to }, name, machine) => {
      if (name === 'sock') {
        return formatAddress(sock);
      }
      if (name === 'state' || name === 'from') {
        const state = name === 'state' ? to : from;
        return `${expressions.constant(state) ?? '?'} (${state})`;
      }
      return members.has(name)
        ? expressions.value(machine, `((struct sock *)${formatAddress(sock)})->${name}`, undefined).value?.display
        : undefined;
    },
    place: ({ place }) => place,
    text: ({ sock, from, to }) => `sock 0x${sock.toString(16)}: ${from} → ${to}`,
  };
}

const wakeUpNames = ['pid', 'by', 'queue'];

/** Sleepers that can run again. The process of the row is the one that runs then. */
const wakeUps: EntrySubject<EntryOf<'wake-up'>> = {
  counts: entriesOf('wake-up'),
  names: wakeUpNames,
  known: wakeUpNames.join(', '),
  field: ({ pid, by, queue }, name) => (name === 'pid' ? pid : name === 'by' ? by : (queue ?? 0)),
  place: ({ place }) => place,
  text: ({ process, pid }) => `→ ${process} (${pid})`,
};

/** What printk said. */
const messages: EntrySubject<EntryOf<'printk'>> = {
  counts: entriesOf('printk'),
  names: ['level'],
  known: 'level',
  field: ({ level }) => level,
  place: () => undefined,
  text: ({ text }) => text.trimEnd(),
};
