/**
 * Which thing a name means, and where else it is meant. In: a place of the index, or a name as a person writes it
 * (`inet_bind`, `struct sock`, `sock.state`). Out: {@link TreeSymbol}s; their definitions; references with what is done
 * there and the function around.
 */
import { itemAt } from '../base/checked-access';
import { placeBefore, type FileNames } from './file-names';
import { RecordTypes } from './record-types';
import { Act, isLocal, Kind, Space, type ActNumber } from './roles';
import { actAt, isFileLocal, spaceAt, type Definition, type Place, type TreeNames } from './tree-names';

export type TreeSymbol =
  | { readonly kind: 'global'; readonly name: string; readonly file?: FileNames }
  | { readonly kind: 'tag'; readonly name: string }
  /** One of these (several architectures may have theirs); any of the name when it is not known whose it is. */
  | { readonly kind: 'member'; readonly name: string; readonly members: readonly Definition[] }
  | { readonly kind: 'local'; readonly name: string; readonly definition: Definition }
  | { readonly kind: 'label'; readonly name: string; readonly function: Definition };

export interface Reference extends Place {
  readonly act: ActNumber;
  /** It is not known whose member it is. */
  readonly uncertain?: boolean;
}

export class TreeSymbols {
  readonly records: RecordTypes;

  constructor(readonly tree: TreeNames) {
    this.records = new RecordTypes(tree);
  }

  /** What the name at an offset means. */
  at(path: string, offset: number): TreeSymbol | undefined {
    const place = this.tree.placeAt(path, offset);
    return place && this.of(place);
  }

  of(place: Place): TreeSymbol | undefined {
    const { file } = place;
    const name = this.tree.nameOf(place);
    switch (spaceAt(place)) {
      case Space.tag:
        return { kind: 'tag', name };
      case Space.member:
        return { kind: 'member', name, members: this.membersAt(place) };
      case Space.label: {
        const around = this.tree.functionAround(file, itemAt(file.offsets, place.place));
        return around && { kind: 'label', name, function: around };
      }
      default: {
        const isHere = (itemAt(file.roles, place.place) & isLocal) !== 0;
        const definition = isHere ? this.records.local(place) : undefined;
        return definition ? { kind: 'local', name, definition } : isHere ? undefined : this.global(name, file);
      }
    }
  }

  /** What a person's words mean: `sock.state`, `struct sock`, `inet_bind`; a tag where nothing else has the name. */
  named(words: string): TreeSymbol | undefined {
    const [, keyword, first = '', path] =
      /^(?:(struct|union|enum)\s+)?(\w+)((?:(?:\.|->)\w+)*)$/.exec(words.trim()) ?? [];
    const number = this.tree.numberOf(first);
    const all = this.tree.definitionsOf(number);
    if (path) {
      return this.memberNamed(all, path.split(/\.|->/).slice(1));
    }
    const isTag = ({ kind }: Definition): boolean => kind === Kind.struct || kind === Kind.union || kind === Kind.enum;
    if (keyword !== undefined || (all.some(isTag) && all.every((each) => isTag(each) || each.kind === Kind.member))) {
      return all.some(isTag) ? { kind: 'tag', name: first } : undefined;
    }
    const global = all.filter((each) => each.kind !== Kind.member && !isTag(each));
    const members = all.filter(({ kind }) => kind === Kind.member);
    const [only] = global;
    const isOwn = only && global.every((each) => each.file === only.file && isFileLocal(each));
    return global.length > 0
      ? { kind: 'global', name: first, ...(isOwn && !only.file.path.endsWith('.h') && { file: only.file }) }
      : members.length > 0
        ? { kind: 'member', name: first, members }
        : undefined;
  }

  /** Definitions of a symbol; its declarations where there are no others. */
  definitionsOf(symbol: TreeSymbol): readonly Definition[] {
    const number = this.tree.numberOf(symbol.name);
    switch (symbol.kind) {
      case 'local':
        return [symbol.definition];
      case 'label':
        return [];
      case 'tag':
        return this.tree.definitionsOf(number).filter(({ kind }) => kind >= Kind.struct && kind <= Kind.enum);
      case 'member':
        return symbol.members.length > 0
          ? symbol.members
          : this.tree.definitionsOf(number).filter(({ kind }) => kind === Kind.member);
      case 'global': {
        const all = this.tree
          .definitionsOf(number)
          .filter(({ kind }) => kind !== Kind.member && (kind < Kind.struct || kind > Kind.enum));
        const own = symbol.file ? all.filter(({ file }) => file === symbol.file) : [];
        const here = own.length > 0 ? own : all.filter((each) => !isFileLocal(each) || all.every(isFileLocal));
        const defined = here.filter(({ kind }) => kind !== Kind.declaration);
        return defined.length > 0 ? defined : here;
      }
    }
  }

