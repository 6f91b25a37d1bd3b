/** The debug adapter over a small fake machine: the protocol's rules, whatever runs below. */
import { sentence } from '../../src/sentences/sentence';
import { sameText } from '../../src/base/bilingual';
import { expect, test, vi } from 'vitest';
import { AdapterClient } from './adapter-client';
import { FakeSession } from './fake-session';

test('a session from launch to the end', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  await client.move('next');
  await client.request('stackTrace', { threadId: 1 });
  const back = await client.move('stepBack');
  expect(back.description).toBe('past, step 0 of 1; after a step');
  await client.move('continue');
  const terminated = client.event('terminated');
  await client.request('continue', { threadId: 1 });
  await terminated;
  await client.request('disconnect');
  client.lines.splice(0, 2);
  await client.check('launch-to-end');
});

test('values unfold, page, and are void after the machine moved', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  const { stackFrames, totalFrames } = await client.request('stackTrace', { threadId: 1, startFrame: 0, levels: 1 });
  expect([stackFrames.length, totalFrames]).toEqual([1, 2]);
  const { scopes } = await client.request('scopes', { frameId: stackFrames[0].id });
  expect(scopes.map((scope: { name: string }) => scope.name)).toEqual([
    'Locals',
    'Globals of this file',
    'Globals of the program',
  ]);
  const { variables } = await client.request('variables', { variablesReference: scopes[0].variablesReference });
  expect(variables[1]).toMatchObject({
    name: 'state',
    value: '0',
    evaluateName: 'state',
    memoryReference: '0x00001100',
  });
  const many = { variablesReference: variables[2].variablesReference, filter: 'indexed', start: 200, count: 100 };
  const page = await client.request('variables', many);
  expect([page.variables.length, page.variables[0].name]).toEqual([50, '[200]']);
  await client.move('next');
  await expect(client.request('variables', many)).rejects.toThrow('earlier stop');
  // The frame itself still lives, and clients ask about it before they read the new stack.
  expect((await client.request('scopes', { frameId: stackFrames[0].id })).scopes.length).toBe(3);
  await client.move('next');
  await expect(client.request('scopes', { frameId: stackFrames[0].id })).rejects.toThrow('earlier stop');
});

test('setting a value makes the present the frontier and prints later history again', async () => {
  const session = new FakeSession();
  const client = await AdapterClient.launched(session);
  await client.move('next');
  await client.move('next');
  await client.move('next');
  await client.move('stepBack');
  expect(session.stop.frontier).toBe(3);
  const invalidated = client.event('invalidated');
  await client.request('setExpression', { expression: 'state', value: '5' });
  await invalidated;
  const printed = () => client.heard('output').map(({ body }) => body.output);
  const first = ['NET: first\n', 'sk->state: 0 → TCP_CLOSE\n'];
  expect(printed()).toEqual(first);
  await client.move('next');
  expect(printed()).toEqual([...first, first[1]]);
});

test('going back and forward again prints nothing twice', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  for (const command of ['next', 'stepBack', 'next', 'stepBack', 'next']) {
    await client.move(command);
  }
  expect(client.heard('output')).toHaveLength(1);
});

test('a condition that cannot be decided is told where it stopped', async () => {
  const session = new FakeSession();
  const client = await AdapterClient.launched(session);
  const problem = {
    code: 'SS3002' as const,
    severity: 'error' as const,
    message: sentence('name-is-not-declared', { name: 'x' }),
  };
  session.nextStop = { reason: 'breakpoint', breakpointIds: [1], badCondition: { text: 'x > 1', problem } };
  expect(await client.move('next')).toMatchObject({
    reason: 'breakpoint',
    description: "at a breakpoint: its condition x > 1 cannot be decided: 'x' is not declared",
  });
});

test('only the console may assign', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  await expect(client.request('evaluate', { expression: 'state = 5', context: 'watch' })).rejects.toThrow(
    'not declared',
  );
  expect((await client.request('evaluate', { expression: 'state = 5', context: 'repl' })).result).toBe('5');
  await expect(client.request('setExpression', { expression: 'state', value: 'x' })).rejects.toThrow('no number');
});

test('breakpoints are answered in order, survive a restart, and stop the run', async () => {
  const sessions: FakeSession[] = [];
  const client = new AdapterClient({
    open: () => {
      sessions.push(new FakeSession());
      return Promise.resolve({ session: sessions.at(-1), diagnostics: [] });
    },
  });
  await client.initialize();
  await client.request('launch', { scenario: 'tcp-socket' });
  const source = { path: 'sockscope-kernel:/net/ipv4/af_inet.c' };
  const { breakpoints } = await client.request('setBreakpoints', { source, breakpoints: [{ line: 12 }, { line: 99 }] });
  expect(breakpoints.map((each: { verified: boolean }) => each.verified)).toEqual([true, false]);
  expect(breakpoints[1].message).toBe('No statement here.');
  const entry = client.event('stopped');
  await client.request('configurationDone');
  await entry;
  expect((await client.move('continue')).reason).toBe('breakpoint');
  expect(await client.line()).toBe(12);
  const again = client.event('stopped');
  await client.request('restart');
  await again;
  expect(sessions.map(({ disposed }) => disposed)).toEqual([true, false]);
  expect((await client.move('continue')).reason).toBe('breakpoint');
});

