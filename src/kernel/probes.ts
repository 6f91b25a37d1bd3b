/**
 * Probes: what the journal tells of the stack's inner life. Entering one of a few C functions is noted, without a change
 * to the C: tcp_set_state gives a TCP state's change, the loopback device's transmit function a packet, the function that
 * frees a packet's buffer a packet that is dropped (`drops.ts`), those that look through a wait queue who wakes sleepers.
 *
 * In: the call's arguments in machine memory, and the stack where it is wanted. Out: journal entries `state`, `packet`
 * and `drop`; for the scheduler, on whose behalf it is called. The same functions exist in the bundled kernel and in every
 * 2.4 tree (include/net/tcp.h or net/ipv4/tcp.c, drivers/net/loopback.c, net/core/skbuff.c, kernel/sched.c); fields are
 * found by name.
 */
import { TCP_STATES, tcpStateName } from '../abi/linux-sockets';
import { given } from '../base/checked-access';
import type { StatementPlace } from '../machine/journal-entry';
import type { PlainData, Probe, Replaced, ServiceCall, ServiceHost, StackPlace, TaskId } from '../machine/service';
import type { Clock } from './clock';
import { Drops } from './drops';
import type { Packets } from './packets';
import { KNOWN_BY, type Moment } from './packets';
import type { Slab } from './slab';
import { StatefulModule } from './service-module';
import { type Snapshot, Snapshots } from './snapshots';
import { SocketEndsReader } from './socket-ends';
import type { SocketNames } from './socket-names';
import { StructAccess, type Field } from './struct-access';
import type { Wire } from './wire';

/** Functions that wake whoever sleeps in a queue, their first argument; and the end of a sleep with a time limit. */
const WAKERS = ['__wake_up', '__wake_up_sync'];
const ALARM = 'process_timeout';

/** Functions that do what others have decided: the first sets a TCP state, the second ends a sock. */
const STATE_SETTERS = ['tcp_set_state', 'tcp_done'] as const;

/** The loopback device's transmit function. */
export const LOOPBACK_TRANSMIT = 'loopback_xmit';
/** Tag of the call that frees the buffer of a packet that is lost on the loopback device. */
export const LOST = { kind: 'lost' } as const;

type ProbeState = {
  /** Changes of TCP states so far. */
  changes: number;
  /** The call that wakes sleepers at the moment. */
  waker: {
    readonly task: number;
    readonly fp: number;
    readonly queue?: number;
    readonly place?: StatementPlace;
  } | null;
};

interface StartedProbes {
  readonly sockState: Field;
  readonly users: Field;
  readonly snapshots: Snapshots;
  readonly drops: Drops;
  readonly ends: SocketEndsReader;
  readonly firstSleeper: number | undefined;
}

export class Probes extends StatefulModule<ProbeState> {
  readonly name = 'probes';
  readonly services = [];
  private started: StartedProbes | undefined;
  private readonly places = new Map<number, StatementPlace>();
  /** The segment that TCP looks at, for which sock, and how many packets had arrived: it is no longer known after another. */
  private handled: { readonly skb: number; readonly sock: number; readonly arrivals: number } | undefined;

  readonly probes: readonly Probe[] = [
    {
      function: STATE_SETTERS[0],
      wants: (call) => (this.isChange(call) ? whereDecided(call, STATE_SETTERS) : 'nothing'),
      entered: (call) => this.changed(call),
    },
    {
      function: LOOPBACK_TRANSMIT,
      entered: (call) => this.transmitted(call),
      mayReplace: () => this.wire.isOrdered,
    },
    {
      function: 'tcp_v4_do_rcv',
      entered: (call) => void (this.handled = { skb: call.arg(1), sock: call.arg(0), arrivals: this.packets.arrivals }),
    },
    {
      function: '__kfree_skb',
      wants: (call) => (call.host.isHeard() && this.mayDrop(call) ? 'stack' : 'nothing'),
      entered: (call) => this.freed(call),
    },
    ...WAKERS.map((name): Probe => ({
      function: name,
      wants: (call) => (this.hasSleeper(call) ? whereDecided(call, WAKERS) : 'nothing'),
      entered: (call) => this.wakes(call, call.arg(0)),
    })),
    { function: ALARM, wants: () => 'stack', entered: (call) => this.wakes(call, undefined) },
  ];

