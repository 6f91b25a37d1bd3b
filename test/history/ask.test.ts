/** Questions to a run: what they find, and what is said of those that cannot be asked. */
import { given, itemAt } from '../../src/base/checked-access';
import { beforeAll, describe, expect, test } from 'vitest';
import { wording } from '../../src/sentences/wording';
import { ranToEnd, type OpenedHistory } from './history-session';

let opened: OpenedHistory;
beforeAll(async () => {
  opened = await ranToEnd('handshake');
});

async function ask(question: string): Promise<string[]> {
  const { answer, problem } = await asked(question);
  expect(problem).toBeUndefined();
  return given(answer, 'answer').rows.map(({ text, values }) =>
    [text, ...values.map(({ expression, value }) => `${expression}=${value}`)].join(' '),
  );
}

async function asked(question: string) {
  const found = await opened.history.ask(question, undefined);
  return { answer: found.answer, problem: found.answer ? undefined : found.problem };
}

describe('finds', () => {
  test('calls, with their arguments, conditions and values', async () => {
    const all = await ask('calls(tcp_set_state)');
    expect(all.length).toBeGreaterThan(2);
    expect(all[0]).toMatch(/^tcp_set_state\(sk=0x[0-9a-f]+, state=\d+\)$/);
    const closed = await ask('calls(tcp_set_state) where state == TCP_ESTABLISHED show sk->num, state + 1');
    expect(closed.length).toBeGreaterThan(0);
    expect(closed.length).toBeLessThan(all.length);
    expect(closed.every((line) => line.endsWith('state + 1=2'))).toBe(true);
  });

  test('returns, by their value alone and together with the frame', async () => {
    const all = await ask('returns(inet_create)');
    expect(all).toEqual(await ask('returns(inet_create) where $ret == 0'));
    expect(await ask('returns(inet_create) where $ret < 0')).toEqual([]);
    expect(await ask('returns(inet_create) where $ret == -EINVAL')).toEqual([]);
    expect(await ask('returns(inet_create) where $ret != -EINVAL')).toEqual(all);
    const shown = await ask('returns(inet_create) where $ret == 0 && protocol >= 0 show $ret, protocol');
    expect(shown.length).toBe(all.length);
    expect(shown[0]).toMatch(/^inet_create = 0 \$ret=0 protocol=\d+( \(\w+\))?$/);
  });

  test('packets by flags, addresses and ports', async () => {
    const { session } = opened;
    const packets = session.journal().filter(({ event }) => event === 'packet').length;
    expect((await ask('packets')).length).toBe(packets);
    const syn = await ask('packets where syn && !ack show seq, data');
    expect(syn.length).toBeGreaterThan(0);
    expect(syn.every((line) => line.includes('[S]') && line.endsWith('data=0'))).toBe(true);
    expect((await ask('packets where tcp')).length).toBe(packets);
    expect((await ask('packets where src == 1.2.3.4')).length).toBe(0);
    expect((await ask('packets show src, dst'))[0]).toMatch(/ src=127\.0\.0\.1 dst=127\.0\.0\.1$/);
  });

  test('sockets that come to a state', async () => {
    const states = opened.session.journal().filter(({ event }) => event === 'state').length;
    // Besides those that tcp_set_state is called for, a listener and a child, whose states are assigned.
    expect((await ask('sockets')).length).toBe(states + 2);
    expect(await ask('sockets where state == TCP_LISTEN show num')).toEqual([
      expect.stringMatching(/^sock 0x[0-9a-f]+: TCP_CLOSE → TCP_LISTEN num=8080$/),
    ]);
    const [child] = (await asked('sockets where state == TCP_SYN_RECV')).answer?.rows ?? [];
    expect(child?.text).toMatch(/^sock 0x[0-9a-f]+: TCP_LISTEN → TCP_SYN_RECV$/);
    expect(child?.place?.function).toBe('tcp_child_sock');
    const established = await ask('sockets where state == TCP_ESTABLISHED show num');
    expect(established.length).toBeGreaterThan(0);
    expect(established.every((line) => line.includes('→ TCP_ESTABLISHED num='))).toBe(true);
    expect((await ask('sockets where state == TCP_SYN_SENT show from, state, sock'))[0]).toMatch(
      / from=7 \(TCP_CLOSE\) state=2 \(TCP_SYN_SENT\) sock=0x0000[0-9a-f]{4}$/,
    );
    // C has the peer's port in the order of the network: it is shown as in C, with the port beside it.
    expect((await ask('sockets where state == TCP_ESTABLISHED show dport'))[0]).toMatch(/dport=\S+ \(\d+\)/);
  });

  test('wake-ups and drops, at the statements that make them', async () => {
    const entries = opened.session.journal().filter((entry) => entry.event === 'wake-up');
    const { answer } = await asked('wakeups');
    expect(given(answer, 'answer').rows.map(({ clock }) => clock)).toEqual(entries.map(({ clock }) => clock));
    expect(given(answer, 'answer').rows.map(({ place }) => place?.line)).toEqual(
      entries.map(({ place }) => place?.line),
    );
    const [first] = entries;
    expect(await ask(`wakeups where pid == ${given(first, 'first').pid} nth 1 show by`)).toEqual([
      `→ ${given(first, 'first').process} (${given(first, 'first').pid}) by=${given(first, 'first').by}`,
    ]);
    expect(await ask('drops')).toEqual([]);
    expect(await ask('messages')).toEqual([]);
  });

  test('drops by their reason and headers', async () => {
    const { history } = await ranToEnd('backlog-overflow');
    const rows = async (question: string) => given((await history.ask(question, undefined)).answer, 'answer').rows;
    const all = await rows('drops');
    expect(all.length).toBeGreaterThan(0);
    const [row] = await rows('drops where freed && syn && dport == 8080 show sport, packet');
    expect(given(row, 'row').text).toMatch(/^✗ 127\.0\.0\.1:(\d+) > 127\.0\.0\.1:8080 \[S\] /);
    expect(given(row, 'row').text).toContain(`:${itemAt(given(row, 'row').values, 0).value} >`);
    expect(given(row, 'row').place?.function).toBe('tcp_rcv_state_process');
    expect((await rows('drops where lost')).every(({ text, place }) => text.startsWith('wire ✗') && !place)).toBe(true);
  });

  test('writes, with what was there before and after', async () => {
    const all = await ask('writes(jiffies)');
    expect(all.length).toBeGreaterThan(0);
    expect(all[0]).toMatch(/^jiffies: \d+ → \d+$/);
    expect((await ask('writes(jiffies) where $new > $old')).length).toBe(all.length);
    expect(await ask('writes(jiffies) where $new < $old')).toEqual([]);
  });

  test('writes, by constants, signs and bits; the last ones of those that count', async () => {
    const { session, history } = await ranToEnd('nonblocking-connect');
    const seenFrom = async (question: string, limit?: number): Promise<string[]> => {
      const { answer } = await history.ask(question, session.stack(session.stop.thread)[0], {}, limit);
      return given(answer, question).rows.map(({ text }) => text);
    };
    const visits = await history.ask('returns(inet_stream_connect)', undefined);
    const calls = given(visits.answer, 'calls').rows;
    const results = ['-115 (-EINPROGRESS)', '-114 (-EALREADY)', '0', '-106 (-EISCONN)'];
    expect(calls.map(({ text }) => text.replace(/.* = /, ''))).toEqual(results);
    await session.travelTo(itemAt(calls, 0).clock);
    // A variable of the frame that stands there, not of a later one in its place.
    expect((await seenFrom('writes(err)')).at(-1)).toMatch(/ → -115 \(-EINPROGRESS\)$/);
    expect(await seenFrom('writes(err) where $new == -EINPROGRESS')).toEqual((await seenFrom('writes(err)')).slice(-1));
    expect(await seenFrom('writes(err) where $new == EINPROGRESS')).toEqual([]);
    expect(await seenFrom('writes(err) where $old < 0 nth 1', 1)).toEqual(['err: -106 (-EISCONN) → -11 (-EAGAIN)']);
    expect(await seenFrom(`writes(err) from ${itemAt(calls, 1).clock}`)).toEqual([]);
    const states = await seenFrom('writes(sk->state)');
    const toSent = states.filter((text) => text.endsWith('(TCP_SYN_SENT)'));
    expect(toSent.length).toBe(1);
    expect(await seenFrom('writes(sk->state) where $new == TCP_SYN_SENT')).toEqual(toSent);
    expect(await seenFrom('writes(sk->state) where $new == TCP_SYN_SENT', 1)).toEqual(toSent);
    session.setFunctionBreakpoints([{ name: 'tcp_v4_rcv' }]);
    await session.run('continue');
    const acks = (await seenFrom('writes(skb->h.th->ack)')).filter((text) => text.endsWith('1'));
    expect(acks.length).toBeGreaterThan(0);
    expect(await seenFrom('writes(skb->h.th->ack) where $new == 1')).toEqual(acks);
  });

  test('what a function returns is there, also where the statement with which it ends has made it', async () => {
    const all = await ask('returns(tcp_v4_hnd_req) show $ret->state, skb->len');
    expect(all.map((text) => text.replace(/0x\w+/g, 'P'))).toEqual([
      'tcp_v4_hnd_req = P $ret->state=10 (TCP_LISTEN) skb->len=40',
      'tcp_v4_hnd_req = P $ret->state=3 (TCP_SYN_RECV) skb->len=32',
    ]);
    expect(await ask('returns(tcp_v4_hnd_req) where $ret->state == TCP_SYN_RECV')).toEqual([
      itemAt(all, 1).replace(/ \$ret.*/, ''),
    ]);
  });

  test('conditions about results mean what C means by them', async () => {
    const values = (await ask('returns(csum_partial)')).length;
    expect(values).toBeGreaterThan(0);
    expect((await ask('returns(csum_partial) where $ret > -1')).length).toBe(0);
    expect((await ask('returns(inet_create) where $ret & 2 == 2')).length).toBe(0);
    expect((await ask('returns(inet_create) where $ret | 0 == 1')).length).toBe(0);
    expect((await ask('returns(inet_create) where ($ret | 2) == 2')).length).toBeGreaterThan(0);
  });

  test('what the journal tells from the very clock of a row on', async () => {
    for (const subject of ['packets', 'sockets', 'wakeups']) {
      const rows = given((await asked(subject)).answer, 'answer').rows;
      for (const [index, { clock }] of rows.entries()) {
        const { answer } = await asked(`${subject} from ${clock}`);
        expect([subject, clock, given(answer, 'answer').rows.length]).toEqual([subject, clock, rows.length - index]);
      }
    }
  });

  test('the span that was looked at ends with the run', async () => {
    const { answer } = await asked('packets where len == 1');
    expect(given(answer, 'answer').span).toEqual({ from: 0, to: opened.session.stop.clock });
    expect(given((await asked('writes(jiffies) where $new == 1')).answer, 'answer').span.to).toBe(
      opened.session.stop.clock,
    );
  });

  test('places by the text of a statement, quoted or not, and the nth row alone', async () => {
    const clocks = async (question: string): Promise<number[]> =>
      given((await asked(question)).answer, 'answer').rows.map(({ clock }) => clock);
    const all = await clocks('stops at tcp_accept:return newsk');
    expect(all.length).toBe(1);
    expect(await clocks('stops at "tcp_accept:return newsk" show newsk')).toEqual(all);
    expect(await clocks('stops at tcp_accept:return newsk where newsk == 0')).toEqual([]);
    const packets = await clocks('packets');
    expect(await clocks('packets nth 3')).toEqual(packets.slice(2, 3));
    expect(await clocks('packets where syn nth 99')).toEqual([]);
  });

  test('places, and spans between moments', async () => {
    const { answer } = await asked('calls(tcp_v4_rcv)');
    const [first, second] = given(answer, 'answer').rows;
    const { path, line } = given(given(first, 'first').place, 'place');
    expect(given((await asked(`stops at ${path}:${line}`)).answer, 'answer').rows.map(({ clock }) => clock)).toEqual(
      given(answer, 'answer').rows.map(({ clock }) => clock),
    );
    const clocks = async (question: string): Promise<number[]> =>
      given((await asked(question)).answer, 'answer').rows.map(({ clock }) => clock);
    expect(
      await clocks(`calls(tcp_v4_rcv) from ${given(first, 'first').clock} to ${given(second, 'second').clock - 1}`),
    ).toEqual([given(first, 'first').clock]);
    expect(await clocks('calls(tcp_v4_rcv) from tcp_v4_rcv to tcp_v4_rcv')).toEqual([given(first, 'first').clock]);
    expect(await clocks('calls(tcp_v4_rcv) from end')).toEqual([]);
  });

  test('a parameter that is called like a keyword', async () => {
    expect(await ask('packets where dport > 0 to now')).toEqual(await ask('packets where dport > 0'));
  });
});

