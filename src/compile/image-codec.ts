/**
 * A compiled program as bytes and back, for a cache outside of this process.
 *
 * In: an image, the files it was made from, its diagnostics and macros. Out: one block: 32-bit words (magic, format,
 * lengths, checksum), JSON in sections, long tables as columns of numbers, wasm, initial data. Bytes that are damaged or of another format give undefined,
 * never an exception.
 */
import { itemAt, lastOf } from '../base/checked-access';
import type { Words } from '../sentences/sentence';
import type { Image } from '../abi/image';
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import type { Replaced } from '../source/replacement';
import { SourceFile, type Span } from '../source/source-file';
import { columnsOf, functionsFrom, statementsFrom, type DebugColumns } from './debug-codec';
import type { StoredMacros } from './stored-macros';

/** Counts changes of what is stored. */
export const IMAGE_FORMAT = 14;

/**
 * Each file asked for, by path: the hash of its text, or null when there was none (an include was looked for there).
 */
export type FilesRead = Readonly<Record<string, string | null>>;

/** By path, the stamps of those files that had one before they were read. */
export type FileStamps = Readonly<Record<string, string>>;

export interface StoredProgram {
  readonly image: Image;
  readonly files: FilesRead;
  readonly stamps: FileStamps;
  readonly diagnostics: readonly Diagnostic[];
  readonly macros: StoredMacros;
  readonly replaced?: Replaced | undefined;
}

const MAGIC = 0x53534d49;

interface StoredSpan {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}
/** A diagnostic without its files: plain data. */
export type StoredDiagnostic = Omit<Diagnostic, 'span' | 'related'> & {
  readonly span?: StoredSpan | undefined;
  readonly related?: readonly { readonly span: StoredSpan; readonly message: Words }[] | undefined;
};
type StoredDebug = Image['debug'];
/** Parts in JSON, each read by itself and when it is wanted: the large ones take tens of milliseconds. */
interface Sections {
  readonly head: StoredHead;
  readonly rest: {
    readonly image: Omit<Image, 'wasm' | 'data' | 'debug'>;
    readonly debug: Omit<StoredDebug, 'types' | 'functions' | 'statements'>;
    readonly replaced?: Replaced | undefined;
  };
  readonly types: StoredDebug['types'];
  readonly functions: DebugColumns['heads'];
  readonly words: DebugColumns['words'];
}
const SECTIONS = ['head', 'rest', 'types', 'functions', 'words'] as const;
/** Blocks of bytes behind them. */
const BLOCKS = ['macros', 'statements', 'points', 'wasm', 'data'] as const;
type BlockName = (typeof SECTIONS)[number] | (typeof BLOCKS)[number];
/** Magic, format, length of each block, checksum. */
const HEADER = (2 + SECTIONS.length + BLOCKS.length + 1) * 4;

export function encodeProgram({ image, files, stamps, diagnostics, macros, replaced }: StoredProgram): Uint8Array {
  const { wasm, data, debug, ...rest } = image;
  const { types, functions, statements, ...other } = debug;
  const { heads, words, ...columns } = columnsOf(functions, statements);
  const sections: Sections = {
    head: { files, stamps, diagnostics: diagnostics.map(storeDiagnostic) },
    rest: { image: rest, debug: other, replaced },
    types,
    functions: heads,
    words,
  };
  const encoder = new TextEncoder();
  const blocks = [
    ...SECTIONS.map((name) => encoder.encode(JSON.stringify(sections[name]))),
    encoder.encode(macros),
    bytesOf(columns.statements),
    bytesOf(columns.points),
    wasm,
    data,
  ];
  const bytes = new Uint8Array(HEADER + blocks.reduce((sum, block) => sum + block.length, 0));
  let at = HEADER;
  for (const block of blocks) {
    bytes.set(block, at);
    at += block.length;
  }
  const view = new DataView(bytes.buffer);
  [MAGIC, IMAGE_FORMAT, ...blocks.map((block) => block.length), checksum(bytes, HEADER)].forEach((word, index) =>
    view.setUint32(index * 4, word, true),
  );
  return bytes;
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** `files` in the answer still has to be compared with what is there now. */
export function decodeProgram(bytes: Uint8Array, loader: FileLoader): StoredProgram | undefined {
  if (!isUndamaged(bytes)) {
    return undefined;
  }
  const steps = decodeInSteps(bytes, loader);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}

/** What a stored program was made from, and what was wrong with that: read without the rest, which takes longer. */
export type StoredHead = Pick<StoredProgram, 'files' | 'stamps'> & {
  readonly diagnostics: readonly StoredDiagnostic[];
};

/** Undefined for bytes that are damaged. */
export function decodeHead(bytes: Uint8Array): StoredHead | undefined {
  if (!isUndamaged(bytes)) {
    return undefined;
  }
  try {
    return sectionsOf(bytes)('head');
  } catch {
    return undefined;
  }
}

/**
 * The whole of bytes whose head was read before, giving way between the parts. The wasm comes first: it may be compiled
 * meanwhile.
 */
export function* decodeInSteps(
  bytes: Uint8Array,
  loader: FileLoader,
): Generator<Uint8Array | undefined, StoredProgram | undefined> {
  if (!isWhole(bytes)) {
    return undefined;
  }
  const blocks = blocksOf(bytes);
  const section = sectionsOf(bytes);
  const wasm = blocks.wasm.slice();
  yield wasm;
  try {
    const { files, stamps, diagnostics } = section('head');
    const { image, debug, replaced } = section('rest');
    yield;
    const types = section('types');
    yield;
    const heads = section('functions');
    yield;
    const words = section('words');
    const functions = functionsFrom(heads, numbersIn(blocks.points), words);
    yield;
    // What only explains names needs no statements, and macros are asked for by those who type expressions.
    let statements: StoredDebug['statements'] | undefined;
    let macros: StoredMacros | undefined;
    const whole: StoredDebug = {
      ...debug,
      types,
      functions,
      get statements() {
        return (statements ??= statementsFrom(numbersIn(blocks.statements), words));
      },
    };
    return {
      image: { ...image, debug: whole, wasm, data: blocks.data.slice() },
      files,
      stamps,
      get macros() {
        return (macros ??= new TextDecoder().decode(blocks.macros));
      },
      replaced,
      diagnostics: diagnostics.map((diagnostic) => restoreDiagnostic(diagnostic, loader)),
    };
  } catch {
    return undefined;
  }
}

/** A copy: `slice` of Node's buffers makes none. */
function numbersIn(block: Uint8Array): Int32Array {
  return new Int32Array(new Uint8Array(block).buffer);
}

/** Reads a section of undamaged bytes. */
function sectionsOf(bytes: Uint8Array): <Name extends keyof Sections>(name: Name) => Sections[Name] {
  const blocks = blocksOf(bytes);
  const decoder = new TextDecoder();
  return (name) => JSON.parse(decoder.decode(blocks[name])) as Sections[typeof name];
}

function wordsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  return Array.from({ length: HEADER / 4 }, (_, index) => view.getUint32(index * 4, true));
}