  constructor(
    private readonly clock: Clock,
    private readonly wire: Wire,
    private readonly packets: Packets,
    private readonly slab: Slab,
    private readonly names: SocketNames,
  ) {
    super({ changes: 0, waker: null });
  }

  override start(host: ServiceHost): void {
    super.start(host);
    const structs = new StructAccess(host);
    const snapshots = new Snapshots(structs);
    this.started = {
      sockState: structs.field('sock', 'state'),
      users: structs.field('sk_buff', structs.has('sk_buff', 'users.counter') ? 'users.counter' : 'users'),
      snapshots,
      drops: new Drops(host, structs),
      ends: new SocketEndsReader(host),
      firstSleeper: structs.place('__wait_queue_head', 'task_list.next')?.offset,
    };
  }

  override restore(state: PlainData): void {
    super.restore(state);
    this.started?.drops.forget();
    this.handled = undefined;
  }

  private get parts(): StartedProbes {
    return given(this.started, 'machine');
  }

  /** How things stand: what happens from now on may be the doing of a packet that arrives. */
  moment(): Moment {
    return { effects: this.effects, counters: this.parts.drops.counters() };
  }

  /** Whose call of a function that wakes has led to a call of the scheduler's service. */
  wakerOf(call: ServiceCall): { readonly queue?: number; readonly place?: StatementPlace } {
    const { waker } = this.state;
    if (!waker || waker.task !== call.task || waker.fp <= call.argAddress(0)) {
      return {};
    }
    const { queue, place } = waker;
    return { ...(queue === undefined ? {} : { queue }), ...(place ? { place } : {}) };
  }

  /** What packets have brought about: states that changed, objects that were made. */
  private get effects(): number {
    return this.state.changes + this.slab.made();
  }

  /** Without the frame: one object for each place, of which a long journal has few. */
  private placeOf(frame: StatementPlace | undefined): StatementPlace | undefined {
    if (!frame) {
      return undefined;
    }
    const { function: name, file, line, statement } = frame;
    const place = this.places.get(statement) ?? { function: name, file, line, statement };
    this.places.set(statement, place);
    return place;
  }

  private isChange(call: ServiceCall): boolean {
    const from = this.parts.sockState.get(call.arg(0));
    return from !== undefined && from !== call.arg(1);
  }

  private changed(call: ServiceCall): void {
    const sk = call.arg(0);
    const from = this.parts.sockState.get(sk);
    const to = call.arg(1);
    if (from !== undefined && from !== to) {
      this.state.changes++;
      if (to === TCP_STATES.TCP_SYN_SENT) {
        this.names.connects(sk);
      }
      if (!call.host.isHeard()) {
        return;
      }
      const socket = this.parts.ends.ofSock(sk);
      const place = this.placeOf(decidedAt(call, STATE_SETTERS));
      const name = this.names.of(sk);
      call.host.journal({
        event: 'state',
        sock: sk,
        from: tcpStateName(from) ?? String(from),
        to: tcpStateName(to) ?? String(to),
        ...(socket && { socket }),
        ...(place && { place }),
        ...(name && { name }),
        uptime: this.clock.now,
      });
    }
  }

  /** A packet that does not go on: the function answers 0 and does nothing; what is lost is freed, as a card does. */
  private transmitted(call: ServiceCall): Replaced | undefined {
    const [skb, device] = [call.arg(0), call.arg(1)];
    const { host, task } = call;
    const snapshot = this.parts.snapshots.take(call.memory, skb);
    const fate = this.wire.setsOut({ to: 'loopback', args: [skb, device] }, snapshot?.bytes ?? new Uint8Array(0));
    if (fate === 'on') {
      this.packet(host, snapshot);
      return undefined;
    }
    return { value: 0, then: () => fate === 'lost' && this.free(host, task, skb) };
  }

