/** What a client gets wrong is told as its mistake, and nothing that is not done is answered with success. */
import { describe, expect, test } from 'vitest';
import { fromClient, placeFormat, toClient } from '../../src/dap/client-places';
import { FrameReader, type Received } from '../../src/dap/frame-reader';
import { misfitOf } from '../../src/dap/passed-over';
import { AdapterClient } from './adapter-client';
import { FakeSession } from './fake-session';

test.each([
  'attach',
  'terminateThreads',
  'disassemble',
  'setInstructionBreakpoints',
  'startDebugging',
  'runInTerminal',
  'toString',
  '__proto__',
  'no such thing',
])('%s is refused, not answered with success', async (command) => {
  const client = await AdapterClient.launched(new FakeSession());
  await expect(client.request(command, {})).rejects.toThrow(`does not have the request "${command}"`);
});

test.each([
  ['terminateThreads', 'use "terminate"'],
  ['setInstructionBreakpoints', 'no instructions to stop at'],
  ['attach', 'nothing to attach to'],
])('%s is refused with its reason', async (command, why) => {
  const client = await AdapterClient.launched(new FakeSession());
  await expect(client.request(command, {})).rejects.toThrow(why);
});

test.each([
  ['next', { threadId: 'one' }, '"threadId" must be of type integer'],
  ['next', {}, '"threadId" must be of type integer'],
  ['stackTrace', { threadId: 1, levels: -3 }, '"levels" must be of type natural'],
  ['stackTrace', { threadId: 1.5 }, '"threadId"'],
  ['evaluate', { expression: 7 }, '"expression" must be of type string'],
  ['setBreakpoints', { source: 'a.c' }, '"source" must be of type object'],
  ['setBreakpoints', { source: { path: 'a.c' }, breakpoints: [{ line: 1 }, { line: '2' }] }, '"breakpoints[1].line"'],
  ['setBreakpoints', { source: { path: 'a.c' }, lines: [1, null] }, '"lines[1]"'],
  ['setFunctionBreakpoints', { breakpoints: [3] }, '"breakpoints[0]" must be of type object'],
  ['setExceptionBreakpoints', { filters: 'fault' }, '"filters" must be of type array'],
  ['variables', { variablesReference: NaN }, '"variablesReference"'],
  ['stepIn', { threadId: 1, targetId: '1' }, '"targetId" must be of type integer'],
  ['setExceptionBreakpoints', { filters: [], filterOptions: [{ filterId: 3 }] }, '"filterOptions[0].filterId"'],
  ['variables', { variablesReference: 1, format: { hex: 'yes' } }, '"format.hex" must be of type boolean'],
  ['readMemory', { memoryReference: '0x1000', count: -1 }, '"count" must be of type natural'],
  ['sockscope/travelTo', { clock: '3' }, '"clock" must be of type integer'],
])('%s with %j is the client’s mistake', async (command, args, told) => {
  const client = await AdapterClient.launched(new FakeSession());
  await expect(client.request(command, args)).rejects.toThrow(told);
  expect(client.heard('output')).toEqual([]);
  expect((await client.move('next')).reason).toBe('step');
});

test('arguments that are no object are refused', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  for (const args of [[], 3, 'x', true]) {
    await expect(client.request('next', args as object)).rejects.toThrow('"arguments" must be of type object');
  }
});

test('no thread of that number: an error, not another thread’s step', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  for (const command of ['next', 'stepIn', 'stepOut', 'stepBack', 'sockscope/stepBackInto', 'stackTrace']) {
    await expect(client.request(command, { threadId: 77 })).rejects.toThrow('no thread 77');
  }
  expect(client.heard('stopped')).toHaveLength(1);
});

test('moments that can never be are refused with the range', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  for (const clock of [-1, 2147483647, 4294967296, 1e12]) {
    await expect(client.request('sockscope/travelTo', { clock })).rejects.toThrow('must lie between 0 and');
  }
  expect((await client.move('next')).reason).toBe('step');
});

test('after the run is over nothing moves', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  await client.move('continue');
  const terminated = client.event('terminated');
  await client.request('continue', { threadId: 1 });
  await terminated;
  for (const command of ['next', 'stepBack', 'continue', 'reverseContinue']) {
    await expect(client.request(command, { threadId: 1 })).rejects.toThrow('The run is over');
  }
});

