/**
 * Probes: what the journal tells of the stack's inner life. Entering one of a few C functions is noted, without a change to the C:
 * tcp_set_state gives a TCP state's change, the loopback device's transmit function a packet.
 *
 * In: the call's arguments in machine memory. Out: journal entries `state` and `packet`. The same functions exist in the bundled kernel
 * and in every 2.4 tree (include/net/tcp.h or net/ipv4/tcp.c, drivers/net/loopback.c); fields are found by name.
 */
import type { PlainData, Probe, ServiceCall, ServiceHost, ServiceModule } from '../machine/service';
import type { Clock } from './clock';
import { StructAccess } from './struct-access';

/** States of `sk->state` by number (include/linux/tcp.h). */
const STATES = ['', 'TCP_ESTABLISHED', 'TCP_SYN_SENT', 'TCP_SYN_RECV', 'TCP_FIN_WAIT1', 'TCP_FIN_WAIT2', 'TCP_TIME_WAIT', 'TCP_CLOSE', 'TCP_CLOSE_WAIT', 'TCP_LAST_ACK', 'TCP_LISTEN', 'TCP_CLOSING'];
/** Largest packet that is copied into the journal. */
const PACKET_LIMIT = 2048;

export class Probes implements ServiceModule {
  readonly name = 'probes';
  readonly services = [];
  private structs: StructAccess | undefined;
  private store = new Uint8Array(0);
  private used = 0;

  readonly probes: readonly Probe[] = [
    { function: 'tcp_set_state', entered: (call) => this.state(call) },
    { function: 'loopback_xmit', entered: (call) => this.packet(call) },
  ];

  constructor(private readonly clock: Clock) {}

  start(host: ServiceHost): void {
    this.structs = new StructAccess(host);
  }

  save(): PlainData {
    return null;
  }

  restore(_state: PlainData): void {
    // Nothing is remembered between calls.
  }

  private state(call: ServiceCall): void {
    const sk = call.arg(0);
    const from = this.structs?.get(sk, 'sock', 'state');
    const to = call.arg(1);
    if (from !== undefined && from !== to) {
      call.host.journal({ event: 'state', sock: sk, from: STATES[from] ?? String(from), to: STATES[to] ?? String(to), time: this.clock.now });
    }
  }

  private packet(call: ServiceCall): void {
    const skb = call.arg(0);
    const start = this.structs?.get(skb, 'sk_buff', 'data');
    const length = this.structs?.get(skb, 'sk_buff', 'len');
    if (start === undefined || length === undefined || !call.memory.contains(start, Math.min(length, PACKET_LIMIT))) {
      return;
    }
    const bytes = this.kept(call.memory.bytes.subarray(start, start + Math.min(length, PACKET_LIMIT)));
    call.host.journal({ event: 'packet', direction: 'out', device: 'lo', time: this.clock.now, bytes });
  }

  /** A copy that shares its buffer with the packets before: one buffer for each packet would keep the garbage collector busy. */
  private kept(bytes: Uint8Array): Uint8Array {
    if (this.used + bytes.length > this.store.length) {
      this.store = new Uint8Array(8 * PACKET_LIMIT);
      this.used = 0;
    }
    const copy = this.store.subarray(this.used, (this.used += bytes.length));
    copy.set(bytes);
    return copy;
  }
}
