/** Parts of the adapter that need no session: shapes of arguments, places, names, numbers, progress, marks, refusals. */
import { describe, expect, test } from 'vitest';
import { mismatch, withoutNulls, type Shape } from '../../src/dap/argument-shapes';
import { fromClient, toClient, uriToPath, type PlaceFormat } from '../../src/dap/client-places';
import { errors, refusal, sentences } from '../../src/dap/errors';
import { LongWork } from '../../src/dap/long-work';
import { Moments } from '../../src/dap/moments';
import { askedIn, misfitOf } from '../../src/dap/passed-over';
import { Progress } from '../../src/dap/progress';
import { SourceNames } from '../../src/dap/source-names';
import { difference } from '../../src/dap/source-requests';
import { ThreadWatch } from '../../src/dap/thread-watch';
import { sameText } from '../../src/base/bilingual';
import { english } from '../sentences/english';

describe('arguments', () => {
  const shape: Shape = {
    count: 'integer',
    size: 'natural?',
    name: 'string?',
    isOn: 'boolean?',
    place: { members: { line: 'natural', text: 'string?' }, optional: true },
    all: { each: { id: 'integer', note: 'string?' }, optional: true },
    ids: { each: 'natural', optional: true },
    extra: 'object?',
  };
  test.each<[object, string | undefined]>([
    [{ count: 1 }, undefined],
    [{ count: -1, size: 0, name: '', isOn: false, extra: {}, more: 3 }, undefined],
    [{ count: 1, size: null, name: null, place: null, all: null, ids: null }, undefined],
    [{}, 'count integer'],
    [{ count: null }, 'count integer'],
    [{ count: '1' }, 'count integer'],
    [{ count: 1.5 }, 'count integer'],
    [{ count: 1, size: -1 }, 'size natural'],
    [{ count: 1, size: 1.5 }, 'size natural'],
    [{ count: 1, size: '1' }, 'size natural'],
    [{ count: 1, name: 1 }, 'name string'],
    [{ count: 1, isOn: 'true' }, 'isOn boolean'],
    [{ count: 1, extra: [] }, 'extra object'],
    [{ count: 1, extra: 'x' }, 'extra object'],
    [{ count: 1, place: { line: 1 } }, undefined],
    [{ count: 1, place: {} }, 'place.line natural'],
    [{ count: 1, place: { line: 1, text: 2 } }, 'place.text string'],
    [{ count: 1, place: 'here' }, 'place object'],
    [{ count: 1, place: [] }, 'place object'],
    [{ count: 1, all: [{ id: 1 }, { id: -1, note: 'x' }] }, undefined],
    [{ count: 1, all: [] }, undefined],
    [{ count: 1, all: {} }, 'all array'],
    [{ count: 1, all: [{ id: 1 }, 2] }, 'all[1] object'],
    [{ count: 1, all: [{ id: 1 }, { id: 'x' }] }, 'all[1].id integer'],
    [{ count: 1, ids: [1, 2] }, undefined],
    [{ count: 1, ids: [1, -2] }, 'ids[1] natural'],
    [Object.create({ count: 1 }) as object, 'count integer'],
  ])('%j', (args, wrong) => {
    const found = mismatch(shape, args);
    expect(found && `${found.field} ${found.expected}`).toBe(wrong);
  });
  test.each([undefined, null, 3, 'x', []])('%j are none', (args) =>
    expect(mismatch(shape, args)).toEqual({ field: 'arguments', expected: 'object' }),
  );
  test('what must be there, must', () => {
    expect(mismatch({ place: { members: {} } }, {})).toEqual({ field: 'place', expected: 'object' });
    expect(mismatch({ all: { each: 'string' } }, {})).toEqual({ field: 'all', expected: 'array' });
    expect(mismatch({ all: { each: 'string' } }, { all: null })).toEqual({ field: 'all', expected: 'array' });
  });
  test('null counts as missing where it is known, however deep', () => {
    const args = {
      count: 1,
      name: null,
      other: null,
      place: { line: 1, text: null, other: null },
      all: [
        { id: 1, note: null },
        { id: 2, note: 'x' },
      ],
      ids: [1, null],
      extra: { name: null },
    };
    expect(withoutNulls(shape, args)).toEqual({
      count: 1,
      other: null,
      place: { line: 1, other: null },
      all: [{ id: 1 }, { id: 2, note: 'x' }],
      ids: [1, null],
      extra: { name: null },
    });
    expect(withoutNulls(shape, { all: 3, place: null })).toEqual({ all: 3 });
    expect([withoutNulls(shape, 3), withoutNulls(shape, null)]).toEqual([3, null]);
  });
});

