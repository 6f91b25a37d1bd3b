/**
 * What is looked up again and again in one file of the index: the function around an offset, the locals of a name. In:
 * {@link FileNames}, which never change. Out: rows of its definitions. Made when a file is first asked about, and gone
 * with it.
 */
import { definitionWords, type FileNames } from './file-names';
import { Kind } from './roles';

interface FileLookup {
  /** Rows of functions, and where each ends, in this order. */
  readonly functions: readonly number[];
  readonly ends: readonly number[];
  /** Rows of parameters and local variables by name, in the order of the text. */
  readonly locals: ReadonlyMap<number, readonly number[]>;
  /** The row around the definition whose name stands at a place: a member's struct. */
  readonly owners: ReadonlyMap<number, number>;
}

const made = new WeakMap<FileNames, FileLookup>();

/** The first function that ends behind an offset; -1 for none. */
export function functionEndingBehind(file: FileNames, offset: number): number {
  const { functions, ends } = lookupOf(file);
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > offset) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return functions[low] ?? -1;
}

/** The last declaration of a local name at or before a place whose block reaches to it; -1 for none. */
export function localRow(file: FileNames, name: number, place: number, offset: number): number {
  const { definitions } = file;
  let found = -1;
  for (const row of lookupOf(file).locals.get(name) ?? []) {
    if ((definitions[row * definitionWords] ?? 0) > place) {
      break;
    }
    if ((definitions[row * definitionWords + 5] ?? 0) >= offset) {
      found = row;
    }
  }
  return found;
}

/** The definition around the one whose name stands at a place; -1 for none. */
export function ownerOfPlace(file: FileNames, place: number): number {
  return lookupOf(file).owners.get(place) ?? -1;
}

function lookupOf(file: FileNames): FileLookup {
  let lookup = made.get(file);
  if (!lookup) {
    lookup = make(file);
    made.set(file, lookup);
  }
  return lookup;
}

function make({ definitions, names }: FileNames): FileLookup {
  const functions: number[] = [];
  const locals = new Map<number, number[]>();
  const owners = new Map<number, number>();
  for (let at = 0, row = 0; at < definitions.length; at += definitionWords, row++) {
    const place = definitions[at] ?? -1;
    const kind = definitions[at + 1];
    const owner = definitions[at + 2] ?? -1;
    if (owner >= 0 && !owners.has(place)) {
      owners.set(place, owner);
    }
    if (kind === Kind.function) {
      functions.push(row);
    } else if (kind === Kind.local && place >= 0) {
      const name = names[place] ?? 0;
      const all = locals.get(name);
      if (all) {
        all.push(row);
      } else {
        locals.set(name, [row]);
      }
    }
  }
  const endOf = (row: number): number => definitions[row * definitionWords + 5] ?? 0;
  functions.sort((a, b) => endOf(a) - endOf(b));
  return { functions, ends: functions.map(endOf), locals, owners };
}
