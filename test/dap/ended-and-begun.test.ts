/** What comes twice, too late, or after a run that could not be opened again; and words that DAP does not have. */
import { expect, test } from 'vitest';
import { openC } from '../session/c-session';
import { AdapterClient } from './adapter-client';
import { FakeSession } from './fake-session';

const afterEvents = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test.each([
  ['sockscope/travelTo', { clock: 0 }],
  ['sockscope/branch', {}],
  ['sockscope/switchBranch', { name: 'first' }],
  ['sockscope/undoBranch', {}],
  ['sockscope/intervene', { kind: 'drop-packet', packet: 1 }],
  ['sockscope/goToMoment', { name: '0' }],
  ['setExpression', { expression: 'state', value: '5' }],
  ['setVariable', { variablesReference: 1, name: 'state', value: '5' }],
  ['writeMemory', { memoryReference: '0x1100', data: 'AAAA' }],
  ['evaluate', { expression: 'undo', context: 'repl' }],
  ['goto', { threadId: 1, targetId: 1 }],
  ['stepBack', { threadId: 1 }],
])('after "terminated" nothing moves or changes: %s', async (command, args) => {
  const client = await AdapterClient.launched(new FakeSession());
  await client.move('continue');
  const terminated = client.event('terminated');
  await client.request('continue', { threadId: 1 });
  await terminated;
  await expect(client.request(command, args)).rejects.toThrow('The run is over');
});

test('"initialize" comes once', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  await expect(client.initialize({ linesStartAt1: false })).rejects.toThrow('"initialize" comes once');
});

test('a restart that fails ends the session, and the next one begins the run anew', async () => {
  let isBroken = false;
  const client = new AdapterClient({
    open: () => Promise.resolve({ session: isBroken ? undefined : new FakeSession(), diagnostics: [] }),
  });
  await client.initialize();
  await expect(client.request('restart', {})).rejects.toThrow('No run is open');
  await client.request('launch', { scenario: 'tcp-socket' });
  const first = client.event('stopped');
  await client.request('configurationDone');
  await first;
  isBroken = true;
  await expect(client.request('restart', {})).rejects.toThrow('could not be prepared');
  await afterEvents();
  expect(['exited', 'terminated'].map((name) => client.heard(name).length)).toEqual([1, 1]);
  await expect(client.request('threads')).rejects.toThrow('No run is open');
  isBroken = false;
  const again = client.event('stopped');
  await client.request('restart', {});
  await again;
  expect((await client.move('next')).reason).toBe('step');
});

test.each([
  ['next', { threadId: 1, granularity: 'word' }, '"granularity" must be of type "statement" | "line" | "instruction"'],
  ['variables', { variablesReference: 1, filter: 'all' }, '"filter" must be of type "indexed" | "named"'],
  ['setDataBreakpoints', { breakpoints: [{ dataId: '1:1:a', accessType: 'execute' }] }, '"breakpoints[0].accessType"'],
])('%s with a word that it does not have: %j', async (command, args, why) => {
  const client = await AdapterClient.launched(new FakeSession());
  await expect(client.request(command, args)).rejects.toThrow(why);
});

test('a process that has not begun, where one went back, is called by its name', async () => {
  const session = await openC('int run(void) { return 1; }\nint two(void) { return 2; }\n', [[['run']], [['two']]]);
  const client = await AdapterClient.launched(session, { stopOnEntry: true });
  await client.move('continue', { threadId: 2 });
  const before = (await client.request('threads')).threads.map(({ name }: { name: string }) => name);
  expect(before.length).toBeGreaterThan(0);
  const { description } = await client.move('stepBack', { threadId: 2 });
  expect(description).not.toMatch(/#\d/);
});

test.each(['watch', 'hover', 'repl', 'clipboard'])(
  'what is asked (%s) right before a step is answered of the moment before it',
  async (context) => {
    const client = await AdapterClient.launched(new FakeSession());
    const stopped = client.event('stopped');
    const value = client.request('evaluate', { expression: 'state', context });
    const step = client.request('next', { threadId: 1 });
    expect((await value).result).toBe('0');
    await step;
    await stopped;
  },
);

test('nothing that was written changes nothing', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  expect(await client.request('writeMemory', { memoryReference: '0x1100', data: '' })).toEqual({ bytesWritten: 0 });
  expect(client.heard('invalidated')).toEqual([]);
});
