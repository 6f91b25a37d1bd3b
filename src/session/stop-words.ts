/**
 * Processes and what they do at a stop, in words of both languages.
 *
 * In: a thread, why a step left its process. Out: text for every front.
 */
import type { Bilingual } from '../base/bilingual';
import type { Thread, WhyLeft } from './session-types';

/** Why a step left its process. */
export const whyLeft: Readonly<Record<WhyLeft, Bilingual>> = {
  exited: { en: 'it has exited', zh: '它已退出' },
  'not-begun': { en: 'it has not begun', zh: '此时它尚未开始' },
  returned: { en: 'it has returned from its system call', zh: '它已从系统调用返回' },
  sleeps: { en: 'it sleeps', zh: '它在睡眠' },
  'other-runs': { en: 'another process runs', zh: '轮到另一个进程运行' },
};

/** What runs where no process does has no name of its own. */
const NAMELESS: Readonly<Record<string, string>> = { interrupt: '中断', boot: '启动' };

/** `A`, `interrupt`. */
export function threadName({ name, pid }: Pick<Thread, 'name' | 'pid'>): Bilingual {
  return { en: name, zh: pid === 0 ? (NAMELESS[name] ?? name) : name };
}
