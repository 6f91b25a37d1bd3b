/** Sources and modules of a program, breakpoint places, calls to step into, lines to go to, and memory at addresses. */
import { describe, expect, test } from 'vitest';
import { callsOf } from '../../src/dap/step-targets';
import type { StackFrame } from '../../src/facade/session';
import { SourceFile } from '../../src/source/source-file';
import { AdapterClient } from './adapter-client';
import { FakeSession } from './fake-session';

const path = 'net/ipv4/af_inet.c';
const source = { path: `sockscope-kernel:/${path}` };

describe('sources', () => {
  test('by path and by reference; others there are none of', async () => {
    const session = new FakeSession();
    session.sourceFile = ((asked: string) =>
      [path, 'a.pkt', 'b.h'].includes(asked) ? new SourceFile(asked, `text of ${asked}`) : undefined) as never;
    const client = new AdapterClient({
      open: () => Promise.resolve({ session, diagnostics: [] }),
      isThere: (each) => !each.endsWith('.h'),
    });
    await client.initialize();
    await expect(client.request('loadedSources')).rejects.toThrow('No run is open');
    await client.request('launch', { scenario: 'a' });
    session.places.units = () => [{ path: 'b.h', functions: 1 }];
    const { modules } = (await client.request('modules')) as { modules: object[] };
    expect(modules).toEqual([
      { id: 'b.h', name: 'b.h', path: 'sockscope-kernel:/b.h', isUserCode: true, symbolStatus: '1 function' },
    ]);
    const read = (args: object): Promise<unknown> => client.request('source', { sourceReference: 0, ...args });
    expect(await read({ source })).toEqual({ content: `text of ${path}`, mimeType: 'text/x-c' });
    expect(await read({ source: { path: 'sockscope-kernel:/a.pkt' } })).toEqual({
      content: 'text of a.pkt',
      mimeType: 'text/plain',
    });
    const header = { content: 'text of b.h', mimeType: 'text/x-c' };
    expect([await read({ sourceReference: 1 }), await read({ source: { sourceReference: 1 } })]).toEqual([
      header,
      header,
    ]);
    for (const wrong of [{}, { sourceReference: 7 }, { source: { path: '/other.c' } }, { source: {} }]) {
      await expect(read(wrong)).rejects.toThrow('No file of the program');
    }
  });
  test('modules in pages', async () => {
    const session = new FakeSession();
    session.places.units = () => ['a.c', 'b.c', 'c.c'].map((each, at) => ({ path: each, functions: at }));
    const client = await AdapterClient.launched(session);
    const page = async (args: object): Promise<unknown> => {
      const { modules, totalModules } = (await client.request('modules', args)) as {
        modules: { id: string }[];
        totalModules: number;
      };
      return [modules.map(({ id }) => id).join(' '), totalModules];
    };
    expect([
      await page({}),
      await page({ startModule: 1 }),
      await page({ startModule: 1, moduleCount: 1 }),
      await page({ moduleCount: 0 }),
    ]).toEqual([
      ['a.c b.c c.c', 3],
      ['b.c c.c', 3],
      ['b.c', 3],
      ['a.c b.c c.c', 3],
    ]);
  });
});

test('places for breakpoints lie between the columns of the first and the last line', async () => {
  const session = new FakeSession();
  const asked: unknown[] = [];
  session.breakpointLocations = ((...args: unknown[]) => {
    asked.push(args);
    return [5, 6, 7]
      .filter((line) => line <= Number(args[2]))
      .flatMap((line) => [2, 9].map((column) => ({ line, column, endLine: line, endColumn: column + 5 })));
  }) as never;
  const client = await AdapterClient.launched(session);
  const places = async (args: object): Promise<string> =>
    (
      (await client.request('breakpointLocations', { source, line: 5, ...args })) as {
        breakpoints: { line: number; column: number }[];
      }
    ).breakpoints
      .map(({ line, column }) => `${line}:${column}`)
      .join(' ');
  expect([
    await places({ endLine: 7 }),
    await places({ endLine: 7, column: 3 }),
    await places({ endLine: 7, column: 9, endColumn: 2 }),
    await places({ endLine: 7, endColumn: 1 }),
    await places({ column: 2, endColumn: 8 }),
  ]).toEqual(['5:2 5:9 6:2 6:9 7:2 7:9', '5:9 6:2 6:9 7:2 7:9', '5:9 6:2 6:9 7:2', '5:2 5:9 6:2 6:9', '5:2']);
  expect(asked.slice(-2)).toEqual([
    [path, 5, 7],
    [path, 5, 5],
  ]);
  expect(await places({ source: {} })).toBe('');
});

