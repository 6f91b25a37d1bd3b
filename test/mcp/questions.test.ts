/**
 * Ten questions that an agent would ask, over the SDK's own client: the conversation is a golden file, and every place
 * that an answer cites has the statement that stands there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

interface Answer {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly cites: readonly { readonly file: string; readonly line: number; readonly statement: string }[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const client = new Client({ name: 'test', version: '1' });
const patience = { timeout: 600_000 };

beforeAll(async () => {
  const env = { ...(process.env as Record<string, string>), SOCKSCOPE_CACHE: '' };
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [`${root}dist/cli.js`, 'mcp'],
      env,
      stderr: 'inherit',
    }),
  );
});
afterAll(() => client.close());

async function ask(name: string, given: object = {}): Promise<Answer & { readonly isError: boolean }> {
  const { content, isError } = await client.callTool({ name, arguments: given }, undefined, patience);
  return { ...(JSON.parse(content[0]?.text ?? '{}') as Answer), isError };
}

/** The C line that an answer cites is in the kernel there. */
function expectCited({ cites }: Answer, file: string, statement: string | RegExp): void {
  const cited = cites.filter((each) => each.file === file && each.statement.search(statement) >= 0);
  expect(cited, JSON.stringify(cites).slice(0, 2000)).not.toEqual([]);
  for (const { line, statement: text } of cited) {
    const source = readFileSync(`${root}media/kernel/${file}`, 'utf8')
      .split('\n')
      .slice(line - 1);
    expect(text.startsWith(source[0]?.trim() ?? '?')).toBe(true);
  }
}

test('every tool says what it is for and what it takes, and only reads', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name).sort()).toEqual(
    ['ask', 'back', 'document', 'evaluate', 'explain', 'list', 'origin', 'reach', 'run', 'step', 'who_wrote'].sort(),
  );
  expect(tools.every(({ description, annotations }) => description !== '' && 'readOnlyHint' in annotations)).toBe(true);
});

test('list names every scenario, with what each shows; find tells what it is about', async () => {
  const scenarios = readdirSync(`${root}media/scenarios`).filter((name) => name.endsWith('.pkt'));
  const { answer } = await ask('list');
  const rows = answer as object as readonly { readonly name: string; readonly shows: readonly string[] }[];
  expect(rows.map(({ name }) => `${name}.pkt`).sort()).toEqual(scenarios.sort());
  expect(rows.find(({ name }) => name === 'handshake')?.shows).toContain('tcp_v4_conn_request');
  const { answer: found } = await ask('list', { find: 'tcp_abort_on_overflow' });
  expect(found).toEqual([expect.objectContaining({ name: 'abort-on-overflow', about: expect.stringMatching(/RST/) })]);
});

test('ten questions', async () => {
  const transcript: { question: string; tool: string; given: object; answer: Answer }[] = [];
  const question = async (text: string, tool: string, given: object = {}): Promise<Answer> => {
    const { isError, answer, cites } = await ask(tool, given);
    expect(isError, JSON.stringify(answer)).toBe(false);
    transcript.push({ question: text, tool, given, answer: { answer, cites } });
    return { answer, cites };
  };
  await question('Which scenario shows a request becoming a connection?', 'reach', { place: 'tcp_check_req' });
  const opened = await question('Where does the server’s half of a handshake begin?', 'run', {
    scenario: 'handshake',
    stop_at: 'tcp_v4_conn_request',
  });
  expectCited(opened, 'net/ipv4/tcp_ipv4.c', /./);
  const { run } = opened.answer;
  await question('Which state is the listening socket in there?', 'evaluate', { run, expression: 'sk->state' });
  await question('What would another state be?', 'evaluate', { run, expression: 'sk->state = 7' });
  const same = await question('Is it still as it was?', 'evaluate', { run, expression: 'sk->state' });
  expect(same.answer.value).toMatch(/TCP_LISTEN/);
  await question('What comes next?', 'step', { run, kind: 'over', count: 2 });
  await question('And before that?', 'back', { run, kind: 'over' });
  const who = await question('Who closed the connection’s state last?', 'who_wrote', {
    scenario: 'handshake',
    expression: 'sk->state',
    at: 'tcp_ack',
  });
  expectCited(who, 'net/ipv4/tcp.c', 'sk->state = ');
  const calls = await question('When is an acknowledgement looked at?', 'ask', {
    scenario: 'handshake',
    question: 'calls(tcp_ack)',
  });
  expectCited(calls, 'net/ipv4/tcp_ack.c', /./);
  const explained = await question('What is tcp_ack?', 'explain', { name: 'tcp_ack' });
  expectCited(explained, 'net/ipv4/tcp_ack.c', 'int tcp_ack');
  await expect(`${JSON.stringify(transcript, null, 1)}\n`).toMatchFileSnapshot('goldens/ten-questions.json');
});

test.each([
  ['run', { scenario: 'handshak' }, /did you mean handshake/],
  ['run', { scenario: 'handshake', stop_at: 'nowhere' }, /no function 'nowhere'/],
  ['run', {}, /'scenario' is missing/],
  ['step', { run: 'run-99', kind: 'over' }, /no open run 'run-99'/],
  ['step', { run: 'run-1', kind: 'sideways' }, /one of into, over/],
  ['ask', { scenario: 'handshake', question: 'packets where' }, /./],
  ['who_wrote', { scenario: '--kernel', expression: 'x' }, /begins like an option/],
  ['explain', { name: 'no_such_thing' }, /./],
  ['document', { file: '/no/such/file.md' }, /./],
  ['shell', { command: 'ls' }, /no tool 'shell'/],
])('%s %j is refused in a sentence', async (tool, given, sentence) => {
  const { isError, answer } = await ask(tool, given);
  expect([isError, answer.error]).toEqual([true, expect.stringMatching(sentence)]);
});
