/** The documents that come with SockScope: whole, the kernel's own C, the same in both languages. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { normalise } from '../../src/reading/outline';
import { functionsOf, read } from './document-fixture';

const media = fileURLToPath(new URL('../../media/', import.meta.url));
const sources = ['net/socket.c', 'net/ipv4/af_inet.c', 'net/core/sock.c', 'net/ipv4/tcp_ipv4.c'];
const pages = ['a-socket-is-born.md', 'a-socket-is-born.zh-CN.md'];
const kernel = sources.map((path) => normalise(readFileSync(`${media}kernel/${path}`, 'utf8'))).join(' ');

test.each(pages)('%s: every listing runs and is the bundled kernel', (page) => {
  const document = read(readFileSync(`${media}documents/${page}`, 'utf8'), page);
  expect(functionsOf(document)).toEqual([
    'sock_create whole*',
    'inet_create whole*',
    'sock_init_data whole*',
    'tcp_v4_init_sock whole*',
  ]);
  expect(document.diagnostics).toEqual([]);
  for (const { name, code } of document.functions) {
    expect(kernel.includes(normalise(code)), name).toBe(true);
  }
});

test('both pages have the same parts and annotate the same statements', () => {
  const [english, chinese] = pages.map((page) => {
    const { parts, notes, file } = read(readFileSync(`${media}documents/${page}`, 'utf8'), page);
    return {
      parts: parts.filter(({ kind }) => kind !== 'paragraph').map(({ kind }) => kind),
      notes: notes.map(({ statement }) => statement && file.text.slice(statement.start, statement.end)),
    };
  });
  expect(chinese).toEqual(english);
});
