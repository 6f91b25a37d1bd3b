/**
 * What each kind of simulated fault means, in both languages: one sentence for the stop, one on what a real machine
 * does.
 *
 * In: a `Fault` of the machine's. Out: texts for `stopped`, `exceptionInfo` and the debug console. The table is complete
 * by its type: a new kind of fault does not compile until it has its sentences.
 */
import { formatAddress } from '../base/bytes';
import type { Bilingual } from '../base/bilingual';
import type { Fault } from '../machine/fault';

const kinds: Readonly<Record<Fault['kind'], { readonly title: Bilingual; readonly meaning: Bilingual }>> = {
  'null-dereference': {
    title: { en: 'null pointer dereference', zh: '空指针解引用' },
    meaning: { en: 'A real kernel would print an oops and kill the process.', zh: '真实内核会打印 oops 并杀死进程。' },
  },
  'wild-dereference': {
    title: { en: 'access outside of any object', zh: '访问了不属于任何对象的内存' },
    meaning: {
      en: 'A real kernel would oops, or silently damage other data.',
      zh: '真实内核会 oops，或悄悄破坏别的数据。',
    },
  },
  'use-after-free': {
    title: { en: 'use after free', zh: '释放后使用' },
    meaning: {
      en: 'The object was given back to the slab; a real kernel might go on with somebody else’s data.',
      zh: '对象已还给 slab；真实内核可能会带着别人的数据继续运行。',
    },
  },
  'user-dereference': {
    title: {
      en: 'user memory accessed without copy_from_user or copy_to_user',
      zh: '未经 copy_from_user 或 copy_to_user 就访问用户内存',
    },
    meaning: {
      en: 'Kernel code must not follow user pointers by itself: they may be unmapped or hostile.',
      zh: '内核代码不得直接使用用户指针：它可能未映射，也可能是恶意的。',
    },
  },
  'out-of-bounds': {
    title: { en: 'array index out of bounds', zh: '数组下标越界' },
    meaning: {
      en: 'C does not check it: a real machine would read or write whatever lies beside the array.',
      zh: 'C 不检查下标：真实机器会读写数组旁边的内容。',
    },
  },
  'division-by-zero': {
    title: { en: 'division by zero', zh: '除以零' },
    meaning: {
      en: 'An i386 raises exception 0, and the kernel would oops.',
      zh: 'i386 会触发 0 号异常，内核会 oops。',
    },
  },
  'stack-overflow': {
    title: { en: 'kernel stack overflow', zh: '内核栈溢出' },
    meaning: {
      en: 'A 2.4 task has less than 8 KiB of kernel stack; overflowing it damages the task structure.',
      zh: '2.4 的任务只有不到 8 KiB 的内核栈；溢出会破坏任务结构。',
    },
  },
  'stack-damaged': {
    title: { en: 'the stack is damaged', zh: '栈被破坏' },
    meaning: {
      en: 'Something wrote beyond an object and over the frame of a function; a real machine would return to a wrong address.',
      zh: '有代码越过对象写坏了某个函数的栈帧；真实机器会返回到错误的地址。',
    },
  },
  bug: {
    title: { en: 'BUG()', zh: 'BUG()' },
    meaning: {
      en: 'The code found itself in a state its authors ruled out.',
      zh: '代码处于作者认定不可能出现的状态。',
    },
  },
  panic: {
    title: { en: 'panic()', zh: 'panic()' },
    meaning: { en: 'A real machine would halt here.', zh: '真实的机器会在此停机。' },
  },
  'missing-function': {
    title: { en: 'call of a function that has no C here', zh: '调用了此处没有 C 代码的函数' },
    meaning: {
      en: 'It is declared, but neither compiled nor provided as a service.',
      zh: '它只有声明，既未编译，也没有作为服务提供。',
    },
  },
  'bad-function-pointer': {
    title: { en: 'call through a pointer that is no function', zh: '通过不指向函数的指针进行调用' },
    meaning: { en: 'A real kernel would jump there and oops.', zh: '真实内核会跳到那里并 oops。' },
  },
  trap: {
    title: { en: 'trap', zh: '陷阱' },
    meaning: { en: 'The statement cannot be executed here.', zh: '此语句无法在这里执行。' },
  },
  deadlock: {
    title: {
      en: 'deadlock: every process sleeps and nothing will wake one',
      zh: '死锁：所有进程都在睡眠，且不会有什么将其唤醒',
    },
    meaning: {
      en: 'No timer is pending and the scenario has no further input.',
      zh: '没有待触发的定时器，场景也没有后续输入。',
    },
  },
  budget: {
    title: { en: 'step budget used up', zh: '步数预算已用完' },
    meaning: {
      en: 'This looks like an endless loop; look at the variables, step back, or raise sockscope.stepBudget.',
      zh: '看起来是死循环；可以查看变量、往回走，或调大 sockscope.stepBudget。',
    },
  },
  'out-of-memory': {
    title: { en: 'simulated memory exhausted', zh: '模拟内存耗尽' },
    meaning: { en: 'The kernel heap has no free range of this size.', zh: '内核堆中没有这么大的空闲区间。' },
  },
  'double-free': {
    title: { en: 'freed twice', zh: '重复释放' },
    meaning: { en: 'The slab would hand the same object to two owners.', zh: 'slab 会把同一个对象交给两个拥有者。' },
  },
  'uninitialised-read': {
    title: { en: 'a local variable was read that was never written', zh: '读取了从未写入过的局部变量' },
    meaning: {
      en: 'What it holds on a real machine is whatever lay on the stack before.',
      zh: '在真实机器上，它的值就是栈上先前留下的任意内容。',
    },
  },
  corruption: {
    title: { en: 'memory damaged', zh: '内存被破坏' },
    meaning: { en: 'Bytes that nobody may touch were changed.', zh: '不该被触碰的字节被改变了。' },
  },
};

/** One line: kind, C expression, address. */
export function faultTitle(fault: Fault): Bilingual {
  const { title } = kinds[fault.kind];
  const expression = fault.expression === undefined ? '' : `: ${fault.expression}`;
  const address = fault.address === undefined ? '' : ` (${formatAddress(fault.address)})`;
  return { en: `${title.en}${expression}${address}`, zh: `${title.zh}${expression}${address}` };
}

/** A second sentence: what it means on a real machine. */
export function faultMeaning(fault: Fault): Bilingual {
  return kinds[fault.kind].meaning;
}
