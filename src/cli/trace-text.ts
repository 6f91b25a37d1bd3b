/**
 * A trace as text for reading. A statement is a line `#clock process time function file:line  source`, below it the notes in the
 * chosen languages (in full where they are met first, then by heading) and what it changed, `sk->state: 0 → 7
 * (TCP_CLOSE)`. Events stand between them behind a sign: `>>` call, `<<` return, `**` packet, printk and the rest.
 */
import { wordingIn } from '../sentences/wording';
import type { Bilingual } from '../base/bilingual';
import type { Language } from '../catalog/language';
import { shownIn } from '../facade/value-words';
import { oneLine, textsIn } from '../catalog/language';
import { entryText, type ResultText } from '../facade/session';
import type { Traced, TracedEntry, TracedEvent, TracedReturn, TracedStatement } from './trace';
import { resultText, timeText } from './value-text';

const eventWords = {
  again: { en: '(as above)', zh: '（见前）' },
  packetIn: { en: 'packet in', zh: '收到报文' },
  packetOut: { en: 'packet out', zh: '发出报文' },
  expectation: { en: 'expectation not met', zh: '与预期不符' },
  fault: { en: 'FAULT', zh: '故障' },
} as const satisfies Record<string, Bilingual>;

/** A memset changes a whole struct: more changes than this are counted only. */
const mostChanges = 16;

export class TraceText {
  private readonly told = new Set<string>();

  constructor(
    private readonly language: Language,
    private readonly result: ResultText,
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
    lines.push(
      ...traced.changes
        .slice(0, mostChanges)
        .map(({ path, from, to }) => shownIn(`      ${path}: ${from} → ${to}`, this.language)),
    );
    const more = traced.changes.length - mostChanges;
    return more > 0
      ? [
          ...lines,
          `      ${this.say({ en: `… and ${more} more changes (--json has all)`, zh: `……另有 ${more} 处变化（--json 列出全部）` })}`,
        ]
      : lines;
  }

  /** One line; empty for what would only be noise. */
  event(event: TracedEvent): string {
    switch (event.kind) {
      case 'call':
        return `  >> ${event.function}  ${event.file ?? ''}:${event.line}`;
      case 'return':
        return `  << ${event.function}${this.value(event)}`;
      case 'entry':
        return this.entry(event);
      case 'state':
        // The line of the change itself says it.
        return '';
      case 'fault': {
        const { fault, function: name, file, line } = event;
        const place = file === undefined ? '' : ` (${name}, ${file}:${line})`;
        return `!! ${this.say(eventWords.fault)} ${fault.kind}: ${wordingIn(fault.message, this.language)}${place}`;
      }
    }
  }

  private value({ value, shown }: TracedReturn): string {
    return shown !== undefined ? ` = ${shown}` : value !== undefined ? ` = ${resultText(value, this.result)}` : '';
  }

  private entry({ entry, seconds }: TracedEntry): string {
    const text = this.say(entryText(entry, (value) => resultText(value, this.result)));
    const at = seconds === undefined ? '' : `${timeText(seconds)}  `;
    switch (entry.event) {
      case 'call':
      case 'return':
        return `== ${at}${text}`;
      case 'packet':
        return `  ** ${at}${this.say(entry.direction === 'in' ? eventWords.packetIn : eventWords.packetOut)} ${text}`;
      case 'drop':
        return `  ** ${at}${text}`;
      case 'printk':
        return `  ** printk: ${text}`;
      case 'switch':
      case 'wake-up':
      case 'sleep':
      case 'fork':
      case 'exit':
      case 'restart':
        return `-- ${text}`;
      case 'expectation':
        return `!! ${this.say(eventWords.expectation)}: ${text}`;
      case 'allocation-failed':
      case 'inject':
      case 'note':
      case 'log':
        return `  ** ${text}`;
      case 'state':
      case 'fault':
        // The statement's change, and the end of the trace, say it.
        return '';
    }
  }
}
