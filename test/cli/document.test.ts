/** `sockscope document FILE`: what is told of a document, and how it ends. */
import { expect, test } from 'vitest';
import { check } from './cli-fixture';

const notes = `# 队列

\`\`\`c
/* 只在阻塞时调用 */
static int queue_push(struct sock *sk)
{
	int err = –ENOBUFS;	/* 没有空间 */

	return err;
}
int other(int a)
{
	...
}
\`\`\`
`;
const files = {
  'binary.md': 'int f(int a) {\0\0}',
  'notes.md': notes,
  'empty.md': 'Nothing here.\n',
  'program.md': '```c\nint main(void)\n{\n}\n```\n',
};

test('functions, mends and comments', async () => {
  const run = await check('document notes.md', { status: 0, out: 'notes.md: 2 functions, 0 run' }, { files });
  expect(run.out).toMatch(
    /5-10 +queue_push +not of this kernel\n +11-14 +other +incomplete; code is left out at line 13\n/,
  );
  expect(run.out).toContain('mended in code: 1 dashes\n2 comments:\n  4: 只在阻塞时调用 → the function queue_push\n');
  expect(run.out).toContain('  7: 没有空间 → 7: int err = –ENOBUFS;\n');
  expect(run.err).toContain(
    "notes.md:7:12: information: '–' (U+2013) is read as - (write -) [SS7001]\n" +
      "notes.md:13:2: information: 'other' is shown and not run: code is left out here (write the code in full to run it; until then the function of the kernel in use runs) [SS7003]\n",
  );
  expect(run.err).toContain("notes.md:5:12: warning: 'queue_push' is not of this kernel");
  expect(run.err).toContain('notes.md:1:1: warning: the kernel beneath has no function of this document');
});

test('in Chinese', async () => {
  const run = await check(
    'document notes.md --lang zh',
    { status: 0, out: 'notes.md：2 个函数，可运行 0 个' },
    { files },
  );
  expect(run.out).toContain('代码中已修补：连接号 1 处');
  expect(run.err).toContain('“–”（U+2013）按 - 读');
});

test('as JSON', async () => {
  const { out } = await check('document notes.md --json', { status: 0 }, { files });
  expect(JSON.parse(out)).toMatchObject([
    {
      file: 'notes.md',
      form: 'markdown',
      functions: [
        { name: 'queue_push', state: 'whole', runs: false, beneath: 'none', static: true, line: 5, endLine: 10 },
        { name: 'other', state: 'partial', runs: false, line: 11, reason: { kind: 'elided', line: 13 } },
      ],
      mends: [{ kind: 'dash', line: 7, column: 12, text: '–', replacement: '-', inCode: true, function: 'queue_push' }],
      comments: [
        { text: '只在阻塞时调用', placement: 'function', function: 'queue_push' },
        { text: '没有空间', statement: { line: 7, text: 'int err = –ENOBUFS;' }, because: 'same-line' },
      ],
    },
  ]);
});

test('a function whose run comes to an incomplete one, and to no other of its name, is not said to run', async () => {
  const calling = {
    'calling.md':
      '```c\nint inet_listen(struct socket *sock, int backlog)\n{\n\thalf_done(sock->sk); // half_done()\n\treturn 0;\n}\n' +
      'void half_done(struct sock *sk)\n{\n\tsk->rcvbuf = 1;\n\t...\n}\n```\n',
  };
  const run = await check('document calling.md', { status: 0 }, { files: calling });
  expect(run.out).toMatch(/2 functions, 0 run\n.*inet_listen +stops at its call of half_done, which is incomplete\n/);
  const { out } = await check('document calling.md --json', { status: 0 }, { files: calling });
  expect(JSON.parse(out)).toMatchObject([
    { functions: [{ name: 'inet_listen', runs: false, beneath: 'replaces', stopsAt: 'half_done' }, { runs: false }] },
  ]);

  // The kernel has one of its own, which runs.
  const known = { 'calling.md': calling['calling.md'].replaceAll('half_done', 'tcp_set_state') };
  expect((await check('document calling.md', { status: 0 }, { files: known })).out).toMatch(/inet_listen +runs\n/);
});

test('a document without a function is bad input', async () => {
  await check(
    'document empty.md',
    { status: 2, err: 'empty.md:1:1: error: there is no function in this document' },
    { files },
  );
  await check('document program.md', { status: 2, err: 'belong to programs' }, { files });
  await check('document binary.md', { status: 2, err: 'binary.md:1:1: error: the file is not text' }, { files });
  await check('document absent.md', { status: 2, err: "there is no file 'absent.md'" }, { files });
});
