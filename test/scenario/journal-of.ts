/**
 * The journal of a bundled scenario, played to its end on a program. In: the scenario's name, a compiled kernel. Out: the
 * entries, and lines about some kinds of them.
 */
import type { Program } from '../../src/compile/program';
import type { EntryOf, JournalEntry } from '../../src/machine/journal-entry';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { PktRunner } from '../../src/scenario/pkt-runner';
import { scenarioOn } from '../../src/scenario/pkt-variants';
import { runWorkload } from '../../src/scenario/run-workload';
import { SourceFile } from '../../src/source/source-file';
import { packetText } from '../../src/values/value-packet';
import { mediaTexts } from '../cli/cli-fixture';

const BUDGET = 50_000_000;

export async function journalOf(name: string, program: Program): Promise<readonly JournalEntry[]> {
  const path = `media/scenarios/${name}.pkt`;
  const { scenario } = parseScenario(new SourceFile(path, mediaTexts()[path] ?? ''));
  const { machine } = await runWorkload(
    program.image,
    (kernel, host) => new PktRunner(scenarioOn(scenario, program.entries?.version), kernel, host),
    { budget: BUDGET, entries: program.entries },
  );
  return [...machine.journal];
}

export function wakeUpsOf(journal: readonly JournalEntry[]): EntryOf<'wake-up'>[] {
  return journal.filter((entry) => entry.event === 'wake-up');
}

/** `9 [.] tcp_v4_do_rcv net/ipv4/tcp_ipv4.c label: COUNTERS`, or `1 [S] lost`. */
export function dropsOf(journal: readonly JournalEntry[]): string[] {
  return journal
    .filter((entry) => entry.event === 'drop')
    .map(({ packet, bytes, reason, place }) =>
      [
        packet,
        /\[[^\]]*\]/.exec(packetText(bytes))?.[0],
        place?.function,
        place?.file,
        ...(reason.kind !== 'freed'
          ? [reason.kind]
          : [...(reason.label === undefined ? [] : [`${reason.label}:`]), ...reason.counters]),
      ]
        .filter((part) => part !== undefined)
        .join(' '),
    );
}
