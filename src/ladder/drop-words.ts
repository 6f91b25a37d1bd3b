/**
 * A dropped packet in a few words: which one, and where or by whom; the rest stands in the packet's own row.
 *
 * In: the journal's entry. Out: a text; undefined for a packet without a number, or of which the place is not known.
 */
import type { Bilingual } from '../base/bilingual';
import type { EntryOf } from '../machine/journal-entry';

/** `#9 dropped in tcp_v4_do_rcv (net/ipv4/tcp_ipv4.c:156)`. */
export function dropWords({ packet, place, reason }: EntryOf<'drop'>): Bilingual | undefined {
  if (packet === undefined) {
    return undefined;
  }
  if (reason.kind === 'lost') {
    return { en: `#${packet} was lost by the script`, zh: `#${packet} 被脚本丢失` };
  }
  const where = place && `${place.function} (${place.file}:${place.line})`;
  return where === undefined
    ? undefined
    : { en: `#${packet} dropped in ${where}`, zh: `#${packet} 在 ${where} 中被丢弃` };
}
