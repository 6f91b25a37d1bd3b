/**
 * packetdrill's own scripts that concern a kernel of Linux 2.4's time, on the bundled kernel and, where
 * `SOCKSCOPE_KERNEL` names one, on a Linux 2.4.0 tree: each must pass, fail at one place for one reason, or be refused
 * for what the kernel lacks. `SOCKSCOPE_PACKETDRILL` names the folder of a packetdrill checkout (written against commit
 * 2c4001c).
 */
import { given } from '../../src/base/checked-access';
import { english } from '../sentences/english';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runScript } from '../../src/facade/check-script';
import { diskTree } from '../../src/hosts/disk-tree';
import { openProgram, ProgramCache } from '../../src/facade/open-session';
import type { Program } from '../../src/compile/program';
import { SourceFile } from '../../src/source/source-file';
import { mediaTexts } from '../cli/cli-fixture';
import { realTree, wasmFiles } from './tree-fixture';

const checkout = process.env.SOCKSCOPE_PACKETDRILL;
/** As packetdrill's run_all.py defines them. */
const macros = new Map([
  ['CODE', 'host_unreachable'],
  ['TFO_COOKIE', '3021b9d889017eeb'],
]);
/** The scripts were written for kernels with large buffers; 2.4 derives the scale from its own and announces 0. */
const rewrites = [{ option: 'wscale', value: 0 }] as const;

/** `passes`, `line N: words of what happened` or `refused: words of why`. */
type Verdict = string;

interface Row {
  readonly script: string;
  readonly bundled: Verdict;
  /** On Linux 2.4.0, where it is another. */
  readonly tree?: Verdict;
}

function passing(...scripts: readonly string[]): Row[] {
  return scripts.map((script) => ({ script, bundled: 'passes' }));
}

/** Part A: as they are. */
const asTheyAre: readonly Row[] = [
  ...passing(
    'tcp/close/close-on-syn-sent',
    'tcp/close/close-local-close-then-remote-fin',
    'tcp/fastopen/server/basic-non-tfo-listener',
    'tcp/fastopen/server/opt34/basic-non-tfo-listener',
    'tcp/ioctl/ioctl-siocinq-fin',
    'packetdrill/tests/linux/packetdrill/socket_err',
    'packetdrill/tests/linux/packetdrill/socket_wrong_err',
  ),
  // tcp_v4_err of 2.4.0 looks for the open request under the quoted packet's source, which is its own address: the ICMP
  // error is ignored.
  { script: 'tcp/fastopen/server/icmp-baseline', bundled: 'passes', tree: 'line 20: no packet came' },
];

/** Part B: with the window scale rewritten. */
const rewritten: readonly Row[] = [
  ...passing(
    'tcp/blocking/blocking-accept',
    'tcp/blocking/blocking-connect',
    'tcp/blocking/blocking-read',
    'tcp/close/close-remote-fin-then-close',
    'tcp/shutdown/shutdown-rd-close',
    'tcp/shutdown/shutdown-rd-wr-close',
    'tcp/shutdown/shutdown-rdwr-close',
    'tcp/shutdown/shutdown-wr-close',
    'tcp/mss/mss-getsockopt-tcp_maxseg-server',
    'tcp/syscall_bad_arg/syscall-invalid-buf-ptr',
    'tcp/md5/md5-only-on-client-ack',
  ),
  // The part behind tcp_ecn=2, and all of the second, need ECN, which the bundled kernel leaves out.
  { script: 'tcp/fastopen/server/pure-syn-data', bundled: 'refused: no setting tcp_ecn', tree: 'passes' },
  { script: 'tcp/ecn/ecn-uses-ect0', bundled: 'refused: no setting tcp_ecn', tree: 'passes' },
  // Without timestamps 2.4.0 begins with a congestion window of 2, and nothing has filled it yet: the third segment
  // waits for an ACK.
  { script: 'tcp/nagle/https_client', bundled: 'line 32: no packet came' },
];