describe('places', () => {
  const format = (more: Partial<PlaceFormat>): PlaceFormat => ({
    linesStartAt1: true,
    columnsStartAt1: true,
    uris: false,
    ...more,
  });
  const body = {
    line: 5,
    endLine: 0,
    column: 3,
    endColumn: 1,
    lines: [1, 2],
    source: { path: '/a b.c', name: 'line' },
    all: [{ line: 7 }, 'x', null, 4],
    text: 'line',
  };
  test('stay where the client counts as we do', () => {
    expect(toClient(body, format({}))).toBe(body);
    expect(fromClient(body, format({}))).toBe(body);
  });
  test('lines from 0', () => {
    const changed = { ...body, line: 4, endLine: 0, lines: [0, 1], all: [{ line: 6 }, 'x', null, 4] };
    expect(toClient(body, format({ linesStartAt1: false }))).toEqual(changed);
    expect(fromClient({ ...changed, endLine: 7, line: 'no' }, format({ linesStartAt1: false }))).toEqual({
      ...body,
      endLine: 8,
      line: 'no',
    });
  });
  test('columns from 0', () => {
    expect(toClient(body, format({ columnsStartAt1: false }))).toEqual({ ...body, column: 2, endColumn: 0 });
    expect(fromClient(body, format({ columnsStartAt1: false }))).toEqual({ ...body, column: 4, endColumn: 2 });
  });
  test('files as URIs', () => {
    const { source } = body;
    expect(toClient(body, format({ uris: true }))).toEqual({ ...body, source: { ...source, path: 'file:///a%20b.c' } });
    expect(fromClient({ source: { path: 'file:///a%20b.c' }, path: 3 }, format({ uris: true }))).toEqual({
      source: { path: '/a b.c' },
      path: 3,
    });
    expect(toClient({ path: 3, source: { path: undefined } }, format({ uris: true }))).toEqual({
      path: 3,
      source: { path: undefined },
    });
    const uri = (path: string): unknown => (toClient({ path }, format({ uris: true })) as { path: string }).path;
    expect(['sockscope-kernel:/net/a.c', 'C:\\x y\\a.c', 'a.c', '/ü/#'].map(uri)).toEqual([
      'sockscope-kernel:/net/a.c',
      'file:///C:/x%20y/a.c',
      'file:///a.c',
      'file:///%C3%BC/%23',
    ]);
    expect(
      ['file://localhost/a%20b', 'FILE:///C:/a', 'file:///100%', 'http://x/a', 'file://host/a', '/a'].map(uriToPath),
    ).toEqual(['/a b', 'C:/a', 'file:///100%', 'http://x/a', 'file://host/a', '/a']);
  });
  test('deeper than any client has them they are not looked for', () => {
    const deep = (depth: number): unknown => (depth === 0 ? { line: 1 } : { in: deep(depth - 1) });
    const list = (depth: number): unknown => (depth === 0 ? { line: 1 } : [list(depth - 1)]);
    const asked = format({ linesStartAt1: false });
    expect(JSON.stringify(fromClient(deep(19), asked))).toContain('"line":2');
    expect(JSON.stringify(fromClient(deep(20), asked))).toContain('"line":1');
    expect(JSON.stringify(fromClient(list(19), asked))).toContain('"line":2');
    expect(JSON.stringify(fromClient(list(20), asked))).toContain('"line":1');
    expect(JSON.stringify(toClient(deep(40), asked))).toContain('"line":0');
  });
});

