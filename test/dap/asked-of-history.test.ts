/** Questions to a run's past, as requests and in the console: what history is asked, and how its rows are told. */
import { describe, expect, test } from 'vitest';
import { sameText } from '../../src/base/bilingual';
import { AdapterClient } from './adapter-client';
import { FakeSession } from './fake-session';

const process = { thread: 0, name: 'A', pid: 100 };
const place = { function: 'f', path: 'net/a.c', line: 7, column: 3, endLine: 8, endColumn: 4 };
const change = (more: object = {}): object => ({
  ...{ clock: 12, process, place, by: 'c', members: [{ name: 'sk->state', from: '1', to: '7' }], ...more },
});
const answer = {
  clock: 5,
  text: 'call',
  values: [{ expression: 'a', value: '1' }, { expression: 'b', problem: sameText('no') }, { expression: 'c' }],
};

/** A client whose history notes what it is asked, and gives these. */
async function launched(
  given: { nearest?: object; rows?: readonly object[]; dropped?: number; asked?: object; target?: object } = {},
  language = 'en',
): Promise<{ client: AdapterClient; asked: unknown[]; session: FakeSession }> {
  const asked: unknown[] = [];
  const note =
    (what: string, result: unknown) =>
    (...args: unknown[]) => {
      asked.push([what, ...args.filter((each) => typeof each === 'string' || typeof each === 'number')]);
      return result;
    };
  const { nearest = { kind: 'none' }, rows = [], dropped = 0, target = { target: {} } } = given;
  const history = {
    target: note('target', target),
    bytes: note('bytes', target),
    whoWrote: note('whoWrote', Promise.resolve(nearest)),
    nextChange: note('nextChange', Promise.resolve(nearest)),
    allChanges: note('allChanges', Promise.resolve({ rows, dropped })),
    ask: note('ask', Promise.resolve(given.asked ?? { answer: { rows, dropped } })),
    madeBy: note('madeBy', Promise.resolve([{ clock: 3, thread: 0, event: 'printk', level: 6, text: 'made\n' }])),
    logLines: note('logLines', Promise.resolve([])),
  };
  const session = new FakeSession();
  const client = new AdapterClient({ open: () => Promise.resolve({ session, diagnostics: [], history }) as never });
  await client.initialize();
  await client.request('launch', { scenario: 'a', language });
  const stopped = client.event('stopped');
  await client.request('configurationDone');
  await stopped;
  return { client, asked, session };
}

const row = {
  clock: 12,
  text: 'sk->state: 1 → 7',
  values: [],
  threadId: 1,
  process: 'A',
  pid: 100,
  function: 'f',
  source: { name: 'a.c', path: 'sockscope-kernel:/net/a.c' },
  line: 7,
  column: 3,
  endLine: 8,
  endColumn: 4,
};

