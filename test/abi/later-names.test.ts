/** Names of later kernels lead to names that the bundled kernel has, but for a few of whole trees. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { namesBefore } from '../../src/abi/linux-later-names';
import { itemAt } from '../../src/base/checked-access';
import { filesBelow, realTree } from '../tree/tree-fixture';

const root = fileURLToPath(new URL('../../', import.meta.url));
const table = readFileSync(`${root}src/abi/linux-later-names.ts`, 'utf8');
const pairs = [...table.matchAll(/(\w+): '([\w.]+)'/g)].map((match) => [itemAt(match, 1), itemAt(match, 2)] as const);

/** Every word of the C below a folder. */
function wordsOf(folder: string, places: readonly string[]): Set<string> {
  const files = places.flatMap((place) => filesBelow(folder, place, /\.[ch]$/));
  return new Set(files.flatMap((path) => readFileSync(`${folder}/${path}`, 'latin1').match(/\w+/g) ?? []));
}

/** What only trees have, of those who are led there. */
const OF_TREES = ['tcp_openreq_alloc', 'tcp_bind_conflict', '__tcp_inherit_port', 'tcp_eat_skb'];
/** Added by a later 2.4 than 2.4.0. */
const OF_LATER_TREES = ['tcp_bind_conflict'];

test('each name leads to one that the bundled kernel has', () => {
  const words = wordsOf(`${root}media/kernel`, ['.']);
  const missing = pairs.filter(([, here]) => here.split('.').some((part) => !words.has(part)));
  expect(pairs.length).toBeGreaterThan(80);
  expect(missing.map(([, here]) => here).filter((here) => !OF_TREES.includes(here))).toEqual([]);
});

test('names are told as 2.4 has them, members by their struct', () => {
  expect(namesBefore('request_sock')).toEqual(['open_request']);
  expect(namesBefore('sk_state')).toEqual(['sock.state']);
  expect(namesBefore('inet_sk')).toContain('sock.protinfo');
  expect(namesBefore('tcp_accept')).toEqual([]);
});

test.skipIf(!realTree)('Linux 2.4.0 has what they lead to, and not the names of later kernels', () => {
  const words = wordsOf(realTree ?? '', ['net/ipv4', 'net/core', 'net/socket.c', 'include', 'kernel', 'mm']);
  const missing = pairs.filter(([, here]) => here.split('.').some((part) => !words.has(part)));
  expect(missing.map(([, here]) => here).filter((here) => !OF_LATER_TREES.includes(here))).toEqual([]);
  const network = wordsOf(realTree ?? '', ['net/ipv4', 'net/core', 'net/socket.c', 'include/net']);
  expect(pairs.map(([later]) => later).filter((later) => network.has(later))).toEqual([]);
});