describe('what is no message', () => {
  test.each<[string, unknown]>([
    ['{"seq":1,"type":"request","command":"next"}', [{ seq: 1, command: 'next' }]],
    ['{"command":"next","seq": 1 }', [{ seq: 1, command: 'next' }]],
    ['{"seq":1,"command":"a b"}', [{ seq: 1, command: '' }]],
    [
      '{"seq":1,"command":"a/b"}{"seq":2,"command":"c"}',
      [
        { seq: 1, command: 'a/b' },
        { seq: 2, command: 'c' },
      ],
    ],
    [
      '{"seq":1}{"command":"c","seq":2}',
      [
        { seq: 1, command: 'c' },
        { seq: 2, command: 'c' },
      ],
    ],
    ['{"seq":1', []],
    ['{"seq":1234567890123456}', []],
    ['{"seq":1,"type":"event"}', []],
    ['{"seq":1,"type" : "response"}', []],
    ['{"seq":1,"request_seq":1}', []],
    [[...'{"seq":1,'].join('\0'), [{ seq: 1, command: '' }]],
    ['nothing', []],
  ])('%j asks', (text, asked) => expect(askedIn(text)).toEqual(asked));
  test.each<[object, string | undefined, unknown]>([
    [{ seq: 1, type: 'request', command: 'next' }, undefined, undefined],
    [{ seq: 1, type: 'event' }, undefined, undefined],
    [{ seq: 1, type: 'response' }, undefined, undefined],
    [{ seq: 1, command: 'next' }, '"type" is not "request"', { seq: 1, command: 'next' }],
    [{ seq: 1, type: 'question', command: 3 }, '"type" is not "request"', { seq: 1, command: '' }],
    [{ seq: '1', type: 'request', command: 'next' }, '"seq" is not integer', undefined],
    [{ seq: 1, type: 'request' }, '"command" is not string', { seq: 1, command: '' }],
  ])('%j', (message, problem, asked) => {
    const found = misfitOf(message);
    expect([found && english(found.problem), found?.asked]).toEqual([
      problem === undefined ? undefined : (expect.stringContaining(problem) as string),
      asked,
    ]);
  });
});

describe('progress', () => {
  function watched(isWanted = true): { progress: Progress; told: string[] } {
    const told: string[] = [];
    const progress = new Progress(
      (name, body) => void told.push(`${name} ${JSON.stringify(body)}`),
      () => isWanted,
    );
    return { progress, told };
  }
  const nothing = (): void => undefined;
  test('is told from the start, with the request, and ends once', () => {
    const { progress, told } = watched();
    progress.begin('a', nothing, 7);
    progress.begin('b', nothing);
    progress.end();
    progress.end();
    expect(told).toEqual([
      'progressStart {"progressId":"progress-1","title":"a","cancellable":true,"requestId":7}',
      'progressEnd {"progressId":"progress-1"}',
      'progressStart {"progressId":"progress-2","title":"b","cancellable":true}',
      'progressEnd {"progressId":"progress-2"}',
    ]);
  });
  test('of what breathes begins with the second breath, and is told on with every fifth from there', () => {
    const { progress, told } = watched();
    progress.breath('a', 'm1', nothing);
    expect(told).toEqual([]);
    for (let breath = 2; breath <= 11; breath++) {
      progress.breath('a', `m${breath}`, nothing);
    }
    progress.end();
    progress.breath('b', 'm', nothing);
    expect(told.map((line) => line.replace(/"progressId":"progress-1",?/, ''))).toEqual([
      'progressStart {"title":"a","cancellable":true}',
      'progressUpdate {"message":"m2"}',
      'progressUpdate {"message":"m7"}',
      'progressEnd {}',
    ]);
  });
  test('can be cancelled by its number, also by who is told nothing', () => {
    const { progress, told } = watched(false);
    let cancelled = 0;
    progress.begin('a', () => cancelled++);
    progress.breath('a', 'm', nothing);
    expect([progress.cancel('progress-2'), progress.cancel('progress-1'), cancelled]).toEqual([false, true, 1]);
    progress.end();
    expect([progress.cancel('progress-1'), cancelled, told]).toEqual([false, 1, []]);
  });
});

