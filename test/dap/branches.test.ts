/** Branches and origins through the adapter: requests, console lines, what the client is told. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { expect, test } from 'vitest';
import { openSession } from '../../src/facade/open-session';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from '../tree/tree-fixture';
import { AdapterClient } from './adapter-client';
import { programCache } from '../program-cache';

const cache = programCache();

async function launched(language = 'en'): Promise<AdapterClient> {
  const client = new AdapterClient({
    open: () => openSession({ media: mediaTexts(), wasm: wasmFiles(), cache, scenario: 'handshake' }),
  });
  await client.initialize();
  await client.request('launch', { scenario: 'handshake', language });
  await client.move('configurationDone');
  return client;
}

/** What the console answers. */
async function said(client: AdapterClient, expression: string): Promise<string> {
  const { result } = await client.request('evaluate', { expression, context: 'repl' });
  return String(result);
}

/** The same for a line that moves the machine, once it stands. */
async function moved(client: AdapterClient, expression: string): Promise<string> {
  const stopped = client.event('stopped');
  const answer = await said(client, expression);
  await stopped;
  return answer;
}

test('a changed value begins a branch, which the console tells, and one can go back', async () => {
  const client = await launched();
  const told = client.event('output') as Promise<DebugProtocol.OutputEvent>;
  await said(client, 'tcp_port_rover = 40000');
  expect((await told).body).toMatchObject({
    output: expect.stringMatching(/^Branch branch-1 begins here, at statement \d+: tcp_port_rover = 40000\./) as string,
    data: { branch: { name: 'branch-1' } },
  });
  expect(await said(client, 'branches')).toMatch(/^ {2}first: .*\n\* branch-1: .*\n {2}begins at .* of first\n/);
  const stopped = client.event('stopped');
  expect(await said(client, 'undo')).toBe('first');
  expect((await stopped).body).toMatchObject({ reason: 'goto' });
  expect(await said(client, 'tcp_port_rover')).not.toContain('40000');
  await expect(said(client, 'undo')).rejects.toThrow('nothing was changed');
});

test('a lost packet, compared with the first run', async () => {
  const client = await launched();
  await moved(client, 'drop packet 1');
  const text = await said(client, 'compare first branch-1');
  expect(text).toContain('first and branch-1 are one run up to statement');
  expect(text).toContain('loopback_xmit');
  expect(text).toMatch(/> 127\.0\.0\.1:\d+ > 127\.0\.0\.1:8080 \[S\].*: 3000 ms later/);
  const compared = await client.request('sockscope/compareBranches', { a: 'first', b: 'branch-1' });
  expect(compared.lines.join('\n')).toBe(text.replace(/^ +/gm, ''));
  await expect(client.request('sockscope/compareBranches', { a: 'first', b: 'nobody' })).rejects.toThrow('nobody');
});

test.each([
  ['delay packet 2 200ms', 'packet 2 comes 200 ms later'],
  ['fail allocation 1 of sock', 'allocation 1 of sock from here fails'],
])('the console understands "%s"', async (line, change) => {
  const client = await launched();
  expect(await moved(client, line)).toBe('branch-1');
  expect(await said(client, 'branches')).toContain(change);
  await expect(said(client, 'run first 999')).rejects.toThrow('there is no process 999');
});

test('requests begin, list and leave branches', async () => {
  const client = await launched('zh');
  const stopped = client.event('stopped');
  const begun = await client.request('sockscope/branch', { name: '试验' });
  await stopped;
  expect(begun.branch).toMatchObject({ name: '试验', parent: 'first', isCurrent: true });
  await client.move('sockscope/intervene', { kind: 'fail-allocation', nth: 1, cache: 'sock' });
  await client.move('sockscope/switchBranch', { name: 'first' });
  const { branches } = await client.request('sockscope/branches');
  expect(branches.map(({ name }: { name: string }) => name)).toEqual(['first', '试验']);
  await expect(client.request('sockscope/intervene', { kind: 'explode' })).rejects.toThrow('kind');
  await expect(client.request('sockscope/switchBranch', { name: 'x' })).rejects.toThrow('没有名为 x 的分支');
});

