/**
 * Every sentence the debug adapter says, in both languages, and the choice between them.
 *
 * In: a text of the table with its parameters filled in by a function, and a {@link Language}. Out: one line. The
 * protocol carries plain strings only, so `both` joins the two with a slash.
 */
import type { Bilingual } from '../base/bilingual';

/** Which language texts are shown in; `both` means English and Chinese side by side where there is room. */
export type Language = 'en' | 'zh' | 'both';

/** The text in the language; both versions joined by ` / ` for `both`. */
export function say(text: Bilingual, language: Language): string {
  switch (language) {
    case 'en':
      return text.en;
    case 'zh':
      return text.zh;
    case 'both':
      return text.en === text.zh ? text.en : `${text.en} / ${text.zh}`;
  }
}

const count = (value: number): string => value.toLocaleString('en-US');

export const texts = {
  entry: { en: 'at the start of the scenario', zh: '场景开始' },
  step: { en: 'after a step', zh: '单步之后' },
  breakpoint: { en: 'at a breakpoint', zh: '遇到断点' },
  badCondition: (condition: string, why: Bilingual): Bilingual => ({
    en: `its condition ${condition} cannot be decided: ${why.en}`,
    zh: `无法判断它的条件 ${condition}：${why.zh}`,
  }),
  functionBreakpoint: { en: 'at a function breakpoint', zh: '遇到函数断点' },
  dataBreakpoint: { en: 'watched bytes changed', zh: '监视的数据已改变' },
  travelled: { en: 'travelled here', zh: '已跳到此刻' },
  paused: { en: 'paused', zh: '已暂停' },
  beginning: { en: 'at the oldest moment that can be reached', zh: '已到可回退的最早时刻' },
  end: {
    en: 'the scenario is over; step back to look again, or continue to end the session',
    zh: '场景已结束；可以往回走再看，也可以继续以结束会话',
  },
  noSuchFunction: (name: string): Bilingual => ({
    en: `"stopAt" names ${name}, but no C function of this kernel is called that; it is ignored.\n`,
    zh: `"stopAt" 指定了 ${name}，但此内核中没有叫这个名字的 C 函数，因此忽略它。\n`,
  }),
  notReached: (name: string): Bilingual => ({
    en: `The run is over and never came to ${name}. \`sockscope reach ${name}\`, or the lens above the function in the editor, tells which scenarios do.\n`,
    zh: `运行已结束，始终没有到达 ${name}。用 \`sockscope reach ${name}\`，或在编辑器中看该函数上方的透镜，可以知道哪些场景会到达它。\n`,
  }),
  past: (step: number, of: number): Bilingual => ({
    en: `past, step ${count(step)} of ${count(of)}`,
    zh: `过去，第 ${count(step)} 步，共 ${count(of)} 步`,
  }),
  switched: (from: string, to: string, because: string): Bilingual => ({
    en: `switched from ${from} to ${to}: ${because}`,
    zh: `从 ${from} 切换到 ${to}：${because}`,
  }),
  expectation: (line: number, expected: Bilingual, actual: Bilingual): Bilingual => ({
    en: `line ${line} of the scenario expected ${expected.en}, got ${actual.en}`,
    zh: `场景第 ${line} 行期望 ${expected.zh}，实际为 ${actual.zh}`,
  }),
  expectationTitle: { en: 'expectation not met', zh: '期望未满足' },
  overThread: { en: 'run is over', zh: '运行已结束' },
  locals: { en: 'Locals', zh: '局部变量' },
  fileGlobals: { en: 'Globals of this file', zh: '本文件的全局变量' },
  programGlobals: { en: 'Globals of the program', zh: '程序的全局变量' },
  changes: { en: 'Changed by the last step', zh: '上一步改变的' },
  wasBefore: (from: string): Bilingual => ({ en: `was ${from}`, zh: `原为 ${from}` }),
  faultFilter: { en: 'Simulated faults', zh: '模拟故障' },
  faultFilterAbout: {
    en: 'Stop at null dereference, use after free, BUG() and the like. When off, a fault ends the session.',
    zh: '在空指针解引用、释放后使用、BUG() 等处停下。关闭后，故障会结束会话。',
  },
  expectationFilter: { en: 'Expectations that fail', zh: '未满足的期望' },
  expectationFilterAbout: {
    en: 'Stop when the kernel answers a call otherwise than the scenario says.',
    zh: '当内核对调用的回答与场景所写不符时停下。',
  },
  waits: (name: string, what: string): Bilingual => ({ en: `${name}: waits, ${what}`, zh: `${name}：等待，${what}` }),
  inCall: (name: string, call: string): Bilingual => ({ en: `${name}: ${call}`, zh: `${name}：${call}` }),
  exited: (name: string): Bilingual => ({ en: `${name}: exited`, zh: `${name}：已退出` }),
  address: (address: string): Bilingual => ({ en: `address ${address}`, zh: `地址 ${address}` }),
} as const satisfies Record<string, Bilingual | ((...args: never[]) => Bilingual)>;
