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

async function originOf({ session, origins, history }: Opened, expression: string): Promise<OriginNode> {
  const frame = session.stack(session.stop.thread)[0];
  const { value } = session.evaluate(expression, frame);
  if (value?.address === undefined || value.size === undefined) {
    throw new Error(`${expression} has no place`);
  }
  const { address, size } = value;
  return origins.of(history.valueNamed(expression, { address, size }, frame));
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

/** The hops with what each value was. */
const valued = (node: OriginNode): string[] => [
  `${node.kind} ${wording(node.label, 'en')} = ${node.value}`,
  ...node.children.flatMap(valued),
];

test('a bit-field goes back to the option of the packet, and not to its neighbours', async () => {
  const script = `
0   socket(AF_INET, SOCK_STREAM, 0) = 3
+0  bind(3, ..., ...) = 0
+0  listen(3, 5) = 0
+.1 < S 0:0(0) win 32792 <mss 1000,nop,wscale 3,sackOK,TS val 77 ecr 0>
+0  > S. 0:0(0) ack 1 <...>
+.1 < . 1:1(0) ack 1 win 1200 <nop,nop,TS val 80 ecr 10>
+0  accept(3, ..., ...) = 4`;
  const opened = await open({ script });
  await reach(opened, 'tcp_ack');
  const told = valued(await originOf(opened, 'sk->tp_pinfo.af_tcp.snd_wscale'));
  expect(told.every((hop) => hop.endsWith(' = 3'))).toBe(true);
  expect(told.slice(0, 2)).toEqual(['moved sk->tp_pinfo.af_tcp.snd_wscale = 3', 'moved req->snd_wscale = 3']);
  expect(told.slice(-2)).toEqual(['moved *p = 3', expect.stringMatching(/^packet 0x\w+ = 3$/)]);
  // The options that came later are kept in bits beside it.
  expect(valued(await originOf(opened, 'sk->tp_pinfo.af_tcp.tstamp_ok'))).toEqual([
    'moved sk->tp_pinfo.af_tcp.tstamp_ok = 1',
    'moved req->tstamp_ok = 1',
    'constant tp.saw_tstamp = 1',
  ]);
  expect(valued(await originOf(opened, 'skb->h.th->ack'))).toEqual([
    'moved skb->h.th->ack = 1',
    expect.stringMatching(/^packet 0x\w+ = 16 \(0x10\)$/),
  ]);
});

test.each(['syn', 'ack', 'fin', 'psh', 'rst', 'urg', 'doff'])(
  'the origin of %s is the statement that wrote these bits, or wrote them once more',
  async (field) => {
    const opened = await open('handshake');
    const { session, history } = opened;
    for (const hit of [1, 2, 4]) {
      await session.travelTo(session.stop.oldest);
      await reach(opened, 'tcp_v4_rcv', hit);
      const expression = `skb->h.th->${field}`;
      const frame = session.stack(session.stop.thread)[0];
      const last = await history.whoWrote(given(history.target(expression, frame).target, expression));
      const { written, value, bits, kind } = await originOf(opened, expression);
      expect([kind, bits?.size]).toEqual([field === 'doff' ? 'computed' : kind, field === 'doff' ? 4 : 1]);
      expect(value).toBe(session.evaluate(expression, frame).value?.display);
      // A variable that has more than these bits is not what was moved.
      const from = kind === 'moved' ? (await originOf(opened, expression)).children[0]?.value : value;
      expect(from).toBe(value);
      const wrote = field === 'doff' ? ['doff'] : ['[13] = tcb->flags', 'memset(th', `th->${field} = 1`];
      expect([given(written, 'written').text, wrote.some((text) => written?.text.includes(text))]).toEqual([
        given(written, 'written').text,
        true,
      ]);
      expect(last.kind !== 'change' || last.row.clock <= given(written, 'written').clock).toBe(true);
    }
  },
);

test('a hop is told at the statement that wrote it, also behind a return, and shown as its type says', async () => {
  const opened = await open('nonblocking-connect');
  await reach(opened, 'tcp_transmit_skb');
  const flags = await originOf(opened, 'skb->cb[0]');
  expect(flags.written?.text).not.toContain('return');
  opened.session.setFunctionBreakpoints([]);
  const { answer } = await opened.history.ask('returns(inet_stream_connect)', undefined);
  await opened.session.travelTo(given(answer?.rows[0], 'row').clock);
  const error = await originOf(opened, 'err');
  expect([error.kind, error.value, error.written?.text]).toEqual([
    'constant',
    '-115 (-EINPROGRESS)',
    'err = -EINPROGRESS;',
  ]);
  const all = (node: OriginNode): OriginNode[] => [node, ...node.children.flatMap(all)];
  const handshake = await open('handshake');
  await reach(handshake, 'tcp_v4_rcv', 3);
  const hopsOfFlags = all(await originOf(handshake, 'skb->h.th->ack'));
  // The argument lies there when the other argument's function has returned: its return is not what wrote it.
  const argument = given(
    hopsOfFlags.find(({ label }) => label === 'flags'),
    'flags',
  );
  expect([argument.kind, argument.written?.text]).toEqual(['constant', expect.stringContaining('TCPCB_FLAG_ACK')]);
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
