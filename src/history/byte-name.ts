/**
 * What bytes are called in C.
 *
 * In: bytes at a stop of the machine, and the expression that a statement checked their address with. Out: that
 * expression; or the variable of a frame or the global that they lie in, with members and subscripts; or their address.
 */
import type { DebugInfo, TypeId } from '../abi/debug-info';
import { formatAddress } from '../base/bytes';
import { sentence, type Told } from '../sentences/sentence';
import type { Machine } from '../machine/machine';
import type { SourceRange } from './trace';

export function byteName(machine: Machine, { address, size, expression, frame }: SourceRange): Told {
  if (expression !== undefined) {
    return expression;
  }
  const { debug } = machine;
  const { variables = [], frameSize = 0 } = debug.functions[frame?.functionId ?? -1] ?? {};
  const inFrame =
    frame && variables.find((each) => holds(debug, frame.fp - frameSize + each.offset, each.type, address));
  if (frame && inFrame) {
    return inFrame.name + partOf(debug, inFrame.type, address - (frame.fp - frameSize + inFrame.offset), size);
  }
  const global = debug.globals.find((each) => address >= each.address && address < each.address + each.size);
  if (global) {
    return global.name + partOf(debug, global.type, address - global.address, size);
  }
  const at = formatAddress(address);
  const isUser = address >= machine.map.userStart && address < machine.map.userEnd;
  return isUser ? sentence('user-memory-at', { at }) : at;
}

function holds(debug: DebugInfo, start: number, type: TypeId, address: number): boolean {
  return address >= start && address < start + Math.max(1, debug.types[type]?.size ?? 0);
}

/** Members and subscripts that lead to `size` bytes at an offset of a type. */
function partOf(debug: DebugInfo, id: TypeId, offset: number, size: number): string {
  const type = debug.types[id];
  if (type?.kind === 'array' && offset + size <= type.size) {
    const element = debug.types[type.of]?.size ?? 0;
    const index = element > 0 ? Math.floor(offset / element) : 0;
    return element > 0 && size <= element ? `[${index}]${partOf(debug, type.of, offset - index * element, size)}` : '';
  }
  if (type?.kind === 'record' && !(offset === 0 && size === type.size)) {
    const field = type.fields.find(
      (each) => offset >= each.offset && offset + size <= each.offset + (debug.types[each.type]?.size ?? 0),
    );
    return field ? `${field.name && `.${field.name}`}${partOf(debug, field.type, offset - field.offset, size)}` : '';
  }
  return '';
}
