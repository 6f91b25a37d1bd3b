/** Sequence numbers beside their distance from the initial ones, at moments of real runs; and where nothing is said. */
import { expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import type { SessionApi } from '../../src/facade/session';
import { writtenForm } from '../../src/values/displayed-form';
import { openHistory } from '../history/history-session';

/** A session that stands at the first statement of a function, the nth time it gets there. */
async function at(scenario: string, name: string, nth = 1): Promise<SessionApi> {
  const { session } = await openHistory(scenario);
  session.setFunctionBreakpoints([{ name, hitCondition: `${nth}` }]);
  expect((await session.start({ stopOnEntry: false })).reason).toBe('function-breakpoint');
  session.setFunctionBreakpoints([]);
  return session;
}

/** What expressions show in the top frame; only what stands in brackets. */
function shown(session: SessionApi, ...expressions: string[]): string[] {
  const [frame] = session.stack(session.stop.thread);
  return expressions.map((each) => {
    const { value, diagnostics } = session.evaluate(each, frame);
    expect(diagnostics).toEqual([]);
    return /\((.*)\)$/.exec(given(value, each).display)?.[1] ?? '-';
  });
}

const tp = 'sk->tp_pinfo.af_tcp';
const both = [`${tp}.snd_una`, `${tp}.snd_nxt`, `${tp}.write_seq`, `${tp}.rcv_nxt`, `${tp}.copied_seq`];

test('of a connection that has sent data', async () => {
  const session = await at('connection-life', 'tcp_recvmsg');
  const values = shown(session, ...both);
  expect(values.every((each) => /^I[SR]S\+\d+$/.test(each))).toBe(true);
  expect(values.slice(0, 3)).toEqual(['ISS+1', 'ISS+1', 'ISS+1']);
  expect(values[3]).toBe('IRS+8'); // seven bytes have come, and the SYN
  expect(values[4]).toBe('IRS+1');
});

test('of a packet in the receive queue, from its sender’s side', async () => {
  const session = await at('connection-life', 'tcp_recvmsg');
  const cb = '((struct tcp_skb_cb *) sk->receive_queue.next->cb)';
  expect(shown(session, `${cb}->seq`, `${cb}->end_seq`, `${cb}->ack_seq`)).toEqual(['ISS+1', 'ISS+8', 'IRS+1']);
});

test('of a SYN that is not answered yet nothing is said', async () => {
  const session = await at('handshake', 'tcp_v4_rcv');
  const cb = '((struct tcp_skb_cb *) skb->cb)';
  expect(shown(session, `${cb}->seq`)).toEqual(['-']);
});

test('of a socket without a connection nothing is said', async () => {
  const session = await at('handshake', 'tcp_accept');
  expect(shown(session, ...both)).toEqual(both.map(() => '-'));
});

test('at every moment the numbers of both ends belong together', async () => {
  const { session } = await openHistory('connection-life');
  await session.start();
  await session.run('continue');
  const { clock: end, oldest } = session.stop;
  let seen = 0;
  for (let clock = oldest; clock < end; clock += 211) {
    await session.travelTo(clock);
    for (const { cache, address } of session.reader.liveObjects?.() ?? []) {
      if (cache !== 'sock') {
        continue;
      }
      const value = (member: string): { text: string; number: number } => {
        const node = session.evaluate(`((struct sock *) ${address})->tp_pinfo.af_tcp.${member}`, undefined).value;
        const { display, scalar } = given(node, member);
        return { text: display, number: scalar.kind === 'integer' ? Number(scalar.value) : NaN };
      };
      const [next, written] = [value('snd_nxt'), value('write_seq')];
      const apart = [next, written].map(({ text }) => /ISS\+(\d+)/.exec(text)?.[1]);
      if (apart[0] !== undefined && apart[1] !== undefined) {
        seen++;
        expect((next.number - Number(apart[0])) >>> 0).toBe((written.number - Number(apart[1])) >>> 0);
        // 2.4.0 remembers the number of the SYN that came.
        const [syn, received] = [value('syn_seq'), value('rcv_nxt')];
        const behind = /IRS\+(\d+)/.exec(received.text)?.[1];
        if (behind !== undefined) {
          expect((received.number - Number(behind)) >>> 0).toBe(syn.number);
        }
      }
    }
  }
  expect(seen).toBeGreaterThan(20);
});

test('the displayed form is accepted when a number is set', () => {
  const member = { record: 'tcp_opt', path: 'snd_nxt' };
  expect(writtenForm('3874611466 (ISS+8)', member, {}).text).toBe('3874611466');
});
