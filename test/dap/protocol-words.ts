/** What docs/dap.md says of requests and events that are not as every debugger has them, and the page's own words. */
import type { Bilingual } from '../../src/base/bilingual';

type Words = Readonly<Record<string, Bilingual>>;

/** By the protocol's names. */
export const notes: Words = {
  cancel: {
    en: 'a launch or a question by its `requestId`; a run, a journey or a question by its `progressId`',
    zh: '启动或提问用 `requestId` 取消；运行、移动或提问也可用 `progressId`',
  },
  goto: {
    en: 'goes to the next or the last visit of the place in the run; history stays as it is',
    zh: '去到运行中下一次或上一次经过那里的时刻；历史保持不变',
  },
  gotoTargets: {
    en: 'the next and the last visit of a line',
    zh: '某一行的下一次和上一次经过',
  },
  restartFrame: {
    en: 'goes back to the first moment of the frame',
    zh: '回到该栈帧的第一个时刻',
  },
  stepInTargets: {
    en: 'the calls of the statement, those through a pointer by what it leads to now',
    zh: '语句中的各个调用；经指针的调用按它此刻所指的函数',
  },
  source: {
    en: 'files of the program, documents too, for editors that do not have them',
    zh: '程序的文件，也包括文档，供本地没有这些文件的编辑器使用',
  },
  modules: {
    en: 'the units of the kernel: C files with functions',
    zh: '内核的编译单元：含有函数的 C 文件',
  },
  locations: {
    en: 'from a pointer to a function to its C; from a variable to its declaration',
    zh: '从函数指针到它的 C 代码；从变量到它的声明',
  },
  restart: {
    en: 'takes new launch arguments in `arguments`; compiles what was edited',
    zh: '可在 `arguments` 里带新的启动参数；编辑过的代码会重新编译',
  },
  reverseContinue: {
    en: 'to the last stop before, or the start of the scenario',
    zh: '到上一个停点，或场景开头',
  },
  setExceptionBreakpoints: {
    en: '`fault`, `bug`, `use-after-free`, `expectation`; `errno` with names of errors as its condition (`EADDRINUSE`); `uninitialized` (locals, forwards only)',
    zh: '`fault`、`bug`、`use-after-free`、`expectation`；`errno` 以错误名为条件（`EADDRINUSE`）；`uninitialized`（局部变量，只在前进时）',
  },
  setDataBreakpoints: {
    en: 'writes that change the bytes, and reads by C (`accessType`); a local as long as its call lasts, a bit-field by its own bits, both writes only',
    zh: '改变了字节的写入，以及 C 代码的读取（`accessType`）；局部变量只在它的调用期间有效，位域只看它自己的位，二者只能监视写入',
  },
  dataBreakpointInfo: {
    en: 'variables, expressions, addresses (`asAddress`)',
    zh: '变量、表达式、地址（`asAddress`）',
  },
  readMemory: {
    en: 'the null page is refused',
    zh: '零页拒绝读取',
  },
  writeMemory: {
    en: 'what C could write; `allowPartial` writes as far as that goes',
    zh: 'C 能写的地方；`allowPartial` 能写多少写多少',
  },
  evaluate: {
    en: 'C; only `repl` may assign and call, and then a branch begins',
    zh: 'C 表达式；只有 `repl` 可以赋值和调用，此后就是一个分支',
  },
  exited: {
    en: 'exit code 1 after a fault or an expectation that was not met',
    zh: '出错或期望落空时退出码为 1',
  },
  thread: {
    en: 'processes of the scenario; going back makes one exit that was not there yet',
    zh: '场景中的进程；后退会让那时还不存在的进程退出',
  },
  continued: {
    en: 'after custom requests that move the machine',
    zh: '在会移动机器的自有请求之后',
  },
  breakpoint: {
    en: 'after a restart, for those that are set otherwise',
    zh: '重新启动后，位置变了的断点',
  },
  capabilities: {
    en: 'the exception filters, when the launch chooses another language',
    zh: '启动参数选了另一种语言时，异常过滤器的名称',
  },
  module: {
    en: 'after a restart, for units that are new or gone',
    zh: '重新启动后，新增或消失的编译单元',
  },
  loadedSource: {
    en: 'after a restart, for files that are new or gone',
    zh: '重新启动后，新增或消失的文件',
  },
};

