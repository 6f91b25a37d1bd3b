/** Every picture calls a socket what the cards and the events call it. */
import { expect, test } from 'vitest';
import { sessionLadder } from '../../src/facade/ladder';
import {
  curveLines,
  queueLines,
  sessionCurves,
  sessionQueues,
  sessionStates,
  sessionTimeline,
  stateLines,
  timelineLines,
} from '../../src/facade/views';
import { bilingual } from '../../src/sentences/wording';
import { withRun, type RunAt } from './run-at';

/** The handshake, when the child is in the accept queue's hands and both ends have talked. */
function inTheMiddle<T>(use: (run: RunAt) => T | Promise<T>): Promise<T> {
  return withRun({ scenario: 'handshake' }, async (run) => {
    const data = run.session.journal().find((each) => each.event === 'call' && each.text.startsWith('recv('));
    await run.session.travelTo(data?.clock ?? 0);
    return use(run);
  });
}

test('packets, states, queues, graphs and the timeline use one name for each socket', async () => {
  await inTheMiddle(async ({ session, history }) => {
    const rows = sessionLadder(session).rows.flatMap((row) => (row.kind === 'packet' ? [] : [row.text]));
    expect(rows.map(({ en }) => en)).toEqual(
      expect.arrayContaining([
        'client :32768: SYN_SENT → ESTABLISHED',
        'child of listener #1: SYN_RECV → ESTABLISHED',
        '= 4, child of listener #1',
      ]),
    );
    expect(rows.map(({ zh }) => zh)).toContain('客户端 :32768：SYN_SENT → ESTABLISHED');
    const packets = sessionLadder(session).rows.flatMap((row) => (row.kind === 'packet' ? [row.sender?.en] : []));
    expect(packets.slice(0, 3)).toEqual(['client :32768', 'child of listener #1', 'client :32768']);
    const states = stateLines(await sessionStates(session, history), 'en').join('\n');
    expect(states).toContain('client :32768, 127.0.0.1:32768 ↔ 127.0.0.1:8080: ESTABLISHED');
    expect(states).toContain('child of listener #1, 127.0.0.1:8080 ↔ 127.0.0.1:32768: ESTABLISHED');
    expect(states).toContain('listener 0.0.0.0:8080: LISTEN');
    const queues = queueLines(await sessionQueues(session, history), 'en').join('\n');
    expect(queues).toContain('listener 0.0.0.0:8080, LISTEN\n');
    expect(queues).toContain('child of listener #1, ESTABLISHED, 127.0.0.1:8080 ↔ 127.0.0.1:32768\n');
    const curves = await sessionCurves(session, history);
    expect(curves?.ends.map(({ name }) => name?.en).sort()).toEqual(['child of listener #1', 'client :32768']);
    expect(curves?.others).toContainEqual({
      choice: '0.0.0.0:8080',
      name: expect.objectContaining({ en: 'listener 0.0.0.0:8080' }) as object,
    });
    expect(curves && curveLines(curves, 'en').some((line) => line.includes('client :32768  snd_cwnd = '))).toBe(true);
    expect(timelineLines(sessionTimeline(session), 'en').join('\n')).toContain(
      'A: child of listener #1: SYN_RECV → ESTABLISHED',
    );
  });
});

test('the call stack says which socket each function has in its hands', async () => {
  await inTheMiddle(async ({ session }) => {
    const state = session.journal().find((each) => each.event === 'state' && each.from === 'TCP_SYN_SENT');
    await session.travelTo(state?.clock ?? 0);
    const frames = session.stack(session.stop.thread);
    const { sockets } = session.objectView(frames);
    const named = frames.map((frame, index) => `${frame.function} ${bilingual(sockets[index]?.name ?? '-').en}`);
    expect(named).toContain('tcp_synsent_established client :32768');
    expect(named).toContain('net_rx_action -');
  });
});

test('what sk_alloc has just given is not yet called a socket, and no child of a listener that there is not', async () => {
  await withRun({ scenario: 'tcp-socket', until: 190 }, async ({ session }) => {
    const said: string[] = [];
    for (let steps = 0; steps < 60; steps++) {
      const frames = session.stack(session.stop.thread);
      const shown = frames.findIndex(({ function: name }) => name === 'inet_create');
      if (shown >= 0) {
        const { sockets } = session.objectView(frames);
        const { name } = sockets[shown] ?? {};
        said.push(name ? bilingual(name).en : '-');
      }
      await session.travelTo(session.stop.clock + 1);
    }
    expect([...new Set(said)]).toEqual(['-', 'TCP socket #1']);
  });
});