describe('requests', () => {
  test('for the nearest change', async () => {
    const { client, asked } = await launched({ nearest: { kind: 'change', row: change({ service: 'kfree' }) } });
    const members = [{ name: 'sk->state', from: '1', to: '7' }];
    const found = { found: 'change', row: { ...row, by: 'c', service: 'kfree', members } };
    expect(await client.request('sockscope/whoWrote', { expression: 'x' })).toEqual(found);
    expect(await client.request('sockscope/nextChange', { memoryReference: '0x10', offset: 2, count: 8 })).toEqual(
      found,
    );
    expect(await client.request('sockscope/nextChange', { memoryReference: '16' })).toEqual(found);
    expect(asked).toEqual([
      ['target', 'x'],
      ['whoWrote'],
      ['bytes', 18, 8, '0x00000012'],
      ['nextChange'],
      ['bytes', 16, 4, '0x00000010'],
      ['nextChange'],
    ]);
  });
  test('none, and one that has not changed since the call', async () => {
    expect(await (await launched()).client.request('sockscope/whoWrote', { expression: 'x' })).toEqual({
      found: 'none',
    });
    const { client } = await launched({ nearest: { kind: 'since-entry', row: { clock: 3, process, place } } });
    expect(await client.request('sockscope/whoWrote', { expression: 'x' })).toEqual({
      found: 'sinceEntry',
      row: { ...row, clock: 3, text: 'as it was when the function was called' },
    });
  });
  test('of a variable: by its expression, else by its bytes', async () => {
    const { client, asked, session } = await launched();
    const { scopes } = (await client
      .request('scopes', { frameId: 0x3fffffff })
      .catch(async () =>
        client
          .request('stackTrace', { threadId: 1 })
          .then(({ stackFrames }) => client.request('scopes', { frameId: stackFrames[0].id })),
      )) as { scopes: { variablesReference: number }[] };
    const variablesReference = scopes[0]?.variablesReference;
    await client.request('sockscope/whoWrote', { variablesReference, name: 'state' });
    const node = {
      name: 'bytes',
      display: '',
      scalar: { kind: 'none' },
      type: 'int',
      named: 0,
      indexed: 0,
      children: () => [],
    };
    session.globals = () =>
      [
        { ...node, address: 32, size: 4 },
        { ...node, name: 'nowhere' },
        { ...node, name: 'empty', address: 32, size: 0 },
      ] as never;
    const globals = scopes.at(-1)?.variablesReference;
    await client.request('sockscope/whoWrote', { variablesReference: globals, name: 'bytes' });
    for (const name of ['nowhere', 'empty', 'unknown']) {
      await expect(client.request('sockscope/whoWrote', { variablesReference: globals, name })).rejects.toThrow(
        'in memory',
      );
    }
    expect(asked).toEqual([['target', 'state'], ['whoWrote'], ['bytes', 32, 4, 'bytes'], ['whoWrote']]);
    await expect(client.request('sockscope/whoWrote', { variablesReference })).rejects.toThrow('Say what is meant');
  });
  test('for all changes, and for answers, as many as are wanted', async () => {
    const rows = [change({ by: 'scenario', process: undefined, place: undefined }), change({ by: 'hand' })];
    const { client, asked } = await launched({ rows, dropped: 3 });
    const told = await client.request('sockscope/changes', { expression: 'x' });
    expect(told).toMatchObject({
      dropped: 3,
      rows: [
        { clock: 12, text: 'sk->state: 1 → 7 (outside the C)', by: 'scenario' },
        { ...row, text: 'sk->state: 1 → 7 (changed by hand)', by: 'hand' },
      ],
    });
    expect(Object.keys((told as { rows: object[] }).rows[0] ?? {})).toEqual([
      'clock',
      'text',
      'values',
      'by',
      'members',
    ]);
    await client.request('sockscope/changes', { expression: 'x', limit: 5 });
    await client.request('sockscope/changes', { expression: 'x', limit: 50_000 });
    expect(asked.filter((each) => (each as string[])[0] === 'allChanges')).toEqual([
      ['allChanges', 1000],
      ['allChanges', 5],
      ['allChanges', 10_000],
    ]);
    const answered = await launched({ rows: [answer], dropped: 1 });
    expect(await answered.client.request('sockscope/ask', { question: 'q' })).toEqual({
      dropped: 1,
      rows: [
        {
          clock: 5,
          text: 'call',
          values: [
            { expression: 'a', value: '1' },
            { expression: 'b', value: 'no' },
            { expression: 'c', value: '?' },
          ],
        },
      ],
    });
    await answered.client.request('sockscope/ask', { question: 'q', limit: 7 });
    await answered.client.request('sockscope/ask', { question: 'q', limit: 70_000 });
    expect(answered.asked).toEqual([
      ['ask', 'q', 1000],
      ['ask', 'q', 7],
      ['ask', 'q', 10_000],
    ]);
  });
  test('what cannot be asked says why', async () => {
    const wrong = await launched({ asked: { problem: { message: sameText('M'), remedy: sameText('R'), at: 2 } } });
    await expect(wrong.client.request('sockscope/ask', { question: 'q q' })).rejects.toThrow('q q\n  ^ M (R)');
    const bare = await launched({ asked: { problem: { message: sameText('M'), at: 0 } } });
    await expect(bare.client.request('sockscope/ask', { question: 'q' })).rejects.toThrow(/^q\n\^ M$/);
    const nowhere = await launched({ target: { problem: sameText('nothing there') } });
    await expect(nowhere.client.request('sockscope/whoWrote', { expression: 'x' })).rejects.toThrow('nothing there');
    const without = await AdapterClient.launched(new FakeSession());
    await expect(without.request('sockscope/ask', { question: 'q' })).rejects.toThrow('cannot be asked about its past');
  });
  test('what the present statement makes', async () => {
    const { client, asked } = await launched();
    expect(await client.request('sockscope/made')).toEqual({
      happenings: [{ event: 'printk', clock: 3, text: 'made' }],
    });
    expect(asked).toEqual([['madeBy', 0]]);
    const without = await AdapterClient.launched(new FakeSession());
    expect(await without.request('sockscope/made')).toEqual({ happenings: [] });
  });
  test('what has happened: in a span, of some kinds', async () => {
    const { client } = await launched();
    await client.move('continue');
    const clocks = async (args: object): Promise<number[]> =>
      ((await client.request('sockscope/happenings', args)) as { happenings: { clock: number }[] }).happenings.map(
        ({ clock }) => clock,
      );
    expect([
      await clocks({}),
      await clocks({ from: 1, to: 1 }),
      await clocks({ from: 2 }),
      await clocks({ to: 2 }),
      await clocks({ kinds: ['state'] }),
      await clocks({ kinds: [] }),
    ]).toEqual([[1, 3], [1], [3], [1], [3], []]);
  });
});

