/** Questions to the past through the adapter: custom requests, and the same in the console. */
import { given, itemAt, lastOf } from '../../src/base/checked-access';
import { beforeAll, expect, test } from 'vitest';
import { openHistory } from '../history/history-session';
import { AdapterClient } from './adapter-client';

interface Row {
  readonly clock: number;
  readonly text: string;
  readonly function?: string;
  readonly line?: number;
}

let client: AdapterClient;
beforeAll(async () => {
  const { session, history } = await openHistory('handshake');
  client = new AdapterClient({ open: () => Promise.resolve({ session, history, diagnostics: [] }) });
  await client.initialize();
  await client.request('launch', { scenario: 'handshake' });
  const stopped = client.event('stopped');
  await client.request('configurationDone');
  await stopped;
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'tcp_rcv_state_process' }] });
  await client.move('continue', { threadId: 1 });
});

async function topFrame(): Promise<number> {
  const { threads } = await client.request('threads');
  for (const { id } of threads as { id: number }[]) {
    const { stackFrames } = await client.request('stackTrace', { threadId: id });
    if (stackFrames[0]?.name === 'tcp_rcv_state_process') {
      return stackFrames[0].id as number;
    }
  }
  throw new Error('nobody is there');
}

test('who wrote an expression, a variable of a container, and bytes: the same row', async () => {
  const frameId = await topFrame();
  const { found, row } = await client.request('sockscope/whoWrote', { expression: 'sk->state', frameId });
  expect([found, (row as Row).text]).toEqual(['change', expect.stringMatching(/^sk->state: .+ → .+$/)]);
  const { scopes } = await client.request('scopes', { frameId });
  const { variables } = await client.request('variables', { variablesReference: scopes[0].variablesReference });
  const sk = given(
    (variables as { name: string; variablesReference: number; memoryReference: string }[]).find(
      ({ name }) => name === 'sk',
    ),
    'such item',
  );
  const member = await client.request('sockscope/whoWrote', {
    variablesReference: sk.variablesReference,
    name: 'state',
  });
  expect(member.row.clock).toBe(row.clock);
  const { result } = await client.request('evaluate', {
    expression: '(unsigned long)&sk->state',
    frameId,
    context: 'watch',
  });
  const bytes = await client.request('sockscope/whoWrote', {
    memoryReference: String(parseInt(result as string, 10)),
    count: 1,
  });
  expect(bytes.row.clock).toBe(row.clock);
  const list = await client.request('sockscope/changes', { expression: 'sk->state', frameId });
  expect(lastOf(list.rows as Row[]).clock).toBe(row.clock);
  const next = await client.request('sockscope/nextChange', { expression: 'sk->state', frameId });
  expect((next.row as Row).clock).toBeGreaterThan(row.clock as number);
});

test('a socket is called by its name in the console and in hovers, not in watches', async () => {
  const frameId = await topFrame();
  const shown = async (context?: string): Promise<string> =>
    ((await client.request('evaluate', { expression: 'sk', frameId, context })) as { result: string }).result;
  const plain = await shown();
  expect(plain).toMatch(/^0x[0-9a-f]{8}$/);
  expect(await Promise.all(['watch', 'variables'].map(shown))).toEqual([plain, plain]);
  const [repl, hover] = await Promise.all(['repl', 'hover'].map(shown));
  expect(repl).toMatch(new RegExp(`^${plain} \\(\\S.*\\)$`));
  expect(hover).toBe(repl);
});

test('a parameter has not changed since the call', async () => {
  const frameId = await topFrame();
  const { found, row } = await client.request('sockscope/whoWrote', { expression: 'sk', frameId });
  expect([found, (row as Row).function]).toEqual(['sinceEntry', 'tcp_rcv_state_process']);
});

test('the whole run is asked, the part that has not run too', async () => {
  const { rows } = await client.request('sockscope/ask', { question: 'calls(tcp_set_state) show state' });
  expect((rows as Row[]).length).toBeGreaterThan(2);
  const moved = await client.move('sockscope/travelTo', { clock: itemAt(rows as Row[], 0).clock });
  expect(moved.reason).toBe('goto');
});

test('the console answers questions, and C that only looks like one', async () => {
  const repl = async (expression: string): Promise<string> =>
    ((await client.request('evaluate', { expression, context: 'repl' })) as { result: string }).result;
  expect(await repl('who jiffies')).toMatch(/jiffies: \d+ → \d+/);
  expect(await repl('changes jiffies')).toMatch(/jiffies: \d+ → \d+/);
  expect(await repl('ask packets where syn')).toContain('[S');
  expect(await repl('ask packets where syn && sport == 1')).toBe('never');
  await expect(repl('who = 1')).rejects.toThrow();
});

test('what cannot be asked is refused with its place', async () => {
  await expect(client.request('sockscope/ask', { question: 'calls(tcp_v4_rvc)' })).rejects.toThrow(/\^.*tcp_v4_rvc/);
  await expect(client.request('sockscope/whoWrote', {})).rejects.toThrow('Say what is meant');
  await expect(client.request('sockscope/whoWrote', { expression: '1 + 1' })).rejects.toThrow('nothing in memory');
  await expect(client.request('sockscope/ask', { question: 3 })).rejects.toThrow('"question" must be of type string');
});
