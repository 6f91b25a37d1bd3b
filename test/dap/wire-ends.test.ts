/** How `dist/dap-stdio.js` ends: with its client, with the last answers written, or with a sentence about what came. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const adapter = fileURLToPath(new URL('../../dist/dap-stdio.js', import.meta.url));

async function talk(input: string, locale = 'C'): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [adapter], { stdio: 'pipe', env: { ...process.env, LC_ALL: locale } });
  let out = '';
  let err = '';
  child.stdout.on('data', (bytes) => (out += bytes));
  child.stderr.on('data', (bytes) => (err += bytes));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, out, err };
}

function request(seq: number, command: string, args: object = {}): string {
  const body = JSON.stringify({ seq, type: 'request', command, arguments: args });
  return `Content-Length: ${body.length}\r\n\r\n${body}`;
}

test.each([
  ['no header', 'hello\r\n\r\n', 'no Content-Length'],
  ['a body that is no JSON', 'Content-Length: 3\r\n\r\n{a}', 'no JSON'],
  ['an end in the middle', 'Content-Length: 30\r\n\r\n{"seq":', 'ends within a message'],
])('%s: a sentence on standard error, status 1', async (_name, input, told) => {
  const { status, err } = await talk(input);
  expect([status, err]).toEqual([1, expect.stringContaining(`not the Debug Adapter Protocol: `)]);
  expect(err).toContain(told);
});

test('what came instead is told in the language of the locale', async () => {
  const { status, err } = await talk('hello\r\n\r\n', 'zh_CN.UTF-8');
  expect([status, err]).toEqual([1, 'sockscope: 收到的不是 Debug Adapter Protocol 的内容：头部没有 Content-Length\n']);
});

test('what is no message is passed over: told, answered where one knows what was asked, and the status says so', async () => {
  const broken = request(2, 'threads')
    .replace(/}}$/, ',}}')
    .replace(/\d+/, (length) => `${Number(length) + 1}`);
  const { status, out, err } = await talk(
    request(1, 'initialize', { adapterID: 'x' }) +
      broken +
      request(3, 'threads') +
      'noise\r\n\r\n' +
      request(4, 'disconnect'),
  );
  expect([status, err.trim().split('\n')]).toEqual([
    1,
    [expect.stringContaining('a body that is no JSON'), expect.stringContaining('no Content-Length in the header')],
  ]);
  expect([...out.matchAll(/"request_seq":(\d)/g)].map(([, seq]) => seq).sort()).toEqual(['1', '2', '3', '4']);
  expect(out).toMatch(/"success":false,"message":"[^"]*a body that is no JSON"/);
});

test('the answers to the last requests arrive before it ends', async () => {
  const { status, out, err } = await talk(
    request(1, 'initialize', { adapterID: 'x' }) + request(2, 'nonsense') + request(3, 'disconnect'),
  );
  expect([status, err]).toEqual([0, '']);
  expect([...out.matchAll(/"request_seq":(\d)/g)].map(([, seq]) => seq).sort()).toEqual(['1', '2', '3']);
});
