/** Memory that a machine has given back is as new for the next one, whatever ran before. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { giveBack } from '../../src/machine/spare-memory';
import type { Machine } from '../../src/machine/machine';
import { runText } from './bundled-kernel';

const scenarios = join(import.meta.dirname, '../../media/scenarios');
const textOf = (name: string): string => readFileSync(join(scenarios, `${name}.pkt`), 'utf8');
const quiet = '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n';

/** All that the host sees of the memory, and how long the run was. */
async function afterQuiet(): Promise<{ readonly machine: Machine; readonly bytes: Buffer; readonly clock: number }> {
  const { machine } = await runText(quiet);
  return { machine, bytes: Buffer.from(machine.memory.bytes), clock: machine.clock };
}

test('a run on memory that was used before ends with the same bytes as one on fresh memory', async () => {
  const fresh = await afterQuiet();
  for (const name of ['handshake', 'backlog-overflow', 'fast-retransmit', 'raw-ping', 'udp-waits']) {
    const { machine, dispose } = await runText(textOf(name));
    const used = machine.memory.bytes.buffer;
    expect(Buffer.from(machine.memory.bytes).equals(fresh.bytes), name).toBe(false);
    dispose();
    const again = await afterQuiet();
    expect(again.machine.memory.bytes.buffer, 'the memory of before').toBe(used);
    expect([again.clock, again.bytes.equals(fresh.bytes)], `after ${name}`).toEqual([fresh.clock, true]);
  }
});

test('a machine that gives its memory back twice does not take it from the one that has it now', async () => {
  const first = await runText(quiet);
  first.dispose();
  const { machine, bytes } = await afterQuiet();
  giveBack(first.machine);
  expect(Buffer.from(machine.memory.bytes).equals(bytes)).toBe(true);
  expect((await afterQuiet()).machine.memory.bytes.buffer).not.toBe(machine.memory.bytes.buffer);
});