test('where a value came from, hop by hop', async () => {
  const client = await launched();
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'tcp_v4_rcv' }] });
  await client.move('continue');
  const told = (await said(client, 'origin skb->h.th->dest')).split('\n');
  expect(told[0]).toMatch(
    /^skb->h\.th->dest = 0x901f \(8080\): moved there at statement \d+, B tcp_transmit_skb net.*: th->dest = sk->dport;$/,
  );
  expect(told.at(-1)).toMatch(/an argument of connect\(3, \.\.\., \.\.\.\) of process B/);
  const { origin, lines } = await client.request('sockscope/origin', { expression: 'skb->h.th->dest' });
  expect(lines).toEqual(told);
  expect(origin).toMatchObject({
    kind: 'moved',
    written: { function: 'tcp_transmit_skb' },
    children: [{ kind: 'moved' }],
  });
  await expect(said(client, 'origin 1 + 1')).rejects.toThrow();
});

test('C that looks like a command is C', async () => {
  const client = await launched();
  expect(await said(client, '1 + 1')).toBe('2');
  expect(await said(client, 'help')).toContain('drop packet N');
  expect(await said(client, 'help')).toContain('who EXPRESSION');
});

test('moments are named, listed and gone to, on their branch', async () => {
  const client = await launched();
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'tcp_v4_rcv' }] });
  await client.move('continue');
  expect(await said(client, 'mark the SYN')).toMatch(/^the SYN: first \d+$/);
  await said(client, 'tcp_port_rover = 1');
  await client.move('continue');
  await client.move('sockscope/goToMoment', { name: 'the SYN' });
  const { branches } = await client.request('sockscope/branches');
  const { moments } = await client.request('sockscope/moments');
  expect(branches[0]).toMatchObject({ name: 'first', isCurrent: true, clock: moments[0].clock });
  await expect(client.request('sockscope/goToMoment', { name: 'nowhere' })).rejects.toThrow('nowhere');
  expect((await client.request('sockscope/setMoments', { moments })).moments).toEqual(moments);
});

test('what happened leads to its statements, and a statement to what it makes', async () => {
  const client = await launched();
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'tcp_transmit_skb' }] });
  await client.move('continue');
  const { stackFrames } = await client.request('stackTrace', { threadId: 3 });
  expect(stackFrames.length).toBeGreaterThan(1);
  await client.move('stepOut', { threadId: 3 });
  await client.move('stepBack', { threadId: 3 });
  const { happenings } = await client.request('sockscope/made');
  expect(happenings.some(({ event }: { event: string }) => event === 'packet')).toBe(true);
  const packets = await client.request('sockscope/happenings', { kinds: ['packet'] });
  expect(packets.happenings).toEqual([]);
  expect(await said(client, 'happened')).toContain('listen(3, 5)');
});

test('the console says that there is nothing, rather than nothing at all', async () => {
  const client = await launched();
  expect(await said(client, 'marks')).toContain('No moment has a name yet');
  await moved(client, 'go 0');
  expect(await said(client, 'made')).toContain('makes no packet');
  expect(await said(client, 'happened')).toBe('Nothing has happened yet.');
});

test('a run that is over while a process still sleeps stands in a thread that is listed, at the end of the script', async () => {
  const client = await launched();
  const source = { path: 'sockscope-kernel:/net/ipv4/tcp.c' };
  const line =
    mediaTexts()
      ['media/kernel/net/ipv4/tcp.c']?.split('\n')
      .findIndex((text) => text.includes('sk->state = state;')) ?? 0;
  await client.request('setBreakpoints', {
    source,
    breakpoints: [{ line: line + 1, condition: 'state == TCP_SYN_SENT' }],
  });
  await client.move('continue');
  await client.request('setBreakpoints', { source, breakpoints: [] });
  await said(client, 'state = TCP_CLOSE');
  const { threadId } = await client.move('continue');
  const { threads } = await client.request('threads');
  expect(threads.map(({ id }: DebugProtocol.Thread) => id)).toContain(threadId);
  const { stackFrames } = await client.request('stackTrace', { threadId });
  expect(stackFrames).toMatchObject([{ name: 'run is over', source: { name: 'handshake.pkt' } }]);
});
