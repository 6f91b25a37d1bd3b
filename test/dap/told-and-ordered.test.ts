/** Stops as clients hear of them; commands of the console and requests as orders to the session; a session's life. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { describe, expect, test } from 'vitest';
import { sameText } from '../../src/base/bilingual';
import { exceptionInfo, stoppedBody } from '../../src/dap/stops';
import type { Fault, SessionApi, Stop } from '../../src/facade/session';
import { SourceFile } from '../../src/source/source-file';
import { AdapterClient } from './adapter-client';
import { FakeSession } from './fake-session';

const name = (thread: number): string => `main (${thread})`;
const stop = (more: Partial<Stop> = {}): Stop => ({
  ...{ reason: 'step', clock: 4, frontier: 4, oldest: 0, thread: 1, ...more },
});
const fault: Fault = {
  kind: 'null-dereference',
  message: sameText('it is null'),
  expression: 'sk->state',
} as never;

describe('a stop', () => {
  const body = (more: Partial<Stop>, brief = false): DebugProtocol.StoppedEvent['body'] =>
    stoppedBody(stop(more), 'en', name, brief);
  test('has one of the reasons that clients know, and a sentence', () => {
    const told = (
      ['entry', 'step', 'breakpoint', 'data-breakpoint', 'goto', 'pause', 'start', 'end', 'fault'] as const
    ).map((reason) => body({ reason }).reason);
    expect(told).toEqual([
      ...['entry', 'step', 'breakpoint', 'data breakpoint', 'goto', 'pause', 'step', 'step', 'exception'],
    ]);
    expect(body({ reason: 'function-breakpoint', breakpointIds: [7] })).toEqual({
      reason: 'function breakpoint',
      description: 'at a function breakpoint',
      threadId: 2,
      allThreadsStopped: true,
      hitBreakpointIds: [7],
    });
    expect(body({ reason: 'function-breakpoint' })).toEqual({
      reason: 'entry',
      description: 'at the start of the function to stop at',
      threadId: 2,
      allThreadsStopped: true,
    });
    expect(body({ thread: -1 }).threadId).toBe(1_000_000);
  });
  test('says when: past, the oldest moment, the beginning', () => {
    const told = (more: Partial<Stop>): string | undefined => body(more).description;
    expect([
      told({ clock: 1234, frontier: 5678 }),
      told({ reason: 'start', clock: 4, oldest: 4 }),
      told({ reason: 'start', clock: 4, oldest: 3 }),
      told({ reason: 'start', clock: 3, oldest: 4 }),
    ]).toEqual([
      'past, step 1,234 of 5,678; after a step',
      'at the oldest moment that can be reached',
      'at the start of the scenario',
      'past, step 3 of 4; at the oldest moment that can be reached',
    ]);
  });
  test('names what changed and what was read', () => {
    const told = (more: Partial<Stop>, brief = false): unknown => {
      const { description, text } = body({ reason: 'data-breakpoint', ...more }, brief);
      return brief ? [description, text] : description;
    };
    expect([
      told({}),
      told({ watched: ['a', 'b'] }),
      told({ read: ['c'] }),
      told({ read: ['c', 'd'] }),
      told({ watched: ['a'], read: ['c'] }),
      told({ watched: ['a'], read: ['c'] }, true),
      told({ read: ['c'] }, true),
      told({ read: ['c'], frontier: 9 }, true),
    ]).toEqual([
      'watched bytes changed',
      'a, b changed',
      'c was read',
      'c, d were read',
      'a changed, c was read',
      ['changed', 'a changed, c was read'],
      ['read', 'c was read'],
      ['past: read', 'past, step 4 of 9; c was read'],
    ]);
  });
  test('a condition that cannot be decided', () => {
    const problem = { code: 'SS3001', severity: 'error', message: sameText('why'), remedy: sameText('do') } as const;
    const told = stoppedBody(stop({ reason: 'breakpoint', badCondition: { text: 'n', problem } }), 'both', name);
    expect(told.description).toBe(
      'at a breakpoint: its condition n cannot be decided: why (do) / 遇到断点：无法判断它的条件 n：why。do',
    );
  });
  test('at what counts as an exception has its text, and information', () => {
    const expectation = { line: 7, expected: '0', actual: sameText('1') };
    const failedCall = 'connect(3, ...) = -99 (-EADDRNOTAVAIL)';
    const failed = body({ reason: 'failed-call', failedCall });
    expect([failed.reason, failed.text, failed.description]).toEqual([
      'exception',
      `${failedCall}: the call is about to return this error`,
      `${failedCall}: the call is about to return this error`,
    ]);
    expect(body({ reason: 'end', expectation })).toMatchObject({
      reason: 'exception',
      text: 'line 7 of the scenario was not met (expected: 0; actual: 1)',
    });
    expect(body({ reason: 'fault', fault }).text).toBe(body({ reason: 'fault', fault }).description);
    expect(body({}).text).toBeUndefined();
    expect(exceptionInfo(stop(), 'en')).toBeUndefined();
    expect(exceptionInfo(stop({ failedCall }), 'en')).toEqual({
      exceptionId: 'EADDRNOTAVAIL',
      description: `${failedCall}: the call is about to return this error`,
      breakMode: 'always',
      details: { message: failedCall, typeName: 'EADDRNOTAVAIL' },
    });
    expect(exceptionInfo(stop({ failedCall: 'close(EFOO) = -1' }), 'en')?.exceptionId).toBe('error');
    expect(exceptionInfo(stop({ expectation }), 'zh')).toEqual({
      exceptionId: 'expectation',
      description: '场景第 7 行未满足（期望：0；实际：1）',
      breakMode: 'always',
      details: { message: '场景第 7 行未满足（期望：0；实际：1）', typeName: 'expectation' },
    });
    const info = exceptionInfo(stop({ fault, failedCall }), 'en');
    expect(info).toMatchObject({
      exceptionId: 'null-dereference',
      breakMode: 'always',
      details: { message: 'it is null', typeName: 'null-dereference', evaluateName: 'sk->state' },
    });
    expect(info?.description?.split('\n')).toHaveLength(2);
  });
});

/** A session whose branches note what is asked of them. */
function ordering(): { session: FakeSession; asked: unknown[] } {
  const session = new FakeSession();
  const asked: unknown[] = [];
  const branch = { name: 'b', parent: 'first', from: 0, changes: [], clock: 0, frontier: 0, isCurrent: true };
  const note =
    (what: string) =>
    (...args: unknown[]): never => {
      asked.push([what, ...args]);
      return { kind: 'done', branch, stop: stop({ reason: 'goto', thread: 0 }) } as never;
    };
  Object.assign(session.branches, {
    begin: note('begin'),
    switchTo: note('switch'),
    undo: note('undo'),
    order: note('order'),
    list: () => [branch],
    compare: (a: string, b: string) => {
      asked.push(['compare', a, b]);
      return Promise.resolve('these are one');
    },
  });
  return { session, asked };
}