describe('the console', () => {
  const said = async (line: string, given: object = {}, language = 'en'): Promise<unknown> => {
    const { client, asked } = await launched(given, language);
    const result = await client.request('evaluate', { expression: line, context: 'repl' }).then(
      ({ result: told }) => told as string,
      (error: Error) => error.message,
    );
    return [result, asked];
  };
  const line = '12  A (100)  f  sockscope-kernel:/net/a.c:7  sk->state: 1 → 7';
  test('who, next, changes, ask', async () => {
    const nearest = { kind: 'change', row: change() };
    expect(await said('who sk->state', { nearest })).toEqual([line, [['target', 'sk->state'], ['whoWrote']]]);
    expect(await said(' next  sk->state', { nearest })).toEqual([line, [['target', 'sk->state'], ['nextChange']]]);
    expect(await said('who x', { nearest: { kind: 'since-entry', row: { clock: 3, process, place } } })).toEqual([
      '3  A (100)  f  sockscope-kernel:/net/a.c:7  x: as it was when the function was called',
      [['target', 'x'], ['whoWrote']],
    ]);
    expect(await said('next x')).toEqual(['never', [['target', 'x'], ['nextChange']]]);
    expect(await said('changes x', { rows: [change(), change()], dropped: 4 })).toEqual([
      `(4 before these)\n${line}\n${line}`,
      [
        ['target', 'x'],
        ['allChanges', 50],
      ],
    ]);
    expect(await said('changes x')).toEqual([
      'never',
      [
        ['target', 'x'],
        ['allChanges', 50],
      ],
    ]);
    expect(await said('ask q', { rows: [answer] })).toEqual(['5  call  a = 1  b = no  c = ?', [['ask', 'q', 50]]]);
    expect(await said('ask q')).toEqual(['never', [['ask', 'q', 50]]]);
  });
  test('in the language of the session', async () => {
    expect(await said('ask q', {}, 'zh')).toEqual(['从未发生', [['ask', 'q', 50]]]);
    expect(await said('changes x', { rows: [change({ by: 'hand' })], dropped: 4 }, 'zh')).toEqual([
      `（之前还有 4 行）\n${line} (手工修改)`,
      [
        ['target', 'x'],
        ['allChanges', 50],
      ],
    ]);
  });
  test.each([
    'who = 1',
    'who += 1',
    'who ++',
    'who --',
    'next ->a',
    'ask .a',
    'who == 1',
    'changes <<= 1',
    'who',
    'whox',
    'asking x',
  ])('%s is C', async (text) => expect(await said(text)).toEqual([`${text} is not declared here.`, []]));
});
