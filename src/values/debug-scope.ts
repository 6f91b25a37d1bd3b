/**
 * The names that an expression can use where a program stands, from its debug information alone: no source is compiled
 * again, so that the first expression after a start from the cache is answered at once.
 *
 * In: debug information, which is only read. Out: a file scope whose names are looked up when they are used, C types for
 * debug types and the way back, and the addresses of symbols. Types that only expressions mention are added to a copy. Of names that several files have, that of the file at hand counts, then the
 * external one, then the first.
 */
import type { DebugFunction, DebugGlobal, DebugInfo, DebugType, TypeId } from '../abi/debug-info';
import { TEXT_BASE, TEXT_STEP } from '../abi/memory-map';
import { itemAt } from '../base/checked-access';
import type { GlobalSymbol, LocalVariable, UnitScope } from '../semantic/checked';
import type { CType, Damage, EnumType, Field, FloatingType, IntegerType, RecordType } from '../semantic/ctype';
import { Scope, type Entity, type Tag } from '../semantic/scope';
import { DebugTypes } from '../ir/debug-types';
import * as basic from '../semantic/types';
import { SourceFile, type Span } from '../source/source-file';
import { withMoreTypes } from './value-types';

const integers = new Map<string, IntegerType>(
  [
    basic.boolType,
    basic.charType,
    basic.signedCharType,
    basic.unsignedCharType,
    basic.shortType,
    basic.unsignedShortType,
    basic.intType,
    basic.unsignedIntType,
    basic.longType,
    basic.unsignedLongType,
    basic.longLongType,
    basic.unsignedLongLongType,
  ].map((type) => [type.name, type]),
);
const floatings: Readonly<Record<FloatingType['name'], FloatingType>> = {
  float: basic.floatType,
  double: basic.doubleType,
  'long double': basic.longDoubleType,
};

/** Where a name from debug information stands in a text: nowhere. */
const nowhere: Span = { file: new SourceFile('debug information', ''), start: 0, end: 0 };

export class DebugScope {
  private readonly table = new basic.TypeTable();
  private readonly byId = new Map<TypeId, CType>();
  private readonly types: DebugTypes;
  private madeGlobals: ReadonlyMap<string, readonly DebugGlobal[]> | undefined;
  private madeFunctions: ReadonlyMap<string, readonly number[]> | undefined;
  private madeTypeNames: ReadonlySet<string> | undefined;
  private readonly addresses = new WeakMap<GlobalSymbol, number>();
  private readonly scopes = new Map<number, UnitScope>();
  /** The program's debug information, with the types of the expressions behind its own. */
  readonly debug: DebugInfo;

  constructor(image: DebugInfo) {
    const fileIds = new Map(image.files.map((path, id) => [path, id]));
    this.types = new DebugTypes((path) => fileIds.get(path), image.types);
    this.debug = withMoreTypes(image, this.types.types);
  }

  // Tables of a whole program are made for the first expression, not while a run is opened.

  /** Names that start a type, for the parser. */
  get typeNames(): ReadonlySet<string> {
    return (this.madeTypeNames ??= new Set(Object.keys(this.debug.typeNames).filter((name) => !name.includes(' '))));
  }

  private get globals(): ReadonlyMap<string, readonly DebugGlobal[]> {
    return (this.madeGlobals ??= grouped(
      this.debug.globals.filter((global) => global.function === undefined),
      (global) => global.name,
    ));
  }

  private get functions(): ReadonlyMap<string, readonly number[]> {
    return (this.madeFunctions ??= grouped(
      [...this.debug.functions.keys()],
      (id) => itemAt(this.debug.functions, id).name,
    ));
  }

  /** What a file's functions see at file scope; -1 for no file in particular. */
  unitScope(file: number): UnitScope {
    let scope = this.scopes.get(file);
    if (!scope) {
      const names = new DebugFileScope(
        (name) => this.entity(name, file),
        (name) => this.tag(name),
      );
      const view = { scope: names, typedefs: new Map(), tags: new Map(), enumerators: new Map(), symbols: new Map() };
      this.scopes.set(file, (scope = view));
    }
    return scope;
  }

