/** Changes of variables that live in frames, registers among them: those that a look at every statement finds. */
import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { isThere } from '../../src/machine/frame-bytes';
import { openHistory } from './history-session';

const functions = ['tcp_v4_rcv', 'inet_create', 'tcp_v4_connect', 'inet_bind', 'tcp_rcv_state_process', 'sys_accept'];

describe.each(functions)('%s', (name) => {
  test('each of its variables', async () => {
    const { session, history } = await openHistory('handshake');
    await session.start();
    session.setFunctionBreakpoints([{ name }]);
    expect((await session.run('continue')).reason).toBe('function-breakpoint');
    const entry = session.stop.clock;
    const thread = session.stop.thread;
    const { address } = itemAt(session.stack(thread), 0);
    session.setFunctionBreakpoints([]);
    // On to the last statement of the call, not behind it.
    for (let before = entry; session.stack(thread)[0]?.address === address; before = session.stop.clock) {
      await session.run('over', { thread });
      if (session.stop.clock - entry > 30_000 || session.stack(thread)[0]?.address !== address) {
        await session.travelTo(before);
        break;
      }
    }
    const frame = itemAt(session.stack(thread), 0);
    expect(frame.address).toBe(address);
    let seen = 0;
    for (const { name: variable } of session.locals(frame)) {
      const { target } = history.target(variable, frame);
      const { range } = given(target, 'target');
      expect(range.frame).toBeDefined();
      const known: string[] = [];
      let before: string | undefined;
      await history.replayer.replay(
        { from: entry, to: session.stop.clock },
        {
          statements: 'all',
          onStatement: (stop, machine) => {
            if (
              stop.fp === address &&
              stop.statement === itemAt(machine.debug.functions, frame.functionId).firstStatement
            ) {
              known.length = 0; // another call in the same place
              before = undefined;
            }
            if (isThere(machine, given(range.frame, 'frame'))) {
              const bytes = machine.memory.read(range.address, range.size).join();
              if (before !== undefined && bytes !== before) {
                known.push(`${machine.clock - 1} ${before} > ${bytes}`);
              }
              before = bytes;
            }
          },
        },
      );
      const span = { from: 0, to: session.stop.clock };
      const { changes } = await history.changes.all(range, span, 1000);
      expect([
        variable,
        ...changes.map((each) => `${each.clock} ${each.before.join()} > ${each.after.join()}`),
      ]).toEqual([variable, ...known]);
      const last = await history.whoWrote(given(target, 'target'));
      expect(last.kind === 'change' ? last.row.clock : undefined).toBe(changes.at(-1)?.clock);
      seen += known.length;
    }
    expect(seen).toBeGreaterThan(0);
  });
});
