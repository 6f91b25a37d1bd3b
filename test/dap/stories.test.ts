/**
 * Two questions of users, answered over the real wire with at most six requests each; the transcripts are golden files
 * (`goldens/story-*.txt`, CONTRIBUTING.md says how they are rewritten).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const kept = mkdtempSync(join(tmpdir(), 'sockscope-stories-'));

/** Requests that a story may take once its scenario has begun. */
const most = 6;

let client: DebugClient;
let lines: string[];
let asked: number;

beforeEach(async () => {
  process.env.SOCKSCOPE_CACHE = kept;
  lines = [];
  asked = 0;
  client = new DebugClient(process.execPath, join(root, 'dist', 'dap-stdio.js'), 'sockscope');
  client.defaultTimeout = 300_000;
  await client.start();
  await client.initializeRequest({ adapterID: 'sockscope', pathFormat: 'path', locale: 'en' });
});
afterEach(() => client.stop());
afterAll(() => rmSync(kept, { recursive: true }));

/** Begins a scenario, which counts for nothing yet; gives the thread that stands. */
async function begin(scenario: string): Promise<number> {
  const initialized = client.waitForEvent('initialized');
  await client.launchRequest({ scenario } as DebugProtocol.LaunchRequestArguments);
  await initialized;
  const stopped = client.waitForEvent('stopped');
  await client.configurationDoneRequest();
  return ((await stopped) as DebugProtocol.StoppedEvent).body.threadId ?? 0;
}

function note(line: string): void {
  lines.push(line.replaceAll(root, '').replace(/\b0x[0-9a-f]{8}\b/g, '0x…'));
}

/** A request of the story, with the answer's body. */
async function ask<Body>(command: string, args: object): Promise<Body> {
  asked++;
  note(`→ ${command} ${JSON.stringify(args)}`);
  const { body } = (await client.send(command, args)) as { body: Body };
  note(`← ${JSON.stringify(body ?? {})}`);
  return body;
}

/** A request that moves the machine, with the stop and where that is: stacks are on the screen anyhow. */
async function move(command: string, args: object): Promise<DebugProtocol.StackFrame | undefined> {
  const stopped = client.waitForEvent('stopped');
  await ask(command, args);
  const { body } = (await stopped) as DebugProtocol.StoppedEvent;
  note(`! stopped ${body.reason}: ${body.description ?? ''}`);
  const threadId = body.threadId ?? 0;
  const [top] = (await client.stackTraceRequest({ threadId, levels: 1 })).body.stackFrames;
  note(`  ${top?.name} ${top?.source?.path}:${top?.line}`);
  return top;
}

async function check(name: string): Promise<void> {
  expect(asked).toBeLessThanOrEqual(most);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`goldens/story-${name}.txt`);
}

test('why did this SYN not get an answer?', async () => {
  const threadId = await begin('backlog-overflow');
  await ask('setFunctionBreakpoints', { breakpoints: [{ name: 'tcp_v4_conn_request', hitCondition: '5' }] });
  await move('continue', { threadId });
  const { threads } = (await client.threadsRequest()).body;
  await move('stepOut', { threadId: threads[0]?.id });
  const gaveUp = await move('sockscope/stepBackInto', { threadId: threads[0]?.id });
  expect(gaveUp?.name).toBe('tcp_v4_conn_request');
  const because = await move('sockscope/stepBackInto', { threadId: threads[0]?.id });
  expect(because?.name).toMatch(/^tcp_v4_may_queue/);
  const { result } = await ask<DebugProtocol.EvaluateResponse['body']>('evaluate', {
    expression: 'sk->ack_backlog > sk->max_ack_backlog',
    frameId: because?.id,
    context: 'watch',
  });
  expect(result).toBe('1');
  await check('syn');
});

test('why does connect() give EADDRNOTAVAIL?', async () => {
  const threadId = await begin('same-connection-twice');
  const filterOptions = [{ filterId: 'errno', condition: 'EADDRNOTAVAIL' }];
  await ask('setExceptionBreakpoints', { filters: [], filterOptions });
  const fails = await move('continue', { threadId });
  expect(fails?.name).toBe('sys_connect');
  // The function that looks whether a connection of these names exists: was it asked, and what did it say?
  await ask('setFunctionBreakpoints', { breakpoints: [{ name: 'tcp_v4_check_established' }] });
  await move('reverseContinue', { threadId });
  await move('stepOut', { threadId });
  const says = await move('sockscope/stepBackInto', { threadId });
  expect(says?.name).toMatch(/^tcp_v4_check_established/);
  await check('connect');
});
