import { itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { AnnotatedFile } from '../../src/catalog/annotated-file';
import { Catalog } from '../../src/catalog/catalog';
import { Reader } from '../../src/reading/reader';
import { SourceFile } from '../../src/source/source-file';
import { loadParser } from '../parse/c-parser';

const reader = new Reader(await loadParser());

const inet = `
static int create(struct socket *sock, int protocol)
{
	sock->state = SS_UNCONNECTED;
	switch (sock->type) {
	case SOCK_DGRAM:
		sock->ops = &inet_dgram_ops;
		break;
	case SOCK_RAW:
		if (!capable(CAP_NET_RAW))
			goto out;
		sock->ops = &inet_dgram_ops;
	}
	if (sk->num) {
		sk->sport = htons(sk->num);
	}
	return 0;
out:
	sk_free(sk);
	return -EPERM;
}`;

/** The text of the statements that an entry (YAML of its subject) finds, with the confidence. */
function check(entry: string, expected: readonly (readonly [string, number])[], text = inet): void {
  const pack = new SourceFile(
    'pack.yaml',
    `entries:\n- ${entry.trim().replaceAll('\n', '\n  ')}\n  in: create\n  en: a\n  zh: b\n`,
  );
  const catalog = Catalog.load([pack]);
  expect(catalog.diagnostics).toEqual([]);
  const file = new AnnotatedFile(new SourceFile('a.c', text), catalog, reader);
  const found = file.anchors.map(({ statement, confidence }) => [
    text.slice(statement.start, statement.end),
    Math.round(confidence * 100) / 100,
  ]);
  expect(found).toEqual(expected);
}

describe('a note finds its statement', () => {
  test('by equal text, however it is spaced', () =>
    check('statement: sock->state=SS_UNCONNECTED', [['sock->state = SS_UNCONNECTED;', 1]]));

  test('by the label it stands under', () => {
    check("statement: {text: 'sock->ops = &inet_dgram_ops', under: case SOCK_RAW}", [
      ['sock->ops = &inet_dgram_ops;', 1],
    ]);
    const file = new SourceFile(
      'p',
      "entries:\n- statement: {text: 'sock->ops = &inet_dgram_ops', under: case SOCK_RAW}\n  in: create\n  en: a\n  zh: b\n",
    );
    const anchors = new AnnotatedFile(new SourceFile('a.c', inet), Catalog.load([file]), reader).anchors;
    expect(itemAt(anchors, 0).statement.start).toBe(inet.lastIndexOf('sock->ops'));
  });

  test('by its number among equals', () => {
    const file = new SourceFile(
      'p',
      "entries:\n- statement: {text: 'sock->ops = &inet_dgram_ops', nth: 2}\n  in: create\n  en: a\n  zh: b\n",
    );
    const anchors = new AnnotatedFile(new SourceFile('a.c', inet), Catalog.load([file]), reader).anchors;
    expect(itemAt(anchors, 0).statement.start).toBe(inet.lastIndexOf('sock->ops'));
  });

  test('by a part of it', () => check('statement: "!capable(CAP_NET_RAW)"', [['if (!capable(CAP_NET_RAW))', 0.85]]));

  test('by likeness when names differ', () =>
    check('statement: sk->sport = htons(sk->number)', [['sk->sport = htons(sk->num);', 0.69]]));

  test('by one of several spellings', () =>
    check("statement: {text: 'newsock->state = X', or: [sk_free(sk)]}", [['sk_free(sk);', 1]]));

  test('for each of several places', () => {
    check('statement: [sk_free(sk), return -EPERM]', [
      ['sk_free(sk);', 1],
      ['return -EPERM;', 1],
    ]);
  });

  test('by its tree-sitter query, where it is spelled otherwise', () => {
    check("statement: {text: 'no such text', query: '(return_statement (unary_expression)) @here'}", [
      ['return -EPERM;', 0.9],
    ]);
    check(
      `statement:
  text: account(sk)
  query: |
    (if_statement condition: (_ (_ (call_expression function: (identifier) @name))) (#eq? @name "capable")) @here`,
      [['if (!capable(CAP_NET_RAW))', 0.9]],
    );
  });

  test('a query may capture a part of the statement, and the innermost is meant', () =>
    check('statement: {text: nothing, query: \'((field_identifier) @field (#eq? @field "sport"))\'}', [
      ['sk->sport = htons(sk->num);', 0.9],
    ]));

  test('not at all when nothing is like it', () => check('statement: tp->mss_cache = 536', []));
});

describe('the notes of a machine statement', () => {
  const pack = new SourceFile(
    'p',
    "entries:\n- statement: 'case SOCK_RAW:'\n  in: create\n  en: raw\n  zh: raw\n- statement: 'if (sk->num)'\n  in: create\n  en: number\n  zh: number\n",
  );
  const file = new AnnotatedFile(new SourceFile('a.c', inet), Catalog.load([pack]), reader);
  const notesOf = (text: string): readonly string[] =>
    file.notesFor(inet.indexOf(text), inet.indexOf(text) + text.length).map((entry) => entry.text.en);

  test('a note on a label belongs to the first statement after it', () =>
    expect(notesOf('!capable(CAP_NET_RAW)')).toEqual(['raw']));
  test('the condition alone is enough to find the note of an if', () => expect(notesOf('sk->num')).toEqual(['number']));
  test('other statements have none', () => expect(notesOf('return 0;')).toEqual([]));
});

describe('how sure it is', () => {
  const place = (more: string): string => `statement: {text: 'sock->ops = &inet_dgram_ops', ${more}}`;

  test('another label than the one asked for: six tenths', () =>
    check(place('under: case SOCK_STREAM'), [['sock->ops = &inet_dgram_ops;', 0.6]]));
  test('a number beyond the last of the equals: the last', () => {
    const file = new SourceFile('p', `entries:\n- ${place('nth: 9')}\n  in: create\n  en: a\n`);
    const { anchors } = new AnnotatedFile(new SourceFile('a.c', inet), Catalog.load([file]), reader);
    expect(itemAt(anchors, 0).statement.start).toBe(inet.lastIndexOf('sock->ops'));
  });
  test('one or two words within a statement say too little', () => {
    check('statement: sk_free', []);
    check("statement: 'sk_free ('", []);
    check("statement: '(sk)'", [['sk_free(sk);', 0.85]]);
  });
  test('the note may be longer than the statement', () =>
    check("statement: 'if (!capable(CAP_NET_RAW)) goto out'", [['if (!capable(CAP_NET_RAW))', 0.85]]));
  test('brackets alone are no likeness', () => check("statement: 'f((((x))))'", []));
});

describe('among several functions', () => {
  const two = 'int a(void)\n{\n\tx = y + 1;\n}\nint b(void)\n{\n\tx = y;\n\tx = z;\n}\nint c(void)\n{\n\tx = y;\n}\n';
  const annotated = (entry: string): AnnotatedFile =>
    new AnnotatedFile(
      new SourceFile('a.c', two),
      Catalog.load([new SourceFile('p', `entries:\n- ${entry}\n  en: a\n  zh: b\n`)]),
      reader,
    );
  const placeOf = (entry: string): string[] =>
    annotated(entry).anchors.map(({ function: { name }, statement }) => `${name} ${statement.normal}`);

  test('the surest place wins', () => expect(placeOf('statement: x = y\n  in: [a, b]')).toEqual(['b x = y']));
  test('between equals the function that is named first', () => {
    expect(placeOf('statement: x = y\n  in: [c, b]')).toEqual(['c x = y']);
    expect(placeOf('statement: x = y\n  in: [b, c]')).toEqual(['b x = y']);
  });
  test('several places come in the order of the file', () =>
    expect(placeOf('statement: [x = z, x = y + 1]\n  in: [b, a]')).toEqual(['a x = y + 1', 'b x = z']));

  test('functions and notes by offset', () => {
    const file = annotated('statement: x = z\n  in: b');
    const at = two.indexOf('x = z;');
    expect([-1, 0, 5, 6].map((step) => file.notesAt(at + step).length)).toEqual([0, 1, 1, 0]);
    const start = two.indexOf('int b');
    const end = two.indexOf('int c') - 1;
    expect([start - 1, start, end - 1, end].map((offset) => file.functionAt(offset)?.name)).toEqual([
      undefined,
      'b',
      'b',
      undefined,
    ]);
    expect([file.functionNamed('c')?.name, file.functionNamed('x')]).toEqual(['c', undefined]);
  });
});
