/**
 * The names of a whole tree: which files there are, and where each name is defined. In: {@link FileNames}, one by one,
 * also others of the same path later. Out: definitions by name; places by offset.
 *
 * Definitions are found through a table sorted by name (counting sort over all files), made when somebody asks after a
 * change; that takes milliseconds. Everything else goes through the arrays from end to end, which is as fast.
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

/** Where the definitions of a name begin in the table, and the table: file and row. */
interface ByName {
  readonly starts: Uint32Array;
  readonly files: Uint32Array;
  readonly rows: Uint32Array;
}

export class TreeNames {
  private readonly byPath = new Map<string, FileNames>();
  private sorted: ByName | undefined;
  private listed: readonly FileNames[] | undefined;
  /** Counts changes. */
  version = 0;

  constructor(readonly table: AtomTable = new AtomTable()) {}

  /** Reads a text; one whose hash is known already is not read again. Answers whether anything changed. */
  read(path: string, text: string, hash: string, stamp = ''): boolean {
    const known = this.byPath.get(path);
    if (known?.hash === hash) {
      if (known.stamp !== stamp) {
        this.byPath.set(path, { ...known, stamp });
        this.changed();
      }
      return false;
    }
    this.add(scanFile(path, text, this.table, hash, stamp));
    return true;
  }

  /** Takes a file whose numbers are those of this table. */
  add(file: FileNames): void {
    this.byPath.set(file.path, file);
    this.changed();
  }

  remove(path: string): void {
    if (this.byPath.delete(path)) {
      this.changed();
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
    const { starts, files, rows } = (this.sorted ??= this.sort());
    const found: Definition[] = [];
    for (let at = starts[name] ?? 0; at < (starts[name + 1] ?? 0); at++) {
      const file = itemAt(this.files, itemAt(files, at));
      found.push({ file, ...definitionAt(file, itemAt(rows, at)) });
    }
    return found;
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
    const { definitions } = file;
    for (let at = 0; at < definitions.length; at += definitionWords) {
      if (definitions[at + 1] === Kind.function && (definitions[at + 5] ?? 0) > offset) {
        const each = { file, ...definitionAt(file, at / definitionWords) };
        return this.startOf(each) <= offset ? each : undefined;
      }
    }
    return undefined;
  }

  /** Offset of a definition's name; of a struct without one, its end. */
  startOf({ file, place, end }: Definition): number {
    return place < 0 ? end : itemAt(file.offsets, place);
  }

  private changed(): void {
    this.sorted = undefined;
    this.listed = undefined;
    this.version++;
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
    return { starts, files, rows };
  }
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