  /** Every place where a symbol is meant, its definitions too, in the order of files and places. */
  referencesTo(symbol: TreeSymbol): readonly Reference[] {
    const number = this.tree.numberOf(symbol.name);
    const found: Reference[] = [];
    const isFunction =
      symbol.kind === 'global' && this.definitionsOf(symbol).some(({ kind }) => kind === Kind.function);
    for (const file of this.filesOf(symbol)) {
      for (let place = file.names.indexOf(number); place >= 0; place = file.names.indexOf(number, place + 1)) {
        const sure = this.means({ file, place }, symbol);
        const act = actAt({ file, place });
        if (sure !== false) {
          const told =
            isFunction && act === Act.read && spaceAt({ file, place }) === Space.ordinary ? Act.address : act;
          found.push({ file, place, act: told, ...(sure === undefined && { uncertain: true }) });
        }
      }
    }
    return found;
  }

  /** The members that a place may mean. */
  private membersAt(at: Place): readonly Definition[] {
    const name = itemAt(at.file.names, at.place);
    return this.records.ownersAt(at).flatMap((owner) => this.records.membersOf(owner).get(name) ?? []);
  }

  private filesOf(symbol: TreeSymbol): readonly FileNames[] {
    switch (symbol.kind) {
      case 'local':
        return [symbol.definition.file];
      case 'label':
        return [symbol.function.file];
      case 'global': {
        // Others that have one of their own mean that.
        const all = this.tree.definitionsOf(this.tree.numberOf(symbol.name)).filter(({ kind }) => kind !== Kind.member);
        const others = all.filter((each) => isFileLocal(each) && !each.file.path.endsWith('.h'));
        const own = new Set(others.length < all.length ? others.map(({ file }) => file) : []);
        return symbol.file ? [symbol.file] : this.tree.files.filter((file) => !own.has(file));
      }
      default:
        return this.tree.files;
    }
  }

  /** Whether a place with the symbol's name means the symbol; undefined when that is not known. */
  private means(at: Place, symbol: TreeSymbol): boolean | undefined {
    const space = spaceAt(at);
    const offset = itemAt(at.file.offsets, at.place);
    const isHere = (itemAt(at.file.roles, at.place) & isLocal) !== 0;
    switch (symbol.kind) {
      case 'tag':
        return space === Space.tag;
      case 'label':
        return space === Space.label && offset <= symbol.function.end && offset >= this.tree.startOf(symbol.function);
      case 'local':
        return space === Space.ordinary && isHere && this.records.local(at)?.index === symbol.definition.index;
      case 'global':
        return (space === Space.ordinary || space === Space.macro) && !isHere;
      case 'member': {
        const members = space === Space.member ? this.membersAt(at) : [];
        return space !== Space.member
          ? false
          : members.length === 0
            ? symbol.members.length === 0 || undefined
            : symbol.members.length === 0 || members.some((each) => symbol.members.some((own) => isSame(own, each)));
      }
    }
  }

  private global(
    name: string,
    file: FileNames,
  ): { readonly kind: 'global'; readonly name: string; readonly file?: FileNames } {
    const own = this.tree
      .definitionsOf(this.tree.numberOf(name))
      .some((each) => each.file === file && isFileLocal(each) && each.kind !== Kind.member);
    return own && !file.path.endsWith('.h') ? { kind: 'global', name, file } : { kind: 'global', name };
  }

  private memberNamed(all: readonly Definition[], path: readonly string[]): TreeSymbol | undefined {
    let owners: readonly Definition[] = all.flatMap((each) =>
      each.kind === Kind.struct || each.kind === Kind.union ? [each] : [],
    );
    if (owners.length === 0) {
      owners = all.flatMap((each) => this.records.recordsOf(each));
    }
    for (const [index, name] of path.entries()) {
      const member = this.records.memberOf(owners, this.tree.numberOf(name));
      if (!member) {
        return undefined;
      }
      if (index === path.length - 1) {
        return { kind: 'member', name, members: [member] };
      }
      owners = this.records.recordsOf(member);
    }
    return undefined;
  }
}

function isSame(a: Definition, b: Definition): boolean {
  return a.file === b.file && a.index === b.index;
}

/** The places between two offsets. */
export function placesBetween(file: FileNames, from: number, to: number): readonly [number, number] {
  return [placeBefore(file, from - 1) + 1, placeBefore(file, to - 1) + 1];
}
