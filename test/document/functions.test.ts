/** Which functions a document has, what is missing of them, and which run. */
import { given, itemAt } from '../../src/base/checked-access';
import { english } from '../sentences/english';
import { expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { codeOf, functionsOf, notesOf, plainFunction, read } from './document-fixture';

const fence = (code: string, word = 'c') => `\`\`\`${word}\n${code}\n\`\`\`\n\n`;

test('a mark for code that is left out makes a function partial, wherever it stands', () => {
  for (const mark of [
    '...',
    '……',
    '…',
    '. . .'.replace(/ /g, ''),
    '... ...',
    '... RPS, TX queue ...',
    '{ ... }',
    '/* ... */',
    '// ......',
    '/* 此处省略 */',
    '// 省略部分代码',
    '/* snip */',
    'call(sk, ...);',
    '。。。。。',
    '···',
    '⋮',
    '.\n\t.\n\t.',
    '(略)',
    '-------- 省略 --------',
    '/* ...... some checks ...... */',
    '//......省略部分代码......',
    '// [...]',
    '// 代码有删减',
    '// 其他代码',
    '// some code here',
  ]) {
    const document = read(fence(`int f(struct sock *sk)\n{\n\tint a = 1;\n\t${mark}\n\treturn a;\n}`));
    expect(functionsOf(document), mark).toEqual(['f partial']);
    expect(given(itemAt(document.functions, 0).reason, 'reason').kind).toBe('elided');
    expect(document.diagnostics.map(({ code }) => code)).toEqual(['SS7003']);
  }
});

test('parameters that are left out', () => {
  for (const parameters of [
    '...',
    'struct sock *sk, /* more */',
    '..., int length',
    'struct sock *sk, ..., int length',
  ]) {
    const document = read(fence(`int f(${parameters})\n{\n\treturn 0;\n}`));
    expect(functionsOf(document), parameters).toEqual(['f partial']);
    expect(document.functions[0]?.reason).toMatchObject({ kind: 'elided' });
  }
});

test('what only looks like such a mark', () => {
  for (const line of [
    'case 1 ... 5: return 2;',
    'static int map[4] = { [0 ... 3] = 1 };',
    '/* and so on ... */',
    '/* 收到后才删去定时器，否则它会再次发送 */',
    '/* [x] */',
    '/* 设置路由策略 */',
    '/* 出错则忽略 */',
    '/* 只保留低8位 */',
    '/* 略过IP选项 */',
    '/* 从链表中删去 */',
    'printk("...");',
    '#define warn(format, args...) printk(format, ##args)',
  ]) {
    expect(functionsOf(read(fence(`int f(int a)\n{\n\tswitch (a) {\n\t${line}\n\t}\n\treturn a;\n}`))), line).toEqual([
      'f whole*',
    ]);
  }
  expect(functionsOf(read(fence('int f(const char *format, ...)\n{\n\treturn 0;\n}')))).toEqual(['f whole*']);
});

test('a body that does not end goes to the end of its fence and names its line', () => {
  const document = read(`text\n${fence('int f(int a)\n{\n\tif (a) {\n\treturn 1;\n')}text {\n${fence(plainFunction)}`);
  expect(functionsOf(document)).toEqual(['f partial', 'queue_push whole*']);
  const { reason, span } = itemAt(document.functions, 0);
  expect(reason).toMatchObject({ kind: 'unclosed', text: { en: 'what begins at line 4 is not closed' } });
  expect(document.file.text.slice(span.start, span.end)).toBe('int f(int a)\n{\n\tif (a) {\n\treturn 1;');
});

test('a body that does not end, in bare text, ends before the next definition or sentence', () => {
  const text = `int f(int a)\n{\nif (a)\nreturn 1;\n下面是另一个函数\n${plainFunction}`;
  expect(functionsOf(read(text, 'notes.txt'))).toEqual(['f partial', 'queue_push whole*']);
  const alone = read('int f(int a)\n{\nif (a)\nreturn 1;\n后面没有了\nmore words;\n', 'notes.txt');
  expect(alone.file.text.slice(0, itemAt(alone.functions, 0).span.end)).toBe('int f(int a)\n{\nif (a)\nreturn 1;');
});

test('a comment that is never closed is told, and the next listing is read', () => {
  const document = read(`${fence('int f(int a)\n{\n\t/* never closed\n\treturn 1;\n}')}${fence(plainFunction)}`);
  expect(functionsOf(document)).toEqual(['f partial', 'queue_push whole*']);
  expect(given(itemAt(document.functions, 0).reason, 'reason').kind).toBe('unclosed');
});

test('a function that goes over several listings is put together', () => {
  const document = read(
    `${fence('static int f(struct sock *sk)\n{\n\tint a = 1;\n\n\tif (a) {')}First “words”.\n\n${fence('\t\ta = 2;\n\t}')}` +
      `Then {more}.\n\n${fence('\treturn a; /* done */\n}')}`,
  );
  expect(codeOf(document)).toBe('static int f(struct sock *sk) { int a = 1; if (a) { a = 2; } return a; /* done */ }');
  expect(functionsOf(document)).toEqual(['f whole*']);
  expect(itemAt(document.functions, 0).pieces).toHaveLength(3);
  expect(document.diagnostics.map(({ message }) => english(message))).toContain(
    "'f' goes over 3 listings, which were put together",
  );
  expect(notesOf(document)).toEqual(['done -> return a; (same-line)']);
});

test('sentences among statements', () => {
  const document = read(fence('int f(int a)\n{\n\ta = 1;\n\t这里设置 a 的值\n\treturn a;\n}'));
  expect(functionsOf(document)).toEqual(['f partial']);
  expect(given(itemAt(document.functions, 0).reason, 'reason').kind).toBe('prose');
  const remark = read(fence('int f(int a)\n{\n\ta = 1; 设置 a\n\treturn a;\n}'));
  expect(codeOf(remark)).toBe('int f(int a) { a = 1; return a; }');
  expect(functionsOf(remark)).toEqual(['f whole*']);
});

test('sentences that an arrow, a circled number or a star leads to are remarks', () => {
  for (const remark of [
    '  <--- 这里判断',
    '    ------> 入队',
    ' ====> 出错',
    ' ← 出队',
    ' ① 返回',
    ' ①',
    '\t★ 重点：这里',
    ' -> 出错',
  ]) {
    const document = read(fence(`int f(int a)\n{\n\tif (a)${remark}\n\t\ta = 1;\n\treturn a;\n}`));
    expect(codeOf(document), remark).toBe('int f(int a) { if (a) a = 1; return a; }');
    expect(functionsOf(document), remark).toEqual(['f whole*']);
  }
  const numbered = read(fence('int f(int a)\n{\n②\tif (a)\n\t\ta = 1;\n\treturn a;\n}'));
  expect(codeOf(numbered)).toBe('int f(int a) { if (a) a = 1; return a; }');
});

test('marks, words and sentences on one line', () => {
  const document = read(fence('int f(int a)\n{\n\t... RPS 处理 ... more 处理\n\t... x 处理\n\treturn a;\n}'));
  expect(functionsOf(document)).toEqual(['f partial']);
  expect(codeOf(document)).toBe('int f(int a) { return a; }');
});

test('of several definitions the last whole one runs, or the one that was chosen', () => {
  const text = `${fence('int f(int a)\n{\n\treturn 1;\n}')}${fence('int f(int a)\n{\n\treturn 2;\n}')}${fence('int f(int a)\n{\n\t...\n}')}`;
  expect(functionsOf(read(text))).toEqual(['f whole', 'f whole*', 'f partial']);
  expect(read(text).functions.map(({ duplicateOf }) => duplicateOf)).toEqual([undefined, 0, 0]);
  expect(functionsOf(read(text, 'notes.md', { choices: { runs: { f: 1 } } }))).toEqual([
    'f whole*',
    'f whole',
    'f partial',
  ]);
});

test('prototypes, programs and other languages are no functions of the kernel', () => {
  for (const code of [
    'int accept(int sockfd, struct sockaddr *addr, socklen_t *addrlen);',
    '#include <stdio.h>\nint add(int a, int b)\n{\n\treturn a + b;\n}',
    'int main(int argc, char **argv)\n{\n\treturn 0;\n}',
    'void serve(int fd)\n{\n\tint c = accept(fd, NULL, NULL);\n\tclose(c);\n}',
    'static void *child(void *arg)\n{\n\tprintf("x");\n\treturn NULL;\n}',
    'function add(a, b) {\n  return a + b;\n}',
    'public static int add(int a, int b) {\n  return a + b;\n}',
    'if (x) {\n  y();\n}',
    'list_for_each(p, head) {\n\tcount++;\n}',
    'struct sock {\n\tint (*push)(struct sock *sk);\n};',
    'int a[] = { f(1), 2 };',
    'class A { int f(int a) { return a; } };',
    'return check(a) {',
  ]) {
    expect(functionsOf(read(fence(code))), code).toEqual([]);
  }
  expect(functionsOf(read(fence('int add(int a, int b)\n{\n\treturn a + b;\n}', 'java')))).toEqual([]);
  expect(functionsOf(read(fence(plainFunction, 'java')))).toEqual(['queue_push whole*']);
});

test('types of later kernels, and words of their own before a type', () => {
  const code = (head: string) => fence(`${head}\n{\n\treturn 0;\n}`);
  for (const head of [
    '__be16 f(struct sk_buff *skb)',
    '__sum16 f(struct sk_buff *skb)',
    'dotraplinkage void notrace\nf(struct pt_regs *regs, unsigned long code)',
    'linkage int f(int a)',
    'static noinline_for_stack void f(void)',
    'noinline noinstr void f(void)',
  ]) {
    expect(functionsOf(read(code(head))), head).toEqual(['f whole*']);
  }
});

test('in a text about programs, functions that could be either are theirs', () => {
  const program = fence('int main(void)\n{\n\tprintf("x");\n\treturn 0;\n}');
  const either = fence('int add(int a, int b)\n{\n\treturn a + b;\n}');
  expect(functionsOf(read(`${program}${either}`))).toEqual([]);
  expect(functionsOf(read(`${program}${either}${fence(plainFunction)}`))).toEqual(['add whole*', 'queue_push whole*']);
  expect(functionsOf(read(either))).toEqual(['add whole*']);
  const later = fence('int count(int a)\n{\n\treturn READ_ONCE(a);\n}');
  expect(functionsOf(read(`${program}${later}`))).toEqual(['count refused']);
});

test('a variable that has the name of a function of another kernel tells no version', () => {
  expect(functionsOf(read(fence('int f(int ip_hdr, int my_addr)\n{\n\treturn ip_hdr + my_addr;\n}')))).toEqual([
    'f whole*',
  ]);
  expect(functionsOf(read(fence('int f(struct sk_buff *skb)\n{\n\treturn ip_hdr(skb)->id;\n}')))).toEqual([
    'f refused',
  ]);
});

test('a parameter or a variable may have the name of a function of the C library', () => {
  const parameter =
    'int f(struct inode *inode, int (*open)(struct inode *), int read(int))\n{\n\treturn open(inode);\n}';
  const variable = 'int g(struct inode *inode)\n{\n\tint (*open)(struct inode *);\n\n\treturn open(inode);\n}';
  expect(functionsOf(read(fence(`${parameter}\n${variable}`)))).toEqual(['f whole*', 'g whole*']);
});

test('sentences that look like heads of functions', () => {
  for (const text of [
    'The function calls f(x) { and so on }',
    'See struct sock (net) { }',
    '说明 f(int a) 的用法 { 如下 }',
    'we call it as follows f(a b) {',
    '由 const 指定的是常量 const int get(void) {return 1;} 此时不能用',
    '顺序运行 void test(void) { int a = 1; }, 如果此时',
  ]) {
    expect(functionsOf(read(text, 'notes.txt')), text).toEqual([]);
  }
});

test('heads of many forms', () => {
  const names = [
    'asmlinkage long sys_x(int a)',
    'static inline struct sock *x(struct sock *sk)',
    'struct sk_buff * x(void)',
    'unsigned long long x(unsigned int a[4])',
    'int __init x(void)',
    'static __inline__ void x(struct sock *sk)',
    'const char *\nx(int (*call)(int, void *), ...)',
    'pid_t x(struct task_struct *)',
    'void FASTCALL x(int a)',
    'static void\nx(int a,\n  int b)',
    'static void x(struct timer_list *t, void (*function)(unsigned long), int class)',
  ];
  for (const head of names) {
    expect(
      read(fence(`${head}\n{\n\tspin_lock(&l);\n}`)).functions.map(({ name, isStatic }) => [name, isStatic]),
      head,
    ).toEqual([[head.includes('sys_x') ? 'sys_x' : 'x', head.startsWith('static')]]);
  }
});

test('a name that a macro makes, and a head in two branches of a conditional', () => {
  const made = read(fence('static void SMP_TIMER_NAME(twkill)(unsigned long dummy)\n{\n\tspin_lock(&l);\n}'));
  expect(made.functions.map(({ name, isStatic }) => [name, isStatic])).toEqual([['twkill', true]]);
  const head =
    '#ifdef CONFIG_X\nstruct sock *f(int id)\n#else\nstruct sock * __init f(int id)\n#endif\n{\n\treturn 0;\n}';
  const [both] = read(fence(`int before;\n${head}`)).functions;
  expect([both?.name, both?.state, both?.code]).toEqual(['f', 'whole', head]);
});

test('code of other kernels is refused by name, and its comments stay', () => {
  const later = read(
    fence('SYSCALL_DEFINE3(bind, int, fd, struct sockaddr __user *, addr, int, len)\n{\n\treturn 0; /* 完成 */\n}') +
      fence('static int plain(int a)\n{\n\treturn a;\n}'),
  );
  expect(functionsOf(later)).toEqual(['sys_bind refused', 'plain refused']);
  expect(later.version.says).toBe('after-2.4');
  expect(later.diagnostics.map(({ code }) => code)).toEqual(['SS7004', 'SS7004']);
  expect(notesOf(later)).toEqual(['完成 -> return 0; (same-line)']);
  for (const [code, says] of [
    ['int f(struct sock *sk)\n{\n\treturn inet_sk(sk)->num;\n}', 'after-2.4'],
    ['int f(struct sock *sk)\n{\n\treturn sk->sk_state;\n}', 'after-2.4'],
    ['static const struct proto_ops *f(void)\n{\n\treturn 0;\n}', 'after-2.4'],
    ['void f(struct sk_buff *skb)\n{\n\tkfree_skb(skb, FREE_READ);\n}', 'before-2.4'],
    ['void f(struct sock *sk)\n{\n\tsk->inuse = 1;\n}', 'before-2.4'],
  ] as const) {
    const document = read(fence(code));
    expect(functionsOf(document), code).toEqual(['f refused']);
    expect(document.version.says).toBe(says);
  }
  const ours = read(fence('int f(struct sock *sk)\n{\n\treturn sk->protinfo.af_inet.ttl;\n}'));
  expect(functionsOf(ours)).toEqual(['f whole*']);
  expect(ours.version.says).toBe('2.4');
});

test('conditionals do not disturb braces', () => {
  const code =
    'int f(int a)\n{\n#ifdef X\n\tif (a) {\n#else\n\tif (!a) {\n#endif\n\t\ta = 1;\n\t}\n#if 0\n}\n#endif\n\treturn a;\n}';
  expect(functionsOf(read(fence(code)))).toEqual(['f whole*']);
});

test('other C is listed as declarations', () => {
  const document = read(
    fence(
      '#define LIMIT 4\nstruct queue {\n\tint length;\n};\ntypedef struct queue queue_t;\nextern int push(struct queue *q);\nstatic struct queue all = { 0 };\nenum { FIRST, SECOND };\nstatic unsigned int many[4], length;\nstatic int one = f(1);',
    ),
  );
  expect(document.declarations.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'macro LIMIT',
    'struct queue',
    'typedef queue_t',
    'prototype push',
    'variable all',
    'enum FIRST',
    'variable many',
    'variable one',
  ]);
});

test('more functions than any document has: the rest is not read, and that is told', () => {
  const one = (k: number): string => `int f${k}(struct sock *sk)\n{\n\treturn ${k};\n}\n`;
  const text = Array.from({ length: 3100 }, (_, k) => fence(one(k))).join('');
  const { functions, diagnostics } = read(text);
  expect(functions.length).toBe(3000);
  expect(diagnostics.map(({ code, span }) => [code, span?.start])).toEqual([
    ['SS1010', itemAt(functions, 2999).span.end],
  ]);
  const bare = read(Array.from({ length: 3100 }, (_, k) => one(k)).join('\n'), 'notes.txt');
  expect([bare.functions.length, bare.diagnostics.map(({ code }) => code)]).toEqual([3000, ['SS1010']]);
});

test('more listings than any document has: what is read ends before them, and that is told', () => {
  const text = '```c\nint a;\n```\n\n'.repeat(10_100);
  const { diagnostics } = read(`${fence('int f(struct sock *sk)\n{\n\treturn 0;\n}')}\n${text}`);
  expect(diagnostics.map((each) => formatDiagnostic(each).replace(/\d+/g, 'N'))).toEqual([
    'notes.md:N:N: warning: only the first N characters of the document were read (split the document) [SSN]',
  ]);
});
