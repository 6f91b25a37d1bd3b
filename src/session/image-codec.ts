/**
 * A compiled program as bytes and back, for a cache outside of this process.
 *
 * In: an image, the files it was made from, its diagnostics and macros. Out: one block: six 32-bit words (magic, format, three lengths,
 * checksum), JSON, wasm, initial data. Bytes that are damaged or of another format give undefined, never an exception.
 */
import type { Image } from '../ir/image';
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import { SourceFile, type Span } from '../source/source-file';
import type { StoredMacros } from './stored-macros';

/** Counts changes of what is stored. */
export const IMAGE_FORMAT = 1;

/** Each file asked for, by path: the hash of its text, or null when there was none (an include was looked for there). */
export type FilesRead = Readonly<Record<string, string | null>>;

export interface StoredProgram {
  readonly image: Image;
  readonly files: FilesRead;
  readonly diagnostics: readonly Diagnostic[];
  readonly macros: StoredMacros;
}

const MAGIC = 0x53534d49;
const HEADER_WORDS = 6;

interface StoredSpan {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}
/** A diagnostic without its files: plain data. */
export type StoredDiagnostic = Omit<Diagnostic, 'span' | 'related'> & { readonly span?: StoredSpan | undefined; readonly related?: readonly { readonly span: StoredSpan; readonly message: string }[] | undefined };
type StoredText = Omit<StoredProgram, 'image' | 'diagnostics'> & { readonly image: Omit<Image, 'wasm' | 'data'>; readonly diagnostics: readonly StoredDiagnostic[] };

export function encodeProgram({ image, files, diagnostics, macros }: StoredProgram): Uint8Array {
  const { wasm, data, ...rest } = image;
  const text: StoredText = { image: rest, files, macros, diagnostics: diagnostics.map(storeDiagnostic) };
  const json = new TextEncoder().encode(JSON.stringify(text));
  const header = HEADER_WORDS * 4;
  const bytes = new Uint8Array(header + json.length + wasm.length + data.length);
  bytes.set(json, header);
  bytes.set(wasm, header + json.length);
  bytes.set(data, header + json.length + wasm.length);
  const view = new DataView(bytes.buffer);
  [MAGIC, IMAGE_FORMAT, json.length, wasm.length, data.length, checksum(bytes, header)].forEach((word, index) => view.setUint32(index * 4, word, true));
  return bytes;
}

/** `files` in the answer still has to be compared with what is there now. */
export function decodeProgram(bytes: Uint8Array, loader: FileLoader): StoredProgram | undefined {
  const header = HEADER_WORDS * 4;
  if (bytes.length < header) {
    return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [magic, format, jsonLength, wasmLength, dataLength, sum] = Array.from({ length: HEADER_WORDS }, (_, index) => view.getUint32(index * 4, true)) as [number, number, number, number, number, number];
  const whole = magic === MAGIC && format === IMAGE_FORMAT && header + jsonLength + wasmLength + dataLength === bytes.length;
  if (!whole || sum !== checksum(bytes, header)) {
    return undefined;
  }
  try {
    const { image, files, macros, diagnostics } = JSON.parse(new TextDecoder().decode(bytes.subarray(header, header + jsonLength))) as StoredText;
    const wasmStart = header + jsonLength;
    const wasm = bytes.slice(wasmStart, wasmStart + wasmLength);
    const data = bytes.slice(wasmStart + wasmLength);
    return { image: { ...image, wasm, data }, files, macros, diagnostics: diagnostics.map((diagnostic) => restoreDiagnostic(diagnostic, loader)) };
  } catch {
    return undefined;
  }
}

/** FNV-1a over bytes: finds damage, not malice. */
function checksum(bytes: Uint8Array, from: number): number {
  let sum = 0x811c9dc5;
  for (let i = from; i < bytes.length; i++) {
    sum = Math.imul(sum ^ (bytes[i] as number), 0x01000193);
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
  return { ...rest, span: span && storeSpan(span), related: related?.map((each) => ({ span: storeSpan(each.span), message: each.message })) };
}

export function restoreDiagnostic({ span, related, ...rest }: StoredDiagnostic, loader: FileLoader): Diagnostic {
  return {
    ...rest,
    ...(span ? { span: restoreSpan(span, loader) } : {}),
    ...(related ? { related: related.map((each) => ({ span: restoreSpan(each.span, loader), message: each.message })) } : {}),
  };
}
