/** Signs of word processors, web pages and input methods in code, and only there. */
import { english } from '../sentences/english';
import { expect, test } from 'vitest';
import { codeOf, mendsOf, read } from './document-fixture';

const inBody = (body: string) => read(`int f(struct sock *sk)\n{\n${body}\n}\n`, 'notes.txt');
const bodyOf = (body: string) => codeOf(inBody(body)).slice('int f(struct sock *sk) { '.length, -' }'.length);

test('dashes and minus signs', () => {
  expect(bodyOf('return –ENOBUFS;')).toBe('return -ENOBUFS;');
  expect(bodyOf('a = b — 1; c —= 2; sk–>x = −1;')).toBe('a = b - 1; c -= 2; sk->x = -1;');
  expect(mendsOf(inBody('a = –1; b = −1;'))).toEqual({ dash: 1, minus: 1 });
});

test('curly quotes around strings and characters', () => {
  expect(bodyOf('printk(“it’s %d\\n”, ‘x’);')).toBe('printk("it’s %d\\n", \'x\');');
  expect(mendsOf(inBody('printk(“it’s %d\\n”, ‘x’);'))).toEqual({ 'curly-quote': 4, '~curly-quote': 1 });
  expect(bodyOf('printk("he said “no”\\n");')).toBe('printk("he said “no”\\n");');
});

test('full-width signs and letters', () => {
  expect(bodyOf('ｓk＝f（a，＆b）；')).toBe('sk=f(a,&b);');
  expect(bodyOf('if （a ＞ ０）｛ b［１］ ＋＝ ２； ｝')).toBe('if (a > 0){ b[1] += 2; }');
});

test('a Chinese full stop is the end of a statement, or of a sentence, or a point', () => {
  expect(bodyOf('a = 1。')).toBe('a = 1;');
  expect(bodyOf('a = 1;。\n b = 2;')).toBe('a = 1; b = 2;');
  expect(bodyOf('a。b = 2;')).toBe('a.b = 2;');
});

test('spaces of other kinds, and characters without width, also in the middle of names and operators', () => {
  expect(bodyOf('\u3000\u3000a\u00a0= 1;')).toBe('a = 1;');
  expect(bodyOf('sk\u200b_lock\u200b(sk);')).toBe('sk_lock (sk);');
  expect(bodyOf('sk-\u200b>state = 1;')).toBe('sk-> state = 1;');
});

test('entities outside HTML, operators kept together', () => {
  expect(bodyOf('if (a &lt; b &amp;&amp; sk-&gt;x &gt;= 1) a = 1;')).toBe('if (a < b && sk-> x >= 1) a = 1;');
  expect(bodyOf('printk("&lt;6&gt;");')).toBe('printk("&lt;6&gt;");');
  expect(bodyOf('a = b &&lt;')).toContain('&');
});

test('signs of two where there is room', () => {
  expect(bodyOf('if (a ≤ b) c = 1;')).toBe('if (a <=b) c = 1;');
});

test('control characters written out', () => {
  const document = inBody('^Ia = 1;^M\n^Ib = a ^M1;^M');
  expect(codeOf(document)).toContain('a = 1; b = a ^M1;');
  expect(mendsOf(document)['caret-escape']).toBe(4);
  expect(bodyOf('return M-bM-^@M-^SENOBUFS; a = M-b;')).toBe('return - ENOBUFS; a = M-b;');
});

test('comments and strings stay as they are', () => {
  const body = 'a = 1; /* don’t – “x”，。 */ printk("（–）");';
  expect(bodyOf(body)).toBe(body);
  expect(mendsOf(inBody(body))).toEqual({
    '~curly-quote': 3,
    '~dash': 2,
    '~full-width': 3,
    '~full-stop': 1,
  });
});

test('each mend is a diagnostic with its place, in both languages, and an edit', () => {
  const document = inBody('return –ENOBUFS；');
  expect(
    document.diagnostics.map(({ code, message, fix }) => [code, english(message), fix?.map(({ text }) => text)]),
  ).toEqual([
    ['SS7001', "'–' (U+2013) is read as -", ['-']],
    ['SS7001', "'；' (U+FF1B) is read as ;", [';']],
  ]);
});