  /** Whether the program itself gives the name a meaning: a function that is only declared has none. */
  has(name: string): boolean {
    const { typeNames, constants, functions } = this.debug;
    const isDefined = this.functions.get(name)?.some((id) => functions[id]?.kind !== 'missing') ?? false;
    return isDefined || this.globals.has(name) || Object.hasOwn(typeNames, name) || Object.hasOwn(constants, name);
  }

  /** The function as a symbol. */
  functionSymbol(id: number): GlobalSymbol {
    const { name, type, linkage } = itemAt(this.debug.functions, id);
    return this.symbol(
      { kind: 'function', name, type: this.typeOf(type), spelling: '', linkage, span: nowhere },
      TEXT_BASE + id * TEXT_STEP,
    );
  }

  /** Static variables of a function. */
  statics(fn: DebugFunction): readonly GlobalSymbol[] {
    const own = this.debug.globals.filter((global) => global.function === fn.name);
    const here = own.filter((global) => global.file === fn.file);
    return (here.length > 0 ? here : own).map((global) => this.globalSymbol(global));
  }

  /** A variable of a frame; identity matters to what is lowered from it. */
  local(name: string, type: TypeId, spelling: string): LocalVariable {
    return { name, type: this.typeOf(type), spelling, span: nowhere, addressTaken: true };
  }

  /** An object that exists for one expression only. */
  temporary(name: string, type: TypeId, bytes: Uint8Array): GlobalSymbol {
    const data = { bytes, relocations: [] };
    return { kind: 'object', name, type: this.typeOf(type), spelling: '', linkage: 'none', span: nowhere, data };
  }

  /** Address of an object, or pointer value of a function; 0 for what has no place in the program. */
  addressOf(symbol: GlobalSymbol): number {
    return (this.addresses.get(symbol) ?? 0) | 0;
  }

  /** The C type of a debug type: the same object each time. */
  typeOf(id: TypeId): CType {
    const known = this.byId.get(id);
    if (known) {
      return known;
    }
    const target = this.complete(id);
    const type = target === id ? this.make(id) : this.typeOf(target);
    this.byId.set(id, type);
    this.types.bind(type, id);
    return type;
  }

  /** The debug type of a C type; one that only an expression mentions gets an id behind those of the program. */
  idOf(type: CType): TypeId {
    return this.types.idOf(type);
  }

  /** A record that was only declared where the type was met stands for its definition elsewhere. */
  private complete(id: TypeId): TypeId {
    const type = itemAt(this.debug.types, id);
    return type.kind === 'record' && !type.complete && type.name !== ''
      ? (this.typeNamed(`${type.tag} ${type.name}`) ?? id)
      : id;
  }

  private typeNamed(name: string): TypeId | undefined {
    return Object.hasOwn(this.debug.typeNames, name) ? this.debug.typeNames[name] : undefined;
  }

  private make(id: TypeId): CType {
    const type = itemAt(this.debug.types, id);
    switch (type.kind) {
      case 'void':
        return basic.voidType;
      case 'integer':
        return integers.get(type.name) ?? (type.signed ? basic.intType : basic.unsignedIntType);
      case 'floating':
        return floatings[type.name as FloatingType['name']] ?? basic.doubleType;
      case 'pointer':
        return this.table.pointer(this.typeOf(type.to));
      case 'array':
        return this.table.array(this.typeOf(type.of), type.length < 0 ? undefined : type.length);
      case 'function':
        return this.table.function(
          this.typeOf(type.returns),
          type.parameters.map((parameter) => this.typeOf(parameter)),
          type.variadic,
          type.parameters.length > 0,
        );
      case 'enum':
        return enumType(type);
      case 'record':
        return new DebugRecord(type, (field) => this.typeOf(field), this.debug.files);
    }
  }

