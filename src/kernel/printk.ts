/**
 * The kernel log and the end of everything: printk, sprintf and friends, panic, BUG.
 *
 * In: formats and argument words. Out: journal entries `printk` {level, text}, one for each line; panic and BUG are
 * machine faults at the C that called them.
 */
import { sameText } from '../base/bilingual';
import type { ServiceCall, ServiceModule, ServiceResult, PlainData } from '../machine/service';
import { checkRange, faultResult } from './memory-check';
import { formatKernelText } from './printk-format';
import { service } from './service-module';

const LOG_REASON = {
  en: 'The kernel log is a device: lines go to the debug console.',
  zh: '内核日志相当于一个设备：输出的每一行显示在调试控制台。',
};
const FORMAT_REASON = {
  en: 'Text formatting has nothing to do with sockets; it is done by the simulator.',
  zh: '文本格式化与 socket 无关，由模拟器完成。',
};
const STOP_REASON = {
  en: 'The kernel gives up here: the machine stops, and can be stepped back.',
  zh: '内核在此放弃运行：机器停下，可以往回单步。',
};

/** Level of lines without a `<n>` prefix (DEFAULT_MESSAGE_LOGLEVEL). */
const DEFAULT_LEVEL = 4;

export class Printk implements ServiceModule {
  readonly name = 'printk';
  /** Text of a line whose newline has not come yet. */
  private partial = '';

  readonly services = [
    service('printk', LOG_REASON, (call) => this.print(call)),
    service('sprintf', FORMAT_REASON, (call) => store(call, call.arg(0), Infinity, argumentText(call, 1))),
    service('snprintf', FORMAT_REASON, (call) => store(call, call.arg(0), call.arg(1), argumentText(call, 2))),
    service('vsprintf', FORMAT_REASON, (call) => store(call, call.arg(0), Infinity, listText(call, 1))),
    service('vsnprintf', FORMAT_REASON, (call) => store(call, call.arg(0), call.arg(1), listText(call, 2))),
    service('panic', STOP_REASON, (call) =>
      faultResult('panic', sameText(`Kernel panic: ${argumentText(call, 0).trimEnd()}`)),
    ),
    service('__bug', STOP_REASON, (call) =>
      faultResult('bug', sameText(`kernel BUG at ${call.memory.cString(call.arg(0), 256)}:${call.int(1)}!`)),
    ),
  ];

  save(): PlainData {
    return this.partial;
  }

  restore(state: PlainData): void {
    this.partial = String(state);
  }

  private print(call: ServiceCall): ServiceResult {
    const text = argumentText(call, 0);
    const lines = (this.partial + text).split('\n');
    this.partial = (lines.pop() ?? '').slice(-4096);
    for (const line of lines) {
      const match = /^<([0-7])>/.exec(line);
      call.host.journal({
        event: 'printk',
        level: match ? Number(match[1]) : DEFAULT_LEVEL,
        text: line.slice(match?.[0].length ?? 0),
      });
    }
    return text.length;
  }
}

/** Text of a `(format, ...)` call whose format is argument `index`. */
function argumentText(call: ServiceCall, index: number): string {
  let word = index + 1;
  return formatKernelText(call.memory, call.memory.cString(call.arg(index)), () => call.arg(word++));
}

/** The same for a `(format, va_list)` call. */
function listText(call: ServiceCall, index: number): string {
  let at = call.arg(index + 1);
  return formatKernelText(call.memory, call.memory.cString(call.arg(index)), () => {
    const value = call.memory.u32(at);
    at += 4;
    return value;
  });
}

function store(call: ServiceCall, address: number, room: number, text: string): ServiceResult {
  const shown = text.slice(0, Math.max(0, room - 1));
  if (room > 0) {
    const fault = checkRange(call.host, address, shown.length + 1, 'sprintf');
    if (fault) {
      return { kind: 'fault', fault };
    }
    const bytes = Uint8Array.from(`${shown}\0`, (letter) => letter.charCodeAt(0) & 0xff);
    call.memory.write(address, bytes);
  }
  return text.length;
}
