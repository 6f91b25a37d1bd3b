/** Which statement a comment of a document is about, and why. */
import { given, itemAt } from '../../src/base/checked-access';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { DocumentReading } from '../../src/document/read-document';
import { mendsOf, notesOf, read } from './document-fixture';

const inBody = (body: string, reading?: DocumentReading) =>
  notesOf(read(`\`\`\`c\nint f(struct sock *sk)\n{\n${body}\n}\n\`\`\`\n`, 'notes.md', reading));

describe('by place alone', () => {
  test('at the end of a line', () => {
    expect(
      inBody('\tint a; /* 一 */\n\ta = 1; // 二\n\tif (a) { /* 三 */\n\t\tb(); /* 四 */ }\nout: /* 五 */\n\treturn a;'),
    ).toEqual([
      '一 -> int a; (same-line)',
      '二 -> a = 1; (same-line)',
      '三 -> if (a) (same-line)',
      '四 -> b(); (same-line)',
      '五 -> out: (same-line)',
    ]);
  });

  test('behind a closing brace: what it closes', () => {
    expect(
      inBody('\twhile (a) {\n\t\tb();\n\t} // 循环结束\n\treturn a;\n} // 函数结束\nint g(void) {').slice(0, 2),
    ).toEqual(['循环结束 -> while (a) (same-line)', '函数结束 -> function f (function)']);
  });

  test('between an if and what it rules, with or without braces', () => {
    expect(inBody('\tif (a)\n\t\t/* 一 */\n\t\tb();\n\tif (c)\n\t{//二\n\t\td();\n\t}\n\treturn 0;')).toEqual([
      '一 -> if (a) (between-if)',
      '二 -> if (c) (between-if)',
    ]);
  });

  test('in the middle of a statement, and before one on its line', () => {
    expect(inBody('\tif (a && /* 一 */\n\t    // 二\n\t    b)\n\t\tc();\n\t/* 三 */ d();')).toEqual([
      '一 -> if (a && /* 一 */ // 二 b) (same-line)',
      '二 -> if (a && /* 一 */ // 二 b) (same-line)',
      '三 -> d(); (same-line)',
    ]);
  });

  test('before a function', () => {
    const text = '说明\n/* 只在阻塞时调用 */\n// 在net/core中\nint f(int a)\n{\nreturn a;\n}\n';
    expect(notesOf(read(text, 'notes.txt'))).toEqual([
      '只在阻塞时调用 -> function f (function)',
      '在net/core中 -> function f (function)',
    ]);
  });

  test('where there is a statement on one side only', () => {
    expect(inBody('\t/* 一 */\n\ta = 1;\n\tif (a) {\n\t\tb();\n\t\t/* 二 */\n\t}')).toEqual([
      '一 -> a = 1; (only-side)',
      '二 -> b(); (only-side)',
    ]);
  });
});

