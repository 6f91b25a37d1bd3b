/** Columns of what is wrong in a tree count characters, whatever the file's encoding. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diskTree } from '../../src/hosts/disk-tree';
import { openProgram, ProgramCache } from '../../src/facade/open-session';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from './tree-fixture';

let folder: string;
/** A function with a comment of these bytes in front of its mistake. */
const source = (name: string, comment: readonly number[]): Uint8Array => {
  const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];
  return Uint8Array.from([
    ...ascii(`int ${name}(void)\n{\n\t/* `),
    ...comment,
    ...ascii(' */ nowhere = 1;\n\treturn 1;\n}\n'),
  ]);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tree-'));
  const files: Readonly<Record<string, string | Uint8Array>> = {
    Makefile: 'VERSION = 2\nPATCHLEVEL = 4\nSUBLEVEL = 18\n',
    'include/net/sock.h': '',
    // 中文 and 這裡, the second with a trail byte that is an ASCII letter, and éèü.
    'net/ipv4/af_inet.c': source('inet_create', [0xd6, 0xd0, 0xce, 0xc4]),
    'net/ipv4/tcp.c': source('tcp_accept', [0xb3, 0x6f, 0xb8, 0xcc, 0xb8, 0xcc, 0xb8, 0xcc]),
    'net/ipv4/raw.c': source('raw_init', [0xe9, 0x20, 0xe8, 0x20, 0xfc]),
    'net/ipv4/udp.c': source('udp_init', [0xe4, 0xb8, 0xad, 0xe6, 0x96, 0x87]),
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('GBK, Big5, Latin-1, UTF-8', async () => {
  const { diagnostics } = await openProgram({
    media: mediaTexts(),
    wasm: wasmFiles(),
    cache: new ProgramCache(),
    kernel: { loader: diskTree(folder), name: 'tree' },
  });
  const told = diagnostics.map((each) => formatDiagnostic(each)).filter((text) => text.includes("'nowhere'"));
  expect(told.map((text) => text.split(': ')[0]).sort()).toEqual([
    'net/ipv4/af_inet.c:3:11',
    'net/ipv4/raw.c:3:14',
    'net/ipv4/tcp.c:3:13',
    'net/ipv4/udp.c:3:11',
  ]);
});
