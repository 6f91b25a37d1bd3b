/** Where listings stand in documents, and what of their layout is no C. */
import { itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { codeOf, functionsOf, mendsOf, plainFunction, read, tightCodeOf } from './document-fixture';

const lines = plainFunction.trimEnd().split('\n');
const expected = plainFunction.trimEnd().replace(/\s+/g, ' ');
const fenced = (code: string, word = 'c') =>
  `# Queue\n\nText before.\n\n\`\`\`${word}\n${code}\`\`\`\n\nText behind.\n`;

test('fences of any word, of backticks and tildes, indented, and forgotten ones', () => {
  for (const word of ['c', 'cpp', 'asm', 'text', 'C++', '{.c}', '']) {
    expect(codeOf(read(fenced(plainFunction, word))), word).toBe(expected);
  }
  expect(codeOf(read(`~~~~\n${plainFunction}~~~~\n`))).toBe(expected);
  expect(codeOf(read(`1. so:\n\n    \`\`\`c\n${lines.map((line) => `    ${line}`).join('\n')}\n    \`\`\`\n`))).toBe(
    expected,
  );
  const open = read(`\`\`\`c\n${plainFunction}\n\nMore text.\n\`\`\`c\nint a;\n\`\`\`\n`);
  expect(codeOf(open)).toBe(expected);
  expect(open.diagnostics.map(({ code }) => code)).toEqual(['SS7002']);
  expect(codeOf(read(`{% highlight c %}\n${plainFunction}{% endhighlight %}\n`))).toBe(expected);
  expect(codeOf(read(`#+BEGIN_SRC c\n${plainFunction}#+END_SRC\n`, 'notes.org'))).toBe(expected);
});

test('a fence within a longer fence', () => {
  expect(codeOf(read(`\`\`\`\`markdown\nSee:\n\`\`\`c\n${plainFunction}\`\`\`\n\`\`\`\`\n`))).toBe(expected);
});

test('indented blocks, and code without any mark among sentences', () => {
  const indented = read(`Text.\n\n${lines.map((line) => `    ${line}`).join('\n')}\n\nText.\n`);
  expect(codeOf(indented)).toBe(expected);
  expect(indented.parts.map((part) => (part.kind === 'listing' ? part.set : part.kind))).toEqual([
    'paragraph',
    'indented',
    'paragraph',
  ]);
  const flat = lines.map((line) => line.trim()).join('\n');
  const bare = read(`1.1 队列\n在net/core/queue.c中\n${flat}\n以上是全部。\n`, 'notes.txt');
  expect(codeOf(bare)).toBe(expected);
  expect(bare.parts.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'listing', 'paragraph']);
});

test('a prototype before the body is dropped', () => {
  const prototype = itemAt(lines, 0);
  const document = read(`函数原形:\n${prototype}\n在net/core中\n详细解释\n${plainFunction}`, 'notes.txt');
  expect(codeOf(document)).toBe(expected);
  expect(read(`${prototype};\n\n${plainFunction}`, 'notes.txt').functions).toHaveLength(1);
});