/** Of requests of our own. */
export const customNotes: Words = {
  'sockscope/stepBackInto': {
    en: 'one statement back, into functions',
    zh: '后退一条语句，进入函数',
  },
  'sockscope/stepBackOut': {
    en: 'back to the call of the function',
    zh: '退回到调用本函数的地方',
  },
  'sockscope/whoWrote': {
    en: 'the last change before this moment: `found` is `change`, `sinceEntry` or `none`, `row` its moment; a variable of a container, an expression, or `count` bytes at an address',
    zh: '此刻之前的最后一次改动：`found` 为 `change`、`sinceEntry` 或 `none`，`row` 是那个时刻；对象可以是容器里的变量、表达式，或某地址起的 `count` 个字节',
  },
  'sockscope/nextChange': {
    en: 'the next change, also in what has not run yet',
    zh: '下一次改动，还没运行到的也算',
  },
  'sockscope/changes': {
    en: 'all changes up to this moment, the last `limit` of them; `dropped` tells how many there were before',
    zh: '到此刻为止的全部改动，最多给出最后 `limit` 次；`dropped` 是更早的次数',
  },
  'sockscope/ask': {
    en: 'asks the whole run, as `sockscope ask` does: rows with `clock`, `text`, process, place and `values`',
    zh: '像 `sockscope ask` 那样查问整个运行：每行有 `clock`、`text`、进程、位置和 `values`',
  },
  'sockscope/travelTo': {
    en: 'to the moment after so many statements; the stop’s description tells the range; `goesOn`: the move before goes on, as with a dragged slider, and what changed is told since that began',
    zh: '去到执行了这么多条语句之后的时刻；范围写在停止的说明里；`goesOn` 表示接着上一次移动（如拖动滑块），改动从那一次移动之前算起',
  },
  'sockscope/branches': {
    en: 'the lines of time of the run, each with the changes that make it',
    zh: '运行的各条时间线，以及造成它们的改动',
  },
  'sockscope/branch': {
    en: 'begins a branch at this moment; a change by hand does so by itself',
    zh: '在此刻开始一个分支；手工改动会自动这样做',
  },
  'sockscope/switchBranch': {
    en: 'goes to a branch, where it was left or at `clock`',
    zh: '去到某个分支：上次离开的地方，或 `clock` 所指的时刻',
  },
  'sockscope/undoBranch': {
    en: 'goes back to where the present branch began',
    zh: '回到当前分支开始的地方',
  },
  'sockscope/intervene': {
    en: 'begins a branch: `drop-packet` and `delay-packet` (`packet`: its number in the run), `fail-allocation` (`nth`, `cache`), `run-first` (`pid`)',
    zh: '开始一个分支：`drop-packet` 和 `delay-packet`（`packet` 是它在运行中的编号）、`fail-allocation`（`nth`、`cache`）、`run-first`（`pid`）',
  },
  'sockscope/compareBranches': {
    en: 'the first statement, the packets and the results of calls that differ',
    zh: '第一条不同的语句、不同的报文和调用结果',
  },
  'sockscope/setMoments': {
    en: 'gives the marks of an earlier run of the scenario back; a clock is the same moment of the same inputs',
    zh: '交回场景上一次运行的标记；输入相同，同一个 clock 就是同一时刻',
  },
  'sockscope/markMoment': {
    en: 'names this moment',
    zh: '给此刻起个名字',
  },
  'sockscope/moments': {
    en: 'the marks: name, clock and branch, for the client to keep',
    zh: '全部标记：名字、clock 和分支，由客户端保存',
  },
  'sockscope/goToMoment': {
    en: 'goes to a mark, or to a clock',
    zh: '去到某个标记或某个 clock',
  },
  'sockscope/happenings': {
    en: 'packets, states, wake-ups, messages … so far, each with the clock of its statement',
    zh: '到目前为止的报文、状态、唤醒、消息等，各带所在语句的 clock',
  },
  'sockscope/made': {
    en: 'what the present statement makes, with all that it calls',
    zh: '当前语句连同它调用的一切会做出什么',
  },
  'sockscope/origin': {
    en: 'where the value of an expression came from: a tree of hops, each with its clock',
    zh: '表达式的值从哪里来：由各跳组成的树，每一跳都有 clock',
  },
};
