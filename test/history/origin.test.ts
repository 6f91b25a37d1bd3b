/**
 * Where values come from: the hops of chosen values, and of values picked at chance, each proved by changing the bytes
 * that it names and running the statement again.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import type { SessionApi } from '../../src/facade/session';
import type { OriginNode } from '../../src/history/origin-types';
import type { Origins } from '../../src/history/origins';
import { wording } from '../../src/sentences/wording';
import { openHistory, type OpenedHistory } from './history-session';

interface Opened extends OpenedHistory {
  readonly origins: Origins;
}

async function open(scenario: Parameters<typeof openHistory>[0]): Promise<Opened> {
  const opened = await openHistory(scenario);
  const { session, history } = opened;
  await session.start();
  const { origins } = history;
  return { ...opened, origins };
}

/** Runs on to a function's `hit`th call. */
async function reach({ session }: Opened, name: string, hit = 1): Promise<void> {
  session.setFunctionBreakpoints([{ name, hitCondition: `== ${hit}` }]);
  expect((await session.run('continue')).reason).toBe('function-breakpoint');
  session.setFunctionBreakpoints([]);
}

async function originOf({ session, origins }: Opened, expression: string): Promise<OriginNode> {
  const { value } = session.evaluate(expression, session.stack(session.stop.thread)[0]);
  if (value?.address === undefined || value.size === undefined) {
    throw new Error(`${expression} has no place`);
  }
  const { address, size } = value;
  return origins.of({ address, size, label: expression, clock: session.stop.clock });
}

/** The hops of a value that was only moved, as `function: label`. */
function hops(node: OriginNode): string[] {
  const label = wording(node.label, 'en');
  const own = `${node.kind} ${node.written ? `${node.written.process} ${node.written.function}: ` : ''}${label}`;
  return [own, ...node.children.flatMap(hops)];
}

test('the port of a SYN that arrives goes back, across the wire, to the argument of connect()', async () => {
  const opened = await open('handshake');
  await reach(opened, 'tcp_v4_rcv');
  const origin = await originOf(opened, 'skb->h.th->dest');
  expect(hops(origin)).toEqual([
    'moved B tcp_transmit_skb: skb->h.th->dest',
    'moved B tcp_v4_connect: sk->dport',
    expect.stringMatching(/^moved B move_addr_to_kernel: /),
    expect.stringMatching(/^argument B .*: user memory at 0x/),
  ]);
  const end = itemAt(itemAt(itemAt(origin.children, 0).children, 0).children, 0);
  expect(wording(given(end.source, 'source'), 'en')).toContain('connect(3, ..., ...) of process B');
});

test('htons() moves bytes; a counter is computed from what it was', async () => {
  const opened = await open('handshake');
  await reach(opened, 'tcp_v4_rcv');
  const told = hops(await originOf(opened, 'skb->h.th->source'));
  expect(told.slice(0, 3)).toEqual([
    'moved B tcp_transmit_skb: skb->h.th->source',
    'moved B inet_stream_connect: sk->sport',
    'moved B tcp_v4_get_port: sk->num',
  ]);
  expect(told.slice(-2)).toEqual(['computed B tcp_free_port: tcp_port_rover', 'initial tcp_port_rover']);
});

test('an object comes from the allocator, zeros from memset', async () => {
  const opened = await open('handshake');
  await reach(opened, 'inet_accept');
  const told = hops(await originOf(opened, 'sock->sk'));
  expect(told[0]).toBe('moved A sock_init_data: sock->sk');
  expect(told).toContain('service A sk_alloc: sk');
  expect(hops(await originOf(opened, 'sock->sk->zapped'))[0]).toMatch(/^constant A /);
});

test('a byte that recv() returned comes from the buffer of the peer that sent it', async () => {
  const opened = await open('handshake');
  const { session, origins } = opened;
  await reach(opened, 'memcpy_toiovec');
  await session.run('out');
  const { bytes, address } = session.readMemory(0, 0x2000000);
  const text = [...'hello'].map((letter) => letter.charCodeAt(0));
  const found: number[] = [];
  for (let at = bytes.indexOf(itemAt(text, 0), 0x1000); at >= 0; at = bytes.indexOf(itemAt(text, 0), at + 1)) {
    if (text.every((byte, index) => bytes[at + index] === byte)) {
      found.push(address + at);
    }
  }
  const trees = await Promise.all(
    found.map((at) => origins.of({ address: at + 1, size: 1, label: 'e', clock: session.stop.clock })),
  );
  const ends = trees.map((tree) => hops(tree));
  const received = given(
    ends.find((told) => told.length > 2),
    'such item',
  );
  expect(received.at(-1)).toMatch(/^argument /);
  expect(received.some((hop) => hop.includes(' B '))).toBe(true);
});

test('a packet of the script is where the bytes of a segment come from', async () => {
  const opened = await open('fast-retransmit');
  await reach(opened, 'tcp_v4_rcv', 2);
  const told = hops(await originOf(opened, 'skb->h.th->ack_seq'));
  expect(told.at(-1)).toMatch(/^packet /);
});