test('HTML: highlighting spans, entities, a listing that an attribute repeats, scripts', () => {
  const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const spans = escape(plainFunction).replace(/\b(static|int|struct|return)\b/g, '<span class="k">$1</span>');
  const attribute = escape(plainFunction).replace(/"/g, '&quot;');
  const document = read(
    `<!DOCTYPE html><html><head><style>p { a: b } int f(void) { }</style>\n<script>int g(int a) { return "</"; }</script></head>\n` +
      `<body><h1>Queue &amp; more</h1><p>Text</p><pre class="c" data-origin="${attribute}"><code>${spans}</code></pre></body></html>`,
    'notes.html',
  );
  expect(tightCodeOf(document)).toBe(tightCodeOf(read(plainFunction)));
  expect(mendsOf(document)).toMatchObject({ tag: 11, entity: 5 });
  expect(document.parts[0]).toMatchObject({ kind: 'heading', level: 1, text: 'Queue & more' });
});

test('HTML: line breaks as tags, operators torn apart by tags and entities', () => {
  const document = read(
    'x<pre>int f(struct sock *sk)<br>{ // one<br>if (sk<b>-</b><i>&gt;</i>state &lt;&lt;= 2 &amp;&amp; 1)<br>return 1;<br>return 0; }</pre>',
    'notes.html',
  );
  expect(tightCodeOf(document)).toBe('int f(struct sock*sk){//one if(sk->state<<=2&&1)return 1;return 0;}');
});

test('HTML: a listing whose text is kept unseen beside it counts once', () => {
  const escaped = plainFunction.replace(/&/g, '&amp;').replace(/</g, '&lt;').trimEnd();
  const shown = escaped.split('\n').map((line) => `<li><span>${line}&nbsp;</span></li>`);
  for (const kept of [
    `<textarea name="code" class="c" style="DISPLAY: none">${escaped}</textarea>`,
    `<pre name="code" style="display:none;">${escaped}</pre>`,
  ]) {
    expect(functionsOf(read(`<p>x</p>${kept}<ol>${shown.join('')}</ol>`, 'notes.html'))).toEqual(['queue_push whole*']);
  }
  expect(functionsOf(read(`<p>x</p><textarea name="code">${escaped}</textarea>`, 'notes.html'))).toEqual([
    'queue_push whole*',
  ]);
});

test('HTML: each line a code of its own', () => {
  const escaped = plainFunction.replace(/&/g, '&amp;').replace(/</g, '&lt;').trimEnd();
  const ours = `${escaped}\n#define LIMIT 10\nint queue_limit(void) // 上限\n{\n\treturn LIMIT;\n}`.split('\n');
  const each = ours.map((line) => `<code><span class="outer">${line}</span></code>`).join('');
  expect(functionsOf(read(`<section><pre class="js">${each}</pre></section>`, 'notes.html'))).toEqual([
    'queue_push whole*',
    'queue_limit whole*',
  ]);
});

test('HTML: a table with numbers, a line of code and words in each row', () => {
  const escaped = lines.map((line) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  const rows = escaped.map(
    (line, index) => `<tr><td>${index + 1}</td><td><code>${line}</code></td><td>${index === 4 ? '太长' : ''}</td></tr>`,
  );
  const page = (body: string) =>
    `<html><body><table><tr><th>行</th><th>代码</th><th>说明</th></tr>${body}</table></body></html>`;
  expect(tightCodeOf(read(page(rows.join('\n')), 'page.html'))).toBe(tightCodeOf(read(fenced(plainFunction))));
  const names = ['f(a)', 'g(b)', 'h(c)'].map((name) => `<tr><td><code>${name}</code></td><td>does it</td></tr>`);
  const page2 = read(page(names.join('')), 'page.html');
  expect(page2.parts.some((part) => 'text' in part && part.text.includes('does it'))).toBe(true);
});

test('quote marks, line numbers, prompts and tabs', () => {
  const quoted = read(`He wrote:\n\n> \`\`\`c\n${lines.map((line) => `> ${line}`).join('\n')}\n> \`\`\`\n`);
  expect(codeOf(quoted)).toBe(expected);
  expect(mendsOf(quoted)).toEqual({ 'quote-mark': lines.length });
  const mail = read(lines.map((line) => `> > ${line}`).join('\n'), 'mail.txt');
  expect(codeOf(mail)).toBe(expected);
  for (const form of [
    (index: number) => `${index + 306} `,
    (index: number) => `${String(index + 98).padStart(5, '0')} `,
    (index: number) => `${index + 1}:`,
    (index: number) => `  ${index + 9}| `,
    (index: number) => `  ${index + 9} | `,
    (index: number) => `${index + 9}│ `,
    (index: number) => `${index + 9}、`,
    (index: number) => `[${index + 1}] `,
    (index: number) => `${index + 1}.\t`,
    (index: number) => `${index + 190}:`,
    (index: number) => `${index + 190}-`,
    (index: number) => `${index + 190}${index % 3 === 0 ? ':' : '-'}`,
    (index: number) => `net/ipv4/queue.c:${index + 190}:`,
    (index: number) => `net/ipv4/queue.c-${index + 190}-`,
    (index: number) => `queue.c(${index + 190}): `,
  ]) {
    const numbered = read(fenced(`${lines.map((line, index) => form(index) + line).join('\n')}\n`));
    expect(codeOf(numbered)).toBe(expected);
    expect(mendsOf(numbered)['line-number']).toBe(lines.length);
  }
  const gdb = read(
    fenced(`(gdb) list queue_push\n${lines.map((line, index) => `${index + 17}\t${line}`).join('\n')}\n`),
  );
  expect(codeOf(gdb)).toBe(expected);
  expect(codeOf(read(fenced(`$ cat queue.c\n${plainFunction}$ \n`)))).toBe(expected);
  expect(codeOf(read(fenced(`${lines.map((line) => `crash> ${line}`).join('\n')}\n`)))).toBe(expected);
});

test('line numbers before directives and within comments', () => {
  const document = read(
    fenced(
      '10 int f(void)\n11 {\n12 #ifdef CONFIG_X\n13     /* one\n14      * two */\n15     a = 1;\n16 #endif\n17     return 0;\n18 }\n',
    ),
  );
  expect(codeOf(document)).toBe('int f(void) { #ifdef CONFIG_X /* one * two */ a = 1; #endif return 0; }');
  expect(document.notes.map(({ text }) => text)).toEqual(['one\ntwo']);
});

test('double-spaced and wrapped lines', () => {
  expect(codeOf(read(fenced(`${lines.join('\n\n')}\n`)))).toBe(expected);
  const wrapped = plainFunction.replace('struct sk_buff', 'struct\nsk_buff').replace('static int ', 'static int\n');
  expect(codeOf(read(fenced(wrapped)))).toBe(expected);
  const comment = read(
    fenced('int f(void)\n{\n\ta = 1; // 先设置\n\t// 这里的说明太长所以\n折到了下一行\n\treturn a;\n}\n'),
  );
  expect(codeOf(comment)).toBe('int f(void) { a = 1; // 先设置 // 这里的说明太长所以 return a; }');
  expect(functionsOf(comment)).toEqual(['f whole*']);
});

test('directives end with their line, however lines end', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = `#define LIMIT \\\n\t10\nint limit(struct sock *sk)\n{\n#ifdef LIMIT\n\treturn LIMIT;\n#endif\n}\n`;
    expect(functionsOf(read(text.replace(/\n/g, end), 'notes.txt'))).toEqual(['limit whole*']);
  }
});