describe('orders', () => {
  const dropped = { kind: 'packet', packet: 3, by: undefined };
  const said = async (line: string): Promise<unknown> => {
    const { session, asked } = ordering();
    const client = await AdapterClient.launched(session);
    const answer = client.request('evaluate', { expression: line, context: 'repl' });
    return [
      asked,
      await answer.then(
        ({ result }) => result as string,
        (error: Error) => error.message,
      ),
    ];
  };
  test.each<[string, unknown]>([
    ['branch', ['begin', undefined]],
    ['branch trial', ['begin', 'trial']],
    [' switch  trial ', ['switch', 'trial']],
    ['undo', ['undo']],
    ['drop packet 3', ['order', dropped]],
    ['drop  packet  3', ['order', dropped]],
    ['delay packet 3 200ms', ['order', { ...dropped, by: 200_000 }]],
    ['delay packet 3 by 200 us', ['order', { ...dropped, by: 200 }]],
    ['delay packet 3 2s', ['order', { ...dropped, by: 2_000_000 }]],
    ['fail allocation 2', ['order', { kind: 'allocation', nth: 2, target: '*' }]],
    ['fail allocation 2 of sock', ['order', { kind: 'allocation', nth: 2, target: 'sock' }]],
    ['run first 100', ['order', { kind: 'run-first', pid: 100 }]],
  ])('%s', async (line, order) => expect(await said(line)).toEqual([[order], 'b']));
  test.each([
    'branchx',
    'branch a b',
    'switch (x)',
    'switch',
    'undo it',
    'drop packet x',
    'drop packet',
    'delay packet 3 200',
    'delay packet 3 200min',
    'fail allocation',
    'run first',
    'x drop packet 3',
    'drop packet 1234567890',
  ])('%s is C', async (line) => expect(await said(line)).toEqual([[], `${line} is not declared here.`]));
  test('a comparison that is refused says why', async () =>
    expect(await said('compare a b')).toEqual([[['compare', 'a', 'b']], 'these are one']));
  test.each<[object, unknown]>([
    [{ kind: 'drop-packet', packet: 3 }, dropped],
    [{ kind: 'drop-packet' }, { ...dropped, packet: 0 }],
    [
      { kind: 'delay-packet', packet: 3, milliseconds: 1 },
      { ...dropped, by: 1000 },
    ],
    [{ kind: 'fail-allocation' }, { kind: 'allocation', nth: 1, target: '*' }],
    [
      { kind: 'fail-allocation', nth: 3, cache: 'sock' },
      { kind: 'allocation', nth: 3, target: 'sock' },
    ],
    [{ kind: 'run-first' }, { kind: 'run-first', pid: -1 }],
    [
      { kind: 'run-first', pid: 9 },
      { kind: 'run-first', pid: 9 },
    ],
  ])('%j', async (args, order) => {
    const { session, asked } = ordering();
    const client = await AdapterClient.launched(session);
    await client.move('sockscope/intervene', { ...args, name: 'n' });
    expect(asked).toEqual([['order', order, 'n']]);
    expect(client.heard('invalidated').map(({ body }) => body as unknown)).toEqual([{ areas: ['variables'] }]);
  });
  test.each([
    [{ kind: 'delay-packet', packet: 3 }, 'milliseconds'],
    [{ kind: 'delay-packet', packet: 3, milliseconds: 0 }, 'milliseconds'],
    [{ kind: 'sing' }, '"drop-packet" | "delay-packet" | "fail-allocation" | "run-first"'],
  ])('%j is refused', async (args, words) => {
    const { session, asked } = ordering();
    const client = await AdapterClient.launched(session);
    await expect(client.request('sockscope/intervene', args)).rejects.toThrow(words);
    expect(asked).toEqual([]);
  });
  test('marks, in the console', async () => {
    const client = await AdapterClient.launched(ordering().session);
    const console_ = async (expression: string): Promise<string> =>
      ((await client.request('evaluate', { expression, context: 'repl' })) as { result: string }).result;
    expect(await console_('mark a b')).toBe('a b: b 0');
    await client.move('next');
    expect(await console_('mark now')).toBe('now: b 1');
    expect(await console_('marks')).toBe('a b: b 0\nnow: b 1');
    const moved = client.event('stopped');
    expect(await console_('go a b')).toBe('a b');
    expect((await moved).body).toMatchObject({ reason: 'goto' });
    const forward = client.event('stopped');
    expect(await console_('go 1')).toBe('1');
    await forward;
    expect(await client.line()).toBe(11);
    await expect(console_('go nowhere')).rejects.toThrow('nowhere');
    await expect(console_('go 2')).rejects.toThrow('between 0 and 1');
    expect(await console_('happened')).toBe('1  NET: first');
  });
});

