/**
 * Where a run pauses to let its host breathe is nobody's business: what the journal tells of it is the same.
 */
import { expect, test } from 'vitest';
import { bootKernel } from '../../src/scenario/boot-kernel';
import type { JournalEntry } from '../../src/machine/journal-entry';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { PktRunner } from '../../src/scenario/pkt-runner';
import { SourceFile } from '../../src/source/source-file';
import { mediaTexts } from '../cli/cli-fixture';
import { bundledKernel } from './bundled-kernel';

/** The journal of a scenario that pauses whenever it has executed so many statements. */
async function journalInSlices(name: string, slice: number): Promise<readonly JournalEntry[]> {
  const { scenario } = parseScenario(new SourceFile('x.pkt', mediaTexts()[`media/scenarios/${name}.pkt`] ?? ''));
  const { image } = await bundledKernel();
  const { machine } = await bootKernel({ image }, (kernel, host) => new PktRunner(scenario, kernel, host));
  let stop = machine.advance(slice);
  while (stop.kind === 'slice') {
    stop = machine.advance(slice);
  }
  return machine.journal;
}

test.each(['handshake', 'backlog-overflow', 'udp-waits', 'fast-retransmit'])(
  '%s tells the same in slices of one statement',
  async (name) => {
    expect(await journalInSlices(name, 1)).toEqual(await journalInSlices(name, 1_000_000));
  },
);
