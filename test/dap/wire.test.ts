/** The debug adapter over the real wire: `dist/dap-stdio.js` as another editor would run it, on the bundled kernel. */
import { given, itemAt } from '../../src/base/checked-access';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const adapter = join(root, 'dist', 'dap-stdio.js');
const afInet = join(root, 'media', 'kernel', 'net', 'ipv4', 'af_inet.c');
const source = { path: afInet };

/** One process for all tests: compiling takes seconds, a restart of the run does not. */
let client: DebugClient;
let isLaunched = false;
const kept = mkdtempSync(join(tmpdir(), 'sockscope-kept-'));
beforeAll(async () => {
  expect(existsSync(adapter), 'run npm run build first').toBe(true);
  process.env.SOCKSCOPE_CACHE = kept;
  client = new DebugClient(process.execPath, adapter, 'sockscope');
  client.defaultTimeout = 300_000;
  await client.start();
  await client.initializeRequest({
    adapterID: 'sockscope',
    pathFormat: 'path',
    linesStartAt1: true,
    columnsStartAt1: true,
  });
});
afterAll(() => {
  adapterProcess().kill();
  rmSync(kept, { recursive: true });
});
beforeEach(() => {
  client.removeAllListeners('output');
});

/** The process behind the client, which has no word for it. */
function adapterProcess(): ChildProcess {
  return (client as unknown as { _adapterProcess: ChildProcess })._adapterProcess;
}

function lineOf(text: string, from = ''): number {
  const all = readFileSync(afInet, 'utf8');
  const at = all.indexOf(text, all.indexOf(from));
  expect(at, text).toBeGreaterThan(0);
  return all.slice(0, at).split('\n').length;
}

/** Launches and runs to the first stop, with breakpoints set in between. */
async function launch(args: object, lines: readonly number[] = []): Promise<DebugProtocol.StoppedEvent['body']> {
  if (!isLaunched) {
    const initialized = client.waitForEvent('initialized');
    await client.launchRequest(args as DebugProtocol.LaunchRequestArguments);
    await initialized;
  }
  const { body } = await client.setBreakpointsRequest({ source, breakpoints: lines.map((line) => ({ line })) });
  expect(body.breakpoints.map(({ verified, message }) => message ?? verified)).toEqual(lines.map(() => true));
  await client.setFunctionBreakpointsRequest({ breakpoints: [] });
  await client.customRequest('setDataBreakpoints', { breakpoints: [] });
  const stopped = client.waitForEvent('stopped');
  await (isLaunched ? client.customRequest('restart', { arguments: args }) : client.configurationDoneRequest());
  isLaunched = true;
  return (await stopped).body as DebugProtocol.StoppedEvent['body'];
}

async function move(command: string, args: object = {}): Promise<DebugProtocol.StoppedEvent['body']> {
  const stopped = client.waitForEvent('stopped');
  const { threadId } = itemAt(
    (await client.threadsRequest()).body.threads.map(({ id }) => ({ threadId: id })),
    0,
  );
  await client.customRequest(command, { threadId, ...args });
  return (await stopped).body as DebugProtocol.StoppedEvent['body'];
}

async function top(stop: DebugProtocol.StoppedEvent['body']): Promise<DebugProtocol.StackFrame> {
  return itemAt(
    (await client.stackTraceRequest({ threadId: given(stop.threadId, 'thread id'), levels: 1 })).body.stackFrames,
    0,
  );
}

async function value(expression: string, frameId: number): Promise<string> {
  return (await client.evaluateRequest({ expression, frameId, context: 'watch' })).body.result;
}