function lengthsOf(bytes: Uint8Array): number[] {
  return wordsOf(bytes).slice(2, -1);
}

function lastWord(bytes: Uint8Array): number {
  return lastOf(wordsOf(bytes));
}

function isUndamaged(bytes: Uint8Array): boolean {
  return isWhole(bytes) && lastWord(bytes) === checksum(bytes, HEADER);
}

function isWhole(bytes: Uint8Array): boolean {
  const [magic, format] = bytes.length < HEADER ? [] : wordsOf(bytes);
  return magic === MAGIC && format === IMAGE_FORMAT && isOfItsLength(bytes, bytes.length);
}

/**
 * Whether a file of `size` bytes that begins with `head` broke off: it is too short for anything that is kept, begins with the
 * zeros of a block that was never written, or is an image of this format and another length.
 */
export function isBrokenOff(head: Uint8Array, size: number): boolean {
  if (head.length < HEADER || head.every((byte) => byte === 0)) {
    return true;
  }
  const [magic, format] = wordsOf(head);
  return magic === MAGIC && format === IMAGE_FORMAT && !isOfItsLength(head, size);
}

function isOfItsLength(head: Uint8Array, size: number): boolean {
  return lengthsOf(head).reduce((sum, each) => sum + each, HEADER) === size;
}

function blocksOf(bytes: Uint8Array): Readonly<Record<BlockName, Uint8Array>> {
  let at = HEADER;
  const blocks = lengthsOf(bytes).map((length) => bytes.subarray(at, (at += length)));
  return Object.fromEntries([...SECTIONS, ...BLOCKS].map((name, index) => [name, itemAt(blocks, index)])) as Record<
    BlockName,
    Uint8Array
  >;
}

/** FNV-1a over words and the bytes behind them, in four sums of every fourth word: finds damage, not malice. */
function checksum(bytes: Uint8Array, from: number): number {
  const count = (bytes.length - from) >> 2;
  const start = bytes.byteOffset + from;
  const words =
    start % 4 === 0 ? new Int32Array(bytes.buffer, start, count) : numbersIn(bytes.subarray(from, from + 4 * count));
  let [a, b, c, d] = [0x811c9dc5, 0x811c9dc6, 0x811c9dc7, 0x811c9dc8];
  let at = 0;
  for (; at + 4 <= count; at += 4) {
    a = mixed(a, words[at] ?? 0);
    b = mixed(b, words[at + 1] ?? 0);
    c = mixed(c, words[at + 2] ?? 0);
    d = mixed(d, words[at + 3] ?? 0);
  }
  const sum = [b, c, d, ...words.subarray(at), ...bytes.subarray(from + 4 * count)].reduce(mixed, a);
  return sum >>> 0;
}

function mixed(sum: number, word: number): number {
  const product = Math.imul(sum ^ word, 0x01000193);
  // A word's high bits reach the low ones too.
  return product ^ (product >>> 15);
}

function storeSpan({ file, start, end }: Span): StoredSpan {
  return { path: file.path, start, end };
}

function restoreSpan({ path, start, end }: StoredSpan, loader: FileLoader): Span {
  return { file: loader.load(path) ?? new SourceFile(path, ''), start, end };
}

export function storeDiagnostic({ span, related, ...rest }: Diagnostic): StoredDiagnostic {
  return {
    ...rest,
    span: span && storeSpan(span),
    related: related?.map((each) => ({ span: storeSpan(each.span), message: each.message })),
  };
}

export function restoreDiagnostic({ span, related, ...rest }: StoredDiagnostic, loader: FileLoader): Diagnostic {
  return {
    ...rest,
    ...(span ? { span: restoreSpan(span, loader) } : {}),
    ...(related
      ? { related: related.map((each) => ({ span: restoreSpan(each.span, loader), message: each.message })) }
      : {}),
  };
}