  private free(host: ServiceHost, task: TaskId, skb: number): void {
    const users = this.parts.users.get(skb) ?? 1;
    const id = host.functionId('__kfree_skb');
    if (users > 1) {
      this.parts.users.set(skb, users - 1);
    } else if (id !== undefined) {
      host.pushCall(task, id, [skb], LOST);
    }
  }

  private packet(host: ServiceHost, snapshot: Snapshot | undefined): void {
    if (!snapshot) {
      return;
    }
    const packet = this.wire.number;
    this.packets.returns(packet, snapshot.bytes, this.moment());
    if (!host.isHeard()) {
      return;
    }
    const { bytes, length } = snapshot;
    const uptime = this.clock.now;
    host.journal(
      length === undefined
        ? { event: 'packet', direction: 'out', device: 'lo', packet, uptime, bytes }
        : { event: 'packet', direction: 'out', device: 'lo', packet, uptime, bytes, length },
    );
  }

  /**
   * Whether it takes a look at the stack to know that a buffer's packet is thrown away: not where somebody owns it, where
   * something has come of the packet, or where it is an ACK that a connection has just looked at.
   */
  private mayDrop(call: ServiceCall): boolean {
    const head = this.parts.drops.mayBe(call) ? this.headOf(call) : undefined;
    const known = head && this.packets.find(head);
    return (
      head !== undefined &&
      known?.effects === this.effects &&
      (known.isKnown || !this.packets.isAcknowledged(head)) &&
      !this.isTaken(call.arg(0), head)
    );
  }

  private isTaken(skb: number, head: Uint8Array): boolean {
    const { handled, parts, packets } = this;
    return handled?.skb === skb && handled.arrivals === packets.arrivals && parts.drops.isAckTaken(handled.sock, head);
  }

  private freed(call: ServiceCall): void {
    const { drops, snapshots } = this.parts;
    const skb = call.arg(0);
    const head = this.headOf(call);
    const known = head && this.packets.find(head);
    const snapshot = known && snapshots.take(call.memory, skb);
    const isNew = snapshot && !known.isKnown && this.packets.isAcknowledged(snapshot.bytes);
    const found = snapshot && !isNew && drops.find(skb, snapshot.bytes, call.host.frames(), known.counters);
    if (found) {
      call.host.journal({ event: 'drop', packet: known.packet, ...found, uptime: this.clock.now, ...snapshot });
    }
  }

  /** Bytes by which the packet in a buffer that is freed is known again. */
  private headOf(call: ServiceCall): Uint8Array | undefined {
    return this.parts.snapshots.head(call.memory, call.arg(0), KNOWN_BY);
  }

  private hasSleeper(call: ServiceCall): boolean {
    const { firstSleeper } = this.parts;
    const list = call.arg(0) + (firstSleeper ?? 0);
    return firstSleeper !== undefined && call.memory.u32(list) !== list;
  }

  private wakes(call: ServiceCall, queue: number | undefined): void {
    // A sleep's alarm is the place itself; else the caller is, behind what looks through the queue.
    const place = this.placeOf(queue === undefined ? first(call.host.stack()) : decidedAt(call, WAKERS));
    this.state.waker = {
      task: call.task,
      fp: call.argAddress(0),
      ...(queue === undefined ? {} : { queue }),
      ...(place ? { place } : {}),
    };
  }
}

/** Whether the caller is one that decides, or it takes the stack to find who does. */
function whereDecided({ caller }: ServiceCall, doers: readonly string[]): 'call' | 'stack' {
  return caller && doers.includes(caller.function) ? 'stack' : 'call';
}

/** Where the innermost function stands that is none of those that only do what others decide, the one called among them. */
function decidedAt({ caller, host }: ServiceCall, doers: readonly string[]): StatementPlace | undefined {
  if (!caller || !doers.includes(caller.function)) {
    return caller;
  }
  for (const frame of host.stack()) {
    if (!doers.includes(frame.function)) {
      return frame;
    }
  }
  return undefined;
}

function first(stack: Iterable<StackPlace>): StackPlace | undefined {
  const [innermost] = stack;
  return innermost;
}
