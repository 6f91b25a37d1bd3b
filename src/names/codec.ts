/**
 * An index of names as bytes and back. In: the names of a tree. Out: one block: 32-bit words (magic, format, lengths,
 * checksum), a JSON list of the files, the table of names one a line, then the arrays. Bytes that are damaged or of
 * another format give undefined.
 */
import { AtomTable, knownCount } from '../preprocess/atoms';
import type { FileNames } from './file-names';
import { TreeNames } from './tree-names';

/** Counts changes of what is stored, also of what is found in a text. */
export const NAMES_FORMAT = 1;
const MAGIC = 0x4d4e5353;
/** Magic, format, bytes of the list, of the names, checksum. */
const HEADER = 5 * 4;

/** Path, hash, stamp, and the lengths of the arrays. */
type Listed = readonly [path: string, hash: string, stamp: string, ...lengths: Lengths];
type Lengths = readonly [names: number, lines: number, definitions: number, slots: number];

export function encodeNames(tree: TreeNames): Uint8Array {
  const { files, table } = tree;
  const encoder = new TextEncoder();
  const list = encoder.encode(
    JSON.stringify(files.map((each): Listed => [each.path, each.hash, each.stamp, ...lengthsOf(each)])),
  );
  const spellings: string[] = [];
  for (let atom = knownCount; atom < table.size; atom++) {
    spellings.push(table.text(atom));
  }
  const names = encoder.encode(spellings.join('\n'));
  const words = files.reduce((sum, each) => sum + wordsOf(lengthsOf(each)), 0);
  const start = aligned(HEADER + list.length + names.length);
  const bytes = new Uint8Array(start + words * 4);
  bytes.set(list, HEADER);
  bytes.set(names, HEADER + list.length);
  let at = start;
  for (const file of files) {
    for (const array of [file.offsets, file.names, file.lines, file.definitions, file.slots, file.roles, file.bases]) {
      bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
      at = aligned(at + array.byteLength);
    }
  }
  const view = new DataView(bytes.buffer);
  [MAGIC, NAMES_FORMAT, list.length, names.length, checksum(bytes)].forEach((word, index) =>
    view.setUint32(index * 4, word, true),
  );
  return bytes;
}

export function decodeNames(stored: Uint8Array): TreeNames | undefined {
  // The arrays lie where the bytes are, which must be at a whole word.
  const bytes = stored.byteOffset % 4 === 0 ? stored : stored.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [magic, format, listed, spelled, sum] = [0, 1, 2, 3, 4].map((each) =>
    bytes.length >= HEADER ? view.getUint32(each * 4, true) : 0,
  ) as [number, number, number, number, number];
  if (
    magic !== MAGIC ||
    format !== NAMES_FORMAT ||
    HEADER + listed + spelled > bytes.length ||
    sum !== checksum(bytes)
  ) {
    return undefined;
  }
  const decoder = new TextDecoder();
  const list = JSON.parse(decoder.decode(bytes.subarray(HEADER, HEADER + listed))) as readonly Listed[];
  const tree = new TreeNames(tableOf(decoder.decode(bytes.subarray(HEADER + listed, HEADER + listed + spelled))));
  let at = aligned(HEADER + listed + spelled);
  const next = (length: number, size: number): number => {
    const from = bytes.byteOffset + at;
    at = aligned(at + length * size);
    return from;
  };
  for (const [path, hash, stamp, ...lengths] of list) {
    const [names, lines, definitions, slots] = lengths;
    if (at + wordsOf(lengths) * 4 > bytes.length) {
      return undefined;
    }
    const file: FileNames = {
      path,
      hash,
      stamp,
      offsets: new Uint32Array(bytes.buffer, next(names, 4), names),
      names: new Uint32Array(bytes.buffer, next(names, 4), names),
      lines: new Uint32Array(bytes.buffer, next(lines, 4), lines),
      definitions: new Int32Array(bytes.buffer, next(definitions, 4), definitions),
      slots: new Int32Array(bytes.buffer, next(slots, 4), slots),
      roles: new Uint8Array(bytes.buffer, next(names, 1), names),
      bases: new Uint8Array(bytes.buffer, next(names, 1), names),
    };
    tree.add(file);
  }
  return tree;
}

function tableOf(names: string): AtomTable {
  const table = new AtomTable();
  if (names !== '') {
    names.split('\n').forEach((name) => table.intern(name));
  }
  return table;
}

function lengthsOf({ names, lines, definitions, slots }: FileNames): Lengths {
  return [names.length, lines.length, definitions.length, slots.length];
}

function wordsOf([names, lines, definitions, slots]: Lengths): number {
  return 2 * names + lines + definitions + slots + 2 * (aligned(names) >> 2);
}

function aligned(length: number): number {
  return (length + 3) & -4;
}

/** Over the words behind the header. */
function checksum(bytes: Uint8Array): number {
  let sum = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = HEADER; at + 4 <= bytes.length; at += 4) {
    sum = (Math.imul(sum, 31) + view.getUint32(at, true)) | 0;
  }
  return sum >>> 0;
}
