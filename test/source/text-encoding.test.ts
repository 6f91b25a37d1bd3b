/** Bytes of source files to text and back: UTF-8, GBK, and what is neither. */
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