test('bad input is refused with a sentence that says what to do', async () => {
  const launched = (args: object): Promise<unknown> =>
    client.launchRequest(args as DebugProtocol.LaunchRequestArguments);
  await expect(launched({})).rejects.toThrow('names no scenario');
  await expect(launched({ scenario: 'tcp-sockte' })).rejects.toThrow(/tcp-sockte[\s\S]*tcp-socket/);
  await expect(launched({ program: '/no/such.pkt' })).rejects.toThrow("there is no file '/no/such.pkt'");
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-wire-'));
  try {
    const program = join(folder, 'bad.pkt');
    writeFileSync(program, '0 bnid(3, ..., ...) = 0\n');
    await expect(launched({ program })).rejects.toThrow(/bnid/);
    const uri = `file://${program.replace('bad', '%62ad')}`;
    await expect(launched({ program: uri })).rejects.toThrow(/bnid/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a TCP socket: stop in inet_create, step, read, go back, set', async () => {
  const at = lineOf('sk->backlog_rcv =', 'inet_create(');
  let stop = await launch({ scenario: 'tcp-socket', stopOnEntry: false }, [at]);
  expect(stop.reason).toBe('breakpoint');
  let frame = await top(stop);
  expect([frame.name, frame.line, frame.source?.path]).toEqual(['inet_create', at, afInet]);
  const before = await value('sk->backlog_rcv', frame.id);
  expect(before).not.toContain('tcp_v4_do_rcv');
  stop = await move('next');
  frame = await top(stop);
  expect(await value('sk->backlog_rcv', frame.id)).toContain('tcp_v4_do_rcv');
  expect(await value('sock->state', frame.id)).toContain('SS_UNCONNECTED');
  expect(await value('sk->prot == &tcp_prot', frame.id)).toBe('1');

  stop = await move('stepBack');
  expect(stop.description).toMatch(/past, step/);
  frame = await top(stop);
  expect([frame.line, await value('sk->backlog_rcv', frame.id)]).toEqual([at, before]);

  const { scopes } = (await client.scopesRequest({ frameId: frame.id })).body;
  const { variables } = (await client.variablesRequest({ variablesReference: itemAt(scopes, 0).variablesReference }))
    .body;
  const names = variables.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['sock', 'protocol', 'sk', 'prot']));
  const set = await client.setVariableRequest({
    variablesReference: itemAt(scopes, 0).variablesReference,
    name: 'protocol',
    value: '17',
  });
  expect(set.body.value).toBe('17 (IPPROTO_UDP)');
  expect(await value('protocol', frame.id)).toBe('17 (IPPROTO_UDP)');
});

test('a stop at a function, step out, function breakpoints, reverse continue', async () => {
  let stop = await launch({ scenario: 'tcp-socket', stopAt: 'tcp_v4_init_sock' });
  expect((await top(stop)).name).toBe('tcp_v4_init_sock');
  stop = await move('stepOut');
  expect((await top(stop)).name).toBe('inet_create');
  const { body } = await client.setFunctionBreakpointsRequest({
    breakpoints: [{ name: 'sk_alloc' }, { name: 'nowhere' }],
  });
  expect(body.breakpoints.map(({ verified }) => verified)).toEqual([true, false]);
  stop = await move('reverseContinue');
  expect((await top(stop)).name).toBe('sk_alloc');
  stop = await move('reverseContinue');
  expect(stop.description).toContain('past');
  stop = await move('sockscope/travelTo', { clock: 3 });
  expect(stop.description).toMatch(/past, step 3 of/);
  stop = await move('stepIn');
  expect(stop.description).toMatch(/past, step 4 of/);
});

test('a function to stop at that does not exist, or is never reached, is told', async () => {
  const output: string[] = [];
  client.on('output', ({ body }: DebugProtocol.OutputEvent) => output.push(body.output));
  expect((await launch({ scenario: 'tcp-socket', stopAt: 'tcp_acept' })).description).toMatch(/start/);
  expect(output.join('')).toContain('no C function of this kernel is called that');
  output.length = 0;
  expect((await launch({ scenario: 'tcp-socket', stopAt: 'tcp_recvmsg' })).description).toMatch(/over/);
  expect(output.join('')).toContain('never came to tcp_recvmsg');
});

test('what had to be compiled is kept for the next process; the bundled kernel came compiled', async () => {
  const images = (): readonly string[] => readdirSync(kept).filter((name) => name.endsWith('.image'));
  await launch({ scenario: 'tcp-socket' });
  expect(images()).toHaveLength(0);
  await launch({ scenario: 'tcp-socket', document: join(root, 'media', 'documents', 'a-socket-is-born.md') });
  expect(images()).toHaveLength(1);
});

test('the first stop is none of a breakpoint, and going back to the beginning is going to the first call', async () => {
  let stop = await launch({ scenario: 'tcp-socket', stopAt: 'inet_create' });
  expect([stop.reason, stop.description, stop.hitBreakpointIds]).toEqual([
    'entry',
    'at the start of the function to stop at',
    undefined,
  ]);
  stop = await move('reverseContinue');
  expect(stop.description).toMatch(/past, step [\d,]+ of [\d,]+; at the start of the scenario$/);
  expect((await top(stop)).name).toBe('sys_socket');
});

