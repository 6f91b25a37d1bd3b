import { describe, expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import type { DebugInfo } from '../../src/abi/debug-info';
import { Query } from '../../src/query/query';
import { hoverMarkdown, hoverPlain } from '../../src/query/render';
import { Reader } from '../../src/reading/reader';
import { SourceFile } from '../../src/source/source-file';
import { loadParser } from '../parse/c-parser';

const reader = new Reader(await loadParser());

const source = `struct tcp_opt {
	int rto;
	struct { int pending; } ack;
};
struct sock {
	int state;
	union { struct tcp_opt af_tcp; } tp_pinfo;
	struct sock *next;
	int (*init)(struct sock *sk);
};
#define TCP_CLOSE 7
static int create(struct sock *sk, int n)
{
	struct tcp_opt *tp = &(sk->tp_pinfo.af_tcp);
	sk->state = TCP_CLOSE;
	sk->next->tp_pinfo.af_tcp.rto = 3; /* rto */
	tp->ack.pending = n;
	((struct sock *)tp)->state = 1;
	pick(sk)->state = 2;
	struct tcp_opt *sock = tp;
	return 0;
}
`;
const file = new SourceFile('net/a.c', source);
const packs = new SourceFile(
  'p.yaml',
  `entries:
- {field: sock.state, en: coarse state, zh: 状态}
- {field: tcp_opt.rto, en: time-out, zh: 超时}
- {field: tcp_opt.ack.pending, en: ack due, zh: 欠确认}
- {function: create, en: creates, zh: 创建}
- {type: sock, en: one end of a connection, zh: 连接的一端}
- {type: tcp_opt, en: what only TCP has, zh: 只有 TCP 有的}
- {constant: TCP_CLOSE, family: tcp-state, en: closed, zh: 关闭}
- {id: P1, statement: sk->state = TCP_CLOSE, in: create, title: {en: Starts <closed>, zh: 从关闭开始}, en: 'a *note* on \`sk\`', zh: 注解, source: [RFC 793]}
`,
);

/** Types: 0 int, 1 struct sock, 2 *sock, 3 struct tcp_opt, 4 *tcp_opt, 5 union, 6 ack, 7 function create, 8 pick. */
const int = { type: 0, spelling: 'int' };
const debug = {
  files: ['net/a.c'],
  types: [
    { kind: 'integer', name: 'int', size: 4, signed: true },
    {
      kind: 'record',
      tag: 'struct',
      name: 'sock',
      size: 24,
      align: 4,
      complete: true,
      file: 0,
      line: 5,
      fields: [
        { name: 'state', ...int, offset: 0, file: 0, line: 6 },
        { name: 'tp_pinfo', type: 5, spelling: 'union {…}', offset: 4 },
        { name: 'next', type: 2, spelling: 'struct sock *', offset: 12 },
        { name: 'init', type: 9, spelling: 'int (*)(struct sock *)', offset: 16 },
      ],
    },
    { kind: 'pointer', size: 4, to: 1 },
    {
      kind: 'record',
      tag: 'struct',
      name: 'tcp_opt',
      size: 8,
      align: 4,
      complete: true,
      fields: [
        { name: 'rto', ...int, offset: 0 },
        { name: 'ack', type: 6, spelling: 'struct {…}', offset: 4 },
      ],
    },
    { kind: 'pointer', size: 4, to: 3 },
    {
      kind: 'record',
      tag: 'union',
      name: '',
      size: 8,
      align: 4,
      complete: true,
      fields: [{ name: 'af_tcp', type: 3, spelling: 'struct tcp_opt', offset: 0 }],
    },
    {
      kind: 'record',
      tag: 'struct',
      name: '',
      size: 4,
      align: 4,
      complete: true,
      fields: [{ name: 'pending', ...int, offset: 0 }],
    },
    { kind: 'function', size: 0, returns: 0, parameters: [2, 0], variadic: false },
    { kind: 'function', size: 0, returns: 2, parameters: [2], variadic: false },
    { kind: 'pointer', size: 4, to: 7 },
  ],
  functions: [
    {
      name: 'create',
      kind: 'compiled',
      type: 7,
      file: 0,
      line: 12,
      column: 12,
      start: source.indexOf('static'),
      end: source.length - 1,
      linkage: 'internal',
      variables: [
        { name: 'sk', type: 2, spelling: 'struct sock *', offset: 0, parameter: 0, from: 0, to: 9999 },
        { name: 'n', ...int, offset: 4, parameter: 1, from: 0, to: 9999 },
        { name: 'tp', type: 4, spelling: 'struct tcp_opt *', offset: 8, from: 0, to: 9999 },
        { name: 'sock', type: 4, spelling: 'struct tcp_opt *', offset: 12, from: 0, to: 9999 },
      ],
    },
    {
      name: 'pick',
      kind: 'service',
      type: 8,
      file: 0,
      line: 3,
      column: 1,
      linkage: 'external',
      variables: [],
      reason: 'hardware',
    },
  ],
  statements: [],
  globals: [],
  typeNames: { 'struct sock': 1, 'struct tcp_opt': 3 },
  constants: {},
} as unknown as DebugInfo;

const query = new Query({
  catalog: Catalog.load([packs]),
  reader,
  debug,
  load: () => file,
  macro: (name) =>
    name === 'TCP_CLOSE' ? { name, parameters: '', replacement: '7', path: 'net/a.c', line: 11 } : undefined,
});
const bare = new Query({ catalog: Catalog.load([packs]), reader, load: () => file });

/** Plain text of the hover at the last letter before `|` in `marked`, a piece of the source. */
function check(marked: string, expected: readonly string[], from = query): void {
  const offset = source.indexOf(marked.replace('|', '')) + marked.indexOf('|') - 1;
  expect(
    hoverPlain(from.hoverAt(file, offset) ?? { start: 0, end: 0, subject: '', parts: [] }, 'en').split('\n'),
  ).toEqual(expect.arrayContaining([...expected]));
}

describe('hover on a member', () => {
  test('type, offset, size and meaning', () =>
    check('sk->state| = TCP', [
      'int state;  /* struct sock */',
      'offset: 0 (0x0)',
      'size: 4 bytes',
      'declared in: net/a.c:6',
      'coarse state',
    ]));
  test('through pointers, unions and members', () =>
    check('sk->next->tp_pinfo.af_tcp.rto|', ['int rto;  /* struct tcp_opt */', 'time-out']));
  test('of a struct without tag', () => check('tp->ack.pending|', ['int pending;  /* tcp_opt.ack */', 'ack due']));
  test('after a cast', () => check('((struct sock *)tp)->state|', ['int state;  /* struct sock */']));
  test('of what a function returns', () => check('pick(sk)->state|', ['int state;  /* struct sock */']));
  test('where it is declared', () => check('struct { int pending|; }', ['ack due']));
  test('of a function pointer', () => check('(*init|)', ['int (*init)(struct sock *);  /* struct sock */']));
  test('without a compiled program the declaration in the text tells', () =>
    check('sk->state| = TCP', ['coarse state'], bare));
});

describe('a name without a place', () => {
  const about = (words: string): readonly string[] => {
    const hover = query.hoverOf(words);
    return hover ? hoverPlain(hover, 'en').split('\n') : [];
  };
  test('a path from a struct, through unions', () =>
    expect(about('sock.tp_pinfo.af_tcp.rto')).toEqual(
      expect.arrayContaining(['int rto;  /* struct tcp_opt */', 'time-out']),
    ));
  test('a path from what variables of that name are', () => {
    expect(about('sk->state')).toEqual(expect.arrayContaining(['int state;  /* struct sock */', 'coarse state']));
    expect(about('tp->ack.pending')).toEqual(expect.arrayContaining(['ack due']));
    expect(about('sk->next->next->state')).toEqual(expect.arrayContaining(['coarse state']));
  });
  test('a struct with its layout', () =>
    expect(about('struct sock')).toEqual(
      expect.arrayContaining(['\t/*    0     4 */ int state;', '\t/*   16     4 */ int (*init)(struct sock *);']),
    ));
  test('a struct by what it is for, before its layout', () => {
    const lines = about('struct sock');
    expect(lines.indexOf('one end of a connection')).toBeGreaterThanOrEqual(0);
    expect(lines.indexOf('one end of a connection')).toBeLessThan(lines.indexOf('struct sock {'));
  });
  test('what is no path, or leads nowhere', () => {
    expect(about('sk->nothing')).toEqual([]);
    expect(about('sk->state->x')).toEqual([]);
    expect(about('sk->')).toEqual([]);
  });
});

describe('notes of one function', () => {
  /** Two functions with the statement that the note is about; the second has it as it is written. */
  const two = new SourceFile(
    'net/b.c',
    'int create(void)\n{\n\treturn (0 + 0);\n}\nint other(void)\n{\n\treturn 0;\n}\n',
  );
  const pack = new SourceFile('q.yaml', 'entries:\n- {statement: return 0, in: [create, other], en: well, zh: 好}\n');
  const on = (text: string): readonly string[] => {
    const start = two.text.indexOf(text);
    return new Query({ catalog: Catalog.load([pack]), reader, load: () => two })
      .notesForRange(two, start, start + text.length)
      .map((note) => note.text.en);
  };
  test('are those that stand there best, whichever function is asked about first', () => {
    expect(on('return (0 + 0)')).toEqual([]);
    expect(on('return 0;')).toEqual(['well']);
  });
});

describe('a line', () => {
  test('without a note belongs to its function', () => {
    const line = source.slice(0, source.indexOf('return 0')).split('\n').length;
    expect(query.functionAround(file, line)?.subject).toBe('create');
    expect(query.functionAround(file, 2)).toBeUndefined();
  });
  test('has names that are known', () =>
    expect(query.namesOn(file, 11).map(({ subject }) => subject)).toEqual(['TCP_CLOSE']));
});

describe('hover elsewhere', () => {
  test('a function', () =>
    check('create|(struct', [
      'static int create(struct sock *sk, int n)',
      'how it runs: compiled from C',
      'defined in: net/a.c:12',
      'creates',
    ]));
  test('a variable is told by its type, also where it has the name of another', () => {
    const offset = source.indexOf('sock = tp');
    const lines = hoverPlain(query.hoverAt(file, offset)!, 'en').split('\n');
    expect(lines).toEqual(expect.arrayContaining(['struct tcp_opt *sock;', 'what only TCP has']));
    expect(lines).not.toContain('one end of a connection');
  });
  test('a type is told as such, also where a variable has its name', () =>
    check('create(struct sock| *sk', ['struct sock {', 'one end of a connection']));
  test('a service says why', () => check('pick|(sk)', ['how it runs: simulated service', 'because: hardware']));
  test('a macro with its definition', () => check('= TCP_CLOSE|;', ['#define TCP_CLOSE 7', 'closed']));
  test('a statement with a note', () => check('sk->state =|', ['a *note* on `sk`', 'See: RFC 793']));
  test('nothing in a comment', () => expect(query.hoverAt(file, source.indexOf('/* rto') + 4)).toBeUndefined());
  test('what a note says is never taken as markup', () => {
    const hover = query.hoverAt(file, source.indexOf('sk->state =') + 10)!;
    expect(hoverMarkdown(hover, 'en')).toBe('**Starts \\<closed\\>**\n\na \\*note\\* on `sk`\n\n*See: RFC 793*');
  });
});

describe('a note whose statement is found by a query', () => {
  const pack = new SourceFile(
    'q.yaml',
    "entries:\n- id: Q\n  statement: {query: '(return_statement) @here'}\n  in: create\n  en: leaves\n  zh: 离开\n",
  );
  const asking = new Query({ catalog: Catalog.load([pack]), reader, load: () => file });
  test('is in the hover', () => check('return|', ['leaves'], asking));
  test('belongs to the statement of the machine', () => {
    const start = source.indexOf('return 0;');
    expect(asking.notesForStatement('net/a.c', start, start + 9).map(({ id }) => id)).toEqual(['Q']);
  });
});

describe('hover where the text is hard to read', () => {
  const broken = new SourceFile(
    'net/b.c',
    '#define FIRST(s) create(s, 0)\nstatic int __init f(struct sock *sk)\n{\n#ifdef A\n\tif (a) {\n#else\n\tif (sk->state) {\n#endif\n\t\tx = ; sk->state = 1;\n\t}\n}\n',
  );
  const at = (text: string, from = 0): readonly string[] | undefined => {
    const hover = query.hoverAt(broken, broken.text.indexOf(text, from));
    return hover && hoverPlain(hover, 'en').split('\n');
  };
  test('members beside an error, names in directives and in branches that are passed over', () => {
    expect(at('state = 1')).toContain('coarse state');
    expect(at('create(s')).toContain('creates');
    expect(at('state)')).toContain('coarse state');
  });
});

describe('other questions', () => {
  test('the notes of a machine statement', () => {
    const start = source.indexOf('sk->state = TCP');
    expect(query.notesForStatement('net/a.c', start, start + 21).map(({ id }) => id)).toEqual(['P1']);
  });
  test('lenses on functions and noted statements', () => {
    expect(query.lensesIn(file).map((lens) => [lens.kind, lens.function, lens.title.zh])).toEqual([
      ['function', 'create', '由 C 源码编译'],
      ['note', 'create', '从关闭开始'],
    ]);
  });
  test('definitions', () => {
    const at = (text: string, shift = 0): unknown => query.definitionAt(file, source.indexOf(text) + shift);
    expect(at('pick(sk)')).toMatchObject({ line: 3, what: 'function' });
    expect(at('sk->state', 4)).toMatchObject({ line: 6, what: 'field' });
    expect(at('TCP_CLOSE;')).toMatchObject({ line: 11, what: 'macro' });
  });
  test('names without a place', () => {
    expect(query.notesNamed('P1').map(({ id }) => id)).toEqual(['P1']);
    expect(hoverPlain(query.hoverOf('tcp_opt.ack.pending')!, 'zh')).toContain('欠确认');
    expect(query.hoverOf('nothing')).toBeUndefined();
  });
});
