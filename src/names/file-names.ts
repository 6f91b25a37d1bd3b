/**
 * What the index has of one file: every name at its place, the definitions, and which functions are put into which
 * members. Plain arrays of numbers, so that they can be kept, and handed from one thread to another.
 *
 * Names are numbers of the index's table. Places are offsets in UTF-16 units, in order.
 */
import type { KindNumber } from './roles';

export interface FileNames {
  readonly path: string;
  /** Hash of the text; says whether another text is to be read. */
  readonly hash: string;
  /** Size and date as the host tells them, where it does: the same stamp is the same text. */
  readonly stamp: string;
  readonly offsets: Uint32Array;
  readonly names: Uint32Array;
  /** {@link role} of each place. */
  readonly roles: Uint8Array;
  /** How many places back the one stands that tells whose member this is; 0 for none. */
  readonly bases: Uint8Array;
  /** Offset at which each line begins. */
  readonly lines: Uint32Array;
  /** Rows of {@link definitionWords}. */
  readonly definitions: Int32Array;
  /** Rows of {@link slotWords}. */
  readonly slots: Int32Array;
}

/** Place of its name (-1: none), kind, owner's row (-1: none), type, {@link TypeForm} with flags, offset behind it. */
export const definitionWords = 6;
/** Row of the variable (-1: an assignment), place of the member's name (-1: none), position, place of the value. */
export const slotWords = 4;

/** A row of {@link FileNames.definitions}. */
export interface DefinitionRow {
  readonly index: number;
  readonly place: number;
  readonly kind: KindNumber;
  readonly owner: number;
  readonly type: number;
  readonly form: number;
  readonly end: number;
}

export function definitionAt(file: FileNames, index: number): DefinitionRow {
  const { definitions } = file;
  const at = index * definitionWords;
  return {
    index,
    place: definitions[at] ?? -1,
    kind: (definitions[at + 1] ?? 0) as KindNumber,
    owner: definitions[at + 2] ?? -1,
    type: definitions[at + 3] ?? -1,
    form: definitions[at + 4] ?? 0,
    end: definitions[at + 5] ?? 0,
  };
}

export function definitionCount(file: FileNames): number {
  return file.definitions.length / definitionWords;
}

/** Index of the last place at or before an offset; -1 when there is none. */
export function placeBefore({ offsets }: FileNames, offset: number): number {
  return lastUpTo(offsets, offset);
}

/** Line and column of an offset, from 0. */
export function positionIn({ lines }: FileNames, offset: number): { readonly line: number; readonly column: number } {
  const line = Math.max(0, lastUpTo(lines, offset));
  return { line, column: offset - (lines[line] ?? 0) };
}

/** Index of the last number that is not above `limit`, of numbers in order; -1 when there is none. */
function lastUpTo(numbers: Uint32Array, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

/** Bytes that a file takes in the index. */
export function bytesOf(file: FileNames): number {
  const { offsets, names, roles, bases, lines, definitions, slots } = file;
  return [offsets, names, roles, bases, lines, definitions, slots].reduce((sum, each) => sum + each.byteLength, 0);
}