test('the end of a run is a place: the last event of its script, not the story behind it', async () => {
  await launch({ scenario: 'tcp-socket' });
  const end = await move('continue');
  const frame = await top(end);
  expect(frame.source?.path).toBe(join(root, 'media', 'scenarios', 'tcp-socket.pkt'));
  const lines = readFileSync(join(root, 'media', 'scenarios', 'tcp-socket.pkt'), 'utf8').split('\n');
  expect(lines[frame.line - 1]).toMatch(/close\(3\) = 0$/);
  const { scopes } = (await client.scopesRequest({ frameId: frame.id })).body;
  expect(scopes.map(({ name }) => name)).toEqual(['Globals of the program']);
  expect(await value('tcp_prot.name', frame.id)).toContain('TCP');
});

test('a script that was not met ends with an exception at its line, unless the client does not want that', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-wire-'));
  try {
    const program = join(folder, 'unmet.pkt');
    const lines = ['socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3', 'listen(3, 1) = -1 EINVAL', 'close(3) = 0'];
    writeFileSync(program, lines.map((line) => `+0 ${line}\n`).join(''));
    await launch({ program });
    let stop = await move('continue');
    expect([stop.reason, stop.text]).toEqual(['exception', expect.stringContaining('line 2 of the scenario')]);
    let frame = await top(stop);
    expect([frame.source?.path, frame.line]).toEqual([program, 2]);
    const { body } = (await client.customRequest('exceptionInfo', {
      threadId: stop.threadId,
    })) as DebugProtocol.ExceptionInfoResponse;
    expect(body.exceptionId).toBe('expectation');
    await client.customRequest('setExceptionBreakpoints', { filters: ['fault'] });
    await move('stepBack');
    stop = await move('continue');
    expect([stop.reason, stop.description]).toEqual(['step', expect.stringContaining('the scenario is over')]);
    frame = await top(stop);
    expect(frame.line).toBe(2);
  } finally {
    await client.customRequest('setExceptionBreakpoints', { filters: ['fault', 'expectation'] });
    rmSync(folder, { recursive: true });
  }
});

test('a call that fails with a chosen error stops before it returns', async () => {
  await launch({ scenario: 'bind-errors' });
  await client.customRequest('setExceptionBreakpoints', {
    filters: ['fault'],
    filterOptions: [{ filterId: 'errno', condition: 'EADDRNOTAVAIL' }],
  });
  const stop = await move('continue');
  expect([stop.reason, stop.text]).toEqual(['exception', expect.stringContaining('(-EADDRNOTAVAIL)')]);
  expect((await top(stop)).name).toBe('sys_bind');
  const { body } = (await client.customRequest('exceptionInfo', {
    threadId: stop.threadId,
  })) as DebugProtocol.ExceptionInfoResponse;
  expect(body).toMatchObject({ exceptionId: 'EADDRNOTAVAIL', breakMode: 'always' });
  await client.customRequest('setExceptionBreakpoints', { filters: ['fault', 'expectation'] });
});

test('the run tells its calls, and ends', async () => {
  const output: string[] = [];
  client.on('output', ({ body }: DebugProtocol.OutputEvent) => output.push(body.output));
  await launch({ scenario: 'tcp-socket' });
  const end = await move('continue');
  expect(end.description).toMatch(/over/);
  expect(output.join('')).toMatch(/socket\(AF_INET, SOCK_STREAM, IPPROTO_TCP\) = 3/);
  const terminated = client.waitForEvent('terminated');
  await client.continueRequest({ threadId: 1 });
  await terminated;
});

test('watched bytes stop the run when they change', async () => {
  let stop = await launch({ scenario: 'tcp-socket', stopAt: 'inet_create' });
  // Never written before, it says so: its first words are an address all the same.
  for (let steps = 0; steps < 20 && !/^0x[0-9a-f]+$/.test(await value('sk', (await top(stop)).id)); steps++) {
    stop = await move('next');
  }
  const info = await client.customRequest('dataBreakpointInfo', { name: 'sk->state', frameId: (await top(stop)).id });
  const { dataId } = (info as DebugProtocol.DataBreakpointInfoResponse).body;
  await client.customRequest('setDataBreakpoints', { breakpoints: [{ dataId }] });
  stop = await move('continue');
  expect(stop.reason).toBe('data breakpoint');
  expect(await value('sk->state', (await top(stop)).id)).toBe('7 (TCP_CLOSE)');
});

