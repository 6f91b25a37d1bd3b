/**
 * The tools for agents have one description: package.json offers VS Code's language models what `sockscope mcp` offers, and
 * both reach the same answers.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { AgentProcess } from '../../src/hosts/agent-process';
import { nodeIo } from '../../src/hosts/node-io';
import { ToolServer } from '../../src/mcp/server';

interface Contribution {
  readonly name: string;
  readonly displayName: string;
  readonly userDescription: string;
  readonly modelDescription: string;
  readonly inputSchema: object;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const { contributes } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  contributes: { languageModelTools: readonly Contribution[] };
};
const cli = `${root}dist/cli.js`;
const tools = new AgentProcess(cli);
afterAll(() => tools.dispose());

test('package.json describes the tools of `sockscope mcp`, in the same words', () => {
  const described = new ToolServer(nodeIo(cli, () => false)).list();
  const wanted = described.map(({ name, description, inputSchema }) => ({
    name: `sockscope_${name}`,
    displayName: `%tool.${name}.title%`,
    userDescription: `%tool.${name}.description%`,
    modelDescription: `SockScope, the socket layer of Linux 2.4 run statement by statement: ${description}`,
    canBeReferencedInPrompt: true,
    toolReferenceName: `sockscope_${name}`,
    tags: ['sockscope'],
    when: '!isWeb || remoteName',
    inputSchema,
  }));
  expect(contributes.languageModelTools).toEqual(wanted);
});

test('calls are answered by name, several at a time, and a mistake with a sentence', async () => {
  const [listed, explained, wrong] = await Promise.all([
    tools.call('list', {}, undefined),
    tools.call('explain', { name: 'tcp_ack' }, undefined),
    tools.call('run', { scenario: 'handshak' }, undefined),
  ]);
  expect(listed.text).toContain('tcp-socket');
  expect(explained.text).toContain('net/ipv4/tcp_ack.c');
  expect([listed.isError, explained.isError, wrong.isError]).toEqual([false, false, true]);
  expect(wrong.text).toContain('did you mean handshake');
});

test('a run that one call opened is there for the next', async () => {
  const opened = await tools.call('run', { scenario: 'handshake', stop_at: 'tcp_v4_conn_request' }, undefined);
  const { answer } = JSON.parse(opened.text) as { answer: { run: string } };
  const { text } = await tools.call('evaluate', { run: answer.run, expression: 'sk->state' }, undefined);
  expect(text).toContain('TCP_LISTEN');
});

test('a process that cannot start, or ends, is told; the next call starts another', async () => {
  const broken = new AgentProcess(`${root}dist/no-such-file.js`);
  await expect(broken.call('list', {}, undefined)).rejects.toThrow(/no-such-file/);
  await expect(broken.call('list', {}, undefined)).rejects.toThrow(/no-such-file/);
  broken.dispose();
  const ending = new AgentProcess(cli);
  const unanswered = ending.call('list', {}, undefined);
  ending.dispose();
  await expect(unanswered).rejects.toThrow();
  await expect(ending.call('list', {}, undefined)).resolves.toMatchObject({ isError: false });
  ending.dispose();
});

test('a question does not keep the engine from optimising the runs after it', async () => {
  let asked = 0;
  const host = { ...nodeIo(cli, () => false), imageStore: undefined, compileSparingly: () => void asked++ };
  const server = new ToolServer(host);
  await server.call('explain', { name: 'inet_create' });
  // The second one has its program at hand.
  const { isError } = await server.call('explain', { name: 'tcp_accept' });
  expect([isError, asked]).toEqual([false, 0]);
});