/** Part C: 2.4.0 does otherwise. */
const otherwise: readonly Row[] = [
  // The SYN is first repeated after 3 s.
  { script: 'packetdrill/tests/packet-timeout', bundled: 'line 11: no packet came' },
  // The data of a segment without ACK flag is queued.
  { script: 'tcp/validate/validate-established-no-flags', bundled: 'line 19: [1000]' },
  // The FIN of a segment with a bad ACK counts.
  { script: 'tcp/ts_recent/invalid_ack', bundled: 'line 24: ack 2 ' },
  // Nothing is announced of TCP_MAXSEG, nor told before there is a peer.
  { script: 'tcp/mss/mss-setsockopt-tcp_maxseg-client', bundled: 'line 10: [536]' },
  { script: 'tcp/mss/mss-setsockopt-tcp_maxseg-server', bundled: 'line 13: [536]' },
  // Timestamps count ticks of 10 ms.
  { script: 'tcp/ts_recent/fin_tsval', bundled: 'line 22: the timestamp differs' },
  { script: 'tcp/ts_recent/reset_tsval', bundled: 'line 20: the timestamp differs' },
  { script: 'tcp/nagle/sockopt_cork_nodelay', bundled: 'line 31: -1 EINVAL' },
  // Initial window and buffers of later kernels.
  { script: 'tcp/blocking/blocking-write', bundled: 'line 24: it still sleeps' },
  { script: 'tcp/shutdown/shutdown-rdwr-send-queue-ack-close', bundled: 'line 21: 13000' },
  { script: 'tcp/shutdown/shutdown-rdwr-write-queue-close', bundled: 'line 22: no packet came' },
  // No Fast Open cookie.
  { script: 'tcp/fastopen/server/reset-non-tfo-socket', bundled: 'line 15: the options differs' },
];

if (!checkout) {
  console.warn(
    'test/tree/packetdrill.test.ts is skipped: set SOCKSCOPE_PACKETDRILL to the folder of a packetdrill checkout',
  );
}

const kernels = [
  { name: 'the bundled kernel', tree: undefined, wanted: ({ bundled }: Row): Verdict => bundled },
  { name: 'Linux 2.4.0', tree: realTree, wanted: ({ bundled, tree }: Row): Verdict => tree ?? bundled },
];

describe
  .skipIf(!checkout)
  .each(kernels.filter(({ name, tree }) => tree !== undefined || name === 'the bundled kernel'))(
  'packetdrill on $name',
  ({ tree, wanted }) => {
    let program: Program;
    beforeAll(async () => {
      const kernel = tree === undefined ? undefined : { loader: diskTree(tree), name: 'tree' };
      program = given(
        (await openProgram({ media: mediaTexts(), wasm: wasmFiles(), cache: new ProgramCache(), kernel })).program,
        'program',
      );
    });

    async function check(row: Row, rewrite: boolean): Promise<void> {
      const path = join(given(checkout, 'checkout'), 'gtests/net', `${row.script}.pkt`);
      const result = await runScript(new SourceFile(row.script, readFileSync(path, 'utf8')), program, {
        macros,
        rewrites: rewrite ? rewrites : [],
        budget: 50_000_000,
      });
      const verdict = wanted(row);
      const [, place, words = ''] = /^(line \d+|refused): (.*)$/.exec(verdict) ?? [];
      const happened = result.passed ? 'passes' : result.refused ? 'refused' : english(result.step ?? '').split(':')[0];
      expect({ happened, actual: english(result.actual ?? '') }).toEqual({
        happened: place ?? verdict,
        actual: place === undefined ? '' : expect.stringContaining(words),
      });
    }

    test.each(asTheyAre)('$script', (row) => check(row, false));
    test.each(rewritten)('$script, window scale rewritten', (row) => check(row, true));
    test.each(otherwise)('$script, which 2.4.0 does otherwise', (row) => check(row, true));
  },
);
