/** `annotations --check --json`: what is missing, what is about nothing, which claims runs bear out. */
import { describe, expect, test } from 'vitest';
import { sockscope } from './cli-fixture';

interface Answer {
  readonly functions: readonly string[];
  readonly orphans: readonly string[];
  readonly stale: readonly string[];
  readonly bareStatements: readonly { readonly function: string }[];
  readonly unexplained: readonly { readonly name: string }[];
  readonly aboutNothing: readonly string[];
  readonly others: { readonly orphans: readonly string[]; readonly percent: number };
  readonly claims: {
    readonly executed: number;
    readonly passed: number;
    readonly failed: readonly { entry: string }[];
  };
  readonly stories: { readonly told: number; readonly moments: number; readonly failed: readonly string[] };
}

/** `annotations` with a workspace's pack. `--check` plays all that is claimed and told, a minute: one test does. */
async function asked(options: string, pack = ''): Promise<{ answer: Answer; err: string; status: number }> {
  const { out, err, status } = await sockscope(`annotations --json ${options}`, {
    files: pack === '' ? {} : { '.sockscope/annotations/my.yaml': `entries:\n${pack}` },
  });
  return { answer: JSON.parse(out) as Answer, err, status };
}

describe('of the bundled kernel', () => {
  test('all lists are there, for the thirteen functions of the notes', async () => {
    const { answer, err, status } = await asked('--check');
    expect(err).toBe('');
    expect(answer.functions).toHaveLength(13);
    const { orphans, stale, bareStatements, unexplained, aboutNothing, others, claims, stories } = answer;
    expect({ status, orphans, stale, bareStatements, unexplained, aboutNothing }).toEqual({
      status: 0,
      orphans: [],
      stale: [],
      bareStatements: [],
      unexplained: [],
      aboutNothing: [],
    });
    expect(others.percent).toBeLessThanOrEqual(3);
    expect(claims.failed).toEqual([]);
    expect(claims.passed).toBeGreaterThanOrEqual(150);
    expect(stories.failed).toEqual([]);
    expect(stories.told).toBeGreaterThanOrEqual(150);
    expect(stories.moments).toBeGreaterThanOrEqual(3 * stories.told);
  });

  test('a note about a name that the kernel does not have is told', async () => {
    const { answer } = await asked(
      '',
      '- function: no_such_function\n  en: a\n  zh: 甲\n- field: sock.nothing\n  en: a\n  zh: 甲\n',
    );
    expect(answer.aboutNothing).toEqual(expect.arrayContaining(['function:no_such_function', 'field:sock.nothing']));
  });

  test('while a pack has an error, nothing is played', async () => {
    const { answer, err, status } = await asked('--check', '- statement: a = 1\n  in: inet_create\n  en: x\n  cn: z\n');
    expect(err).toMatch(
      /\.sockscope\/annotations\/my\.yaml:5:3: error: unknown key `cn`[\s\S]*finds no statement like `a = 1`/,
    );
    expect(answer.claims.executed + answer.stories.moments).toBe(0);
    expect(status).toBe(1);
  });
});

describe('a pack that is named', () => {
  const check = (pack: string, more = ''): ReturnType<typeof sockscope> =>
    sockscope(`annotations --check mine.yaml ${more}`, { files: { 'mine.yaml': `entries:\n${pack}` } });

  test('is checked against the kernel by itself', async () => {
    const good = await check(
      "- {id: M1, statement: 'sk->num = inet->num', or: ['sk->prot->unhash(sk)', 'err = 0'], in: [inet_bind, inet_create], en: one, zh: 一}\n- {function: inet_bind, en: binds, zh: 绑定}\n",
      '--json',
    );
    expect(JSON.parse(good.out)).toMatchObject({ entries: 2 });
    const lost = await check("- {id: M2, statement: 'no_such_call(sk)', in: inet_bind, en: one, zh: 一}\n");
    expect(lost.status).toBe(1);
    expect(lost.out).toContain('1 orphans');
    expect(lost.err).toMatch(/^mine\.yaml:2:.*SS6002/m);
  });

  test('has its claims played: true ones count, false ones are told with what was there', async () => {
    const claim = (line: string): string => `  - {scenario: tcp-socket, at: "inet_create:sk->zapped = 0", ${line}}\n`;
    const claims = [
      'holds: "sk->zapped == 1"',
      'always: "sk->state == TCP_CLOSE"',
      'times: 1',
      'holds: "sk->zapped == 7"',
      'times: 9',
    ];
    const nowhere = '  - {scenario: tcp-socket, at: "inet_create:nowhere()", times: 0}\n';
    const { out, err, status } = await check(
      `- id: mine\n  concept: mine\n  en: a\n  zh: 甲\n  claims:\n${claims.map(claim).join('')}${nowhere}`,
    );
    expect(out).toContain('claims: 3 of 6 hold');
    expect(err).toMatch(
      /mine\.yaml:\d+:\d+: warning: mine claims what .* does not show at inet_create:sk->zapped = 0: `sk->zapped == 7` is 0/,
    );
    expect(err).toMatch(/a run comes there 1 times[\s\S]*there is no place inet_create:nowhere\(\)/);
    expect(status).toBe(1);
  });

  test('with a query that cannot be run is told its line, whatever it is', async () => {
    const place = (query: string, index: number): string =>
      `- statement: {text: return ${index}, query: '${query}'}\n  in: inet_create\n  en: x\n  zh: y\n`;
    const queries = ['(no_such_node) @x', '((identifier) @x (#match? @x "(a+)+b"))', `(${'(_)* '.repeat(400)}) @x`];
    const { err, status } = await check(queries.map(place).join(''), '--lang both');
    expect(err).toMatch(
      /mine\.yaml:2:40: error: C has no node `no_such_node` \/ C 语法里没有节点 `no_such_node`[\s\S]*mine\.yaml:6:57: error: the predicate `match\?` is not run[\s\S]*mine\.yaml:1\d:\d+: error: the query is too long/,
    );
    expect(status).toBe(2);
  });

  test('with a mistake is told where, with status 2', async () => {
    const { err, status } = await check('- {functoin: inet_bind, en: binds, zh: 绑定}\n');
    expect(status).toBe(2);
    expect(err).toMatch(/^mine\.yaml:2:/m);
  });

  test('does not go with C files', async () => {
    const { status } = await sockscope('annotations mine.yaml a.c', {
      files: { 'mine.yaml': 'entries: []', 'a.c': '' },
    });
    expect(status).toBe(2);
  });
});
