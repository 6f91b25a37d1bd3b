/** `--document`: the commands that run, look and ask, with a document's functions in place of the kernel's. */
import { itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { check, mediaTexts, sockscope } from './cli-fixture';

/** A document of our own: inet_listen in another manner, with comments of its own. */
const notes = `Listening

The function that the system call reaches, in net/ipv4/af_inet.c:

\`\`\`c
int inet_listen(struct socket *sock, int backlog)
{
	struct sock *sk = sock->sk;
	int err = -EINVAL;

	lock_sock(sk);
	if (sock->state != SS_UNCONNECTED || sock->type != SOCK_STREAM) /* only streams listen */
		goto out;
	if (sk->state != TCP_CLOSE && sk->state != TCP_LISTEN)
		goto out;
	if (sk->state != TCP_LISTEN) {
		err = tcp_listen_start(sk); /* clears tp */
		if (err)
			goto out;
	}
	sk->max_ack_backlog = backlog; /* how many may wait */
	sk->told_backlog = backlog;
	err = 0;
out:
	release_sock(sk);
	return err;
}
\`\`\`

The end.
`;
/** The same, with what the kernel beneath lacks: a function, a macro, an enumeration, a type, a structure. */
const helper = notes
  .replace('\tsk->told_backlog = backlog;\n', '\tsk->max_ack_backlog += extra_of(backlog);\n')
  .replace(
    'int inet_listen',
    `#define EXTRA_ROOM 3
enum extra { EXTRA_NONE, EXTRA_SOME };
struct extra_state { int room; };
typedef struct extra_state extra_t;
static int extra_of(int backlog)
{
	extra_t extra = { EXTRA_ROOM };

	if (backlog < EXTRA_SOME)
		return MSG_CONFIRM;
	return extra.room;	/* room for more */
}
int inet_listen`,
  );
const files = {
  'notes.md': notes,
  'broken.md': notes.replace('goto out;', 'goto nowhere'),
  'more.md': notes.replace('backlog;', 'backlog + 1;'),
  'prose.md': 'Nothing but words.\n',
  'stranger.md': `${notes}\n\`\`\`c\nint inet_whisper(struct sock *sk)\n{\n\treturn sk->err;\n}\n\`\`\`\n`,
  'foreign.md': '```c\nvoid board_init(struct sock *sk)\n{\n\tsk->err = 0;\n}\n```\n',
  'helper.md': helper,
  'program.md': '```c\nint main(void)\n{\n\treturn 0;\n}\n```\n',
  'include.md': notes.replace('\tlock_sock(sk);', '#include "/etc/passwd"\n\tlock_sock(sk);'),
  'listen.pkt': '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, 5) = 0\n',
};

describe('run', () => {
  test('a trace shows lines of the document, and its comments before the notes', async () => {
    const { out, err } = await check('run listen.pkt --trace --document notes.md', { status: 0 }, { files });
    const lines = out.split('\n');
    const at = lines.findIndex((line) => line.includes('inet_listen  notes.md:21  sk->max_ack_backlog = backlog;'));
    expect(lines.slice(at + 1, at + 3)).toEqual(['      | The document, line 21', '      |   how many may wait']);
    expect(lines[at + 3]).toMatch(/^ {6}\| /);
    expect(err).toContain(
      "notes.md:22:2: information: struct sock has no member 'told_backlog' in the kernel beneath; added at its end: int told_backlog;",
    );
  });
  test('as JSON the document’s comments are of a kind of their own', async () => {
    const { out } = await check('run listen.pkt --trace --json --document notes.md', { status: 0 }, { files });
    const steps = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { file?: string; line?: number; notes?: { kind?: string }[] });
    const step = steps.find(({ file, line, notes: own }) => file === 'notes.md' && line === 21 && own);
    expect(step?.notes?.map(({ kind }) => kind).slice(0, 2)).toEqual(['document', undefined]);
  });
  test('an edit takes effect', async () => {
    const { out } = await check('run listen.pkt --trace --document more.md', { status: 0 }, { files });
    expect(out).toContain('sk->max_ack_backlog: 0 → 6');
  });
  test('a mistake is told at its place in the document', () =>
    check(
      'run listen.pkt --document broken.md',
      { status: 0, err: /^broken\.md:1[34]:\d+: error: .*\[SS2001\]$/m },
      { files },
    ));
  test('nothing is included', () =>
    check('run listen.pkt --document include.md', { status: 0, err: 'a document cannot include a file' }, { files }));
  test.each([
    ['prose.md', 'prose.md:1:1: error:'],
    ['program.md', 'program.md:1:1: error:'],
    ['foreign.md', 'foreign.md:1:1: error: the kernel beneath has no function of this document'],
    ['absent.md', "there is no file 'absent.md'"],
    ['notes.md --document more.md', '--document is given twice'],
  ])('%s cannot be run', async (words, err) => {
    await check(`run listen.pkt --document ${words}`, { status: 2, err }, { files });
  });
  test('a function that the kernel does not have is told', () =>
    check(
      'run listen.pkt --document stranger.md',
      {
        status: 0,
        err: "warning: 'inet_whisper' is not of this kernel: it has no function of that name, and nothing that runs calls it",
      },
      { files },
    ));
});

