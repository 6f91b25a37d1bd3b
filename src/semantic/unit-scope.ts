/**
 * The file scope of a checked unit as its readers want it: by kind of name, each table made when it is first asked for.
 */
import type { GlobalSymbol, UnitScope } from './checked';
import type { Entity, Scope } from './scope';

type TypedefTable = UnitScope['typedefs'];
type EnumeratorTable = UnitScope['enumerators'];

/** Reads a {@link Scope}. */
export class FileScopeView implements UnitScope {
  private madeTypedefs: TypedefTable | undefined;
  private madeEnumerators: EnumeratorTable | undefined;
  private madeSymbols: ReadonlyMap<string, GlobalSymbol> | undefined;
  private madeTags: UnitScope['tags'] | undefined;

  constructor(readonly scope: Scope) {}

  get typedefs(): TypedefTable {
    return (this.madeTypedefs ??= this.select((entity) => (entity.kind === 'typedef' ? entity : undefined)));
  }

  get enumerators(): EnumeratorTable {
    return (this.madeEnumerators ??= this.select((entity) => (entity.kind === 'enumerator' ? entity : undefined)));
  }

  get symbols(): ReadonlyMap<string, GlobalSymbol> {
    return (this.madeSymbols ??= this.select((entity) => (entity.kind === 'symbol' ? entity.symbol : undefined)));
  }

  get tags(): UnitScope['tags'] {
    return (this.madeTags ??= new Map(
      [...this.scope.tags].map(([name, tag]) => [`${tag.kind === 'enum' ? 'enum' : tag.tag} ${name}`, tag]),
    ));
  }

  private select<T>(pick: (entity: Entity) => T | undefined): Map<string, T> {
    const table = new Map<string, T>();
    for (const [name, entity] of this.scope.names) {
      const picked = pick(entity);
      if (picked !== undefined) {
        table.set(name, picked);
      }
    }
    return table;
  }
}
