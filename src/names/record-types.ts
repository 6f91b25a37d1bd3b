/**
 * Of which struct a member is: for `rto` in `sk->tp_pinfo.af_tcp.rto`, the definition of `struct tcp_opt`. In: a place of
 * the index. Out: definitions of structs (several where several architectures have theirs), none where it is not known.
 *
 * Goes from name to name along the chain: a local by its declaration, a member by the struct before it, a function by
 * what it returns, a macro by the first cast or call in its text.
 */
import { itemAt } from '../base/checked-access';
import { localRow, ownerOfPlace } from './file-lookup';
import { definitionAt, definitionCount, placeBefore, type FileNames } from './file-names';
import { Act, isLocal, Kind, Space, TypeForm } from './roles';
import { actAt, spaceAt, type Definition, type Place, type TreeNames } from './tree-names';

const deepest = 24;

export class RecordTypes {
  /** The tree as it was when the structs of `tags` were found. */
  private version = -1;
  private readonly tags = new Map<number, readonly Definition[]>();
  /** Members of structs by row and name, as far as somebody asked. */
  private readonly members = new WeakMap<FileNames, Map<number, ReadonlyMap<number, Definition>>>();

  constructor(private readonly tree: TreeNames) {}

  /** The structs of which the member at a place is one. */
  ownersAt(at: Place): readonly Definition[] {
    const { file, place } = at;
    if (actAt(at) === Act.define) {
      return this.around(at);
    }
    const back = itemAt(file.bases, place);
    return back === 0 ? this.ofDesignator(at) : this.recordsAt({ file, place: place - back }, 0);
  }

  /** A member of one of these structs, also of a struct without a name within. */
  memberOf(owners: readonly Definition[], name: number): Definition | undefined {
    for (const owner of owners) {
      const found = this.membersOf(owner).get(name);
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  /** Members of a struct in order, those of nameless structs within among them. */
  membersOf(record: Definition): ReadonlyMap<number, Definition> {
    const ofFile = this.members.get(record.file) ?? new Map<number, ReadonlyMap<number, Definition>>();
    this.members.set(record.file, ofFile);
    let members = ofFile.get(record.index);
    if (!members) {
      members = this.list(record);
      ofFile.set(record.index, members);
    }
    return members;
  }

  /** Structs that a definition is of, points to or returns. */
  recordsOf({ file, type, form }: Definition, depth = 0): readonly Definition[] {
    switch (form & 3) {
      case TypeForm.tag:
        return this.tagged(type);
      case TypeForm.inline:
        return [{ file, ...definitionAt(file, type) }];
      case TypeForm.name: {
        const typedef = this.tree.definitionsOf(type).find((each) => each.kind === Kind.typedef);
        return typedef && depth < deepest ? this.recordsOf(typedef, depth + 1) : [];
      }
      default:
        return [];
    }
  }

  /** The variable, parameter, function or constant that a name in a function means there. */
  local({ file, place }: Place): Definition | undefined {
    const name = itemAt(file.names, place);
    const offset = itemAt(file.offsets, place);
    const found = localRow(file, name, place, offset);
    return found < 0 ? undefined : { file, ...definitionAt(file, found) };
  }

  private tagged(tag: number): readonly Definition[] {
    if (this.version !== this.tree.version) {
      this.version = this.tree.version;
      this.tags.clear();
    }
    let found = this.tags.get(tag);
    if (!found) {
      found = this.tree.definitionsOf(tag).filter(({ kind }) => kind === Kind.struct || kind === Kind.union);
      this.tags.set(tag, found);
    }
    return found;
  }

  private recordsAt(at: Place, depth: number): readonly Definition[] {
    const { file, place } = at;
    const name = itemAt(file.names, place);
    if (depth > deepest) {
      return [];
    }
    const space = spaceAt(at);
    if (space === Space.tag) {
      return this.tagged(name);
    }
    if (space === Space.member) {
      const back = itemAt(file.bases, place);
      const owners = back === 0 ? this.ofDesignator(at) : this.recordsAt({ file, place: place - back }, depth + 1);
      const member = this.memberOf(owners, name);
      return member ? this.recordsOf(member) : [];
    }
    if ((itemAt(file.roles, place) & isLocal) !== 0) {
      const local = this.local(at);
      return local ? this.recordsOf(local) : [];
    }
    return this.ofGlobal(at, name, depth);
  }

  private ofGlobal({ file }: Place, name: number, depth: number): readonly Definition[] {
    const all = this.tree.definitionsOf(name);
    const inOrder = [...all.filter((each) => each.file === file), ...all.filter((each) => each.file !== file)];
    for (const each of inOrder.slice(0, 20)) {
      const records = each.kind === Kind.macro ? this.ofMacro(each, depth) : this.recordsOf(each);
      if (records.length > 0 && each.kind !== Kind.member && each.kind !== Kind.struct) {
        return records;
      }
    }
    return [];
  }

  /** The first cast to a struct in a macro's text, or what the first call in it gives. */
  private ofMacro({ file, place, end }: Definition, depth: number): readonly Definition[] {
    const last = placeBefore(file, end);
    let call = -1;
    for (let at = place + 1; at <= last; at++) {
      if (spaceAt({ file, place: at }) === Space.tag) {
        return this.recordsAt({ file, place: at }, depth + 1);
      }
      call = call < 0 && actAt({ file, place: at }) !== Act.define ? at : call;
    }
    return call < 0 ? [] : this.recordsAt({ file, place: call }, depth + 1);
  }

  /** The struct whose body a member is declared in. */
  private around({ file, place }: Place): readonly Definition[] {
    const owner = ownerOfPlace(file, place);
    return owner < 0 ? [] : [{ file, ...definitionAt(file, owner) }];
  }

  /** `name:` and `.name =` in an initialiser belong to the struct of the variable. */
  private ofDesignator({ file, place }: Place): readonly Definition[] {
    const { slots } = file;
    for (let at = 0; at < slots.length; at += 4) {
      if (slots[at + 1] === place && itemAt(slots, at) >= 0) {
        return this.recordsOf({ file, ...definitionAt(file, itemAt(slots, at)) });
      }
    }
    return [];
  }

  private list(record: Definition): Map<number, Definition> {
    const members = new Map<number, Definition>();
    const { file } = record;
    const nameless: Definition[] = [];
    const used = new Set<number>();
    for (let index = record.index + 1; index < definitionCount(file); index++) {
      const each = definitionAt(file, index);
      if (each.place >= 0 && itemAt(file.offsets, each.place) > record.end) {
        break;
      }
      if (each.owner !== record.index) {
        continue;
      }
      if (each.kind === Kind.member) {
        members.set(itemAt(file.names, each.place), { file, ...each });
        if ((each.form & 3) === TypeForm.inline) {
          used.add(each.type);
        }
      } else if (each.place < 0) {
        nameless.push({ file, ...each });
      }
    }
    for (const inner of nameless.filter(({ index }) => !used.has(index))) {
      this.list(inner).forEach((member, name) => members.set(name, member));
    }
    return members;
  }
}
