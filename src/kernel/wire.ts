/**
 * The wire: the other end of the scenario's network device.
 *
 * In: packets that the kernel sends on it (`sockscope_wire_xmit` from C). Out: those packets, with the virtual time at
 * which they left, for the workload to look at; a journal entry `packet` each, `drop` for one that is lost or must be sent
 * again. Packets in the other direction are handed to C by the environment. All packets are counted here, those of the
 * loopback device too, and somebody may order that one is lost or comes later: such a packet is held until its time, then
 * it goes on where it was going.
 */
import { sentence } from '../sentences/sentence';
import type { ServiceCall, ServiceResult } from '../machine/service';
import type { Clock } from './clock';
import { checkRange } from './memory-check';
import { type Packets } from './packets';
import { service, StatefulModule } from './service-module';

const REASON = {
  en: 'A network card is hardware: packets that leave go to the scenario.',
  zh: '网卡是硬件：发出的报文交给场景。',
};

/** A packet that left the machine. */
export type SentPacket = {
  /** Virtual microseconds since boot. */
  readonly time: number;
  /** The IP packet. */
  readonly bytes: Uint8Array;
};

/** Packets, and bytes of them, kept when nobody takes them; the oldest are dropped. */
const QUEUE_LIMIT = 4096;
const QUEUE_ROOM = 4 << 20;

/** A packet that is held. */
export type HeldPacket =
  | { readonly to: 'script'; readonly packet: number; readonly due: number; readonly bytes: Uint8Array }
  | { readonly to: 'kernel'; readonly packet: number; readonly due: number; readonly bytes: Uint8Array }
  /** The loopback device's transmit function will be called with these words. */
  | { readonly to: 'loopback'; readonly packet: number; readonly due: number; readonly args: readonly number[] };

type Destination =
  | { readonly to: 'script' | 'kernel'; readonly bytes: Uint8Array }
  | { readonly to: 'loopback'; readonly args: readonly number[] };

type WireState = {
  sent: SentPacket[];
  room: number;
  /** Packets so far, of all devices. */
  passed: number;
  /** The number of the one that set out last: one that was held keeps its own. */
  number: number;
  /** What is ordered for packets to come: lost without `by`. */
  orders: { packet: number; by: number | undefined }[];
  held: HeldPacket[];
  /** One that was held is being handed over: it is not counted again. */
  handing: boolean;
};

export class Wire extends StatefulModule<WireState> {
  readonly name = 'wire';

  readonly services = [service('sockscope_wire_xmit', REASON, (call) => this.transmit(call))];

  constructor(
    private readonly clock: Clock,
    private readonly packets: Packets,
  ) {
    super({ sent: [], room: QUEUE_ROOM, passed: 0, number: 0, orders: [], held: [], handing: false });
  }

  /** Takes the oldest packet nobody has looked at. */
  take(): SentPacket | undefined {
    const packet = this.state.sent.shift();
    this.state.room += packet?.bytes.length ?? 0;
    return packet;
  }

  /** Whether a packet waits to be looked at. */
  get waiting(): boolean {
    return this.state.sent.length > 0;
  }

  /** Packets nobody has looked at, the oldest first. */
  get unseen(): readonly SentPacket[] {
    return this.state.sent;
  }

  /** Packets so far, those of the loopback device too. */
  get passed(): number {
    return this.state.passed;
  }

  /** The number of the packet that set out last. */
  get number(): number {
    return this.state.number;
  }

  /** Whether something is ordered for a packet to come: then somebody must look at each. */
  get isOrdered(): boolean {
    return this.state.orders.length > 0;
  }

  /** Packet number `packet` is to be lost, or to come `by` microseconds later. */
  order(packet: number, by: number | undefined): void {
    this.state.orders.push({ packet, by });
  }

  /** A packet sets out: it goes on at once, is lost, or is held. */
  setsOut(destination: Destination, bytes: Uint8Array): 'on' | 'lost' | 'held' {
    const { state } = this;
    if (state.handing) {
      state.handing = false;
      return 'on';
    }
    state.number = ++state.passed;
    const order = state.orders.find(({ packet }) => packet === state.passed);
    if (!order) {
      return 'on';
    }
    state.orders = state.orders.filter((each) => each !== order);
    const packet = state.passed;
    if (order.by === undefined) {
      const uptime = this.clock.now;
      this.host.journal({ event: 'drop', packet, reason: { kind: 'ordered' }, bytes, uptime });
      return 'lost';
    }
    const milliseconds = order.by / 1000;
    this.host.journal({ event: 'note', text: sentence('packet-n-is-held', { packet, milliseconds }) });
    state.held.push({ ...destination, packet, due: this.clock.now + order.by });
    return 'held';
  }

  /** When the first of the packets that are held is due. */
  get nextDue(): number | undefined {
    return this.state.held.reduce<number | undefined>((least, { due }) => Math.min(least ?? due, due), undefined);
  }

  /** Takes a packet whose time has come; what it sets out for now is not counted again. */
  takeDue(): HeldPacket | undefined {
    const { state } = this;
    const due = state.held.find((held) => held.due <= this.clock.now);
    state.held = state.held.filter((held) => held !== due);
    state.handing = due !== undefined && due.to !== 'script';
    state.number = due?.packet ?? state.number;
    return due;
  }

  /** A packet comes out at the other end. */
  arrive(bytes: Uint8Array): void {
    const { sent } = this.state;
    sent.push({ time: this.clock.now, bytes });
    this.state.room -= bytes.length;
    while (sent.length > QUEUE_LIMIT || this.state.room < 0) {
      this.take();
    }
    const uptime = this.clock.now;
    const packet = this.number;
    this.packets.leaves(bytes);
    const lost = this.packets.repeats(bytes, packet);
    if (lost !== undefined) {
      this.host.journal({ event: 'drop', packet: lost, reason: { kind: 'lost' }, bytes, uptime });
    }
    this.host.journal({ event: 'packet', direction: 'out', device: 'wire', packet, uptime, bytes });
  }

  private transmit(call: ServiceCall): ServiceResult {
    const fault = checkRange(call.host, call.arg(0), call.arg(1), 'sockscope_wire_xmit');
    if (fault) {
      return { kind: 'fault', fault };
    }
    const bytes = call.memory.read(call.arg(0), call.arg(1));
    if (this.setsOut({ to: 'script', bytes }, bytes) === 'on') {
      this.arrive(bytes);
    }
    return 0;
  }
}