describe('long work', () => {
  const parts = (told: string[]): ConstructorParameters<typeof LongWork>[0] => ({
    progress: new Progress(
      (name, body) => void told.push(`${name} ${JSON.stringify(body)}`),
      () => true,
    ),
    breathe: () => Promise.resolve(),
    language: () => 'en',
  });
  test('gives its result, and its progress ends with it', async () => {
    const told: string[] = [];
    const work = new LongWork(parts(told));
    const result = await work.run(1, async ({ breathe }) => {
      const answers = [];
      for (let breath = 1; breath <= 5; breath++) {
        answers.push(await breathe(breath === 2 ? 1234 : undefined));
      }
      return answers;
    });
    expect(result).toEqual([false, false, false, false, false]);
    expect(told.map((line) => line.split(' ')[0])).toEqual(['progressStart', 'progressUpdate', 'progressEnd']);
    expect(told[1]).toContain('1,234');
    expect(work.cancel(1)).toBe(false);
  });
  test('is cancelled by the number of its request, and ends as cancelled', async () => {
    const work = new LongWork(parts([]));
    const running = work.run(1, async ({ breathe }) => [
      await breathe(),
      work.cancel(2),
      work.cancel(1),
      await breathe(),
    ]);
    await expect(running).rejects.toMatchObject({ id: 1099, word: 'cancelled' });
    const heard = work.run(3, async ({ breathe }) => {
      work.cancel(3);
      if (await breathe()) {
        throw new Error('heard');
      }
    });
    await expect(heard).rejects.toThrow('heard');
    expect(work.cancel(3)).toBe(false);
  });
});

test('marks: the last of a name counts, in order of time, a thousand of them', () => {
  const moments = new Moments();
  const mark = (name: string, clock: number, branch = 'first'): { name: string; clock: number; branch: string } => ({
    ...{ name, clock, branch },
  });
  moments.set([mark('b', 5), mark('a', 3), mark('b', 1, 'other'), { ...mark('c', 2), more: 1 } as never]);
  expect(moments.list()).toEqual([mark('b', 1, 'other'), mark('c', 2), mark('a', 3)]);
  expect([moments.find('a'), moments.find('d')]).toEqual([mark('a', 3), undefined]);
  moments.set(Array.from({ length: 1100 }, (_, at) => mark(`m${at}`, at)));
  expect([moments.list().length, moments.find('m996')?.clock, moments.find('m997')]).toEqual([1000, 996, undefined]);
  moments.set([mark('a', 9)]);
  expect(moments.find('a')?.clock).toBe(9);
});

test('processes that come and go', () => {
  const told: unknown[] = [];
  const watch = new ThreadWatch((_name, body) => void told.push(body));
  const look = (...states: string[]): unknown[] => {
    told.length = 0;
    watch.look(states.map((state, id) => ({ id, pid: id, name: 'A', state })) as never);
    return [...told];
  };
  expect(look('running', 'sleeping')).toEqual([]);
  expect(look('running', 'exited', 'running')).toEqual([
    { reason: 'started', threadId: 3 },
    { reason: 'exited', threadId: 2 },
  ]);
  expect(look('running', 'running')).toEqual([
    { reason: 'started', threadId: 2 },
    { reason: 'exited', threadId: 3 },
  ]);
  watch.forget();
  expect(look()).toEqual([]);
});

test('sources that a client cannot open have a number, the same for each path', () => {
  const names = new SourceNames({
    toClientPath: (path) => `/k/${path}`,
    fromClientPath: (path) => `from ${path}`,
    isThere: (path) => path !== '/k/net/gone.c' && path !== '/k/lost.c',
  });
  names.setFiles(['net/a.c', 'net/gone.c']);
  const gone = { name: 'gone.c', path: '/k/net/gone.c', sourceReference: 1 };
  expect(names.all()).toEqual([{ name: 'a.c', path: '/k/net/a.c' }, gone]);
  expect(names.source('lost.c')).toEqual({ name: 'lost.c', path: '/k/lost.c', sourceReference: 2 });
  names.setFiles(['net/gone.c']);
  expect(names.all()).toEqual([gone]);
  expect(names.source('net/gone.c')).toBe(names.source('net/gone.c'));
  expect([names.pathOf(1), names.pathOf(2), names.pathOf(3), names.pathOf(0)]).toEqual([
    'net/gone.c',
    'lost.c',
    undefined,
    undefined,
  ]);
  expect(
    [{ sourceReference: 2 }, { sourceReference: 0 }, { path: '/k/net/gone.c' }, { path: '/x', sourceReference: 1 }].map(
      (each) => names.path(each),
    ),
  ).toEqual(['lost.c', undefined, 'net/gone.c', 'from /x']);
});

test('what is new and what is gone', () => {
  const pairs = (before: string[], now: string[]): string[] =>
    difference(before, now, (each) => each.toLowerCase()).map(([reason, each]) => `${reason} ${each}`);
  expect(pairs(['a', 'b'], ['B', 'c'])).toEqual(['new c', 'removed a']);
  expect(pairs([], [])).toEqual([]);
});