test('byte-order mark, CR LF, CR alone', () => {
  for (const text of [
    `\ufeff${plainFunction}`,
    plainFunction.replace(/\n/g, '\r\n'),
    plainFunction.replace(/\n/g, '\r'),
  ]) {
    expect(codeOf(read(text, 'notes.txt'))).toBe(expected);
  }
});

test('a difference of files is no listing', () => {
  const patch = `\`\`\`diff\n--- a/net/socket.c\n+++ b/net/socket.c\n@@ -1,4 +1,5 @@\n${plainFunction}\`\`\`\n`;
  expect(read(patch).functions).toEqual([]);
});

test('a numbered list in a comment is no line numbers', () => {
  const text =
    'int f(int a)\n{\n\t/* cases:\n\t   0. one\n\t   1. two\n\t   2. three\n\t   3. four\n\t */\n\treturn a;\n}';
  expect(read(`\`\`\`c\n${text}\n\`\`\`\n`).mends).toEqual([]);
});

test('lines that are inline code each, in a list or with a remark behind, count as a listing', () => {
  for (const form of [
    (line: string) => `\`${line}\``,
    (line: string) => `\`\`${line}\`\`  `,
    (line: string) => `- \`${line}\``,
    (line: string) => `12. \`${line}\``,
    (line: string) => `\`${line}\`<br>`,
    (line: string) => `\`${line}\` ：这一行`,
  ]) {
    const text = lines.map((line) => (line === '' ? '' : form(line))).join('\n');
    expect(codeOf(read(`说明。\n\n${text}\n\n以上。\n`))).toBe(expected);
  }
  expect(functionsOf(read('- `inet_bind(sk)`\n- `inet_listen(sk)`\n- `tcp_accept(sk)`\n'))).toEqual([]);
});

test('a table with a line of code in each row, numbers and words beside it, is a listing', () => {
  const barred = plainFunction.replace('if (sk->rcvbuf < skb->len)', 'if (sk->rcvbuf < skb->len || err)');
  const code = barred.trimEnd().split('\n');
  const want = barred.replace(/\s+/g, '');
  const head = '说明。\n\n| 行 | 代码 | 说明 |\n|---:|:---|---|\n';
  for (const cell of [
    (line: string) => `\`${line}\``,
    (line: string) => `\`${line.replaceAll('|', '\\|')}\``,
    (line: string) => line.replaceAll('|', '\\|'),
    (line: string) => line.replaceAll('|', '&#124;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  ]) {
    const rows = code.map((line, index) => `| ${index + 7} | ${cell(line)} | ${line.includes('if') ? '太长' : ''} |`);
    const document = read(`${head}${rows.join('\n')}\n`);
    expect(document.functions.map((each) => each.code.replace(/\s+/g, ''))).toEqual([want]);
  }
  const inOne = `| 函数 | 代码 |\n|---|---|\n| push | ${lines.join('<br>')} |\n`;
  expect(functionsOf(read(inOne))).toEqual(['queue_push whole*']);
  expect(functionsOf(read('| 名字 | 值 |\n|---|---|\n| `f(a)` | 1 |\n| `g(b)` | 2 |\n'))).toEqual([]);
});

test('bars before the lines of a quotation, and boxes drawn around code', () => {
  expect(codeOf(read(`On Monday he wrote:\n${lines.map((line) => `| ${line}`).join('\n')}\n`, 'mail.txt'))).toBe(
    expected,
  );
  expect(codeOf(read(`${lines.map((line) => `│ ${line}`).join('\n')}\n`, 'notes.txt'))).toBe(expected);
  const boxed = lines.map((line) => `| ${line.replaceAll('\t', '    ').padEnd(70)} |`).join('\n');
  expect(codeOf(read(`说明\n\n${boxed}\n`, 'notes.txt'))).toBe(expected);
});

test('what git blame writes before each line is left out', () => {
  for (const file of ['', 'net/core/queue.c ']) {
    const blamed = lines.map(
      (line, index) =>
        `${index === 0 ? '^1da177e4c3f' : '0a5ebb8000c5'} ${file}(Ann O. Nymous  2005-04-16 15:20:36 -0700 ${String(index + 97).padStart(3)}) ${line}`,
    );
    expect(codeOf(read(`说明\n\n${blamed.join('\n')}\n`, 'notes.txt'))).toBe(expected);
  }
});

test('a remark in brackets, behind dashes or a hash at the end of a statement is no code', () => {
  for (const remark of ['（入队，然后继续）', '—— 入队', '# 入队；继续', '／／ 入队', '赋值，然后继续']) {
    const document = read(fenced(plainFunction.replace('\terr = 0;', `\terr = 0;    ${remark}`)));
    expect(codeOf(document)).toBe(expected);
  }
});
