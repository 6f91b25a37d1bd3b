/**
 * What happened, as one line in both languages: the one place where entries of the journal become words. Debug console,
 * inspector and trace put their signs, times and clocks around it.
 *
 * In: an entry, and how error numbers are spelled. Out: text in C and protocol terms; no line end.
 */
import { bilingual } from '../sentences/wording';
import { sentence } from '../sentences/sentence';
import { sameText, type Bilingual } from '../base/bilingual';
import { ERRNO, KERNEL_ERRNO } from '../abi/linux-errno';
import { switchCauses, type EntryOf, type JournalEntry } from '../machine/journal-entry';
import { faultTitle } from './fault-text';
import { constantOf } from '../values/macro-constants';
import { packetText } from '../values/value-packet';
import type { Program } from '../compile/program';

/** Spells the result of a call: `-22 (-EINVAL)`. */
export type ResultText = (value: number) => string;

const errorNames = [...Object.keys(ERRNO), ...Object.keys(KERNEL_ERRNO)];

/** Spells results with the error names that a program's own headers give: `valueOf` asks for the number of a name. */
export function resultText(valueOf: (name: string) => number | undefined): ResultText {
  let names: ReadonlyMap<number | undefined, string> | undefined;
  return (value) => {
    // Nobody may ever ask.
    names ??= new Map(errorNames.map((name) => [valueOf(name), name]));
    return value < 0 && names.has(-value) ? `${value} (-${names.get(-value)})` : String(value);
  };
}

/** Spells results with the names that a compiled program gives to numbers. */
export function resultsOf(program: Program): ResultText {
  return resultText((name) => constantOf(program, name));
}

/** The line about an entry. */
export function entryText(entry: JournalEntry, result: ResultText): Bilingual {
  switch (entry.event) {
    case 'call':
      return sameText(`${entry.process}: ${entry.text}`);
    case 'return':
      return sameText(`${entry.process}: ${entry.text} = ${result(entry.value)}`);
    case 'restart':
      return {
        en: `${entry.process}: ${entry.text} begins again after a signal`,
        zh: `${entry.process}：信号处理之后重新开始 ${entry.text}`,
      };
    case 'exit':
      return {
        en: `${entry.process} is ended by signal ${entry.signal}`,
        zh: `${entry.process} 被信号 ${entry.signal} 终止`,
      };
    case 'fork':
      return forkText(entry);
    case 'packet':
      return sameText(packetText(entry.bytes, entry.length));
    case 'drop':
      return dropText(entry);
    case 'wake-up':
      return wakeUpText(entry);
    case 'state':
      return stateText(entry);
    case 'switch': {
      const because = switchCauses[entry.because];
      return {
        en: `switch to process ${entry.process} (pid ${entry.to}): ${because.en}`,
        zh: `切换到进程 ${entry.process}（pid ${entry.to}）：${because.zh}`,
      };
    }
    case 'sleep':
      return { en: `${entry.process} goes to sleep`, zh: `${entry.process} 进入睡眠` };
    case 'printk':
      return sameText(entry.text.trimEnd());
    case 'allocation-failed':
      return {
        en: `allocation fails: ${entry.cache} (${entry.size} bytes)`,
        zh: `分配失败：${entry.cache}（${entry.size} 字节）`,
      };
    case 'inject':
      return {
        en: `injected fault: ${entry.function} returns ${result(entry.value)} at once`,
        zh: `注入的故障：${entry.function} 立即返回 ${result(entry.value)}`,
      };
    case 'expectation': {
      const { text, expected, actual } = entry;
      const where = entry.path === undefined ? '' : `${entry.path}:${entry.line}: `;
      return bilingual(sentence('where-text-expected-actual', { where, text, expected, actual }));
    }
    case 'fault':
      return faultTitle(entry.fault);
    case 'note':
    case 'log':
      return bilingual(entry.text);
  }
}

/** `client :32768: TCP_SYN_SENT → TCP_ESTABLISHED`. */
function stateText({ name, from, to }: EntryOf<'state'>): Bilingual {
  if (name === undefined) {
    return sameText(`sk->state: ${from} → ${to}`);
  }
  const { en, zh } = bilingual(name);
  return { en: `${en}: ${from} → ${to}`, zh: `${zh}：${from} → ${to}` };
}

function forkText({ process, child }: EntryOf<'fork'>): Bilingual {
  return { en: `new process ${process} (pid ${child})`, zh: `新进程 ${process}（pid ${child}）` };
}

function wakeUpText({ process, by, byProcess, place }: EntryOf<'wake-up'>): Bilingual {
  const at = place && `${place.file}:${place.line}`;
  return {
    en: `${process} is woken by ${by === 0 ? 'an interrupt' : byProcess}${place ? ` (${place.function}, ${at})` : ''}`,
    zh: `${process} 被${by === 0 ? '中断' : ` ${byProcess} `}唤醒${place ? `（${place.function}，${at}）` : ''}`,
  };
}

/** `packet 7 is dropped in tcp_v4_do_rcv (net/ipv4/tcp_ipv4.c:1587, discard:), counted as ListenDrops: …`. */
function dropText({ packet, reason, place, bytes, length }: EntryOf<'drop'>): Bilingual {
  const number = packet === undefined ? '' : ` ${packet}`;
  const text = packetText(bytes, length);
  if (reason.kind === 'lost') {
    return {
      en: `packet${number} was lost by the script: it is sent again: ${text}`,
      zh: `报文${number} 被脚本丢失，现在重传：${text}`,
    };
  }
  if (reason.kind === 'ordered') {
    return {
      en: `packet${number} is lost here, as ordered: ${text}`,
      zh: `按吩咐，报文${number} 在此丢失：${text}`,
    };
  }
  const at = place && [`${place.file}:${place.line}`, ...(reason.label === undefined ? [] : [`${reason.label}:`])];
  const where =
    place && at
      ? { en: ` in ${place.function} (${at.join(', ')})`, zh: `在 ${place.function}（${at.join('，')}）` }
      : sameText('');
  const { counters } = reason;
  return {
    en: `packet${number} is dropped${where.en}${counters.length > 0 ? `, counted as ${counters.join(', ')}` : ''}: ${text}`,
    zh: `报文${number} ${where.zh}被丢弃${counters.length > 0 ? `，计入 ${counters.join('、')}` : ''}：${text}`,
  };
}
