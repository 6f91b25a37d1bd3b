/**
 * The names of a whole tree: which files there are, and where each name is defined. In: {@link FileNames}, one by one,
 * also others of the same path later. Out: definitions by name; places by offset.
 *
 * Definitions are found through a table sorted by name (counting sort over all files), made when somebody asks. Files
 * that changed since are asked for themselves, until there are many. Everything else goes through the arrays from end to
 * end, which is as fast.
 */
import { itemAt } from '../base/checked-access';
import { AtomTable } from '../preprocess/atoms';
import {
  bytesOf,
  definitionAt,
  definitionCount,
  definitionWords,
  placeBefore,
  positionIn,
  type DefinitionRow,
  type FileNames,
} from './file-names';
import { functionEndingBehind } from './file-lookup';
import { Act, actOf, isCallable, isStatic, Kind, spaceOf, type ActNumber, type SpaceNumber } from './roles';
import { scanFile } from './scan-file';

/** A definition with its file. */
export interface Definition extends DefinitionRow {
  readonly file: FileNames;
}

/** A name at its place. */
export interface Place {
  readonly file: FileNames;
  readonly place: number;
}

/** Where the definitions of a name begin in the table, and the table: file and row; which files these are. */
interface ByName {
  readonly of: readonly FileNames[];
  readonly starts: Uint32Array;
  readonly files: Uint32Array;
  readonly rows: Uint32Array;
}

/** Files that may change before the table is sorted anew. */
const mostSince = 30;

export class TreeNames {
  private readonly byPath = new Map<string, FileNames>();
  private sorted: ByName | undefined;
  /** Files that are others than when the table was sorted, with their definitions by name; none where one is gone. */
  private readonly since = new Map<string, ReadonlyMap<number, readonly Definition[]>>();
  private listed: readonly FileNames[] | undefined;
  /** Counts changes. */
  version = 0;

  constructor(readonly table: AtomTable = new AtomTable()) {}

  /** Reads a text; one whose hash is known already is not read again. Answers whether anything changed. */
  read(path: string, text: string, hash: string, stamp = ''): boolean {
    const known = this.byPath.get(path);
    if (known?.hash === hash) {
      if (known.stamp !== stamp) {
        this.add({ ...known, stamp });
      }
      return false;
    }
    this.add(scanFile(path, text, this.table, hash, stamp));
    return true;
  }

  /** Takes a file whose numbers are those of this table. */
  add(file: FileNames): void {
    const isKnown = this.byPath.has(file.path);
    this.byPath.set(file.path, file);
    const listed = isKnown ? this.listed?.slice() : undefined;
    listed?.splice(
      listed.findIndex(({ path }) => path === file.path),
      1,
      file,
    );
    this.changed(file.path, file, listed);
  }

  remove(path: string): void {
    if (this.byPath.delete(path)) {
      this.changed(path, undefined, undefined);
    }
  }

  get(path: string): FileNames | undefined {
    return this.byPath.get(path);
  }

