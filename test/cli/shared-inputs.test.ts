/**
 * Scripts and oracle files of ../shared/inputs, where that folder is there: each ends as its list of outcomes says. The
 * same kinds have inputs of their own in the other tests.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { check } from './cli-fixture';

const folder = fileURLToPath(new URL('../../../shared/inputs/', import.meta.url));

interface Outcome {
  readonly name: string;
  readonly status: 0 | 1 | 2;
  /** What stands in the output, and among the warnings. */
  readonly out: string;
  readonly err?: string;
}

const passed = '1 passed, 0 failed';
const outcomes: readonly Outcome[] = [
  { name: '01-udp-reply-to-chosen-port.pkt', status: 0, out: passed },
  { name: '03-stray-ack-to-listener.pkt', status: 0, out: passed },
  { name: '05-flags-with-space.pkt', status: 0, out: passed },
  { name: '07-icmp-information-request.pkt', status: 0, out: passed },
  { name: '09-setting-misspelt.pkt', status: 0, out: passed, err: 'no setting tcp_fin_timeut' },
  { name: '11-urgent-data.pkt', status: 1, out: 'it leaves out urgent data' },
  { name: '21-script-with-bom.pkt', status: 0, out: passed },
  { name: 'hang-write-256m.pkt', status: 1, out: '268435456 bytes do not fit' },
  { name: 'oracle-procs.json', status: 2, out: '', err: '64 processes do not fit' },
  { name: 'travel.pkt', status: 0, out: passed },
];

describe.skipIf(!existsSync(folder))('shared inputs', () => {
  test.each(outcomes)('$name', async ({ name, status, out, err }) => {
    const files = { [name]: readFileSync(folder + name, 'utf8') };
    await check(`check ${name}`, { status, out, err }, { files });
  });
});
