/**
 * Random numbers, seeded: drivers/char/random.c as far as sockets need it. The same run gives the same numbers.
 *
 * In: calls of C. Out: 32-bit numbers of an xorshift generator (Marsaglia, "Xorshift RNGs", 2003, triple 13, 17, 5).
 * Initial sequence numbers follow RFC 1948: a hash of the connection's addresses and ports plus a clock of one tick each
 * 4 microseconds (RFC 793, 3.3).
 */
import type { ServiceCall } from '../machine/service';
import { checkRange } from './memory-check';
import { service, StatefulModule } from './service-module';

const REASON = {
  en: 'Entropy comes from hardware; here it is seeded, so that two runs give the same numbers.',
  zh: '随机性来自硬件；这里用固定种子产生，保证两次运行得到相同的数。',
};

type RandomState = {
  /** Generator state, never 0. */
  word: number;
};

export class Random extends StatefulModule<RandomState> {
  readonly name = 'random';

  readonly services = [
    service('net_random', REASON, () => this.next()),
    service('random', REASON, () => this.next()),
    service('get_random_bytes', REASON, (call) => this.fill(call)),
    service(
      'secure_tcp_sequence_number',
      REASON,
      (call) =>
        (this.mix(call.arg(0), call.arg(1), (call.arg(2) << 16) | (call.arg(3) & 0xffff)) +
          Math.floor(this.microseconds() / 4)) >>>
        0,
    ),
    service('secure_ip_id', REASON, (call) => this.mix(call.arg(0), 0, 0) & 0xffff),
    service(
      'secure_tcp_syn_cookie',
      REASON,
      (call) => (this.mix(call.arg(0), call.arg(1), (call.arg(2) << 16) | (call.arg(3) & 0xffff)) + call.arg(4)) >>> 0,
    ),
  ];

  /** `microseconds` is the virtual clock. */
  constructor(
    private readonly microseconds: () => number,
    seed = 0x2545f491,
  ) {
    super({ word: seed >>> 0 || 1 });
  }

  private next(): number {
    let { word } = this.state;
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    this.state.word = word >>> 0;
    return this.state.word;
  }

  private fill(call: ServiceCall): void | { kind: 'fault'; fault: NonNullable<ReturnType<typeof checkRange>> } {
    const fault = checkRange(this.host, call.arg(0), call.arg(1), 'get_random_bytes');
    if (fault) {
      return { kind: 'fault', fault };
    }
    for (let i = 0; i < call.arg(1); i++) {
      call.memory.setU8(call.arg(0) + i, this.next() & 0xff);
    }
    return undefined;
  }

  /** Multiply-and-shift mix of three words (the finalizer of MurmurHash3, public domain, over each). */
  private mix(a: number, b: number, c: number): number {
    let hash = 0x9e3779b9;
    for (const word of [a, b, c]) {
      hash = (hash ^ word) >>> 0;
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      hash ^= hash >>> 16;
    }
    return hash >>> 0;
  }
}