test('reads of watched bytes stop the run, forwards and back; of a local only its changes can', async () => {
  let stop = await launch({ scenario: 'tcp-socket', stopAt: 'tcp_v4_init_sock' });
  const info = async (name: string): Promise<DebugProtocol.DataBreakpointInfoResponse['body']> =>
    (
      (await client.customRequest('dataBreakpointInfo', {
        name,
        frameId: (await top(stop)).id,
      })) as DebugProtocol.DataBreakpointInfoResponse
    ).body;
  const { dataId, accessTypes } = await info('sk->prot');
  expect(accessTypes).toEqual(['read', 'write', 'readWrite']);
  stop = await move('stepOut');
  expect((await info('err')).accessTypes).toEqual(['write']);
  await client.customRequest('setDataBreakpoints', { breakpoints: [{ dataId, accessType: 'read' }] });
  const seen: string[] = [];
  for (stop = await move('continue'); stop.reason === 'data breakpoint'; stop = await move('continue')) {
    expect(stop.description).toBe('sk->prot was read');
    const { name, line } = await top(stop);
    seen.push(`${name}:${line}`);
  }
  expect([stop.description?.includes('over'), seen.length]).toEqual([true, 3]);
  const back: string[] = [];
  while (back.length < seen.length) {
    stop = await move('reverseContinue');
    expect(stop.description).toMatch(/past.*; sk->prot was read$/);
    const { name, line } = await top(stop);
    back.push(`${name}:${line}`);
  }
  expect(back).toEqual(seen.reverse());
});

test('memory, completions, locations', async () => {
  const stop = await launch({ scenario: 'tcp-socket', stopAt: 'sock_init_data' });
  const frame = await top(stop);
  const sk = (await client.evaluateRequest({ expression: 'sk', frameId: frame.id })).body;
  const { body } = (await client.customRequest('readMemory', {
    memoryReference: sk.memoryReference,
    count: 16,
  })) as DebugProtocol.ReadMemoryResponse;
  expect(atob(given(given(body, 'body').data, 'data'))).toHaveLength(16);
  const text = 'sk->backl';
  const { targets } = (await client.completionsRequest({ text, column: text.length + 1, frameId: frame.id })).body;
  expect(targets.map(({ label }) => label)).toEqual(expect.arrayContaining(['backlog', 'backlog_rcv']));
  const line = lineOf('sk->backlog_rcv =', 'inet_create(');
  const places = (await client.customRequest('breakpointLocations', {
    source,
    line,
  })) as DebugProtocol.BreakpointLocationsResponse;
  expect(places.body.breakpoints).toContainEqual(expect.objectContaining({ line }));
});

test('a document’s functions run in its own lines, and a restart takes an edit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-document-'));
  const notes = join(folder, 'notes.md');
  const text = '# Raw\n\n```c\nstatic int raw_init(struct sock *sk)\n{\n\tsk->num = 7;\n\treturn 0;\n}\n```\n';
  try {
    writeFileSync(notes, text);
    const args = { scenario: 'raw-socket', document: notes, stopAt: 'raw_init' };
    let stop = await launch(args);
    let frame = await top(stop);
    expect([frame.name, frame.source?.path, frame.line]).toEqual(['raw_init', notes, 6]);
    stop = await move('next');
    expect(await value('sk->num', (await top(stop)).id)).toBe('7');
    writeFileSync(notes, text.replace('= 7', '= 8').replace('# Raw', '# Raw\n\nChanged.'));
    stop = await launch(args);
    frame = await top(stop);
    expect([frame.source?.path, frame.line]).toEqual([notes, 8]);
    stop = await move('next');
    expect(await value('sk->num', (await top(stop)).id)).toBe('8');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('disconnecting in the middle of a run ends the process', async () => {
  await launch({ scenario: 'tcp-socket' });
  const child = adapterProcess();
  // The client takes an adapter that ends for a failure; here it has to end.
  child.removeAllListeners('exit');
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await client.continueRequest({ threadId: 1 });
  await client.disconnectRequest();
  expect(await exited).toBe(0);
});
