/**
 * Initialisation of automatic objects: clear what the list leaves out, copy literals, store the rest in order.
 */
import type { LocalInitializer, LocalVariable } from '../semantic/checked';
import type { Span } from '../source/source-file';
import { addOffset, frameAddress, i32, symbolAddress } from './builders';
import type { FunctionBuilder } from './function-builder';
import { bitRange } from './lower-bit-fields';
import { argumentAddress, writePlace } from './lower-places';
import { sizeOf } from './scalar';

export function lowerLocalInitializer(
  builder: FunctionBuilder,
  variable: LocalVariable,
  initializer: LocalInitializer,
  site: Span,
): void {
  const home = builder.homeOf(variable);
  if ('index' in home) {
    const [only] = initializer.stores;
    const value = only ? builder.lowerValue(only.value) : undefined;
    if (value) {
      builder.emit({ op: 'set', register: home, value });
    }
    return;
  }
  const base =
    'absolute' in home
      ? i32(home.absolute)
      : 'argument' in home
        ? argumentAddress(home.argument, sizeOf(variable.type))
        : frameAddress(home);
  if (initializer.zero) {
    builder.emit({ op: 'zero', to: base, size: sizeOf(variable.type) });
  }
  for (const copy of initializer.copies ?? []) {
    const from = symbolAddress(builder.refer(copy.symbol));
    builder.emit({ op: 'copy', to: addOffset(base, copy.offset), from, size: copy.size, safe: true, site });
  }
  for (const store of initializer.stores) {
    const { value } = store;
    const to = addOffset(base, store.offset);
    if (value.type.kind === 'record') {
      const from = builder.lowerRecord(value);
      builder.emit({ op: 'copy', to, from, size: sizeOf(value.type), safe: false, site });
      continue;
    }
    const bits =
      store.field?.bitSize !== undefined ? bitRange(store.field, sizeOf(variable.type) - store.offset) : undefined;
    writePlace(
      builder,
      { in: 'memory', address: to, type: store.field && bits ? store.field.type : value.type, site: value.span, bits },
      builder.lowerValue(value),
    );
  }
}
