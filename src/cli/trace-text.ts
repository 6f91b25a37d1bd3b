/**
 * A trace as text for reading. A statement is a line `#clock process time function file:line  source`, below it the notes in the
 * chosen languages (in full where they are met first, then by heading) and what it changed, `sk->state: 0 → 7
 * (TCP_CLOSE)`. Events stand between them behind a sign: `>>` call, `<<` return, `**` packet, printk and the rest.
 */
import type { Bilingual, Language } from '../catalog/language';
import { oneLine, textsIn } from '../catalog/language';
import { packetEntryText } from '../session/value-packet';
import type { Traced, TracedEvent, TracedStatement } from './trace';
import { resultText, timeText } from './value-text';

const eventWords = {
  again: { en: '(as above)', zh: '（见前）' },
  call: { en: 'system call', zh: '系统调用' },
  return: { en: 'returns', zh: '返回' },
  packetIn: { en: 'packet in', zh: '收到报文' },
  packetOut: { en: 'packet out', zh: '发出报文' },
  switch: { en: 'switch to process', zh: '切换到进程' },
  sleep: { en: 'goes to sleep', zh: '进入睡眠' },
  fork: { en: 'new process', zh: '新进程' },
  exit: { en: 'ends', zh: '结束' },
  restart: { en: 'call started again', zh: '重新开始调用' },
  noMemory: { en: 'allocation fails', zh: '分配失败' },
  expectation: { en: 'expectation not met', zh: '与预期不符' },
  expected: { en: 'expected', zh: '预期' },
  actual: { en: 'actual', zh: '实际' },
  fault: { en: 'FAULT', zh: '故障' },
} as const satisfies Record<string, Bilingual>;

/** A memset changes a whole struct: more changes than this are counted only. */
const mostChanges = 16;

export class TraceText {
  private readonly told = new Set<string>();

  constructor(
    private readonly language: Language,
    private readonly errors: ReadonlyMap<number, string>,
  ) {}

  /** Lines for one step of the trace. */
  lines(traced: Traced): readonly string[] {
    return traced.kind === 'statement' ? this.statement(traced) : [this.event(traced)].filter((line) => line !== '');
  }

  private say(text: Bilingual): string {
    return oneLine(text, this.language);
  }

  private statement(traced: TracedStatement): string[] {
    const head = [
      `#${traced.clock}`,
      `${traced.process}(${traced.pid})`,
      timeText(traced.time),
      traced.function,
      `${traced.file}:${traced.line}`,
    ]
      .filter((part) => part !== '')
      .join('  ');
    const lines = [`${head}  ${traced.text}`];
    for (const note of traced.notes) {
      const again = this.told.has(note.id);
      this.told.add(note.id);
      lines.push(`      | ${this.say(note.title)}${again ? ` ${this.say(eventWords.again)}` : ''}`);
      if (!again) {
        lines.push(...textsIn(note.text, this.language).map((text) => `      |   ${text.replaceAll('`', '')}`));
      }
    }
    lines.push(...traced.changes.slice(0, mostChanges).map(({ path, from, to }) => `      ${path}: ${from} → ${to}`));
    const more = traced.changes.length - mostChanges;
    return more > 0
      ? [
          ...lines,
          `      ${this.say({ en: `… and ${more} more changes (--json has all)`, zh: `……另有 ${more} 处变化（--json 列出全部）` })}`,
        ]
      : lines;
  }

  /** One line; empty for what would only be noise. */
  event({ event, process, entry }: TracedEvent): string {
    const text = (key: string): string => (entry[key] === undefined || entry[key] === null ? '' : String(entry[key]));
    const at = typeof entry['time'] === 'number' ? `${timeText(entry['time'])}  ` : '';
    const value = (): string =>
      typeof entry['shown'] === 'string'
        ? ` = ${entry['shown']}`
        : typeof entry['value'] === 'number'
          ? ` = ${resultText(entry['value'], this.errors)}`
          : '';
    switch (event) {
      case 'call':
        return entry['entry'] === undefined
          ? `  >> ${text('function')}  ${text('file')}:${text('line')}`
          : `== ${at}${process}: ${this.say(eventWords.call)} ${callOf(text('text'))}`;
      case 'return':
        return entry['entry'] === undefined
          ? `  << ${text('function')}${value()}`
          : `== ${at}${process}: ${callOf(text('text'))} ${this.say(eventWords.return)}${value()}`;
      case 'packet':
        return `  ** ${at}${this.say(entry['direction'] === 'in' ? eventWords.packetIn : eventWords.packetOut)} ${packetEntryText(entry) ?? text('text')}`;
      case 'printk':
        return `  ** printk: ${text('text').trimEnd()}`;
      case 'switch':
        return `-- ${this.say(eventWords.switch)} ${process} (${text('to')})${text('because') ? `: ${text('because')}` : ''}`;
      case 'sleep':
        return `-- ${process} ${this.say(eventWords.sleep)}`;
      case 'fork':
        return `-- ${this.say(eventWords.fork)} ${process} (${text('child')})`;
      case 'exit':
        return `-- ${process} ${this.say(eventWords.exit)}`;
      case 'restart':
        return `-- ${process}: ${this.say(eventWords.restart)}: ${text('text')}`;
      case 'allocation-failed':
        return `  ** ${this.say(eventWords.noMemory)}: ${text('cache')} (${text('size')})`;
      case 'state':
        // The line of the change itself says it.
        return '';
      case 'expectation':
        return `!! ${this.say(eventWords.expectation)}: ${text('path')}:${text('line')}: ${text('text')} ${this.say(eventWords.expected)} ${text('expected')}, ${this.say(eventWords.actual)} ${text('actual')}`;
      case 'fault':
        return `!! ${this.say(eventWords.fault)} ${text('kind')}: ${text('message')}${text('file') ? ` (${text('function')}, ${text('file')}:${text('line')})` : ''}`;
      default:
        return text('text') ? `  ** ${event}: ${text('text')}` : '';
    }
  }
}

/** The call without the result that the script expects of it. */
function callOf(text: string): string {
  return text.replace(/\s=\s[^=]*$/, '');
}