describe('refusals', () => {
  const text = { en: 'E', zh: '中' };
  const all = {
    missingScenario: errors.missingScenario(),
    wrongAttribute: errors.wrongAttribute('a', 'string'),
    notOpened: errors.notOpened(2, text),
    cancelled: errors.cancelled(),
    noSession: errors.noSession(),
    stillRunning: errors.stillRunning(),
    unknownFrame: errors.unknownFrame(),
    unknownReference: errors.unknownReference(),
    cannotEvaluate: errors.cannotEvaluate(text),
    notAssignable: errors.notAssignable('a'),
    badMemoryReference: errors.badMemoryReference('a'),
    badClock: errors.badClock(3, 5),
    notImplemented: errors.notImplemented('a', undefined),
    wrongArgument: errors.wrongArgument('a', 'b', 'string'),
    unknownThread: errors.unknownThread(3),
    isOver: errors.isOver(),
    refused: errors.refused(text),
    badDataBreakpoint: errors.badDataBreakpoint(),
    noTarget: errors.noTarget(),
    noFrameStart: errors.noFrameStart(),
    noSource: errors.noSource(),
    noException: errors.noException(),
    unknownLocation: errors.unknownLocation(),
    notAllocated: errors.notAllocated('0x1', 4),
    tooMuchMemory: errors.tooMuchMemory(9),
    questionCancelled: errors.questionCancelled(),
    nothingToCancel: errors.nothingToCancel(),
    alreadyBegun: errors.alreadyBegun('launch'),
    noHistory: errors.noHistory(),
    noSubject: errors.noSubject(),
    badQuestion: errors.badQuestion('who?', 3, text, { en: '', zh: '' }),
    internal: errors.internal('x'),
  };
  test('are shown to the user by the client where nothing else shows them; both languages say something', () => {
    const shown = Object.entries(all).filter(([, error]) => error.showUser);
    expect(shown.map(([name]) => name)).toEqual([
      'missingScenario',
      'wrongAttribute',
      'notOpened',
      'notAssignable',
      'badClock',
      'internal',
    ]);
    for (const error of Object.values(all)) {
      expect(error.text.en).toMatch(/[A-Za-z]/);
      expect(error.text.zh).toMatch(/[一-鿿]/);
      expect(error.message).toBe(error.text.en);
    }
  });
  test('with the word that clients know for what was cancelled', () =>
    expect(Object.entries(all).flatMap(([name, { word }]) => (word === undefined ? [] : [[name, word]]))).toEqual([
      ['cancelled', 'cancelled'],
      ['questionCancelled', 'cancelled'],
    ]));
  test('as DAP carries them', () => {
    const response = { seq: 0, type: 'response', request_seq: 4, command: 'next', success: true } as const;
    expect(refusal(response, errors.refused(text), 'zh')).toEqual({
      ...response,
      success: false,
      message: '中',
      body: { error: { id: 1030, format: '{_text}', variables: { _text: '中' }, showUser: false } },
    });
    expect(refusal(response, errors.cancelled(), 'en')).toMatchObject({
      message: 'cancelled',
      body: { error: { id: 1013, variables: { _text: 'The run was cancelled.' } } },
    });
  });
  test('a question is told with the place of what is wrong, and what to do where there is something', () => {
    const told = errors.badQuestion('who?', 3, text, { en: 'H', zh: '法' }).text;
    expect(told).toEqual({ en: 'who?\n   ^ E (H)', zh: 'who?\n   ^ 中。法' });
    expect(all.badQuestion.text).toEqual({ en: 'who?\n   ^ E', zh: 'who?\n   ^ 中' });
    expect([1, 2].map((count) => errors.notOpened(count, text).text.en.includes('problems'))).toEqual([false, true]);
  });
  test('a problem with its remedy', () => {
    const problem = { code: 'SS3001', severity: 'error', message: sameText('M') } as const;
    expect(sentences(undefined)).toEqual({ en: '', zh: '' });
    expect(sentences(problem)).toEqual({ en: 'M', zh: 'M' });
    expect(sentences({ ...problem, remedy: sameText('R') })).toEqual({ en: 'M (R)', zh: 'M。R' });
  });
});
