/** Bytes of source files to text and back: UTF-8, GBK, and what is neither. */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { decodeSource, encodeText } from '../../src/source/text-encoding';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part)));
const again = (source: Uint8Array): number[] => {
  const { text, encoding } = decodeSource(source);
  return [...encodeText(text, encoding)];
};

test('UTF-8 is itself, without its byte-order mark', () => {
  expect(decodeSource(bytes([0xef, 0xbb, 0xbf], 'é中'))).toEqual({ text: 'é中', encoding: 'utf-8' });
});

test('GBK has one character for two bytes, also where the second is a backslash', () => {
  const hello = bytes('"', [0xc4, 0xe3, 0xba, 0xc3, 0x95, 0x5c], '"');
  expect(decodeSource(hello)).toEqual({ text: '"你好昞"', encoding: 'gbk' });
  expect(again(hello)).toEqual([...hello]);
});

test('letters of European languages are taken byte by byte', () => {
  const jörg = bytes('/* J', [0xf6], 'rg, Andr', [0xe9], ' */');
  expect(decodeSource(jörg)).toEqual({ text: '/* Jörg, André */', encoding: 'latin-1' });
  expect(again(jörg)).toEqual([...jörg]);
});

test('any bytes come back as they were', () => {
  const all = Uint8Array.from({ length: 512 }, (_, at) => (at * 167 + (at >> 3)) & 0xff);
  expect(again(all)).toEqual([...all]);
});

test('Big5, told from GBK by the characters that every text has', () => {
  // 這是連接的函數，不在這裡。
  const words = bytes([
    0xb3, 0x6f, 0xac, 0x4f, 0xb3, 0x73, 0xb1, 0xb5, 0xaa, 0xba, 0xa8, 0xe7, 0xbc, 0xc6, 0xa1, 0x41, 0xa4, 0xa3, 0xa6,
    0x62, 0xb3, 0x6f, 0xb8, 0xcc, 0xa1, 0x43,
  ]);
  expect(decodeSource(words)).toEqual({ text: '這是連接的函數，不在這裡。', encoding: 'big5' });
  expect(again(words)).toEqual([...words]);
  expect(decodeSource(bytes('J', [0xf6], 'rg')).encoding).toBe('latin-1');
});

test('UTF-16 without a mark, where every second byte of most letters is zero', () => {
  const text = 'int f(void)\n{\n\treturn 0; /* 返回 */\n}\n';
  const little = Buffer.from(text, 'utf16le');
  expect(decodeSource(little).text).toBe(text);
  expect(decodeSource(Buffer.from(little).swap16()).text).toBe(text);
  expect(decodeSource(Buffer.from('int f;\0\0 g')).text).toBe('int f;\0\0 g');
  expect(decodeSource(Buffer.from('a\0b\u0001\u0002\u0003'.repeat(40))).text).toContain('\0');
});

test('UTF-16 where its mark says so', () => {
  expect(decodeSource(bytes([0xff, 0xfe, 0x61, 0, 0x2d, 0x4e])).text).toBe('a中');
  expect(decodeSource(bytes([0xfe, 0xff, 0, 0x61, 0x4e, 0x2d])).text).toBe('a中');
});

test('megabytes that may be Chinese, and are not, take little memory', async () => {
  const source = readFileSync(new URL('../../src/source/text-encoding.ts', import.meta.url), 'utf8');
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  const decoding = `${code}
    const bytes = new Uint8Array(9_000_000).map((_, at) => 0xa1 + ((at * 7919) % 93));
    require('node:worker_threads').parentPort.postMessage(module.exports.decodeSource(bytes).text.length);`;
  const worker = new Worker(decoding, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 100 } });
  const length = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  expect(length).toBeGreaterThan(4_000_000);
});
