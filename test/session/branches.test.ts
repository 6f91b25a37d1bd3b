/** Branches: a change begins one, none is lost, and two can be compared. */
import { given, itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { openSession } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import type { Comparison, Order, Ordered } from '../../src/session/branch-types';
import type { Session } from '../../src/session/session';
import { wording } from '../../src/sentences/wording';
import { packetText } from '../../src/values/value-packet';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from '../tree/tree-fixture';
import { breakAt, shown, started, where } from './c-session';
import { programCache } from '../program-cache';

const loop = `int total;
int add(int n) {
  total += n;
  return total;
}
int run(void) {
  int i;
  for (i = 1; i <= 10; i++)
    add(i);
  return total;
}
`;

/** The lines of `total` at the end of the run. */
async function ending(session: Session): Promise<string | undefined> {
  await session.run('continue');
  expect(session.stop.reason).toBe('end');
  return session.evaluate('total', undefined).value?.display;
}

function branchNames(session: SessionApi): string[] {
  return session.branches.list().map(({ name, isCurrent }) => (isCurrent ? `*${name}` : name));
}

test('a change at a past moment begins a branch, and the first run is there as it was', async () => {
  const session = await started(loop);
  const begun: string[] = [];
  session.branches.onBegun(({ branch, left, change }) =>
    begun.push(`${left} -> ${branch.name} ${branch.from} ${wording(given(change, 'change').text, 'en')}`),
  );
  breakAt(session, { line: 3 });
  await session.run('continue');
  await session.run('continue');
  const { clock } = session.stop;
  breakAt(session);
  expect(await ending(session)).toBe('55');
  const { frontier } = session.stop;
  await session.travelTo(clock);
  session.assign('total', '1000', session.stack(1)[0]);
  expect(begun).toEqual([`first -> branch-1 ${clock} total = 1000`]);
  expect(branchNames(session)).toEqual(['first', '*branch-1']);
  expect(await ending(session)).toBe('1054');
  await session.branches.switchTo('first');
  expect(session.stop).toMatchObject({ clock, frontier });
  expect(shown(session, 'total')).toBe('1');
  expect(await ending(session)).toBe('55');
  await session.branches.switchTo('branch-1');
  expect(session.evaluate('total', undefined).value?.display).toBe('1054');
  await session.travelTo(clock);
  expect(shown(session, 'total')).toBe('1000');
  await session.run('back-into');
  expect(shown(session, 'total')).toBe('1');
  await session.travelTo(clock + 20);
  expect(Number(shown(session, 'total'))).toBeGreaterThan(1000);
});

test('changes at one moment make one branch; undo goes to where it began', async () => {
  const session = await started(loop);
  breakAt(session, { line: 3 });
  await session.run('continue');
  session.assign('total', '5', session.stack(1)[0]);
  session.assign('n', '7', session.stack(1)[0]);
  expect(branchNames(session)).toEqual(['first', '*branch-1']);
  expect(itemAt(session.branches.list(), 1).changes.map(({ text }) => wording(text, 'en'))).toEqual([
    'total = 5',
    'n = 7',
  ]);
  await session.run('continue');
  expect(shown(session, 'total')).toBe('12');
  session.assign('total', '0', session.stack(1)[0]);
  expect(branchNames(session)).toEqual(['first', 'branch-1', '*branch-2']);
  expect((await session.branches.undo()).kind).toBe('done');
  expect([branchNames(session)[1], shown(session, 'total')]).toEqual(['*branch-1', '12']);
  await session.branches.undo();
  expect([branchNames(session)[0], shown(session, 'total'), shown(session, 'n')]).toEqual(['*first', '0', '1']);
  expect(await session.branches.undo()).toMatchObject({ kind: 'refused' });
});

test('a branch begins by hand, under a name; names are letters and not taken', async () => {
  const session = await started(loop);
  const why = (answer: Ordered): string => (answer.kind === 'refused' ? wording(answer.why, 'en') : answer.kind);
  expect(why(session.branches.begin('what if'))).toMatch(/what if.* no name/);
  expect(why(session.branches.begin('first'))).toMatch(/called first already/);
  expect(why(await session.branches.undo())).toContain('changed');
  expect(session.branches.begin('试一试')).toMatchObject({ kind: 'done', branch: { name: '试一试', from: 0 } });
  session.assign('total', '3', undefined);
  expect(branchNames(session)).toEqual(['first', '*试一试']);
  expect(await session.branches.switchTo('none')).toMatchObject({ kind: 'refused' });
});

test('looking begins no branch', async () => {
  const session = await started(loop);
  session.evaluate('total + 1', session.stack(1)[0], { sideEffects: true });
  session.evaluate('add(3)', session.stack(1)[0]);
  expect(branchNames(session)).toEqual(['*first']);
});

test('hits of breakpoints are those of the branch one is on', async () => {
  const session = await started(loop);
  breakAt(session, { line: 3, hitCondition: '3' });
  const add = session.stop.clock;
  await session.run('continue');
  expect(shown(session, 'n')).toBe('3');
  await session.travelTo(add + 2);
  expect(where(session)).toBe('1 run:9 goto');
  session.assign('i', '5', session.stack(1)[0]);
  await session.run('continue');
  expect(shown(session, 'n')).toBe('7');
  await session.branches.switchTo('first', add + 2);
  await session.run('continue');
  expect(shown(session, 'n')).toBe('3');
});

test('many branches keep memory level, and the first is still there', async () => {
  const session = await started(loop);
  for (let i = 0; i < 40; i++) {
    session.assign('total', String(i), undefined);
    await session.run('into');
    if (session.stop.reason === 'end') {
      await session.travelTo(session.stop.oldest);
    }
  }
  expect(session.branches.list()).toHaveLength(39);
  await session.branches.switchTo('first', 0);
  expect(await ending(session)).toBe('55');
});

test('of very many branches the oldest go; the first stays, and each begins on one that is there', async () => {
  const session = await started(loop);
  const change = async (): Promise<void> => {
    session.assign('total', '7', undefined);
    await session.run('into');
  };
  await change();
  await change();
  await session.branches.switchTo('branch-1');
  await session.run('into');
  await change();
  await session.branches.switchTo('first');
  for (let i = 0; i < 220; i++) {
    session.branches.begin(undefined);
    await session.run('into');
    if (i % 3 === 0) {
      await session.branches.switchTo('first', 1 + (i % 5));
    }
  }
  const list = session.branches.list();
  const names = list.map(({ name }) => name);
  expect(list).toHaveLength(200);
  expect(names[0]).toBe('first');
  expect(names).not.toContain('branch-4');
  expect(list.at(-1)?.name).toBe('branch-221');
  // Each begins on one that is still there, at a moment of it.
  for (const { name, parent, from } of list.slice(1)) {
    const on = list.find((each) => each.name === parent);
    expect(on, name).toBeDefined();
    expect(given(on, 'on').from, name).toBeLessThanOrEqual(from);
  }
  expect(await session.branches.switchTo('branch-4')).toMatchObject({ kind: 'refused' });
  await session.branches.switchTo('first', 0);
  expect(await ending(session)).toBe('55');
});

test('a change remembers the frame it was made in, so that it can be made again', async () => {
  const session = await started(loop);
  breakAt(session, { line: 3 });
  await session.run('continue');
  const [inner, outer] = session.stack(1);
  session.assign('n', '7', inner);
  session.assign('i', '9', outer);
  session.assign('total', '1', undefined);
  session.evaluate('total = 2', { ...given(inner, 'inner'), address: 4 }, { sideEffects: true });
  expect(itemAt(session.branches.list(), 1).changes.map(({ deed }) => deed)).toMatchObject([
    { kind: 'expression', thread: 1, frame: 0 },
    { kind: 'expression', thread: 1, frame: 1 },
    { kind: 'expression', thread: -1, frame: -1 },
    { kind: 'expression', thread: -1, frame: -1 },
  ]);
});

test('a program that is no kernel takes no orders', async () => {
  const session = await started(loop);
  expect(await refusal(session, { kind: 'packet', packet: 1, by: undefined })).toContain('no kernel');
});

const cache = programCache();

async function open(scenario: string): Promise<SessionApi> {
  const opened = await openSession({ media: mediaTexts(), wasm: wasmFiles(), cache, scenario });
  expect(opened.diagnostics).toEqual([]);
  await given(opened.session, 'session').start();
  return given(opened.session, 'session');
}

async function scripted(text: string): Promise<SessionApi> {
  const script = { path: 'test.pkt', text };
  const opened = await openSession({ media: mediaTexts(), wasm: wasmFiles(), cache, script });
  expect(opened.diagnostics).toEqual([]);
  await given(opened.session, 'session').start();
  return given(opened.session, 'session');
}

/** Why an order is refused; nothing has begun then. */
async function refusal(session: SessionApi, order: Order, name?: string): Promise<string> {
  const before = [branchNames(session), session.stop.clock];
  const answer = await session.branches.order(order, name);
  expect([branchNames(session), session.stop.clock]).toEqual(before);
  return answer.kind === 'refused' ? wording(answer.why, 'en') : answer.kind;
}

test('orders that make no sense are refused with what would make some', async () => {
  const session = await open('handshake');
  expect(await refusal(session, { kind: 'packet', packet: 0, by: undefined })).toContain('counted from 1');
  expect(await refusal(session, { kind: 'allocation', nth: 0, target: '*' })).toContain('counted from 1');
  expect(await refusal(session, { kind: 'allocation', nth: 1, target: 'socks' })).toMatch(/socks.*sock,/);
  expect(await refusal(session, { kind: 'run-first', pid: 99 })).toMatch(
    /no process 99; there are: 100 \(A\), 101 \(B\)/,
  );
  expect(await refusal(session, { kind: 'run-first', pid: 0 })).toContain('no process 0');
  expect(await refusal(session, { kind: 'packet', packet: 1, by: undefined }, 'first')).toContain('first');
  await session.run('continue');
  expect(await refusal(session, { kind: 'allocation', nth: 1, target: '*' })).toContain('over');
  expect(await refusal(session, { kind: 'run-first', pid: 1 })).toContain('over');
  expect(await refusal(session, { kind: 'packet', packet: 1000, by: undefined })).toContain('over');
});

test('each kind of change has its words', async () => {
  const session = await open('handshake');
  const orders: readonly Order[] = [
    { kind: 'packet', packet: 1, by: undefined },
    { kind: 'packet', packet: 2, by: 1500 },
    { kind: 'allocation', nth: 2, target: '*' },
    { kind: 'allocation', nth: 3, target: 'kmalloc' },
    { kind: 'run-first', pid: 101 },
  ];
  for (const order of orders) {
    expect(await session.branches.order(order)).toMatchObject({ kind: 'done' });
  }
  session.writeMemory(
    given(given(session.evaluate('jiffies', undefined).value, 'value').address, 'address'),
    Uint8Array.of(1),
  );
  const [, branch, ...others] = session.branches.list();
  expect(others).toEqual([]);
  expect(given(branch, 'branch').changes.map(({ text }) => wording(text, 'en'))).toEqual([
    'packet 1 is lost',
    'packet 2 comes 1.5 ms later',
    'allocation 2 from here fails',
    'allocation 3 of kmalloc from here fails',
    'process 101 runs first',
    expect.stringMatching(/^1 byte written at 0x[0-9a-f]+$/),
  ]);
});

/** What an order changes in a run that is stopped at its beginning or end. */
async function changed(session: SessionApi, order: Order): Promise<Comparison> {
  expect(await session.branches.order(order, 'other')).toMatchObject({ kind: 'done' });
  const { stop } = session;
  const result = await session.branches.compare('first', 'other');
  expect(session.stop).toEqual(stop);
  if (typeof result !== 'object' || !('calls' in result)) {
    throw new Error(wording(result, 'en'));
  }
  return result;
}

function callLines({ calls }: Comparison): string[] {
  return calls.map(({ process, text, a, b }) => `${process} ${text}: ${a?.text ?? '-'} | ${b?.text ?? '-'}`);
}

test.each([0, 1])('a lost SYN comes again three seconds later (after the run: %i)', async (after) => {
  const session = await open('handshake');
  if (after === 1) {
    await session.run('continue');
  }
  const comparison = await changed(session, { kind: 'packet', packet: 1, by: undefined });
  expect(comparison.statement?.a).toMatchObject({ function: 'loopback_xmit' });
  const [syn, ...others] = comparison.packets;
  expect(given(given(syn, 'syn').a, 'a').text).toContain('[S] ');
  expect(given(given(syn, 'syn').b, 'b').uptime - given(given(syn, 'syn').a, 'a').uptime).toBe(3_000_000);
  expect(others.length).toBeGreaterThan(0);
  // What the script expects of times is told, and does not end a run that was changed.
  expect(comparison.b).toMatchObject({ kind: 'end', what: expect.stringContaining('connect') as string });
  expect(comparison.calls).toEqual([]);
});

test('a packet on the loopback device comes later', async () => {
  const session = await open('handshake');
  const comparison = await changed(session, { kind: 'packet', packet: 2, by: 200_000 });
  const late = comparison.packets.map(({ a, b }) => (b && a ? b.uptime - a.uptime : undefined));
  expect(late[0]).toBe(200_000);
});

test('packets to and from the script are lost and come later', async () => {
  const session = await scripted(`0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 1000 <mss 1000>
+0...* > S. 0:0(0) ack 1 <mss 1460>
+.1 < . 1:1(0) ack 1 win 1000
+0 accept(3, ..., ...) = 4
`);
  const held = await changed(session, { kind: 'packet', packet: 2, by: 50_000 });
  expect(held.packets.map(({ a, b }) => given(b, 'b').uptime - given(a, 'a').uptime)[0]).toBe(50_000);
  expect(held.packets.every(({ a, b }) => a && b)).toBe(true);
  await session.branches.switchTo('first', 205);
  await session.branches.order({ kind: 'packet', packet: 1, by: undefined }, 'no-syn');
  const lost = await session.branches.compare('first', 'no-syn');
  expect(lost).toMatchObject({ packets: [{ a: { direction: 'in' } }, { a: { direction: 'out' } }, {}] });
});

test('the first statement that differs is told with its place and its C, and where each branch ended', async () => {
  const session = await open('handshake');
  const { clock } = session.stop;
  session.assign('protocol', '-1', session.stack(session.stop.thread)[0]);
  const comparison = await session.branches.compare('first', 'branch-1');
  if (typeof comparison !== 'object' || !('calls' in comparison)) {
    throw new Error(wording(comparison, 'en'));
  }
  const { statement, a, b, common } = comparison;
  expect(common).toBe(clock);
  expect(statement?.a).toMatchObject({
    process: 'A',
    function: 'inet_create',
    path: expect.stringContaining('af_inet.c') as string,
  });
  expect(given(given(statement, 'statement').a, 'a').clock).toBe(given(given(statement, 'statement').b, 'b').clock);
  expect(given(given(statement, 'statement').a, 'a').line).not.toBe(given(given(statement, 'statement').b, 'b').line);
  expect(given(given(statement, 'statement').a, 'a').text).not.toBe('');
  expect([a.name, a.kind, b.name]).toEqual(['first', 'end', 'branch-1']);
  expect(await session.branches.compare('first', 'none')).toMatchObject({ id: 'there-is-no-such-branch' });
  expect(await session.branches.compare('first', 'first')).toMatchObject({ packets: [], calls: [], leftOff: 0 });
});

/** Length of the longest common subsequence, from its definition. */
function longestCommon(one: readonly string[], other: readonly string[]): number {
  const known = new Map<string, number>();
  const from = (i: number, j: number): number => {
    const key = `${i} ${j}`;
    if (i === one.length || j === other.length) {
      return 0;
    }
    const found =
      known.get(key) ?? (one[i] === other[j] ? 1 + from(i + 1, j + 1) : Math.max(from(i + 1, j), from(i, j + 1)));
    known.set(key, found);
    return found;
  };
  return from(0, 0);
}

test.each([2, 4, 6])(
  'without packet %i: what only one has stands alone, the rest is as much as it can be',
  async (packet) => {
    const session = await open('half-close');
    const { packets, common } = await changed(session, { kind: 'packet', packet, by: undefined });
    const all = async (name: string): Promise<{ clock: number; text: string }[]> => {
      await session.branches.switchTo(name, Infinity);
      await session.run('continue');
      return session
        .journal()
        .filter((entry) => entry.event === 'packet')
        .filter(({ clock }) => clock >= common)
        .map((entry) => ({ clock: entry.clock, text: `${entry.direction} ${packetText(entry.bytes, entry.length)}` }));
    };
    const [a, b] = [await all('first'), await all('other')];
    const alone = (side: 'a' | 'b'): Set<number | undefined> =>
      new Set(packets.filter((each) => each.a === undefined || each.b === undefined).map((each) => each[side]?.clock));
    const rest = (list: typeof a, side: 'a' | 'b'): string[] =>
      list.filter(({ clock }) => !alone(side).has(clock)).map(({ text }) => text);
    expect(rest(a, 'a')).toEqual(rest(b, 'b'));
    const texts = (list: typeof a): string[] => list.map(({ text }) => text);
    expect(rest(a, 'a')).toHaveLength(longestCommon(texts(a), texts(b)));
    // Both sides in the order of their times.
    for (const side of ['a', 'b'] as const) {
      const clocks = packets.flatMap((each) => each[side]?.clock ?? []);
      expect(clocks).toEqual([...clocks].sort((one, other) => one - other));
    }
  },
);

test('a call is compared with the call that the process makes in its place', async () => {
  const session = await scripted(`0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 4
+0 bind(4, ..., ...) = 0
+0 close(4) = 0
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 4
`);
  expect(callLines(await changed(session, { kind: 'allocation', nth: 2, target: 'sock' }))).toEqual([
    'A socket(..., SOCK_STREAM, IPPROTO_TCP): 4 | -105 (-ENOBUFS)',
    'A bind(4, ..., ...): 0 | -9 (-EBADF)',
    'A close(4): 0 | -9 (-EBADF)',
  ]);
});

test('an allocation fails', async () => {
  const session = await open('handshake');
  const comparison = await changed(session, { kind: 'allocation', nth: 1, target: 'sock' });
  expect(callLines(comparison)[0]).toMatch(/^A socket\(.*\): 3 \| -105/);
  expect(await session.branches.order({ kind: 'allocation', nth: 1, target: 'socks' })).toMatchObject({
    kind: 'refused',
  });
});

test('the first run is byte for byte what it was before a branch', async () => {
  const session = await open('handshake');
  await session.run('continue');
  const { clock } = session.stop;
  const bytes = (): Uint8Array => session.readMemory(0x1000, 1 << 20).bytes;
  const before = { bytes: bytes(), journal: session.journal().length };
  await session.branches.order({ kind: 'packet', packet: 3, by: undefined });
  await session.run('continue');
  await session.branches.switchTo('first', clock);
  expect(session.stop.clock).toBe(clock);
  expect(Buffer.compare(bytes(), before.bytes)).toBe(0);
  expect(session.journal().length).toBe(before.journal);
});