test('check: a script passes with the document’s functions', () =>
  check('check listen.pkt --document notes.md', { status: 0, out: '1 passed, 0 failed' }, { files }));

test('reach: a place of the document', () =>
  check('reach notes.md:21 --document notes.md', { status: 0, out: /^[\w-]+ {2}notes\.md:21\n$/ }, { files }));

test('coverage: the functions of the document, with reasons', async () => {
  const { out } = await check('coverage --document notes.md', { status: 0 }, { files });
  expect(out).toMatch(/^100\.0% {2}inet_listen {2}notes\.md {2}(\d+)\/\1\n100\.0% {2}all/);
});

test('explain: a line of the document with its comment', () =>
  check(
    'explain notes.md:12 --document notes.md',
    { status: 0, out: /The document, line 12\nonly streams listen/ },
    { files },
  ));

describe('what the kernel beneath lacks', () => {
  test('a function that only the document has runs when another one calls it', async () => {
    const { out } = await check('run listen.pkt --trace --document helper.md', { status: 0 }, { files });
    expect(out).toContain('sk->max_ack_backlog: 5 → 8');
    expect(out).toMatch(/extra_of {2}helper\.md:\d+ {2}return extra\.room;[^]*?\| {3}room for more/);
  });
  test('each is told, and nothing else', async () => {
    const { err } = await sockscope('run listen.pkt --document helper.md', { files });
    const line = (text: string): number => helper.slice(0, helper.indexOf(text)).split('\n').length;
    const told = (text: string, column: number, what: string): string =>
      `helper.md:${line(text)}:${column}: information: the kernel beneath has no ${what}`;
    expect(err.split('\n').map((each) => each.replace(/ \[SS7011\]$/, ''))).toEqual([
      told('#define', 9, "'EXTRA_ROOM'; the document's is compiled in"),
      told('enum extra', 6, "'enum extra'; the document's is compiled in"),
      told('struct extra_state {', 8, "'struct extra_state'; the document's is compiled in"),
      told('typedef', 28, "'extra_t'; the document's is compiled in"),
      told('static int', 12, "function 'extra_of'; the document's is compiled in, because inet_listen calls it"),
      told('return MSG', 10, "'MSG_CONFIRM'; added: #define MSG_CONFIRM 2048 (Linux 2.4.0 has it like this)"),
      '',
    ]);
  });
  test('it is covered with the others, and can be reached', async () => {
    const { out } = await check('coverage --document helper.md', { status: 0 }, { files });
    expect(out).toMatch(/% {2}extra_of {2}helper\.md/);
    const at = helper.slice(0, helper.indexOf('return extra.room')).split('\n').length;
    await check(`reach helper.md:${at} --document helper.md`, { status: 0, out: `helper.md:${at}` }, { files });
  });
});

describe('document', () => {
  test('what the kernel beneath lacks, and in what the functions differ', async () => {
    const { out } = await check('document notes.md --json', { status: 0 }, { files });
    const [told] = JSON.parse(out) as [
      {
        missing: { record: string; name: string; added: string; line: number; functions: string[] }[];
        notBeneath: string[];
        differences: { function: string; file: string; same: boolean; changes: { kind: string }[] }[];
      },
    ];
    expect(told.missing).toEqual([
      {
        kind: 'member',
        record: 'struct sock',
        name: 'told_backlog',
        added: 'int told_backlog;',
        line: 22,
        functions: ['inet_listen'],
      },
    ]);
    expect(told.notBeneath).toEqual([]);
    expect(told.differences.map((each) => [each.function, each.file, each.same])).toEqual([
      ['inet_listen', 'net/ipv4/af_inet.c', false],
    ]);
    expect(itemAt(told.differences, 0).changes.map(({ kind }) => kind)).toContain('added');
  });
  test('the same in words', () =>
    check(
      'document notes.md',
      { status: 0, out: /against the kernel beneath:\n {2}inet_listen: against net\/ipv4\/af_inet\.c: \d+ added/ },
      { files },
    ));
  test('a listing shortened without a mark is told, and runs', async () => {
    const af_inet = mediaTexts()['media/kernel/net/ipv4/af_inet.c']!;
    const whole = /^(?:static )?int inet_stream_connect\([^]*?^\}/m.exec(af_inet)![0];
    const lines = whole.split('\n');
    const from = lines.findIndex((line) => line.includes('lock_sock')) + 1;
    const to = lines.map((line) => /^\w+:/.test(line)).lastIndexOf(true);
    const short = [...lines.slice(0, from), ...lines.slice(to)].join('\n');
    await check(
      'check listen.pkt --document short.md',
      { status: 0, err: /short\.md:2:1: warning: 'inet_stream_connect' lacks \d+ of the \d+ statements/ },
      { files: { ...files, 'short.md': `\`\`\`c\n${short}\n\`\`\`\n` } },
    );
  });
});

test('without a document the kernel’s own functions run', async () => {
  const { out } = await sockscope('run listen.pkt --trace', { files });
  expect(out).not.toContain('notes.md');
});