describe('refuses', () => {
  const problems: [question: string, at: number, message: string, remedy?: string][] = [
    ['', 0, 'a question is missing'],
    ['call(tcp_v4_rcv)', 0, "one cannot ask for 'call'", 'did you mean calls?'],
    ['calls tcp_v4_rcv', 5, 'write: calls(…)'],
    ['calls()', 6, 'write: calls(…)'],
    ['calls(tcp_v4_rcv', 16, 'a closing bracket is missing'],
    ['calls(tcp_v4_rvc)', 6, "this kernel has no function 'tcp_v4_rvc'", 'did you mean tcp_v4_rcv?'],
    ['calls(memcpy)', 6, 'memcpy has no C statements here: ask about a function that calls it'],
    ['calls(tcp_v4_rcv) were 1', 18, "'were' is not expected here", 'did you mean where?'],
    ['calls(tcp_v4_rcv) where', 18, "something is missing behind 'where'"],
    ['calls(tcp_v4_rcv) where 1 where 1', 26, "'where' stands twice"],
    ['drop', 0, "one cannot ask for 'drop'", 'did you mean drops?'],
    ['drops where lo', 12, "'lo' is nothing here"],
    ['packets where sny', 14, "'sny' is nothing here"],
    ['packets where syn &&', 20, 'a value is missing here'],
    ['packets where syn )', 18, "this is no condition: ')'"],
    ['packets show seq,', 17, 'a value is missing here'],
    ['stops at nowhere.c:1', 9, "'nowhere.c:1' is no place of this kernel"],
    ['stops', 5, 'write: stops at FILE:LINE'],
    ['returns(tcp_set_state) where $ret < 0', 8, 'tcp_set_state returns nothing that could be compared'],
    [
      'writes(tcp_hashinfo) where $new',
      27,
      'tcp_hashinfo is no number that could be compared: ask about one of its parts',
    ],
    ['writes(1 + 1)', 7, "'1 + 1' is a value of its own: nothing in memory that could be written"],
  ];
  test.each(problems)('%s', async (question, at, message, remedy) => {
    const { problem } = await asked(question);
    expect([given(problem, 'problem').at, wording(given(problem, 'problem').message, 'en')]).toEqual([at, message]);
    if (remedy !== undefined) {
      expect(wording(given(given(problem, 'problem').remedy, 'remedy'), 'en')).toBe(remedy);
    }
  });

  test('an expression that means nothing there, at its place', async () => {
    const { problem } = await asked('calls(tcp_v4_rcv) where skb->lenn > 0');
    expect(given(problem, 'problem').at).toBe(24);
    expect(wording(given(problem, 'problem').message, 'en')).toContain('lenn');
  });
});
