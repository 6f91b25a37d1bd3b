/** Which comments of documents our corrections are for: by function, statement and what the comment says. */
import { wording } from '../../src/sentences/wording';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { correctionsOf } from '../../src/catalog/corrections';
import { SourceFile } from '../../src/source/source-file';

const path = 'media/annotations/statements/document-corrections.yaml';
const bundled = Catalog.load([new SourceFile(path, readFileSync(resolve(__dirname, '../..', path), 'utf8'))]);

const titlesOf = (name: string, statement: string | undefined, text: string, catalog = bundled): string[] =>
  correctionsOf(catalog, { function: name, statement, text }).map(({ id, title }) => title?.en ?? id);

const privileged = 'if (snum && snum < PROT_SOCK && !capable(CAP_NET_BIND_SERVICE))';

test.each([
  ['inet_bind', privileged, '端口 1 - 1024 需要权限', 'Corrected: ports below 1024'],
  ['inet_bind', privileged, 'ports 1 to 1024', 'Corrected: ports below 1024'],
  ['tcp_listen_start', undefined, 'see NET/ipv4/tcp.h', 'Corrected: the file is net/ipv4/tcp.c'],
  ['tcp_listen_start', 'tcp_delack_init(tp);', 'TP 清0', 'Corrected: only the delayed-ACK part'],
  [
    'inet_stream_connect',
    'if ((1<<sk->state)&(TCPF_SYN_SENT|TCPF_SYN_RECV))',
    '连接为完成',
    'A misprint: not finished',
  ],
  ['sock_init_data', 'sk->rcvtimeo = MAX_SCHEDULE_TIMEOUT;', '接受，发送', 'A wrong word: receive, not accept'],
  ['inet_bind', 'if (sk->prot->get_port(sk, snum) != 0)', '看是否重用', 'Corrected: whether the port is in use'],
])('in %s a comment on %s that says %s', (name, statement, text, title) => {
  expect(titlesOf(name, statement, text)).toEqual([title]);
});

test.each([
  ['another function', 'raw_bind', privileged, '1-1024'],
  ['another statement', 'inet_bind', 'snum = ntohs(addr->sin_port);', '1-1024'],
  ['what is right', 'inet_bind', privileged, 'ports below 1024 need a right'],
  ['the header that exists', 'tcp_listen_start', undefined, 'include/net/tcp.h'],
  ['a finished connection', 'inet_stream_connect', 'sock->state = SS_CONNECTED;', '连接为完成'],
])('%s is not corrected', (_what, name, statement, text) => {
  expect(titlesOf(name, statement, text)).toEqual([]);
});

test('a correction needs its functions; it is no note of its own', () => {
  const pack = new SourceFile(
    'own.yaml',
    'entries:\n  - correction: never\n    en: Sometimes.\n  - correction: [a, b]\n    in: f\n    on: x\n    en: Not so.\n',
  );
  const catalog = Catalog.load([pack]);
  expect(catalog.diagnostics.map(({ message }) => wording(message, 'en'))).toEqual([
    'a correction must say which function it is about',
  ]);
  expect(titlesOf('f', 'g(x);', 'B', catalog)).toEqual(['correction:a']);
  expect(catalog.statementsIn('f')).toEqual([]);
});
