/**
 * The wire: the other end of the scenario's network device.
 *
 * In: packets that the kernel sends on it (`sockscope_wire_xmit` from C). Out: those packets, with the virtual time at
 * which they left, for the workload to look at; a journal entry `packet` each. Packets in the other direction are handed
 * to C by the environment.
 */
import type { ServiceCall, ServiceResult } from '../machine/service';
import type { Clock } from './clock';
import { checkRange } from './memory-check';
import { service, StatefulModule } from './service-module';

const REASON = {
  en: 'A network card is hardware: packets that leave go to the scenario.',
  zh: '网卡是硬件：发出的数据包交给场景。',
};

/** A packet that left the machine. */
export interface SentPacket {
  /** Virtual microseconds since boot. */
  readonly time: number;
  /** The IP packet. */
  readonly bytes: Uint8Array;
}

/** Packets, and bytes of them, kept when nobody takes them; the oldest are dropped. */
const QUEUE_LIMIT = 4096;
const QUEUE_ROOM = 4 << 20;

export class Wire extends StatefulModule<{ sent: SentPacket[]; room: number }> {
  readonly name = 'wire';

  readonly services = [service('sockscope_wire_xmit', REASON, (call) => this.transmit(call))];

  constructor(private readonly clock: Clock) {
    super({ sent: [], room: QUEUE_ROOM });
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

  private transmit(call: ServiceCall): ServiceResult {
    const fault = checkRange(call.host, call.arg(0), call.arg(1), 'sockscope_wire_xmit');
    if (fault) {
      return { kind: 'fault', fault };
    }
    const bytes = call.memory.read(call.arg(0), call.arg(1));
    const { sent } = this.state;
    sent.push({ time: this.clock.now, bytes });
    this.state.room -= bytes.length;
    while (sent.length > QUEUE_LIMIT || this.state.room < 0) {
      this.take();
    }
    this.host.journal({ event: 'packet', direction: 'out', device: 'wire', uptime: this.clock.now, bytes });
    return 0;
  }
}
