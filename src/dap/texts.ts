/**
 * Every sentence the debug adapter says, in both languages, and the choice between them.
 *
 * In: a text of the table with its parameters filled in by a function, and a {@link Language}. Out: one line. The
 * protocol carries plain strings only, so `both` joins the two with a slash.
 */
import type { Bilingual } from '../base/bilingual';
import { whyLeft, type StopReason, type WhyLeft } from '../facade/session';
import { type LanguageName } from '../sentences/wording';

/** Which language texts are shown in; `both` means English and Chinese side by side where there is room. */
export type Language = LanguageName | 'both';

/** The text in the language; both versions joined by ` / ` for `both`. */
export function say(text: Bilingual, language: Language): string {
  switch (language) {
    case 'zh':
      return text.zh;
    case 'both':
      return text.en === text.zh ? text.en : `${text.en} / ${text.zh}`;
    default:
      return text.en;
  }
}

const count = (value: number): string => value.toLocaleString('en-US');
const counted = (value: number, word: string): string => `${value} ${word}${value === 1 ? '' : 's'}`;

/** A stop in a word or two. */
export const briefStops = {
  entry: { en: 'start', zh: '开始' },
  step: { en: 'step', zh: '单步' },
  breakpoint: { en: 'breakpoint', zh: '断点' },
  'function-breakpoint': { en: 'breakpoint', zh: '断点' },
  'data-breakpoint': { en: 'changed', zh: '已改变' },
  'failed-call': { en: 'call fails', zh: '调用失败' },
  goto: { en: 'travelled', zh: '已跳到' },
  pause: { en: 'paused', zh: '已暂停' },
  start: { en: 'oldest', zh: '最早' },
  end: { en: 'over', zh: '已结束' },
  fault: { en: 'fault', zh: '故障' },
} satisfies Record<StopReason, Bilingual>;

