/** Chinese of what is told when a document's functions run in place of the kernel's. */
export const documentRunTexts: readonly (readonly [english: string, chinese: string])[] = [
  ['a document cannot include a file', '文档不能包含文件'],
  ['delete the line: the headers are those of the kernel beneath', '请删掉这一行：头文件用的是底下内核的'],
  [
    "{0} has no member '{1}' in the kernel beneath; added at its end: {2}",
    '底下的内核里，{0} 没有成员“{1}”；已补在结构末尾：{2}',
  ],
  ['its type follows from its use here', '类型由这里的用法推出'],
  ['Linux {0} has it like this', 'Linux {0} 里就是这样'],
  [
    '{0} grows from {1} to {2} bytes by what was added; its members stay where they are',
    '补上之后 {0} 由 {1} 字节变为 {2} 字节，原有成员的位置不变',
  ],
  [
    "{0} grows from {1} to {2} bytes by what was added; its members from '{3}' on lie {4} bytes further",
    '补上之后 {0} 由 {1} 字节变为 {2} 字节，从“{3}”起的成员后移 {4} 字节',
  ],
  ["the kernel beneath has no function '{0}'", '底下的内核没有函数“{0}”'],
  ['calling it stops a run; choose a kernel that has it', '调用它会停止运行；请换用有它的内核'],
  ["'{0}' is a service of the simulator; the document's is not run", '“{0}”是模拟器的服务，文档里的这一份不运行'],
  ['a service stands for hardware, memory or processes, and has no C', '服务代表硬件、内存或进程，没有 C 代码'],
  [
    "the kernel beneath has no function '{0}'; the document's is not run",
    '底下的内核没有函数“{0}”，文档里的这一份不运行',
  ],
  ['check the name, or choose a kernel that has it', '请检查名字，或换用有它的内核'],
  ["'{0}' takes the place of the one in {1}; {2} keeps its own", '“{0}”顶替了 {1} 里的同名函数；{2} 里的保持不变'],
  [
    "'{0}' lacks {1} of the {2} statements of the function in {3}, without a mark",
    '“{0}”比 {3} 里的函数少了 {1} 条语句（共 {2} 条），却没有注明',
  ],
  [
    'complete it, or write ... where something is left out; as it stands the shortened one runs',
    '请补全，或在省略处写 ...；目前运行的是删节后的代码',
  ],
  ['no function of this document can run', '这个文档里没有能运行的函数'],
  [
    'name a text with whole C functions of the Linux 2.4 socket layer',
    '请给出含有 Linux 2.4 socket 层完整 C 函数的文本',
  ],
  ['name the file that is meant before the listing', '请在代码前写明是哪个文件'],
];
