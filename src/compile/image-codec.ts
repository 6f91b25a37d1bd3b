/**
 * A compiled program as bytes and back, for a cache outside of this process.
 *
 * In: an image, the files it was made from, its diagnostics and macros. Out: one block: 32-bit words (magic, format,
 * lengths, checksum), JSON in sections, wasm, initial data. Bytes that are damaged or of another format give undefined,
 * never an exception.
 */
import { lastOf } from '../base/checked-access';
import type { Words } from '../sentences/sentence';
import type { Image } from '../abi/image';
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import type { Replaced } from '../source/replacement';
import { SourceFile, type Span } from '../source/source-file';
import type { StoredMacros } from './stored-macros';

/** Counts changes of what is stored. */
export const IMAGE_FORMAT = 10;

/**
 * Each file asked for, by path: the hash of its text, or null when there was none (an include was looked for there).
 */
export type FilesRead = Readonly<Record<string, string | null>>;

export interface StoredProgram {
  readonly image: Image;
  readonly files: FilesRead;
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
/** The parts of the JSON, each parsed by itself: the large ones take tens of milliseconds. */
type Sections = readonly [
  rest: {
    readonly image: Omit<Image, 'wasm' | 'data' | 'debug'>;
    readonly debug: Omit<StoredDebug, 'types' | 'functions' | 'statements'>;
    readonly files: FilesRead;
    readonly diagnostics: readonly StoredDiagnostic[];
    readonly replaced?: Replaced | undefined;
  },
  types: StoredDebug['types'],
  functions: StoredDebug['functions'],
  statements: StoredDebug['statements'],
  macros: StoredMacros,
];
const SECTIONS = 5;
/** The section that is read when it is asked for first. */
const STATEMENTS = 3;
/** Magic, format, length of each section, of wasm and of data, checksum. */
const HEADER = (2 + SECTIONS + 3) * 4;

export function encodeProgram({ image, files, diagnostics, macros, replaced }: StoredProgram): Uint8Array {
  const { wasm, data, debug, ...rest } = image;
  const { types, functions, statements, ...other } = debug;
  const sections: Sections = [
    { image: rest, debug: other, files, diagnostics: diagnostics.map(storeDiagnostic), replaced },
    types,
    functions,
    statements,
    macros,
  ];
  const encoder = new TextEncoder();
  const blocks = [...sections.map((section) => encoder.encode(JSON.stringify(section))), wasm, data];
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
export type StoredHead = Pick<StoredProgram, 'files'> & { readonly diagnostics: readonly StoredDiagnostic[] };

/** Undefined for bytes that are damaged. */
export function decodeHead(bytes: Uint8Array): StoredHead | undefined {
  if (!isUndamaged(bytes)) {
    return undefined;
  }
  try {
    const { files, diagnostics } = JSON.parse(new TextDecoder().decode(blocksOf(bytes)[0])) as Sections[0];
    return { files, diagnostics };
  } catch {
    return undefined;
  }
}

/** The whole of bytes whose head was read before, giving way between the parts. */
export function* decodeInSteps(bytes: Uint8Array, loader: FileLoader): Generator<undefined, StoredProgram | undefined> {
  if (!isWhole(bytes)) {
    return undefined;
  }
  const blocks = blocksOf(bytes);
  const decoder = new TextDecoder();
  const parsed: unknown[] = [];
  try {
    const read = (block: Uint8Array | undefined): unknown => JSON.parse(decoder.decode(block));
    for (const [index, block] of blocks.slice(0, SECTIONS).entries()) {
      parsed.push(index === STATEMENTS ? undefined : read(block));
      yield;
    }
    const sections: readonly unknown[] = parsed;
    const [{ image, debug, files, diagnostics, replaced }, types, functions, , macros] = sections as Sections;
    // What only explains names needs no statements.
    let statements: StoredDebug['statements'] | undefined;
    const whole: StoredDebug = {
      ...debug,
      types,
      functions,
      get statements() {
        statements ??= read(blocks[STATEMENTS]) as StoredDebug['statements'];
        return statements;
      },
    };
    const [wasm, data] = blocks.slice(SECTIONS).map((block) => block.slice()) as [Uint8Array, Uint8Array];
    return {
      image: { ...image, debug: whole, wasm, data },
      files,
      macros,
      replaced,
      diagnostics: diagnostics.map((diagnostic) => restoreDiagnostic(diagnostic, loader)),
    };
  } catch {
    return undefined;
  }
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
  const [, format] = bytes.length < HEADER ? [] : wordsOf(bytes);
  return format === IMAGE_FORMAT && isImageOfLength(bytes, bytes.length);
}

/**
 * Whether a file of `size` bytes that begins with `head` is not broken off. Of another format, only that it is one of an
 * image can be known.
 */
export function isImageOfLength(head: Uint8Array, size: number): boolean {
  if (head.length < HEADER) {
    return false;
  }
  const [magic, format] = wordsOf(head);
  const length = lengthsOf(head).reduce((sum, each) => sum + each, HEADER);
  return magic === MAGIC && (format !== IMAGE_FORMAT || length === size);
}

function blocksOf(bytes: Uint8Array): Uint8Array[] {
  let at = HEADER;
  return lengthsOf(bytes).map((length) => bytes.subarray(at, (at += length)));
}

/** FNV-1a over little-endian words and the bytes behind them: finds damage, not malice. */
function checksum(bytes: Uint8Array, from: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let sum = 0x811c9dc5;
  let at = from;
  for (; at + 4 <= bytes.length; at += 4) {
    sum = Math.imul(sum ^ view.getUint32(at, true), 0x01000193);
    // A word's high bits reach the low ones too.
    sum ^= sum >>> 15;
  }
  for (; at < bytes.length; at++) {
    sum = Math.imul(sum ^ view.getUint8(at), 0x01000193);
  }
  return sum >>> 0;
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
