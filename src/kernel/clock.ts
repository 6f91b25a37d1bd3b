/**
 * The clock: virtual microseconds, jiffies (HZ = 100), the time of day.
 *
 * In: `advanceTo` from the kernel's environment, only while every process sleeps; running C takes no virtual time. Out:
 * jiffies and xtime in machine memory; do_gettimeofday. Ticks themselves (the C function do_timer) are started by the
 * environment.
 */
import type { Microseconds } from '../machine/journal-entry';
import type { ServiceCall, ServiceHost, ServiceResult } from '../machine/service';
import { HZ } from '../abi/linux-process';
import { checkRange } from './memory-check';
import { service, StatefulModule } from './service-module';

const REASON = {
  en: 'The clock is hardware; virtual time moves only while every process sleeps.',
  zh: '时钟是硬件；只有所有进程都睡眠时，虚拟时间才前进。',
};

export const MICROSECONDS_PER_JIFFY = 1_000_000 / HZ;
/** The machine has been up ten seconds when a scenario begins: jiffies 0 means "never" in places. */
const UPTIME_AT_START = 10_000_000;
/** Time of day at the start: 4 January 2001, when 2.4.0 came out. */
const EPOCH_AT_START = 978_566_400;

type ClockState = {
  /** Microseconds since boot. */
  now: Microseconds;
};

export class Clock extends StatefulModule<ClockState> {
  readonly name = 'clock';
  /** The kernel's own tick function counts jiffies (a real tree's do_timer does): they are not written here. */
  countedByC = false;

  readonly services = [
    service('do_gettimeofday', REASON, (call) => this.timeOfDay(call)),
    service('get_fast_time', REASON, (call) => this.timeOfDay(call)),
  ];

  constructor() {
    super({ now: UPTIME_AT_START as Microseconds });
  }

  override start(host: ServiceHost): void {
    super.start(host);
    this.show();
  }

  /** Virtual microseconds since boot. */
  get now(): Microseconds {
    return this.state.now;
  }

  /** Jiffies that belong to a time in microseconds. */
  static jiffiesAt(microseconds: number): number {
    return Math.floor(microseconds / MICROSECONDS_PER_JIFFY);
  }

  get jiffies(): number {
    return Clock.jiffiesAt(this.state.now);
  }

  /** Moves the clock forward; true when at least one tick lies between. */
  advanceTo(microseconds: number): boolean {
    const before = this.jiffies;
    this.state.now = Math.max(this.state.now, microseconds) as Microseconds;
    this.show();
    return this.jiffies !== before;
  }

  /** Writes jiffies and xtime where C reads them. */
  private show(): void {
    const { memory } = this.host;
    const jiffies = this.host.globalAddress('jiffies');
    if (jiffies !== undefined && !this.countedByC) {
      memory.setU32(jiffies, this.jiffies);
    }
    const xtime = this.host.globalAddress('xtime');
    if (xtime !== undefined) {
      this.write(xtime);
    }
  }

  private write(address: number): void {
    this.host.memory.setU32(address, EPOCH_AT_START + Math.floor(this.state.now / 1_000_000));
    this.host.memory.setU32(address + 4, this.state.now % 1_000_000);
  }

  private timeOfDay(call: ServiceCall): ServiceResult {
    const fault = checkRange(call.host, call.arg(0), 8, 'do_gettimeofday');
    if (fault) {
      return { kind: 'fault', fault };
    }
    this.write(call.arg(0));
    return undefined;
  }
}
