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
import { framesOf } from '../machine/frames';
import { frameAt } from '../values/frame-at';
import type { Expressions } from './expressions';
import type { Bits, SourceRange } from './source-ranges';

/** Bytes by their name, as C shows them. */
export interface NamedBytes {
  readonly label: Told;
  /** The value, where the name is C that says what the bytes are. */
  readonly shown?: string | undefined;
  /** The bits that are meant, when the name is that of a bit-field. */
  readonly bits: Bits | undefined;
}

/** Frames of a stack in which a name may be one. */
const FRAMES = 3;

/** The name of bytes, and what it says of them in the frame at which the machine stands, or in one that called it. */
export function nameBytes(machine: Machine, range: SourceRange, expressions: Expressions): NamedBytes {
  const label = byteName(machine, range);
  const task = machine.tasks.get(machine.currentTask);
  if (typeof label !== 'string' || label.startsWith('0x') || !task) {
    return { label, bits: undefined };
  }
  const { memory, debug } = machine;
  const own = range.frame?.fp;
  const frames =
    own === undefined
      ? framesOf(task, memory, debug, FRAMES)
      : framesOf(task, memory, debug).filter(({ fp }) => fp === own);
  for (const frame of frames) {
    const found = expressions.object(machine, label, frameAt(debug, frame));
    if (found?.address === range.address && found.size === range.size) {
      return { label, shown: found.display, bits: found.bits };
    }
  }
  return { label, bits: undefined };
}

function byteName(machine: Machine, { address, size, expression, frame }: SourceRange): Told {
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