describe('lines to go to', () => {
  test('the next time and the last, at the first place that is not before the column', async () => {
    const session = new FakeSession();
    const visited: unknown[] = [];
    session.visits.next = ((goal: unknown) => Promise.resolve(void visited.push(['next', goal]))) as never;
    session.visits.last = ((goal: unknown) => Promise.resolve(void visited.push(['last', goal]))) as never;
    session.breakpointLocations = () => [2, 9].map((column) => ({ line: 5, column, endLine: 5, endColumn: 20 }));
    const client = await AdapterClient.launched(session);
    const targets = async (args: object): Promise<{ id: number; label: string; column: number }[]> =>
      ((await client.request('gotoTargets', { source, line: 5, ...args })) as { targets: never[] }).targets;
    const [next, last] = await targets({});
    expect([next, last]).toEqual([
      { id: 1, label: 'line 5: the next time it runs', line: 5, column: 2, endLine: 5, endColumn: 20 },
      { id: 2, label: 'line 5: the last time it ran', line: 5, column: 2, endLine: 5, endColumn: 20 },
    ]);
    expect((await targets({ column: 3 })).map(({ column }) => column)).toEqual([9, 9]);
    expect((await targets({ column: 10 })).map(({ column }) => column)).toEqual([2, 2]);
    expect(await targets({ source: {} })).toEqual([]);
    expect((await client.move('goto', { threadId: 1, targetId: 1 })).reason).toBe('goto');
    expect((await client.move('goto', { threadId: 1, targetId: 2 })).reason).toBe('goto');
    const goal = { path, line: 5, column: 2 };
    expect(visited).toEqual([
      ['next', { ...goal, direction: 'next' }],
      ['last', { ...goal, direction: 'last' }],
    ]);
    const said = client.heard('output').map(({ body }) => (body as { output: string }).output);
    expect(said.filter((line) => line.startsWith('Line'))).toEqual([
      'Line 5 does not run again in this scenario.\n',
      'Line 5 has not run before.\n',
    ]);
    await expect(client.request('goto', { threadId: 1, targetId: 99 })).rejects.toThrow('earlier stop');
    await expect(client.request('goto', { threadId: 9, targetId: 1 })).rejects.toThrow('no thread 9');
  });
  test('the beginning of a frame, of C only', async () => {
    const session = new FakeSession();
    const client = await AdapterClient.launched(session);
    const { stackFrames } = (await client.request('stackTrace', { threadId: 1 })) as { stackFrames: { id: number }[] };
    expect((await client.move('restartFrame', { frameId: stackFrames[0]?.id })).reason).toBe('goto');
    expect((client.heard('output').at(-1)?.body as { output: string }).output).toContain('first moment of this call');
    const again = (await client.request('stackTrace', { threadId: 1 })) as { stackFrames: { id: number }[] };
    await expect(client.request('restartFrame', { frameId: again.stackFrames[1]?.id })).rejects.toThrow(
      'Only a call of a C function',
    );
  });
});