export const texts = {
  consoleHelp: {
    en: 'Besides C the console understands:',
    zh: '除 C 表达式外，控制台还懂得：',
  },
  noMoment: (name: string): Bilingual => ({
    en: `No moment is called ${name}; "marks" lists them, and a number is a clock.`,
    zh: `没有名为 ${name} 的时刻；用“marks”列出，也可以直接写语句数。`,
  }),
  noMarks: {
    en: 'No moment has a name yet; "mark NAME" names this one.',
    zh: '还没有命名的时刻；“mark 名字”给当前时刻命名。',
  },
  nothingHappened: { en: 'Nothing has happened yet.', zh: '还什么都没有发生。' },
  nothingMade: {
    en: 'The present statement makes no packet, state, wake-up or message.',
    zh: '当前语句没有产生报文、状态改变、唤醒或消息。',
  },
  entry: { en: 'at the start of the scenario', zh: '场景开始' },
  step: { en: 'after a step', zh: '单步之后' },
  breakpoint: { en: 'at a breakpoint', zh: '遇到断点' },
  badCondition: (condition: string, why: Bilingual): Bilingual => ({
    en: `its condition ${condition} cannot be decided: ${why.en}`,
    zh: `无法判断它的条件 ${condition}：${why.zh}`,
  }),
  begun: { en: 'at the start of the function to stop at', zh: '已到要停下的函数开头' },
  failedCall: { en: 'the call is about to return this error', zh: '调用即将返回此错误' },
  nextVisit: (line: number): Bilingual => ({
    en: `line ${line}: the next time it runs`,
    zh: `第 ${line} 行：下一次执行`,
  }),
  lastVisit: (line: number): Bilingual => ({
    en: `line ${line}: the last time it ran`,
    zh: `第 ${line} 行：上一次执行`,
  }),
  neverAgain: (line: number): Bilingual => ({
    en: `Line ${line} does not run again in this scenario.\n`,
    zh: `第 ${line} 行在此场景中不再执行。\n`,
  }),
  neverBefore: (line: number): Bilingual => ({
    en: `Line ${line} has not run before.\n`,
    zh: `第 ${line} 行此前没有执行过。\n`,
  }),
  noFrameStart: {
    en: 'The first moment of this call cannot be reached any more.\n',
    zh: '已无法回到此次调用开始的时刻。\n',
  },
  functionBreakpoint: { en: 'at a function breakpoint', zh: '遇到函数断点' },
  dataBreakpoint: { en: 'watched bytes changed', zh: '监视的数据已改变' },
  changed: (names: readonly string[]): Bilingual => ({
    en: `${names.join(', ')} changed`,
    zh: `${names.join('、')} 已改变`,
  }),
  wasRead: (names: readonly string[]): Bilingual => ({
    en: `${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} read`,
    zh: `${names.join('、')} 被读取`,
  }),
  briefRead: { en: 'read', zh: '被读取' },
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
  briefExpectation: { en: 'not as expected', zh: '不符期望' },
  briefPast: (text: Bilingual): Bilingual => ({ en: `past: ${text.en}`, zh: `过去：${text.zh}` }),
  past: (step: number, of: number): Bilingual => ({
    en: `past, step ${count(step)} of ${count(of)}`,
    zh: `过去，第 ${count(step)} 步，共 ${count(of)} 步`,
  }),
  switched: (from: string, to: string, because: WhyLeft): Bilingual => ({
    en: `switched from ${from} to ${to}: ${whyLeft[because].en}`,
    zh: `从 ${from} 切换到 ${to}：${whyLeft[because].zh}`,
  }),
  expectation: (line: number, expected: Bilingual, actual: Bilingual): Bilingual => ({
    en: `line ${line} of the scenario was not met (expected: ${expected.en}; actual: ${actual.en})`,
    zh: `场景第 ${line} 行未满足（期望：${expected.zh}；实际：${actual.zh}）`,
  }),
  overThread: { en: 'run is over', zh: '运行已结束' },
  locals: { en: 'Locals', zh: '局部变量' },
  fileGlobals: { en: 'Globals of this file', zh: '本文件的全局变量' },
  programGlobals: { en: 'Globals of the program', zh: '程序的全局变量' },
  changes: { en: 'Changed by the last step', zh: '上一步改变的' },
  wasBefore: (from: string): Bilingual => ({ en: `was ${from}`, zh: `原为 ${from}` }),
  faultFilter: { en: 'Simulated faults', zh: '模拟故障' },
  faultFilterAbout: {
    en: 'Stop at an oops: null dereference, a wild pointer, a deadlock and the like. When off, a fault ends the session.',
    zh: '在 oops（空指针解引用、野指针、死锁等）处停下。关闭后，故障会结束会话。',
  },
  bugFilter: { en: 'BUG() and panic()', zh: 'BUG() 与 panic()' },
  bugFilterAbout: {
    en: 'Stop where the kernel gives up by itself. When off, that ends the session.',
    zh: '在内核自行放弃之处停下。关闭后，此时会话会结束。',
  },
  freedFilter: { en: 'Use after free', zh: '释放后使用' },
  freedFilterAbout: {
    en: 'Stop at the use of a freed object, a second free, and a damaged one. When off, that ends the session.',
    zh: '在使用已释放的对象、重复释放、对象被破坏之处停下。关闭后，此时会话会结束。',
  },
  errnoFilter: { en: 'System calls that fail', zh: '失败的系统调用' },
  errnoFilterAbout: {
    en: 'Stop at the last statement of a system call that returns an error.',
    zh: '在返回错误的系统调用的最后一条语句处停下。',
  },
  unwrittenFilter: { en: 'Reads of locals that were never written', zh: '读取从未写过的局部变量' },
  unwrittenFilterAbout: {
    en: 'Stop where C reads a local variable that nothing has written yet. The run can go on from there.',
    zh: '在 C 读取尚未写过的局部变量之处停下，之后可以继续运行。',
  },
  errnoCondition: {
    en: 'Names of errors, such as EADDRINUSE EADDRNOTAVAIL; none for all',
    zh: '错误名，如 EADDRINUSE EADDRNOTAVAIL；不填表示全部',
  },
  noSuchFilter: (filter: string): Bilingual => ({
    en: `There is no exception filter ${filter}.`,
    zh: `没有名为 ${filter} 的异常过滤器。`,
  }),
  noCondition: (filter: string): Bilingual => ({
    en: `The filter ${filter} takes no condition.`,
    zh: `过滤器 ${filter} 不接受条件。`,
  }),
  noSuchError: (names: string): Bilingual => ({
    en: `No error is called ${names}. Write names such as EADDRINUSE.`,
    zh: `没有名为 ${names} 的错误。请填写 EADDRINUSE 之类的名字。`,
  }),
  preparing: { en: 'Preparing the kernel', zh: '正在准备内核' },
  looking: { en: 'Looking through the run', zh: '正在查看运行过程' },
  underWay: { en: 'The machine is running', zh: '机器正在运行' },
  atStatement: (clock: number): Bilingual => ({
    en: `statement ${count(clock)}`,
    zh: `第 ${count(clock)} 条语句`,
  }),
  expectationFilter: { en: 'Expectations that fail', zh: '未满足的期望' },
  expectationFilterAbout: {
    en: 'Stop when the kernel answers a call otherwise than the scenario says.',
    zh: '当内核对调用的回答与场景所写不符时停下。',
  },
  sleepsIn: (name: string, what: string): Bilingual => ({
    en: `${name}: sleeps in ${what}`,
    zh: `${name}：在 ${what} 中睡眠`,
  }),
  inCall: (name: string, call: string): Bilingual => ({ en: `${name}: ${call}`, zh: `${name}：${call}` }),
  exited: (name: string): Bilingual => ({ en: `${name}: exited`, zh: `${name}：已退出` }),
  sinceEntry: { en: 'as it was when the function was called', zh: '自函数被调用以来没有变过' },
  outsideC: { en: 'outside the C', zh: 'C 之外' },
  byHand: { en: 'changed by hand', zh: '手工修改' },
  noRows: { en: 'never', zh: '从未发生' },
  lineOfThePast: (clock: number): Bilingual => ({ en: `[past, ${clock}]`, zh: `[已发生，${clock}]` }),
  lineToCome: (clock: number): Bilingual => ({ en: `[to come, ${clock}]`, zh: `[将发生，${clock}]` }),
  rowsBefore: (count: number): Bilingual => ({ en: `(${count} before these)`, zh: `（之前还有 ${count} 行）` }),
  watched: (label: string, address: string, size: number, bits?: number): Bilingual => ({
    en: `${label}: ${bits === undefined ? counted(size, 'byte') : counted(bits, 'bit')} at ${address}`,
    zh: `${label}：${address} 处的 ${bits === undefined ? `${size} 字节` : `${bits} 位`}`,
  }),
  notWatched: (address: string, size: number): Bilingual => ({
    en: `The program has no ${counted(size, 'byte')} at ${address} that could be watched.`,
    zh: `程序在 ${address} 处没有可以监视的 ${size} 字节。`,
  }),
  functions: (number: number): Bilingual => ({ en: counted(number, 'function'), zh: `${number} 个函数` }),
  noDataId: {
    en: 'This data id is none that "dataBreakpointInfo" has given.',
    zh: '这个 dataId 不是 "dataBreakpointInfo" 给出的。',
  },
  noSourceOfBreakpoint: {
    en: 'The source has neither a path nor a reference that this session has given.',
    zh: '该源文件既没有路径，也没有本次会话给出的引用。',
  },
} as const satisfies Record<string, Bilingual | ((...args: never[]) => Bilingual)>;
