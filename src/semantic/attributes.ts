/**
 * GNU attributes that change meaning, and `#pragma pack`. In: attributes as written. Out: what they ask for. Those that
 * change nothing a person could see (`noreturn`, `format`, `unused`, `regparm` …) are passed over; any other is told, for
 * the program would mean something else with it.
 */
import { sentence } from '../sentences/sentence';
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
  /** `asm("label")`: the name that the linker knows it by. */
  readonly label: string | undefined;
  /** `constructor(n)`, `destructor(n)`: runs before or after `main`, lower numbers first or last. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** `transparent_union`: as a parameter it takes what any of its members does. */
  readonly transparent: boolean;
  /** `mode(DI)` and the like: bytes of the integer type asked for. */
  readonly mode: string | undefined;
  /** `vector_size(n)`: not a type of this compiler. */
  readonly vector: boolean;
}

/** `aligned` without an argument: the largest alignment of the target. */
const largestAlignment = 16;
/** Where `constructor` and `destructor` without a number come. */
const lastPriority = 65536;
const none: Attributes = {
  packed: false,
  limit: undefined,
  align: undefined,
  section: undefined,
  weak: false,
  alias: undefined,
  label: undefined,
  before: undefined,
  after: undefined,
  transparent: false,
  mode: undefined,
  vector: false,
};

/** Hints, checks at compile time, calling conventions between functions that are all compiled here, linkage to others. */
const harmless = new Set(
  `access alloc_align alloc_size always_inline artificial assume_aligned bounded cdecl cold common const copy counted_by
   deprecated designated_init error externally_visible fallthrough fastcall flatten force_align_arg_pointer format
   format_arg gcc_struct gnu_inline hot leaf malloc may_alias ms_abi musttail near no_icf no_instrument_function
   no_profile_instrument_function no_reorder no_sanitize no_sanitize_address no_sanitize_undefined no_split_stack
   no_stack_protector noclone nocommon nofree noinline noipa nonnull nonstring noplt noreturn nothrow optimize
   patchable_function_entry pure regparm returns_nonnull returns_twice sentinel simd sseregparm stack_protect stdcall
   syscall_linkage sysv_abi target thiscall tls_model unavailable unused used visibility volatile warn_if_not_aligned
   warn_unused_result warning weak_import zero_call_used_regs`.split(/\s+/),
);

/** Reads a list of attributes. */
export function readAttributes(context: Context, list: readonly Attribute[]): Attributes {
  if (list.length === 0) {
    return none;
  }
  const found: { -readonly [Key in keyof Attributes]: Attributes[Key] } = { ...none };
  for (const attribute of list) {
    switch (attribute.name) {
      case 'packed':
        found.packed = true;
        break;
      case 'pragma_pack':
        found.limit = alignment(context, attribute);
        break;
      case 'aligned':
        found.align = Math.max(found.align ?? 1, alignment(context, attribute) ?? largestAlignment);
        break;
      case 'section':
        found.section = text(attribute);
        break;
      case 'weak':
        found.weak = true;
        break;
      case 'alias':
        found.alias = text(attribute);
        break;
      case 'asm':
        found.label = text(attribute);
        break;
      case 'constructor':
        found.before = priority(context, attribute);
        break;
      case 'destructor':
        found.after = priority(context, attribute);
        break;
      case 'transparent_union':
        found.transparent = true;
        break;
      case 'mode':
        found.mode =
          attribute.args[0]?.kind === 'identifier' ? attribute.args[0].name.replace(/^__|__$/g, '') : undefined;
        break;
      case 'vector_size':
        found.vector = true;
        break;
      default:
        if (!harmless.has(attribute.name)) {
          context.reporter.warn(
            attribute.span,
            sentence('attribute-attribute-is-ignored-this-compiler-does', { attribute: attribute.name }),
            sentence('remove-it-or-write-what-it-does-in-c'),
          );
        }
        break;
    }
  }
  return found;
}

function priority(context: Context, attribute: Attribute): number {
  const argument = attribute.args[0];
  const value = argument && toValue(context, context.checker.operand(context, argument));
  return value?.kind === 'integer' ? Number(BigInt.asUintN(16, value.value)) : lastPriority;
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
      sentence('an-alignment-must-be-a-constant-power-of-two'),
      sentence('write-a-power-of-two'),
    );
  }
  return 1;
}

function text(attribute: Attribute): string | undefined {
  const argument = attribute.args[0];
  return argument?.kind === 'string' ? String.fromCharCode(...argument.bytes.subarray(0, 256)) : undefined;
}