describe('places', () => {
  test('lines and columns from zero, files as URIs', async () => {
    const client = new AdapterClient({
      open: () => Promise.resolve({ session: new FakeSession(), diagnostics: [] }),
      toClientPath: (path) => `/a b/${path}`,
      fromClientPath: (path) => path.replace('/a b/', ''),
    });
    await client.initialize({ linesStartAt1: false, columnsStartAt1: false, pathFormat: 'uri' });
    await client.request('launch', { scenario: 'tcp-socket' });
    const stopped = client.event('stopped');
    await client.request('configurationDone');
    await stopped;
    const { stackFrames } = await client.request('stackTrace', { threadId: 1 });
    const one = await AdapterClient.launched(new FakeSession());
    const { stackFrames: counted } = await one.request('stackTrace', { threadId: 1 });
    expect(stackFrames[0].line).toBe(counted[0].line - 1);
    expect(stackFrames[0].column).toBe(counted[0].column - 1);
    expect(stackFrames[0].source.path).toMatch(/^file:\/\/\/a%20b\//);
    const { breakpoints } = await client.request('setBreakpoints', {
      source: { path: stackFrames[0].source.path },
      breakpoints: [{ line: stackFrames[0].line }],
    });
    expect(breakpoints[0]).toMatchObject({ verified: true, line: stackFrames[0].line });
  });

  test('URIs and paths lead back to each other', () => {
    const format = placeFormat({ pathFormat: 'uri' });
    for (const path of ['/net/ipv4/af inet.c', '/中文/a#b?.c', 'C:\\src\\a.c', 'sockscope-kernel:/net/core/sock.c']) {
      const there = toClient({ source: { path } }, format);
      expect(there.source.path).toMatch(/^(file|sockscope-kernel):\//);
      expect(fromClient(there, format)).toEqual({ source: { path: path.replace(/\\/g, '/') } });
    }
  });

  test('where there is no line, none is made up', () => {
    expect(toClient({ line: 0, column: 0 }, placeFormat({ linesStartAt1: false }))).toEqual({ line: 0, column: 0 });
  });
});

describe('the wire', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  const messagesIn = (reader: FrameReader, all: Uint8Array): readonly unknown[] =>
    reader.push(all).map((each) => ('message' in each ? each.message : each));

  test.each([
    'Content-Length: 7\r\n\r\n{"a":1}',
    'content-length:7\r\n\r\n{"a":1}',
    'CONTENT-LENGTH :  7 \r\nContent-Type: x\r\n\r\n{"a":1}',
    'Content-Length: 7\n\n{"a":1}',
  ])('%j is a message, in whatever pieces it comes', (text) => {
    expect(messagesIn(new FrameReader(), bytes(text))).toEqual([{ a: 1 }]);
    const reader = new FrameReader();
    const got = [...bytes(text)].flatMap((byte) => messagesIn(reader, Uint8Array.of(byte)));
    expect([got, reader.unfinished]).toEqual([[{ a: 1 }], false]);
  });

  test('several at once, and non-ASCII counted in bytes', () => {
    const body = '{"é":"中"}';
    const message = `Content-Length: ${bytes(body).length}\r\n\r\n${body}`;
    expect(messagesIn(new FrameReader(), bytes(message + message))).toEqual([{ é: '中' }, { é: '中' }]);
  });

  const asked = '{"seq":12,"type":"request","command":"threads","arguments":{}}';
  const framed = (text: string): string => `Content-Length: ${text.length}\r\n\r\n${text}`;
  const good = framed('{"a":1}');
  const threads = { seq: 12, command: 'threads' };

  test.each([
    ['a length that is no number', `Content-Length: x\r\n\r\n${asked}`, 'header-has-no-content-length', threads],
    ['another header', `Length: 2\r\n\r\n${asked}`, 'header-has-no-content-length', threads],
    ['a negative length', `Content-Length: -5\r\n\r\n${asked}`, 'header-has-no-content-length', threads],
    ['a length beyond all', `Content-Length: 999999999\r\n\r\n${asked}`, 'message-has-too-many-bytes', threads],
    ['a length that is too short', `Content-Length: 20\r\n\r\n${asked}`, 'body-is-no-json', threads],
    ['a length that is too long', `Content-Length: 5000000\r\n\r\n${asked}`, 'body-ends-early', threads],
    ['half a frame', `Content-Length: 62\r\n\r\n${asked.slice(0, 30)}`, 'body-ends-early', { seq: 12, command: '' }],
    ['half a header', 'Content-Len', 'header-has-no-content-length', undefined],
    ['broken JSON', framed(`${asked.slice(0, -1)},}`), 'body-is-no-json', threads],
    ['JSON that is no object', framed('[1]'), 'body-is-no-object', undefined],
    ['UTF-16', framed([...asked].join('\0')), 'body-is-no-json', threads],
    ['no header at all', `${asked}\n`, 'header-has-a-strange-line', threads],
    ['noise without an end', 'x'.repeat(5000), 'header-has-no-end', undefined],
  ])('%s is told, with what was asked, and the next message is read', (_name, text, id, request) => {
    for (const size of [Infinity, 1, 7]) {
      const reader = new FrameReader();
      const all = bytes(text + good + good);
      const got: Received[] = [];
      for (let at = 0; at < all.length; at += size) {
        got.push(...reader.push(all.subarray(at, at + size)));
      }
      const told = got.flatMap((each) => ('message' in each || each.isTold ? [] : [each.problem.id]));
      const answered = got.flatMap((each) => ('message' in each || !each.asked ? [] : [each.asked]));
      const messages = got.flatMap((each) => ('message' in each ? [each.message] : []));
      expect([told[0], answered, messages]).toEqual([id, request ? [request] : [], [{ a: 1 }, { a: 1 }]]);
    }
  });

  test('bytes that are not UTF-8 are told, though one could guess at them', () => {
    const body = Uint8Array.from('{"seq":3,"command":"x","a":"\u00e4"}', (letter) => letter.charCodeAt(0));
    const head = bytes(`Content-Length: ${body.length}\r\n\r\n`);
    expect(new FrameReader().push(Uint8Array.from([...head, ...body]))).toMatchObject([
      { problem: { id: 'body-is-no-utf-8' } },
      { asked: { seq: 3, command: 'x' } },
    ]);
  });

  test('a request that is whole though its frame is not is told when nothing more comes', () => {
    const reader = new FrameReader();
    expect(reader.push(bytes(`Content-Length: 70\r\n\r\n${asked}`))).toEqual([]);
    expect(reader.settle()).toMatchObject([{ problem: { id: 'body-ends-early' } }, { asked: threads }]);
    expect(messagesIn(reader, bytes(good))).toEqual([{ a: 1 }]);
    reader.push(bytes(`Content-Length: 70\r\n\r\n${asked.slice(0, 40)}`));
    expect(reader.settle()).toEqual([]); // it may still come
  });

  test('a request at the beginning of a long stretch is told also when its command cannot be read', () => {
    const body = `{"seq":7,"type":"request","command":"","arguments":{"text":"${'x'.repeat(100_000)}"}`;
    const reader = new FrameReader();
    const got = [...reader.push(bytes(`Content-Length: ${body.length}\r\n\r\n${body}`)), ...reader.push(bytes(good))];
    expect(got).toMatchObject([
      { problem: { id: 'body-is-no-json' } },
      { asked: { seq: 7, command: '' } },
      { message: { a: 1 } },
    ]);
  });

  test('each request of a stretch that is passed over is told once', () => {
    const reader = new FrameReader();
    const numbers = [1, 2].flatMap((seq) => reader.push(bytes(`{"seq":${seq},"command":"threads"}\n\n`)));
    const got = [...numbers, ...reader.settle(), ...reader.push(bytes(good))];
    expect(
      got.flatMap((each) => ('message' in each ? ['a message'] : [`${each.asked?.seq ?? each.problem.id}`])),
    ).toEqual(['header-has-no-content-length', '1', '2', 'a message']);
  });

  test.each([
    [{ seq: 'x', type: 'request', command: 'threads' }, 'seq', undefined],
    [{ seq: 4, type: 'x', command: 'threads' }, 'type', { seq: 4, command: 'threads' }],
    [{ seq: 4, type: 'request', command: { toString: 1 } }, 'command', { seq: 4, command: '' }],
  ])('%j is no request', (message, field, request) => {
    expect(misfitOf(message)).toMatchObject({ problem: { args: { field } } });
    expect(misfitOf(message)?.asked).toEqual(request);
  });

  test('events and answers need no answer', () => {
    expect([misfitOf({ type: 'event' }), misfitOf({ type: 'response', seq: 1 })]).toEqual([undefined, undefined]);
  });
});
