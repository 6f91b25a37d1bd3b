/**
 * What the sockets of a run are called, by their ends.
 *
 * In: the journal, which tells a socket's name when a call on it returns and when its state changes. Out: the name told
 * last of a pair of ends; undefined where none was. What lies ahead is not in it.
 */
import type { Bilingual } from '../base/bilingual';
import type { JournalEntry } from '../machine/journal-entry';
import { bilingual } from '../sentences/wording';
import { endpointOf } from './owners';
import { endpointText } from './packet-facts';

export class EndNames {
  private readonly names = new Map<string, Bilingual>();

  constructor(journal: readonly JournalEntry[]) {
    for (const entry of journal) {
      if ((entry.event === 'state' || entry.event === 'return') && entry.socket && entry.name !== undefined) {
        const { local, remote } = entry.socket;
        const peer = remote.port === 0 ? undefined : endpointText(endpointOf(remote));
        this.names.set(keyOf(endpointText(endpointOf(local)), peer), bilingual(entry.name));
      }
    }
  }

  /** The name of the socket with these ends, as packets and states write them. */
  of(local: string, remote: string | undefined): Bilingual | undefined {
    return this.names.get(keyOf(local, remote));
  }
}

function keyOf(local: string, remote: string | undefined): string {
  return `${local} ${remote ?? ''}`;
}
