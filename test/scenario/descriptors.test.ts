/** fcntl on descriptors, in oracle cases: the bundled scenario descriptor-flags shows the same in a script. */
import { itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { OracleRunner } from '../../src/scenario/oracle-runner';
import { parseOracle } from '../../src/scenario/oracle-schema';
import { runWorkload } from '../../src/scenario/run-workload';
import { SourceFile } from '../../src/source/source-file';
import { bundledKernel } from './bundled-kernel';

/** Plays steps written as [call, args, expectation, more]. */
async function check(steps: readonly (readonly [string, readonly unknown[], object, object?])[]): Promise<void> {
  const text = JSON.stringify({
    cases: [
      {
        id: 'x',
        procs: ['A'],
        steps: steps.map(([call, args, expect24, more]) => ({ call, args, expect24, ...more })),
      },
    ],
  });
  const { cases } = parseOracle(new SourceFile('x.json', text));
  const run = await runWorkload(
    (await bundledKernel()).image,
    (kernel, host) => new OracleRunner(itemAt(cases, 0), kernel, host),
  );
  expect(run.workload.result()).toEqual({ id: 'x', passed: true });
}

const socket = ['socket', ['AF_INET', 'SOCK_STREAM', 0], { ret: 'fd' }, { save: 's' }] as const;

test('close-on-exec is set, told and cleared', () =>
  check([
    socket,
    ['fcntl', ['s', 'F_GETFD'], { ret: 0 }],
    ['fcntl', ['s', 'F_SETFD', 'FD_CLOEXEC'], { ret: 0 }],
    ['fcntl', ['s', 'F_GETFD'], { ret: 1 }],
    ['fcntl', ['s', 'F_SETFD', 0], { ret: 0 }],
    ['fcntl', ['s', 'F_GETFD'], { ret: 0 }],
  ]));
test('a duplicate has the lowest free number and outlives the first', () =>
  check([
    socket,
    ['fcntl', ['s', 'F_DUPFD', 0], { ret: 1 }, { save: 'd' }],
    ['fcntl', ['s', 'F_DUPFD', 7], { ret: 7 }, { save: 'e' }],
    ['fcntl', ['s', 'F_DUPFD', 7], { ret: 8 }],
    ['close', ['s'], { ret: 0 }],
    ['bind', ['e', { family: 'AF_INET', ip: '127.0.0.1', port: 5000 }, 16], { ret: 0 }],
    ['getsockname', ['d'], { ret: 0, addr: { ip: '127.0.0.1', port: 5000 } }],
  ]));
test('a child has the flags of its parent, and its own from then on', () =>
  check([
    socket,
    ['fcntl', ['s', 'F_SETFD', 1], { ret: 0 }],
    ['fork', ['B'], { ret: 0 }],
    ['fcntl', ['s', 'F_GETFD'], { ret: 1 }, { p: 'B' }],
    ['fcntl', ['s', 'F_SETFD', 0], { ret: 0 }, { p: 'B' }],
    ['fcntl', ['s', 'F_GETFD'], { ret: 1 }],
  ]));
test('no descriptor is left', () =>
  check([
    socket,
    ['limit_fds', [0], { ret: 0 }],
    ['fcntl', ['s', 'F_DUPFD', 0], { errno: 'EMFILE' }],
    ['limit_fds', [null], { ret: 0 }],
    ['fcntl', ['s', 'F_DUPFD', 1048576], { errno: 'EINVAL' }],
    ['fcntl', [5, 'F_DUPFD', 0], { errno: 'EBADF' }],
  ]));
