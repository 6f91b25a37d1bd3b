/** What a pack says that the kernel does not have: told at its place, with what was meant perhaps. */
import { describe, expect, it } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { compileProgram } from '../../src/compile/program';
import { knowledgeOf } from '../../src/facade/program';
import { nearestName } from '../../src/facade/scenarios';
import { packProblems } from '../../src/query/pack-problems';
import { Query } from '../../src/query/query';
import { Reader } from '../../src/reading/reader';
import { wording } from '../../src/sentences/wording';
import { MemoryLoader } from '../../src/source/file-loader';
import { SourceFile } from '../../src/source/source-file';
import { parser } from '../semantic/check-c';

const source = `struct sock { int state; int zapped; };
#define TCP_CLOSE 7
int inet_create(struct sock *sk)
{
	sk->state = TCP_CLOSE;
	sk->zapped = 1;
	return 0;
}
`;
const { program } = compileProgram(
  {
    loader: new MemoryLoader([['a.c', source]]),
    sources: ['a.c'],
    includePaths: [''],
    defines: {},
    build: { services: new Set(), heapSize: 1 << 16 },
  },
  parser,
);

/** Each problem as `text at its place → fix`. */
function problems(pack: string): string[] {
  const file = new SourceFile('p.yaml', pack);
  const catalog = Catalog.load([new SourceFile('q.yaml', 'entries: [{macro: TCP_CLOSE, en: a}]'), file]);
  const query = new Query({ catalog, reader: new Reader(parser), ...knowledgeOf(program) });
  return packProblems(file, query, nearestName).map(({ code, span, fix, message }) => {
    const at = span ? file.text.slice(span.start, span.end) : '';
    return `${code} ${at.length > 60 ? '…' : at} → ${fix?.[0]?.text ?? '-'}${wording(message, 'en') === '' ? '?' : ''}`;
  });
}

describe('names of a pack', () => {
  it('that the kernel has are nothing to tell', () => {
    expect(
      problems(`entries:
  - {function: inet_create, en: a}
  - {field: sock.zapped, en: a}
  - {macro: TCP_CLOSE, en: a, see: ["function:inet_create"]}
  - {statement: sk->zapped = 1, in: inet_create, en: a}
`),
    ).toEqual([]);
  });

  it('that it does not have are told with the nearest one', () => {
    expect(
      problems(`entries:
  - {function: inet_creat, en: a}
  - {field: sock.zaped, en: a}
  - {macro: TCP_CLOS, en: a, see: ["function:inet_crate"]}
  - {statement: sk->zapped = 1, in: inet_craete, en: a}
`),
    ).toEqual([
      'SS6004 inet_creat → inet_create',
      'SS6004 sock.zaped → sock.zapped',
      'SS6004 function:inet_crate → function:inet_creat',
      'SS6004 TCP_CLOS → TCP_CLOSE',
      'SS6004 inet_craete → inet_create',
    ]);
  });

  it('that not every kernel has, and say so, are not asked for', () => {
    expect(
      problems(`entries:
  - {function: tcp_later, en: a, optional: true}
  - {statement: x = 1, in: tcp_later, en: a, when: {has: tcp_later}}
`),
    ).toEqual([]);
  });
});

it('a statement that its function does not have is told with the nearest one', () => {
  expect(problems('entries:\n  - {statement: "sk->stat = TCP_C", in: inet_create, en: a}\n')).toEqual([
    'SS6002 sk->stat = TCP_C → sk->state = TCP_CLOSE',
  ]);
});

it('a mistyped key has its fix, and what is no YAML is told as before', () => {
  expect(problems('entries:\n  - {function: inet_create, en: a, tilte: b}\n')).toEqual(['SS6001 tilte → title']);
  expect(problems('entries: [')[0]).toMatch(/^SS6001/);
});