  /** All files, by path. */
  get files(): readonly FileNames[] {
    return (this.listed ??= [...this.byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1)));
  }

  /** Bytes that the arrays take. */
  get bytes(): number {
    return this.files.reduce((sum, file) => sum + bytesOf(file), 0);
  }

  numberOf(name: string): number {
    return this.table.find(name) ?? -1;
  }

  nameOf({ file, place }: Place): string {
    return place < 0 ? '' : this.table.text(itemAt(file.names, place));
  }

  /** Definitions and declarations of a name, locals aside. */
  definitionsOf(name: number): readonly Definition[] {
    const { of, starts, files, rows } = (this.sorted ??= this.sort());
    const found: Definition[] = [];
    for (let at = starts[name] ?? 0; at < (starts[name + 1] ?? 0); at++) {
      const file = itemAt(of, itemAt(files, at));
      if (!this.since.has(file.path)) {
        found.push({ file, ...definitionAt(file, itemAt(rows, at)) });
      }
    }
    const before = found.length;
    this.since.forEach((byName) => found.push(...(byName.get(name) ?? [])));
    return found.length === before ? found : found.sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
  }

  /** All definitions of a file, locals too. */
  *definitionsIn(file: FileNames): Generator<Definition> {
    for (let index = 0; index < definitionCount(file); index++) {
      yield { file, ...definitionAt(file, index) };
    }
  }

  /** The name that covers an offset. */
  placeAt(path: string, offset: number): Place | undefined {
    const file = this.byPath.get(path);
    const place = file ? placeBefore(file, offset) : -1;
    if (!file || place < 0) {
      return undefined;
    }
    const end = itemAt(file.offsets, place) + this.nameOf({ file, place }).length;
    return offset <= end ? { file, place } : undefined;
  }

  /** Line and column of a place, from 0. */
  placeOf({ file, place }: Place): { readonly line: number; readonly column: number } {
    return positionIn(file, itemAt(file.offsets, place));
  }

  /** Whether what is named there is called. */
  isCall(place: Place): boolean {
    return actAt(place) === Act.call;
  }

  /** A function, or the declaration of one. */
  isFunction({ kind, form }: DefinitionRow): boolean {
    return kind === Kind.function || (kind === Kind.declaration && (form & isCallable) !== 0);
  }

  /** The function whose name stands at a line and column, from 0. */
  functionAt(file: FileNames, line: number, column: number): Definition | undefined {
    const place = placeBefore(file, (file.lines[line] ?? 0) + column);
    return place < 0 ? undefined : this.functionAround(file, itemAt(file.offsets, place));
  }

  /** The function around an offset. */
  functionAround(file: FileNames, offset: number): Definition | undefined {
    const row = functionEndingBehind(file, offset);
    const found = row < 0 ? undefined : { file, ...definitionAt(file, row) };
    return found && this.startOf(found) <= offset ? found : undefined;
  }

  /** Offset of a definition's name; of a struct without one, its end. */
  startOf({ file, place, end }: Definition): number {
    return place < 0 ? end : itemAt(file.offsets, place);
  }

  private changed(path: string, file: FileNames | undefined, listed: readonly FileNames[] | undefined): void {
    this.listed = listed;
    this.version++;
    if (this.sorted && (this.since.size < mostSince || this.since.has(path))) {
      this.since.set(path, file ? byName(file) : new Map());
    } else {
      this.sorted = undefined;
      this.since.clear();
    }
  }

  private sort(): ByName {
    const starts = new Uint32Array(this.table.size + 2);
    // Millions of numbers: read in place, without an object for each row.
    const each = (take: (name: number, file: number, row: number) => void): void =>
      this.files.forEach(({ definitions, names }, index) => {
        for (let at = 0, row = 0; at < definitions.length; at += definitionWords, row++) {
          const place = definitions[at] ?? -1;
          if (place >= 0 && definitions[at + 1] !== Kind.local) {
            take(names[place] ?? 0, index, row);
          }
        }
      });
    let count = 0;
    each((name) => {
      starts[name + 1] = (starts[name + 1] ?? 0) + 1;
      count++;
    });
    for (let name = 1; name < starts.length; name++) {
      starts[name] = (starts[name] ?? 0) + (starts[name - 1] ?? 0);
    }
    const files = new Uint32Array(count);
    const rows = new Uint32Array(count);
    const next = starts.slice();
    each((name, file, row) => {
      const at = next[name] ?? 0;
      next[name] = at + 1;
      files[at] = file;
      rows[at] = row;
    });
    return { of: this.files, starts, files, rows };
  }
}

/** Definitions of a file by name, locals aside. */
function byName(file: FileNames): Map<number, Definition[]> {
  const found = new Map<number, Definition[]>();
  for (let index = 0; index < definitionCount(file); index++) {
    const row = definitionAt(file, index);
    if (row.place >= 0 && row.kind !== Kind.local) {
      const name = itemAt(file.names, row.place);
      found.set(name, [...(found.get(name) ?? []), { file, ...row }]);
    }
  }
  return found;
}

export function spaceAt({ file, place }: Place): SpaceNumber {
  return spaceOf(itemAt(file.roles, place));
}

export function actAt({ file, place }: Place): ActNumber {
  return actOf(itemAt(file.roles, place));
}

/** Only its own file sees it. */
export function isFileLocal({ form }: DefinitionRow): boolean {
  return (form & isStatic) !== 0;
}
