/** Objects at stop after stop: what has not changed is the same object, and what has is never an old one. */
import { describe, expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import { NotedReads } from '../../src/values/noted-reads';
import { objectView, type ObjectCard } from '../../src/values/object-view';
import { RememberedCards } from '../../src/values/remembered-cards';
import { socketMemory, tcpSocket } from './socket-memory';

function listener() {
  const kernel = socketMemory();
  const { socket, sk } = tcpSocket(kernel);
  kernel.global('jiffies', 'u32');
  kernel.write('sock', sk, { state: 10, sport: 0x901f });
  const remembered = new RememberedCards();
  const look = (expression = 'sock', wanted?: readonly { address: number; size: number }[]): readonly ObjectCard[] =>
    objectView(
      { ...kernel.context, liveObjects: () => kernel.objects },
      [],
      [{ address: socket, type: 'struct socket *', expression }],
      wanted && { cards: new Set(), bytes: wanted },
      remembered,
    ).cards;
  const fresh = (expression = 'sock'): readonly ObjectCard[] =>
    objectView(
      { ...kernel.context, liveObjects: () => kernel.objects },
      [],
      [{ address: socket, type: 'struct socket *', expression }],
    ).cards;
  return { kernel, socket, sk, look, fresh };
}

const ofType = (cards: readonly ObjectCard[], name: string): ObjectCard =>
  given(
    cards.find(({ typeName }) => typeName === `struct ${name}`),
    name,
  );

describe('cards that are remembered', () => {
  test('are the same objects while nothing changes', () => {
    const { look } = listener();
    const before = look();
    expect(look().every((card, index) => card === before[index])).toBe(true);
  });

  test('one whose bytes have changed is read again, the others are not', () => {
    const { kernel, sk, look, fresh } = listener();
    const before = look();
    kernel.write('sock', sk, { state: 7 });
    const now = look();
    expect(now).toEqual(fresh());
    expect(ofType(now, 'sock').summary).toBe('TCP_CLOSE 0.0.0.0:8080');
    expect(ofType(now, 'proto')).toBe(ofType(before, 'proto'));
    const changed = ofType(now, 'sock').important.filter((row) => !ofType(before, 'sock').important.includes(row));
    expect(changed.map(({ id }) => id)).toEqual(['state']);
  });

  test('what is the same bytes again after a way back is the same', () => {
    const { kernel, sk, look, fresh } = listener();
    look();
    kernel.write('sock', sk, { state: 7 });
    look();
    kernel.write('sock', sk, { state: 10 });
    expect(look()).toEqual(fresh());
  });

  test('a list is read again when one of its elements changes', () => {
    const { kernel, sk, look, fresh } = listener();
    const done = kernel.allocate('open_request', 'tcp_open_request');
    kernel.write('open_request', done, { rmt_port: 0x0104, 'af.v4_req.rmt_addr': 0x0100007f });
    kernel.write('sock', sk, { 'tp_pinfo.af_tcp.accept_queue': done });
    look();
    kernel.write('open_request', done, { retrans: 2 });
    const now = look();
    expect(now).toEqual(fresh());
    expect(JSON.stringify(now)).toContain('retrans 2');
  });

  test('a pointer to memory that is freed meanwhile is told as such', () => {
    const { kernel, sk, look, fresh } = listener();
    look();
    kernel.free(sk);
    const now = look();
    expect(now).toEqual(fresh());
    expect(ofType(now, 'socket').important.find(({ id }) => id === 'sk')?.mark).toBe('dangling');
  });

  test('under another name everything is as C reaches it now', () => {
    const { kernel, sk, look, fresh } = listener();
    const done = kernel.allocate('open_request', 'tcp_open_request');
    kernel.write('sock', sk, { 'tp_pinfo.af_tcp.accept_queue': done });
    look();
    expect(look('other')).toEqual(fresh('other'));
    expect(ofType(look('other'), 'sock').important.every(({ expression }) => expression.startsWith('other->sk'))).toBe(
      true,
    );
  });

  test('fields that are wanted come and go', () => {
    const { kernel, sk, look } = listener();
    const none = ofType(look('sock', []), 'sock').others.length;
    const address = kernel.at('sock', sk, 'rcvbuf');
    const ids = new Set(ofType(look('sock', []), 'sock').others.map(({ id }) => id));
    const now = ofType(look('sock', [{ address, size: 4 }]), 'sock').others.filter(({ id }) => !ids.has(id));
    expect(now.length).toBeLessThanOrEqual(1);
    expect(ofType(look('sock', []), 'sock').others).toHaveLength(none);
  });
});

describe('noted reads', () => {
  test('are the bytes of the memory, and know when one that was read is another', () => {
    const { kernel, sk } = listener();
    const reads = new NotedReads(kernel.memory);
    const { memory } = kernel;
    expect([reads.u8(sk + 1), reads.u16(sk + 2), reads.u32(sk + 4), reads.u64(sk + 8)]).toEqual([
      memory.u8(sk + 1),
      memory.u16(sk + 2),
      memory.u32(sk + 4),
      memory.u64(sk + 8),
    ]);
    expect(reads.read(sk + 13, 10)).toEqual(memory.read(sk + 13, 10));
    expect(reads.areSame()).toBe(true);
    memory.setU8(sk + 24, memory.u8(sk + 24) ^ 1);
    expect(reads.areSame()).toBe(true);
    memory.setU8(sk + 22, memory.u8(sk + 22) ^ 1);
    expect(reads.areSame()).toBe(false);
  });
});