test('killing the session in the middle of an endless loop leaves nothing behind', async () => {
  const session = new FakeSession();
  session.endless = true;
  const closed = vi.fn();
  const exit = vi.fn();
  const client = new AdapterClient({ open: () => Promise.resolve({ session, diagnostics: [] }), closed, exit });
  await client.initialize();
  await client.request('launch', { scenario: 'tcp-socket', stopOnEntry: false });
  await client.request('configurationDone');
  await expect(client.request('next', { threadId: 1 })).rejects.toThrow('Pause it first');
  await client.request('disconnect', { terminateDebuggee: true });
  await vi.waitFor(() => expect(exit).toHaveBeenCalled(), { timeout: 200_000 });
  expect(session.disposed).toBe(true);
  expect(closed).toHaveBeenCalledTimes(1);
  expect(client.heard('stopped')).toEqual([]);
});

test('a running machine can be paused', async () => {
  const session = new FakeSession();
  const client = await AdapterClient.launched(session);
  session.endless = true;
  const stopped = client.event('stopped');
  await client.request('continue', { threadId: 1 });
  await client.request('pause', { threadId: 1 });
  expect((await stopped).body.reason).toBe('pause');
});

test('a fault stops with expression and address, in the session’s language', async () => {
  const session = new FakeSession();
  const client = await AdapterClient.launched(session, { language: 'both' });
  session.nextStop = {
    reason: 'fault',
    fault: { kind: 'null-dereference', message: sameText('null'), expression: 'sk->prot', address: 12 },
  };
  const stopped = await client.move('next');
  expect(stopped).toMatchObject({
    reason: 'exception',
    text: 'null pointer dereference: sk->prot (0x0000000c) / 空指针解引用: sk->prot (0x0000000c)',
  });
  const info = await client.request('exceptionInfo', { threadId: 1 });
  expect(info.exceptionId).toBe('null-dereference');
  expect(info.description).toContain('oops');
  // A fault can be stepped back from.
  expect((await client.move('stepBack')).reason).toBe('step');
});

test('filters: without the fault filter a fault ends the session', async () => {
  const session = new FakeSession();
  const client = await AdapterClient.launched(session);
  await client.request('setExceptionBreakpoints', { filters: [] });
  session.nextStop = { reason: 'fault', fault: { kind: 'bug', message: sameText('BUG') } };
  const terminated = client.event('terminated');
  await client.request('continue', { threadId: 1 });
  await terminated;
  expect(client.heard('output').at(-1)?.body).toMatchObject({ category: 'stderr' });
});

test('memory is read and written at addresses', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  const written = await client.request('writeMemory', { memoryReference: '0x1100', offset: 1, data: 'AQI=' });
  expect(written).toEqual({ bytesWritten: 2 });
  const { data, address } = await client.request('readMemory', { memoryReference: '0x1100', count: 4 });
  expect([address, data]).toEqual(['0x00001100', 'AAECAA==']);
  const end = await client.request('readMemory', { memoryReference: '0x1ffe', count: 8 });
  expect(end.unreadableBytes).toBe(6);
  await expect(client.request('readMemory', { memoryReference: 'sock', count: 4 })).rejects.toThrow('not an address');
});

test('data breakpoints: info gives an id that sets one', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  const info = await client.request('dataBreakpointInfo', { name: 'state' });
  expect(info.dataId).toBe('4352:4:state');
  const { breakpoints } = await client.request('setDataBreakpoints', {
    breakpoints: [{ dataId: info.dataId }, { dataId: 'x' }],
  });
  expect(breakpoints.map((each: { verified: boolean }) => each.verified)).toEqual([true, false]);
  expect((await client.request('dataBreakpointInfo', { name: 'nothing' })).dataId).toBe(null);
});

test('bad launch arguments are explained, in the client’s language', async () => {
  const client = new AdapterClient({
    open: () =>
      Promise.resolve({
        diagnostics: [
          {
            code: 'SS5004',
            severity: 'error',
            message: sentence('there-is-no-scenario-named-name', { name: 'x' }),
            remedy: sentence('did-you-mean-the-name', { near: 'y' }),
          },
        ],
      }),
    language: (locale) => (locale === 'zh-cn' ? 'zh' : 'en'),
  });
  await client.initialize({ locale: 'zh-cn' });
  await expect(client.request('launch', {})).rejects.toThrow('启动配置没有指定场景');
  await expect(client.request('launch', { scenario: 7 })).rejects.toThrow('"scenario"');
  await expect(client.request('launch', { scenario: 'x' })).rejects.toThrow('没有名为 x 的场景。是不是想写 y？');
  expect(client.heard('output')[0]?.body.output).toContain('错误: 没有名为 x 的场景 (是不是想写 y？) [SS5004]');
  await expect(client.request('next', { threadId: 1 })).rejects.toThrow('请先启动一个场景');
});

test('travelling: custom requests move, and refuse what is no moment', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  expect((await client.move('sockscope/travelTo', { clock: 3 })).reason).toBe('goto');
  expect(await client.line()).toBe(13);
  expect((await client.move('sockscope/stepBackInto')).description).toContain('past, step 2 of 3');
  await expect(client.request('sockscope/travelTo', { clock: -1 })).rejects.toThrow('must lie between 0 and');
  await expect(client.request('toString')).rejects.toThrow();
});

test('without debugging the scenario runs through', async () => {
  const client = new AdapterClient({ open: () => Promise.resolve({ session: new FakeSession(), diagnostics: [] }) });
  await client.initialize();
  await client.request('launch', { scenario: 'tcp-socket', noDebug: true });
  const terminated = client.event('terminated');
  await client.request('configurationDone');
  await terminated;
  expect(client.heard('stopped')).toEqual([]);
  expect(client.heard('output')).toHaveLength(2);
});
