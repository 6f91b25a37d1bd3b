/**
 * GNU attributes that change meaning, and `#pragma pack`: `packed`, `aligned`, `section`, `weak`, `alias`. All others
 * (`noreturn`, `format`, `unused`, `const`, `regparm` …) change nothing a person could see and are ignored.
 */
import type { Attribute } from '../parse/ast';
import type { Context } from './context';
import { toValue } from './places';

export interface Attributes {
  readonly packed: boolean;
  /** `#pragma pack(n)`: no member is aligned more than this, in bytes. */
  readonly limit: number | undefined;
  /** Bytes. */
  readonly align: number | undefined;
  readonly section: string | undefined;
  readonly weak: boolean;
  readonly alias: string | undefined;
  /** `mode(DI)` and the like: bytes of the integer type asked for. */
  readonly mode: string | undefined;
  /** `vector_size(n)`: not a type of this compiler. */
  readonly vector: boolean;
}

/** `aligned` without an argument: the largest alignment of the target. */
const largestAlignment = 16;
const none: Attributes = {
  packed: false,
  limit: undefined,
  align: undefined,
  section: undefined,
  weak: false,
  alias: undefined,
  mode: undefined,
  vector: false,
};

/** Reads a list of attributes. */
export function readAttributes(context: Context, list: readonly Attribute[]): Attributes {
  if (list.length === 0) {
    return none;
  }
  let { packed, limit, align, section, weak, alias, mode, vector } = none;
  for (const attribute of list) {
    switch (attribute.name) {
      case 'packed':
        packed = true;
        break;
      case 'pragma_pack':
        limit = alignment(context, attribute);
        break;
      case 'aligned':
        align = Math.max(align ?? 1, alignment(context, attribute) ?? largestAlignment);
        break;
      case 'section':
        section = text(attribute);
        break;
      case 'weak':
        weak = true;
        break;
      case 'alias':
        alias = text(attribute);
        break;
      case 'mode':
        mode = attribute.args[0]?.kind === 'identifier' ? attribute.args[0].name.replace(/^__|__$/g, '') : undefined;
        break;
      case 'vector_size':
        vector = true;
        break;
      default:
        break;
    }
  }
  return { packed, limit, align, section, weak, alias, mode, vector };
}

function alignment(context: Context, attribute: Attribute): number | undefined {
  const argument = attribute.args[0];
  if (!argument) {
    return undefined;
  }
  const value = toValue(context, context.checker.operand(context, argument));
  if (
    value.kind === 'integer' &&
    value.value > 0n &&
    value.value <= 0x10000n &&
    (value.value & (value.value - 1n)) === 0n
  ) {
    return Number(value.value);
  }
  if (value.kind !== 'trap') {
    context.reporter.error(
      'SS3004',
      argument.span,
      'an alignment must be a constant power of two',
      'write a power of two',
    );
  }
  return 1;
}

function text(attribute: Attribute): string | undefined {
  const argument = attribute.args[0];
  return argument?.kind === 'string' ? String.fromCharCode(...argument.bytes.subarray(0, 256)) : undefined;
}
