/**
 * Probes: what the journal tells of the stack's inner life. Entering one of a few C functions is noted, without a change
 * to the C: tcp_set_state gives a TCP state's change, the loopback device's transmit function a packet.
 *
 * In: the call's arguments in machine memory. Out: journal entries `state` and `packet`. The same functions exist in the
 * bundled kernel and in every 2.4 tree (include/net/tcp.h or net/ipv4/tcp.c, drivers/net/loopback.c); fields are found
 * by name.
 */
import { tcpStateName } from '../abi/linux-sockets';
import { alignUp } from '../base/bytes';
import type { Memory } from '../machine/memory';
import type { PlainData, Probe, Replaced, ServiceCall, ServiceHost, ServiceModule, TaskId } from '../machine/service';
import type { Clock } from './clock';
import { StructAccess, type Field } from './struct-access';
import type { Wire } from './wire';

/**
 * Bytes of a packet that the journal keeps, as a snapshot length does: all headers that it can have (60 bytes each), and
 * the beginning of its data.
 */
const SNAPSHOT = 256;
/** Packets that share a buffer: one for each would keep the garbage collector busy. */
const SHARED = 64;

/** The loopback device's transmit function. */
export const LOOPBACK_TRANSMIT = 'loopback_xmit';
/** Tag of the call that frees the buffer of a packet that is lost on the loopback device. */
export const LOST = { kind: 'lost' } as const;

export class Probes implements ServiceModule {
  readonly name = 'probes';
  readonly services = [];
  private sockState: Field | undefined;
  private data: Field | undefined;
  private size: Field | undefined;
  private networkHeader: Field | undefined;
  private users: Field | undefined;
  private store = new Uint8Array(0);
  private storedWords = new Int32Array(0);
  private used = 0;

  readonly probes: readonly Probe[] = [
    { function: 'tcp_set_state', entered: (call) => this.state(call) },
    {
      function: LOOPBACK_TRANSMIT,
      entered: (call) => this.transmitted(call),
      mayReplace: () => this.wire.isOrdered,
    },
  ];

  constructor(
    private readonly clock: Clock,
    private readonly wire: Wire,
  ) {}

  start(host: ServiceHost): void {
    const structs = new StructAccess(host);
    this.sockState = structs.field('sock', 'state');
    this.data = structs.field('sk_buff', 'data');
    this.size = structs.field('sk_buff', 'len');
    this.networkHeader = structs.field('sk_buff', 'nh.raw');
    this.users = structs.field('sk_buff', structs.has('sk_buff', 'users.counter') ? 'users.counter' : 'users');
  }

  save(): PlainData {
    return null;
  }

  restore(_state: PlainData): void {
    // Nothing is remembered between calls.
  }

  private state(call: ServiceCall): void {
    const sk = call.arg(0);
    const from = this.sockState?.get(sk);
    const to = call.arg(1);
    if (from !== undefined && from !== to) {
      call.host.journal({
        event: 'state',
        sock: sk,
        from: tcpStateName(from) ?? String(from),
        to: tcpStateName(to) ?? String(to),
        uptime: this.clock.now,
      });
    }
  }

  /** A packet that does not go on: the function answers 0 and does nothing; what is lost is freed, as a card does. */
  private transmitted(call: ServiceCall): Replaced | undefined {
    const [skb, device] = [call.arg(0), call.arg(1)];
    const { host, task } = call;
    const fate = this.wire.setsOut({ to: 'loopback', args: [skb, device] });
    if (fate === 'on') {
      this.packet(call);
      return undefined;
    }
    return { value: 0, then: () => fate === 'lost' && this.free(host, task, skb) };
  }

  private free(host: ServiceHost, task: TaskId, skb: number): void {
    const users = this.users?.get(skb) ?? 1;
    const id = host.functionId('__kfree_skb');
    if (users > 1) {
      this.users?.set(skb, users - 1);
    } else if (id !== undefined) {
      host.pushCall(task, id, [skb], LOST);
    }
  }

  /** From the network header on: a tree's loopback device is handed an Ethernet header before it. */
  private packet(call: ServiceCall): void {
    const skb = call.arg(0);
    const data = this.data?.get(skb);
    const size = this.size?.get(skb);
    if (data === undefined || size === undefined) {
      return;
    }
    const header = this.networkHeader?.get(skb) ?? data;
    const start = header >= data && header < data + size ? header : data;
    const length = data + size - start;
    const kept = Math.min(length, SNAPSHOT);
    if (!call.memory.contains(start, kept)) {
      return;
    }
    const bytes = this.kept(call.memory, start, kept);
    call.host.journal({
      event: 'packet',
      direction: 'out',
      device: 'lo',
      uptime: this.clock.now,
      bytes,
      ...(kept < length ? { length } : {}),
    });
  }

  /** A copy that shares its buffer with the packets before. */
  private kept(from: Memory, start: number, size: number): Uint8Array {
    if (this.used + size > this.store.length) {
      this.store = new Uint8Array(SHARED * SNAPSHOT);
      this.storedWords = new Int32Array(this.store.buffer);
      this.used = 0;
    }
    const at = this.used;
    this.used = alignUp(at + size, 4);
    if ((start & 3) === 0) {
      for (let i = 0; i < size; i += 4) {
        this.storedWords[(at + i) >> 2] = from.words[(start + i) >> 2]!;
      }
    } else {
      this.store.set(from.bytes.subarray(start, start + size), at);
    }
    return this.store.subarray(at, at + size);
  }
}
