/**
 * Chinese for what simulated faults say of themselves: English template to Chinese template, as in `front-end.ts`. Where
 * a fault stops a session its kind is worded by the front; the command line prints these.
 */
export const faultTexts: readonly (readonly [english: string, chinese: string])[] = [
  ['this statement', '此语句'],
  [
    '{0} is outside of its array: the index is {1}, and there are {2} elements',
    '{0} 超出了数组：下标为 {1}，而数组有 {2} 个元素',
  ],
  [
    'the stack is damaged: something wrote over the frame of a function that has not returned',
    '栈被破坏：某个尚未返回的函数的栈帧被改写了',
  ],
  ['the stack is damaged: running code met what cannot be ({0})', '栈被破坏：运行中的代码遇到了不可能的情况（{0}）'],
  ['the stack is used up in {0}', '栈在 {0} 中用尽'],
  ['calls are nested more deeply than the simulator can follow', '调用嵌套过深，模拟器无法继续'],
  ['{0} divides by zero, or its quotient does not fit', '{0} 除以零，或商放不下'],
  ['{0} calls a null function pointer', '{0} 调用了空函数指针'],
  ['{0} calls through {1}, which is no function', '{0} 通过 {1} 调用，但那里不是函数'],
  ['{0} cannot be executed', '{0} 无法执行'],
  ['{0} reads or writes through a null pointer (address {1})', '{0} 通过空指针读写（地址 {1}）'],
  [
    '{0} follows a pointer that was read from freed memory (address {1})',
    '{0} 使用了从已释放内存读出的指针（地址 {1}）',
  ],
  ['{0} reads or writes an object that was freed (address {1})', '{0} 读写了已释放的对象（地址 {1}）'],
  [
    '{0} reads or writes user memory directly (address {1}); the kernel must use copy_from_user or copy_to_user',
    '{0} 直接读写用户内存（地址 {1}）；内核必须用 copy_from_user 或 copy_to_user',
  ],
  ['{0} reads or writes at {1}, where nothing was allocated', '{0} 在 {1} 处读写，那里没有分配任何东西'],
  [
    '{0} reads or writes at {1}, the code of {2}, where nothing was allocated',
    '{0} 在 {1} 处读写，那是 {2} 的代码，没有分配任何东西',
  ],
  ['{0}: null pointer {1}', '{0}：空指针 {1}'],
  ['{0}: nothing is at {1}', '{0}：{1} 处没有任何东西'],
  ['{0}: the object at {1} has been freed', '{0}：{1} 处的对象已释放'],
  ['{0}: {1} is user memory', '{0}：{1} 是用户内存'],
  ['every process sleeps and nothing is left that could wake one', '所有进程都在睡眠，且没有什么能唤醒它们'],
  [
    '{0} is called, but it is defined nowhere: neither C nor a service of that name exists',
    '调用了 {0}，但它没有定义：既没有 C，也没有同名的服务',
  ],
  ['stopped after {0} statements', '执行 {0} 条语句后停止'],
  ['stopped after it had written {0} bytes', '输出 {0} 字节后停止'],
  ['abort() was called', '调用了 abort()'],
  ["assertion '{0}' failed at {1}:{2}", '断言“{0}”失败，位于 {1}:{2}'],
  ['{0} of {1} bytes is asked for on the stack', '要在栈上分配 {1} 字节的{0}'],
  ['there is no room for {0} of {1} bytes', '没有地方放 {1} 字节的{0}'],
  ['an array', '数组'],
  ['a block', '块'],
];
