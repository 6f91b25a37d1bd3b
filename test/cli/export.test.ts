/** `sockscope export`: the page of a scenario with and without a story; that nothing is overwritten unasked. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { check } from './cli-fixture';

const plain = '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 close(3) = 0\n';

test('writes one page with story, source, objects, notes and packets', async () => {
  const { written, out } = await check('export handshake -o lesson.html', { status: 0 });
  expect(out).toBe('');
  expect(Object.keys(written)).toEqual(['lesson.html']);
  const html = written['lesson.html'] ?? '';
  expect(html.length).toBeLessThan(3_000_000);
  expect(html.match(/<section class="moment"/g)?.length).toBeGreaterThan(4);
  for (const part of [
    'class="row here"',
    'struct sock',
    'class="note"',
    'data:image/svg+xml,',
    'tcp_v4_conn_request',
  ]) {
    expect(html).toContain(part);
  }
});

test('a run without a story has moments that it says are made', async () => {
  const { written } = await check('export own.pkt -o a.html', { status: 0 }, { files: { 'own.pkt': plain } });
  expect(written['a.html']).toContain('This run tells no story');
  expect(written['a.html']?.match(/<section class="moment"/g)).toHaveLength(2);
});

test('replaces a file only when it is told to', async () => {
  const files = { 'own.pkt': plain, 'a.html': 'mine' };
  const { written } = await check(
    'export own.pkt -o a.html',
    { status: 2, err: "'a.html' is there already" },
    { files },
  );
  expect(written).toEqual({});
  await check('export own.pkt -o a.html --force', { status: 0 }, { files });
});

test('wants a name that says what the file is', () =>
  check('export handshake -o lesson.txt', { status: 2, err: 'ends in .html' }));

test('what of a document was mended is told once', async () => {
  const page = readFileSync(new URL('../../media/documents/a-socket-is-born.md', import.meta.url), 'utf8');
  const at = page.indexOf('->', page.indexOf('static int inet_create'));
  const notes = `${page.slice(0, at)}−>${page.slice(at + 2)}`;
  const { err } = await check(
    'export tcp-socket -o a.html --document notes.md',
    { status: 0 },
    { files: { 'notes.md': notes } },
  );
  const lines = err.trim().split('\n');
  expect(lines.filter((line) => line.includes('SS7001'))).toHaveLength(1);
  expect(new Set(lines).size).toBe(lines.length);
});