describe('on a line of its own', () => {
  test('about the statement below, when nothing tells', () => {
    expect(inBody('\ta = 1;\n\t/* 初始化 */\n\tb = 2;')).toEqual(['初始化 -> b = 2; (default)']);
  });

  test('about the one that it names', () => {
    expect(
      inBody(
        '\tx = first_part(a);\n\t/* first_part返回长度 */\n\ty = second_part(a);\n\t// 调用second_part2\n\tsecond_part2(b);',
      ),
    ).toEqual([
      'first_part返回长度 -> x = first_part(a); (shared-words)',
      '调用second_part2 -> second_part2(b); (shared-words)',
    ]);
  });

  test('a path names nothing', () => {
    expect(inBody('\tsock_init(a);\n\t/* 在net/sock_init.c */\n\tb();')).toEqual([
      '在net/sock_init.c -> b(); (default)',
    ]);
  });

  test('goes on with the comment at the end of the line above, when it stands below it', () => {
    expect(inBody('\ta = 1;\t\t/* 设置 */\n\t\t\t/* 细节 */\n\tb = 2;\t/* 再设 */\n\t/* 下一步 */\n\tc = 3;')).toEqual([
      '设置 -> a = 1; (same-line)',
      '细节 -> a = 1; (continues)',
      '再设 -> b = 2; (same-line)',
      '下一步 -> c = 3; (default)',
    ]);
  });

  test('as the clear cases of the same voice in the document are', () => {
    const clear = '\tone_call(a);\n\t/* one_call做一 */\n\ttwo_call(a);\n\t/* two_call做二 */\n\tx();\n';
    expect(inBody(`${clear}\t/* 不清楚 */\n\ty();\n\t/* the next step */\n\tz();`)).toEqual([
      'one_call做一 -> one_call(a); (shared-words)',
      'two_call做二 -> two_call(a); (shared-words)',
      '不清楚 -> x(); (voice)',
      'the next step -> z(); (default)',
    ]);
  });

  test('below a jump: about its condition', () => {
    expect(inBody('\tif (sk->prot_bind)\n\t\treturn -1;\n\t/* 只有prot_bind存在时 */\n\ta = 1;')).toEqual([
      '只有prot_bind存在时 -> if (sk->prot_bind) (shared-words)',
    ]);
  });

  test('several in a row of one voice are taken together', () => {
    expect(inBody('\tx = call_this(a);\n\t/* call_this返回类型 */\n\t/* 细节 */\n\ty = 2;')).toEqual([
      'call_this返回类型 -> x = call_this(a); (shared-words)',
      '细节 -> x = call_this(a); (shared-words)',
    ]);
  });

  test('as the reader chose, for a voice or for one', () => {
    const body = '\ta = 1;\n\t/* 甲 */\n\tb = 2;\n\t/* 乙 */\n\tc = 3;';
    expect(inBody(body, { choices: { voices: { author: 'above' } } })).toEqual([
      '甲 -> a = 1; (chosen)',
      '乙 -> b = 2; (chosen)',
    ]);
    const [first] = read(`\`\`\`\nint f(struct sock *sk)\n{\n${body}\n}\n\`\`\``).notes;
    expect(inBody(body, { choices: { notes: { [given(first, 'first').key]: 'above' } } })).toEqual([
      '甲 -> a = 1; (chosen)',
      '乙 -> c = 3; (default)',
    ]);
  });
});

test('voices: Chinese is the author, English the kernel, unless the kernel is at hand', () => {
  const text = 'int f(int a)\n{\na = 1; /* 甲 */\nb = 2; /* Infinity */\n}\n';
  expect(read(text).notes.map(({ voice }) => voice)).toEqual(['author', 'kernel']);
  const { notes } = read(text, 'notes.txt', { inKernel: () => false });
  expect(notes.map(({ voice }) => voice)).toEqual(['author', 'author']);
});

test('the text of a comment has neither marks nor stars', () => {
  expect(itemAt(read('int f(int a)\n{\n/*\n * one\n * sysctl_* two\n */\nreturn a;\n}\n').notes, 0).text).toBe(
    'one\nsysctl_* two',
  );
});

const notes = fileURLToPath(new URL('../../../shared/documents/linux-2.4-socket-notes.txt', import.meta.url));
const oracle = fileURLToPath(new URL('../../../shared/oracles/document-comments.json', import.meta.url));

describe.skipIf(!existsSync(notes) || !existsSync(oracle))('the notes of the socket layer', () => {
  const document = existsSync(notes) ? read(readFileSync(notes, 'utf8'), 'notes.txt') : read('');

  test('13 functions, all whole; dashes mended, quotes in comments left', () => {
    expect(document.functions.map(({ state, runs }) => state === 'whole' && runs)).toEqual(Array(13).fill(true));
    expect(mendsOf(document)).toEqual({ dash: 28, '~curly-quote': 6 });
    expect(document.version.says).toBe('2.4');
  });

  test('all comments of the author stand at their statements', () => {
    const normal = (text: string) => text.replace(/–/g, '-').replace(/\s+/g, ' ').trim();
    const found = document.notes
      .filter(({ language }) => language === 'zh')
      .map(({ text, statement, function: index }) => {
        const { name, span, bodySpan } = itemAt(document.functions, given(index, 'index'));
        const { start, end } = statement ?? { start: span.start, end: bodySpan.start };
        return { function: name, statementText: normal(document.file.text.slice(start, end)), comment: text };
      });
    expect(found).toEqual(JSON.parse(readFileSync(oracle, 'utf8')));
  });
});
