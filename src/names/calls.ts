/**
 * Who calls whom, also through function pointers. In: a function, or a member that holds functions. Out: the places that
 * put functions into the member (the tables of operations, and assignments); calls with the function around each.
 *
 * A call through a member, `sock->ops->bind(…)`, may reach every function that some place puts into that member of that
 * struct; a function may be called from wherever such a member is called.
 */
import { itemAt } from '../base/checked-access';
import { definitionAt, slotWords } from './file-names';
import { Act, Kind, Space } from './roles';
import { actAt, spaceAt, type Definition, type Place, type TreeNames } from './tree-names';
import { placesBetween, type TreeSymbol, type TreeSymbols } from './symbols';

/** A function in a member: `bind: inet_bind` in `inet_stream_ops`. */
export interface Slot {
  /** The function's name, where it is put. */
  readonly value: Place;
  readonly function: string;
  /** The variable that is initialised; undefined for an assignment. */
  readonly table: Definition | undefined;
  readonly member: Definition;
}

/** A call and the function in which it stands; `through` the member that was called in the function's place. */
export interface Call extends Place {
  readonly caller: Definition;
  readonly through?: Slot;
}

export class TreeCalls {
  private readonly tree: TreeNames;

  constructor(private readonly symbols: TreeSymbols) {
    this.tree = symbols.tree;
  }

  /** What is put into a member, one of several definitions of it. */
  slotsOf(members: readonly Definition[]): readonly Slot[] {
    return this.slots((file, at) => {
      const found = this.memberOf(file, at);
      return found && members.some((each) => each.file === found.file && each.index === found.index)
        ? found
        : undefined;
    });
  }

  /** The members that a function is put into. */
  slotsWith(name: string): readonly Slot[] {
    const number = this.tree.numberOf(name);
    return this.slots((file, at) =>
      file.names[itemAt(file.slots, at + 3)] === number ? this.memberOf(file, at) : undefined,
    );
  }

  /** The functions that the member at a place may hold. */
  targetsAt(place: Place): readonly Slot[] {
    const symbol = spaceAt(place) === Space.member ? this.symbols.of(place) : undefined;
    return symbol?.kind === 'member' && symbol.members.length > 0 ? this.slotsOf(symbol.members) : [];
  }

  /** Calls of a function, by its name and through members. */
  callsOf(name: string): readonly Call[] {
    const symbol = this.symbols.named(name);
    const direct = symbol?.kind === 'global' ? this.calls(symbol) : [];
    const members = new Map<string, Slot>();
    this.slotsWith(name).forEach((slot) => members.set(`${slot.member.file.path}:${slot.member.index}`, slot));
    const indirect = [...members.values()].flatMap((through) =>
      this.calls({ kind: 'member', name: this.tree.nameOf(through.member), members: [through.member] }).map((call) => ({
        ...call,
        through,
      })),
    );
    return [...direct, ...indirect];
  }

  /** Calls in a function, in order: each with the name that is called. */
  callsIn(caller: Definition): readonly Call[] {
    const { file } = caller;
    const [from, to] = placesBetween(file, this.tree.startOf(caller) + 1, caller.end);
    const found: Call[] = [];
    for (let place = from; place < to; place++) {
      if (actAt({ file, place }) === Act.call) {
        found.push({ file, place, caller });
      }
    }
    return found;
  }

  private calls(symbol: TreeSymbol): Call[] {
    return this.symbols.referencesTo(symbol).flatMap(({ file, place, act, uncertain }) => {
      const caller =
        act === Act.call && !uncertain ? this.tree.functionAround(file, itemAt(file.offsets, place)) : undefined;
      return caller ? [{ file, place, caller }] : [];
    });
  }

  private slots(member: (file: Definition['file'], at: number) => Definition | undefined): Slot[] {
    const found: Slot[] = [];
    for (const file of this.tree.files) {
      for (let at = 0; at < file.slots.length; at += slotWords) {
        const holder = member(file, at);
        const place = itemAt(file.slots, at + 3);
        const name = this.tree.nameOf({ file, place });
        if (holder && this.isFunction(name)) {
          const table = itemAt(file.slots, at);
          found.push({
            value: { file, place },
            function: name,
            table: table < 0 ? undefined : { file, ...definitionAt(file, table) },
            member: holder,
          });
        }
      }
    }
    return found;
  }

  private isFunction(name: string): boolean {
    return this.tree
      .definitionsOf(this.tree.numberOf(name))
      .some(({ kind }) => kind === Kind.function || kind === Kind.declaration);
  }

  /** The member that a row of slots fills: by name, or in a list without names by its position. */
  private memberOf(file: Definition['file'], at: number): Definition | undefined {
    const { records } = this.symbols;
    const [table = -1, member = -1, position = 0] = file.slots.subarray(at, at + slotWords);
    if (table < 0) {
      return member < 0
        ? undefined
        : records.memberOf(records.ownersAt({ file, place: member }), itemAt(file.names, member));
    }
    const owners = records.recordsOf({ file, ...definitionAt(file, table) });
    if (member >= 0) {
      return records.memberOf(owners, itemAt(file.names, member));
    }
    const [owner] = owners;
    return owner && [...records.membersOf(owner).values()][position];
  }
}