describe('calls of a statement', () => {
  const text = 'x = add(twice(1), sk->prot->connect(2), a . b (3), add(4), (5), missing(6));\n';
  const session = new FakeSession();
  session.sourceFile = (() => new SourceFile(path, `\n${text}`)) as never;
  session.hasFunction = (name) => ['add', 'twice', 'missing'].includes(name);
  session.evaluate = ((name: string) => ({
    value:
      name === 'sk->prot->connect'
        ? { scalar: { kind: 'pointer', address: 1, symbol: 'tcp_v4_connect' } }
        : name === 'b'
          ? { scalar: { kind: 'integer', value: 1 } }
          : undefined,
    diagnostics: [],
  })) as never;
  const known = ['add', 'twice', 'tcp_v4_connect'];
  session.places.of = ((name: string) =>
    known.includes(name) ? { functionId: known.indexOf(name) } : name === 'missing' ? {} : undefined) as never;
  const frame = (start: number, end: number, more: object = {}): StackFrame => ({ path, start, end, ...more }) as never;
  test('each once, with its place; through pointers to where they lead now', () => {
    expect(callsOf(session, frame(1, text.length))).toEqual([
      { functionId: 0, label: 'add()', line: 2, column: 5 },
      { functionId: 1, label: 'twice()', line: 2, column: 9 },
      { functionId: 2, label: 'sk->prot->connect() → tcp_v4_connect()', line: 2, column: 19 },
    ]);
    expect(callsOf(session, frame(9, 18)).map(({ label }) => label)).toEqual(['twice()']);
    expect(callsOf(session, frame(1, text.length, { path: undefined }))).toEqual([]);
  });
});

describe('memory', () => {
  test('at references with offsets, as far as it can be read', async () => {
    const session = new FakeSession();
    session.readable = (address, count) => (address >= 0x2000 ? 0 : Math.min(count, 0x2000 - address));
    const client = await AdapterClient.launched(session);
    await client.request('writeMemory', { memoryReference: '0x1000', data: 'AQIDBA==' });
    const read = (args: object): Promise<unknown> =>
      client.request('readMemory', { memoryReference: '0x1000', count: 4, ...args });
    expect([
      await read({}),
      await read({ offset: 2, count: 1 }),
      await read({ memoryReference: ' 4097 ', offset: -1, count: 2 }),
    ]).toEqual([
      { address: '0x00001000', data: 'AQIDBA==' },
      { address: '0x00001002', data: 'Aw==' },
      { address: '0x00001000', data: 'AQI=' },
    ]);
    expect(await read({ memoryReference: '0x1ffe' })).toMatchObject({ data: 'AAA=', unreadableBytes: 2 });
    expect(await read({ memoryReference: '0x3000', count: 0 })).toMatchObject({ data: '' });
    await expect(read({ memoryReference: '0x3000' })).rejects.toThrow('0x00003000');
    for (const wrong of ['', 'x', '0x', '0x123456789', '12345678901', '1 2']) {
      await expect(read({ memoryReference: wrong })).rejects.toThrow('is not an address');
    }
    const write = (args: object): Promise<unknown> =>
      client.request('writeMemory', { memoryReference: '0x1ffe', data: 'AQIDBA==', ...args });
    await expect(write({})).rejects.toThrow('Not all of the 4 bytes at 0x00001ffe');
    await expect(write({ data: '?' })).rejects.toThrow('"data" must be of type Base64');
    await expect(write({ data: 'A'.repeat(4 * 349_526) })).rejects.toThrow('At most 1048576 bytes');
    session.writeMemory = () => ({ written: 2, diagnostics: [] });
    expect(await write({ allowPartial: true })).toEqual({ bytesWritten: 2 });
  });
  test('that is watched', async () => {
    const session = new FakeSession();
    const client = await AdapterClient.launched(session);
    const info = (args: object): Promise<unknown> => client.request('dataBreakpointInfo', { ...args });
    const both = ['read', 'write', 'readWrite'];
    expect(await info({ name: 'state' })).toEqual({
      dataId: '4352:4:state',
      description: 'state: 4 bytes at 0x00001100',
      accessTypes: both,
      canPersist: false,
    });
    expect(await info({ name: 'state', bytes: 1 })).toMatchObject({
      dataId: '4352:1:state',
      description: 'state: 1 byte at 0x00001100',
    });
    expect(await info({ name: '0x1200', asAddress: true })).toMatchObject({ dataId: '4608:4:0x00001200' });
    expect(await info({ name: '4608', asAddress: true, bytes: 8 })).toMatchObject({ dataId: '4608:8:0x00001200' });
    session.watchable = () => ['write'] as never;
    expect(await info({ name: 'state' })).toMatchObject({ accessTypes: ['write'] });
    expect(await info({ name: 'nothing' })).toEqual({
      dataId: null,
      description: 'nothing is not declared here.',
    });
  });
});