test('it breathes at each hop, and what is asked to end follows no other', async () => {
  const opened = await open('handshake');
  await reach(opened, 'tcp_v4_rcv', 1);
  const { session, origins } = opened;
  const { value } = session.evaluate('skb->h.th->dest', session.stack(session.stop.thread)[0]);
  const { address, size } = given(value, 'value');
  const target = {
    address: given(address, 'address'),
    size: given(size, 'size'),
    label: 'dest',
    clock: session.stop.clock,
  };
  const asked = async (): Promise<{ readonly whole: OriginNode; readonly breaths: number }> => {
    let breaths = 0;
    const whole = await origins.of(target, { breathe: () => Promise.resolve(++breaths < 0) });
    return { whole, breaths };
  };
  const { whole, breaths } = await asked();
  expect(breaths).toBeGreaterThanOrEqual(nodesOf(whole));
  // What was found out is not looked for again: then it breathes at its hops alone.
  const again = await asked();
  expect(again.whole).toEqual(whole);
  expect(again.breaths).toBeGreaterThanOrEqual(nodesOf(whole));
  const cut = await origins.of(target, { breathe: () => Promise.resolve(true) });
  expect([cut.kind, nodesOf(cut)]).toEqual(['unknown', 1]);
  for (const most of [1, 2, again.breaths - 1]) {
    let left = most;
    const some = await origins.of(target, { breathe: () => Promise.resolve(left-- <= 0) });
    expect(all(some).some(({ kind }) => kind === 'unknown')).toBe(true);
    expect(nodesOf(some)).toBeLessThanOrEqual(nodesOf(whole));
  }
});

const nodesOf = (node: OriginNode): number => node.children.reduce((sum, child) => sum + nodesOf(child), 1);

/** The same numbers for the same seed (Park and Miller, "Random number generators: good ones are hard to find", 1988). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 0x7fffffff;
    return state % below;
  };
}

/** Every node with its children. */
function all(node: OriginNode): OriginNode[] {
  return [node, ...node.children.flatMap(all)];
}

const read = (session: SessionApi, address: number, size: number): number[] => [
  ...session.readMemory(address, size).bytes,
];

/**
 * Proves a hop: the value stays the same from its statement on, and when the bytes that it is said to be moved from are
 * changed before the statement, the value after it is changed in just these bits. Undefined when the change leads
 * elsewhere.
 */
async function proves(session: SessionApi, node: OriginNode): Promise<boolean | undefined> {
  const [child] = node.children;
  const { written } = node;
  if (!child || !written) {
    return undefined;
  }
  await session.branches.switchTo('first', written.clock + 1);
  const after = read(session, node.address, node.size);
  await session.travelTo(node.clock);
  expect(read(session, node.address, node.size)).toEqual(after);
  await session.travelTo(written.clock);
  const bytes = read(session, child.address, child.size);
  const flipped = Uint8Array.from(bytes, (byte) => byte ^ 0x10);
  if (session.writeMemory(child.address, flipped).written < child.size) {
    return undefined; // user memory, which C cannot write
  }
  await session.travelTo(written.clock + 1);
  if (session.stop.reason !== 'goto' || session.stop.clock !== written.clock + 1) {
    return undefined;
  }
  const changed = read(session, node.address, node.size).filter(
    (byte, index) => byte === (itemAt(after, index) ^ 0x10),
  );
  await session.branches.switchTo('first');
  return changed.length >= child.size;
}

const PICKS = Number(process.env['SOCKSCOPE_PICKS'] ?? 6);

test.each(['handshake', 'tcp-socket', 'udp-waits', 'fast-retransmit'])(
  'hops of values picked at chance are what changes them: %s',
  async (scenario) => {
    const opened = await open(scenario);
    const { session, origins } = opened;
    await session.run('continue');
    const end = session.stop.clock;
    const random = numbers(scenario.length * 7919);
    let proved = 0;
    for (let pick = 0; pick < PICKS; pick++) {
      await session.branches.switchTo('first', 300 + random(end - 300));
      const [frame] = session.stack(session.stop.thread);
      const locals = frame ? session.locals(frame).filter(({ size, scalar }) => size && scalar.kind !== 'none') : [];
      const local = locals[random(Math.max(1, locals.length))];
      if (local?.address === undefined || !local.size) {
        continue;
      }
      const { address, size, name } = local;
      const tree = await origins.of({ address, size, label: name, clock: session.stop.clock }, { hops: 12 });
      for (const node of all(tree).filter(({ kind }) => kind === 'moved')) {
        const verdict = await proves(session, node);
        expect([wording(node.label, 'en'), node.written, verdict ?? true]).toEqual([
          wording(node.label, 'en'),
          node.written,
          true,
        ]);
        proved += verdict ? 1 : 0;
      }
    }
    expect(proved).toBeGreaterThan(2);
  },
);