  private entity(name: string, file: number): Entity | undefined {
    const type = name.includes(' ') ? undefined : this.typeNamed(name);
    if (type !== undefined) {
      return {
        kind: 'typedef',
        type: this.typeOf(type),
        qualifiers: 0,
        align: undefined,
        spelling: name,
        span: nowhere,
      };
    }
    const global = preferred(this.globals.get(name), file);
    if (global) {
      return { kind: 'symbol', symbol: this.globalSymbol(global) };
    }
    const ids = this.functions.get(name);
    const fn = preferred(
      ids?.map((id) => ({
        id,
        file: itemAt(this.debug.functions, id).file,
        linkage: itemAt(this.debug.functions, id).linkage,
      })),
      file,
    );
    if (fn) {
      return { kind: 'symbol', symbol: this.functionSymbol(fn.id) };
    }
    const { constants } = this.debug;
    const value = Object.hasOwn(constants, name) ? constants[name] : undefined;
    if (value !== undefined) {
      return {
        kind: 'enumerator',
        value: BigInt(value),
        type: value > 0x7fffffff ? basic.unsignedIntType : basic.intType,
        span: nowhere,
      };
    }
    return undefined;
  }

  private tag(name: string): Tag | undefined {
    const id = this.typeNamed(`struct ${name}`) ?? this.typeNamed(`union ${name}`) ?? this.typeNamed(`enum ${name}`);
    const type = id === undefined ? undefined : this.typeOf(id);
    return type?.kind === 'record' || type?.kind === 'enum' ? type : undefined;
  }

  private globalSymbol({ name, type, spelling, linkage, address }: DebugGlobal): GlobalSymbol {
    return this.symbol({ kind: 'object', name, type: this.typeOf(type), spelling, linkage, span: nowhere }, address);
  }

  private symbol(symbol: GlobalSymbol, address: number): GlobalSymbol {
    this.addresses.set(symbol, address);
    return symbol;
  }
}

/** Looks names up when they are used: a kernel has thousands, an expression uses a few. */
class DebugFileScope extends Scope {
  constructor(
    private readonly entity: (name: string) => Entity | undefined,
    private readonly tag: (name: string) => Tag | undefined,
  ) {
    super(undefined);
  }

  override findHere(name: string): Entity | undefined {
    if (!this.names.has(name)) {
      const found = this.entity(name);
      if (!found) {
        return undefined;
      }
      this.names.set(name, found);
    }
    return this.names.get(name);
  }

  override findTagHere(name: string): Tag | undefined {
    return this.tags.get(name) ?? this.tag(name);
  }
}

/** A record whose members' types are made when somebody asks: records point to each other all over a kernel. */
class DebugRecord implements RecordType {
  readonly kind = 'record';
  readonly tag;
  readonly name;
  readonly complete;
  readonly size;
  readonly align;
  readonly damage?: Damage;
  private made: readonly Field[] | undefined;

  constructor(
    private readonly type: Extract<DebugType, { kind: 'record' }>,
    private readonly typeOf: (id: TypeId) => CType,
    files: readonly string[],
  ) {
    this.tag = type.tag;
    this.name = type.name === '' ? undefined : type.name;
    this.complete = type.complete;
    this.size = type.size;
    this.align = type.align;
    if (type.damage) {
      const { member, record, file, line } = type.damage;
      this.damage = { member: member || undefined, record, path: files[file] ?? '', line };
    }
  }

  get fields(): readonly Field[] {
    return (this.made ??= this.type.fields.map(({ name, type, spelling, offset, bitOffset, bitSize }): Field => ({
      name: name === '' ? undefined : name,
      type: this.typeOf(type),
      spelling,
      offset,
      ...(bitSize === undefined ? {} : { bitOffset: bitOffset ?? 0, bitSize }),
    })));
  }
}

function enumType({ name, size, signed, enumerators }: Extract<DebugType, { kind: 'enum' }>): EnumType {
  const underlying =
    [...integers.values()].find(
      (each) => each.size === size && each.signed === signed && each.name !== '_Bool' && !each.name.includes('long'),
    ) ?? basic.unsignedIntType;
  return {
    kind: 'enum',
    name: name === '' ? undefined : name,
    complete: true,
    underlying,
    enumerators: enumerators.map((each) => ({ name: each.name, value: BigInt(each.value) })),
  };
}

function preferred<T extends { readonly file: number; readonly linkage: 'external' | 'internal' }>(
  all: readonly T[] | undefined,
  file: number,
): T | undefined {
  return all?.find((each) => each.file === file) ?? all?.find((each) => each.linkage === 'external') ?? all?.[0];
}

function grouped<T>(all: readonly T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) {
      group.push(each);
    } else {
      groups.set(key, [each]);
    }
  }
  return groups;
}
