/** What is typed in the console and happens: it is told once, at the moment where it was typed, and nothing is told again. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { expect, test } from 'vitest';
import { openScript } from '../session/kernel-session';
import { AdapterClient } from './adapter-client';

const script = `0 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 close(3) = 0
`;

async function launched(): Promise<AdapterClient> {
  const client = await AdapterClient.launched(await openScript(script), { stopOnEntry: true });
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'sys_listen' }] });
  await move(client, 'continue');
  return client;
}

async function move(client: AdapterClient, command: string): Promise<void> {
  const { threads } = await client.request('threads');
  await client.move(command, { threadId: threads.at(-1).id });
}

function told(client: AdapterClient): string[] {
  const events = client.heard('output') as DebugProtocol.OutputEvent[];
  return events.map(({ body }) => body.output.trim());
}

async function type(client: AdapterClient, expression: string): Promise<string> {
  const { result } = await client.request('evaluate', { expression, context: 'repl' });
  await new Promise((resolve) => setImmediate(resolve));
  return String(result);
}

test.each(['now', 'at the end', 'in the past'])('printk typed in the console prints, once: %s', async (when) => {
  const client = await launched();
  if (when !== 'now') {
    await move(client, 'continue');
  }
  if (when === 'in the past') {
    await move(client, 'reverseContinue');
  }
  const before = told(client).length;
  expect(await type(client, 'printk("hello %d\\n", 5)')).toBe('8');
  expect(told(client).slice(before)).toEqual([expect.stringContaining('Branch branch-1 begins'), 'hello 5']);
  const { branches } = await client.request('sockscope/branches');
  const { happenings } = await client.request('sockscope/happenings', { kinds: ['printk'] });
  expect(happenings.map(({ clock, text }: { clock: number; text: string }) => [clock, text.trim()])).toEqual([
    [branches.at(-1).clock, 'hello 5'],
  ]);
  const after = told(client).length;
  await move(client, 'next');
  expect(
    told(client)
      .slice(after)
      .filter((line) => /hello|socket\(|bind\(/.test(line)),
  ).toEqual([]);
});

test('a value that is set makes nothing be told again', async () => {
  const client = await launched();
  await move(client, 'continue');
  await move(client, 'reverseContinue');
  const before = told(client).length;
  await type(client, 'jiffies = 5');
  expect(told(client).slice(before)).toEqual([expect.stringContaining('Branch branch-1 begins')]);
  await move(client, 'continue');
  const lines = told(client).slice(before + 1);
  expect(lines.filter((line) => /socket\(|bind\(/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes('close(3) = 0')).length).toBe(1);
});