describe('the life of a session', () => {
  const launch = { scenario: 'tcp-socket' };
  const opened = async (
    args: object,
    session: SessionApi = new FakeSession(),
    host: object = {},
  ): Promise<AdapterClient> => {
    const client = new AdapterClient({ open: () => Promise.resolve({ session, diagnostics: [] }), ...host });
    await client.initialize();
    await client.request('launch', { ...launch, ...args });
    return client;
  };
  test('what is told after the launch', async () => {
    const client = await opened({});
    await new Promise((resolve) => setImmediate(resolve));
    expect(client.heard('process').map(({ body }) => body as unknown)).toEqual([
      { name: 'tcp-socket', startMethod: 'launch', isLocalProcess: true, pointerSize: 32 },
    ]);
    expect(client.heard('initialized')).toHaveLength(1);
    expect(client.heard('capabilities')).toEqual([]);
    await expect(client.request('launch', launch)).rejects.toThrow('comes once');
    await client.request('configurationDone');
    await expect(client.request('configurationDone')).rejects.toThrow('comes once');
  });
  test('another language than the client’s brings the filters in it', async () => {
    const client = await opened({ language: 'zh', program: 'a.pkt' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(client.heard('process')[0]?.body).toMatchObject({ name: 'a.pkt' });
    const [told] = client.heard('capabilities');
    expect(
      (told?.body as { capabilities: { exceptionBreakpointFilters: { label: string }[] } }).capabilities
        .exceptionBreakpointFilters[0]?.label,
    ).toBe('模拟故障');
  });
  test('nothing is asked of a run before there is one, nor while it moves', async () => {
    const client = new AdapterClient({ open: () => Promise.reject(new Error('no')) });
    await client.initialize();
    await expect(client.request('threads')).rejects.toThrow('No run is open');
    await expect(client.request('launch', launch)).rejects.toThrow('SockScope made a mistake (no)');
    expect(client.heard('output')[0]?.body).toMatchObject({ category: 'telemetry', data: { kind: 'internal' } });
    const session = new FakeSession();
    session.endless = true;
    const running = await AdapterClient.launched(session);
    await running.request('continue', { threadId: 1 });
    await expect(running.request('stackTrace', { threadId: 1 })).rejects.toThrow('Pause it first');
    await expect(running.request('next', { threadId: 1 })).rejects.toThrow('Pause it first');
    const paused = running.event('stopped');
    await running.request('pause', { threadId: 1 });
    expect((await paused).body).toMatchObject({ reason: 'pause' });
  });
  test('after the end continue ends it, once; nothing moves any more', async () => {
    const client = await AdapterClient.launched(new FakeSession());
    await client.move('continue');
    await client.request('continue', { threadId: 1 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(client.heard('exited').map(({ body }) => body as unknown)).toEqual([{ exitCode: 0 }]);
    expect(client.heard('terminated')).toHaveLength(1);
    await expect(client.request('next', { threadId: 1 })).rejects.toThrow('is over');
    await client.request('terminate');
    await new Promise((resolve) => setImmediate(resolve));
    expect(client.heard('exited')).toHaveLength(1);
  });
  test.each<[string, Partial<Stop>, number]>([
    ['a fault', { reason: 'fault', fault }, 1],
    ['an expectation', { reason: 'end', expectation: { line: 1, expected: 'a', actual: 'b' } }, 1],
    ['nothing', { reason: 'step' }, 0],
  ])('it exits as a program that checks: after %s', async (_what, next, exitCode) => {
    const session = new FakeSession();
    const client = await AdapterClient.launched(session);
    session.nextStop = next;
    await client.move('next');
    await client.request('terminate');
    await new Promise((resolve) => setImmediate(resolve));
    expect(client.heard('exited').map(({ body }) => body as unknown)).toEqual([{ exitCode }]);
    expect(session.disposed).toBe(true);
  });
  test('without debugging it stops at nothing, and tells a fault', async () => {
    const session = new FakeSession();
    session.nextStop = { reason: 'fault', fault };
    const client = await opened({ noDebug: true, stopAt: 'nothing' }, session);
    const over = client.event('terminated');
    await client.request('configurationDone');
    await over;
    expect(client.heard('stopped')).toEqual([]);
    const outputs = client.heard('output').map(({ body }) => body as { category: string; output: string });
    expect(outputs.filter(({ category }) => category === 'stderr')[0]?.output).toContain('\n');
    expect(outputs.filter(({ category }) => category === 'important')).toEqual([]);
    expect(client.heard('exited')[0]?.body).toEqual({ exitCode: 1 });
  });
  test('an expectation that is not wanted is the end of the run, no exception', async () => {
    const session = new FakeSession();
    const client = await AdapterClient.launched(session);
    await client.request('setExceptionBreakpoints', { filters: [] });
    session.nextStop = { reason: 'end', expectation: { line: 1, expected: 'a', actual: 'b' } };
    const { reason, description, text } = await client.move('next');
    expect([reason, description, text]).toEqual(['step', expect.stringContaining('the scenario is over'), undefined]);
    await expect(client.request('exceptionInfo', { threadId: 1 })).rejects.toThrow('did not stop at a fault');
  });
  test('a function to stop at: none of the name, and one that is not reached', async () => {
    const heard = async (stopAt: string): Promise<string[]> => {
      const client = await opened({ stopAt, stopOnEntry: false });
      const stopped = client.event('stopped');
      await client.request('configurationDone');
      await stopped;
      return client
        .heard('output')
        .map(({ body }) => body as { category: string; output: string })
        .filter(({ category }) => category === 'important')
        .map(({ output }) => output.split(' ').slice(0, 5).join(' '));
    };
    expect(await heard('nothing')).toEqual(['"stopAt" names nothing, but no']);
    expect(await heard('inet_create')).toEqual(['The run is over and']);
  });
  test('a restart with attributes that are wrong leaves the run', async () => {
    const client = await AdapterClient.launched(new FakeSession());
    await expect(client.request('restart', { arguments: { ...launch, stepBudget: 0 } })).rejects.toThrow('stepBudget');
    await expect(client.request('restart', { arguments: { stopAt: 3 } })).rejects.toThrow('stopAt');
    const stopped = client.event('stopped');
    await client.request('restart', { arguments: {} });
    expect((await stopped).body).toMatchObject({ reason: 'entry' });
  });
  test('a whole line is stepped also where there is no C', async () => {
    const session = new FakeSession();
    const client = await AdapterClient.launched(session);
    session.stack = () => [];
    expect((await client.move('next', { threadId: 1, granularity: 'line' })).reason).toBe('step');
    expect(session.stop.clock).toBe(1);
  });
  test('a run that is over stands at the end of its script, when there is one', async () => {
    const ended = async (host: object): Promise<AdapterClient> => {
      const client = await opened({ stopOnEntry: false }, undefined, {
        open: () => Promise.resolve({ session: new FakeSession(), diagnostics: [], ...host }),
      });
      const stopped = client.event('stopped');
      await client.request('configurationDone');
      await stopped;
      return client;
    };
    const client = await ended({ scenarioPath: 'a/b.pkt', scenarioLastLine: 7 });
    const { threads } = (await client.request('threads')) as { threads: { id: number; name: string }[] };
    expect(threads.at(-1)).toEqual({ id: 1_000_000, name: 'run is over' });
    const { stackFrames } = (await client.request('stackTrace', { threadId: 1_000_000 })) as {
      stackFrames: { id: number }[];
    };
    const source = { name: 'b.pkt', path: 'sockscope-kernel:/a/b.pkt' };
    expect(stackFrames).toEqual([{ id: 0x3fffffff, name: 'run is over', line: 7, column: 1, source }]);
    const { scopes } = (await client.request('scopes', { frameId: 0x3fffffff })) as { scopes: { name: string }[] };
    expect(scopes.map(({ name }) => name)).toEqual(['Globals of the program']);
    await expect(client.request('scopes', { frameId: 5 })).rejects.toThrow('earlier stop');
    const bare = await ended({ scenarioPath: 'a/b.pkt' });
    expect(await bare.request('stackTrace', { threadId: 1_000_000 })).toEqual({ stackFrames: [], totalFrames: 0 });
    await expect(bare.request('scopes', { frameId: 0x3fffffff })).rejects.toThrow('earlier stop');
    const standing = await AdapterClient.launched(new FakeSession());
    await expect(standing.request('scopes', { frameId: 0x3fffffff })).rejects.toThrow('earlier stop');
  });
  test('places in events are as the client counts them', async () => {
    const span = { file: new SourceFile('a.c', 'x\ny\n'), start: 2, end: 3 };
    const diagnostics = [{ code: 'SS5001', severity: 'warning', message: sameText('careful'), span }];
    const client = new AdapterClient({
      open: () => Promise.resolve({ session: new FakeSession(), diagnostics } as never),
    });
    await client.initialize({ linesStartAt1: false, columnsStartAt1: false });
    await client.request('launch', launch);
    expect(client.heard('output')[0]?.body).toMatchObject({ line: 1, column: 0 });
  });
  test('a run that was cancelled while it was prepared is none', async () => {
    const session = new FakeSession();
    const client = new AdapterClient({
      open: () => Promise.resolve({ session, diagnostics: [], cancelled: true } as never),
    });
    await client.initialize();
    await expect(client.request('launch', launch)).rejects.toThrow('cancelled');
    expect([session.disposed, client.adapter.session]).toEqual([true, undefined]);
    const other = await AdapterClient.launched(session);
    expect(other.adapter.session).toBe(session);
  });
  test('problems of a run that cannot be prepared', async () => {
    const problem = (severity: 'error' | 'warning', text: string): object => ({
      ...{ code: 'SS5001', severity, message: sameText(text) },
    });
    const client = new AdapterClient({
      open: () =>
        Promise.resolve({
          session: undefined,
          diagnostics: [problem('warning', 'careful'), problem('error', 'first'), problem('error', 'second')],
        } as never),
    });
    await client.initialize();
    await expect(client.request('launch', launch)).rejects.toThrow('(2 problems, listed in the debug console). first');
    expect(client.heard('output').map(({ body }) => (body as { category: string }).category)).toEqual([
      'console',
      'stderr',
      'stderr',
    ]);
  });
  test('what is there with problems is opened; a blank line parts them', async () => {
    const diagnostics = [{ code: 'SS5001', severity: 'error', message: sameText('bad') }];
    const client = await opened({}, undefined, {
      open: () => Promise.resolve({ session: new FakeSession(), diagnostics }),
    });
    expect(client.heard('output').map(({ body }) => (body as { output: string }).output)).toEqual([
      expect.stringContaining('bad'),
      '\n',
    ]);
  });
  test('values that were changed are read again by clients that can', async () => {
    const heard = async (supports: object): Promise<unknown[]> => {
      const client = new AdapterClient({
        open: () => Promise.resolve({ session: new FakeSession(), diagnostics: [] }),
      });
      await client.initialize({ supportsInvalidatedEvent: false, ...supports });
      await client.request('launch', launch);
      const stopped = client.event('stopped');
      await client.request('configurationDone');
      await stopped;
      await client.request('writeMemory', { memoryReference: '0x1100', data: 'AQI=', offset: 2 });
      await client.request('setExpression', { expression: 'state', value: '5' });
      await new Promise((resolve) => setImmediate(resolve));
      return [...client.heard('invalidated'), ...client.heard('memory')].map(({ body }) => body as unknown);
    };
    expect(await heard({})).toEqual([]);
    expect(await heard({ supportsInvalidatedEvent: true })).toEqual(Array(2).fill({ areas: ['variables'] }));
    expect(await heard({ supportsMemoryEvent: true })).toEqual([
      { memoryReference: '0x00001102', offset: 0, count: 2 },
      { memoryReference: '0x00001100', offset: 0, count: 4 },
    ]);
  });
});
