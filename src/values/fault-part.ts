/**
 * Which part of an expression leads nowhere: `sk->next` in `sk->next->state`, when that is null.
 *
 * In: a checked expression, the text of the access that failed, and a way to get a part's value. Out: the pointer, as
 * written, with its value. Pointers are looked at in the order in which C evaluates them, so the first bad one is the
 * culprit; those of the access that failed are looked at before others of the same expression, which may not have been
 * reached.
 */
import type { Place, Value } from '../semantic/checked';
import type { Span } from '../source/source-file';

/** A pointer that an access goes through. */
interface Followed {
  readonly pointer: Value;
  /** Text of the whole access: `sk->next->state`. */
  readonly access: string;
}

/** The pointer that is bad, and the value it has. */
export interface BadPointer {
  readonly text: string;
  readonly address: number;
}

/** `valueOf` gives a pointer's value, undefined when it cannot be had; `isBad` says whether it leads nowhere. */
export function badPointer(
  root: Value | Place,
  failed: string | undefined,
  valueOf: (pointer: Value) => number | undefined,
  isBad: (address: number) => boolean,
): BadPointer | undefined {
  const all: Followed[] = [];
  visit(root, all);
  const concerned = failed === undefined ? [] : all.filter(({ access }) => access === failed);
  for (const { pointer } of [...concerned, ...all]) {
    const address = valueOf(pointer);
    if (address !== undefined && isBad(address)) {
      return { text: textOf(pointer.span), address };
    }
  }
  return undefined;
}

/** The source text of a part, without parentheses around it. */
function textOf({ file, start, end }: Span): string {
  const text = file.text.slice(start, end).trim();
  return /^\([^()]*\)$/.test(text) ? text.slice(1, -1).trim() : text;
}

function visit(node: Value | Place, found: Followed[]): void {
  switch (node.kind) {
    case 'local':
    case 'global':
    case 'dereference':
    case 'member':
      visitPlace(node, node.span, found);
      return;
    case 'load':
    case 'address':
      visitPlace(node.place, node.kind === 'load' ? node.place.span : node.span, found);
      return;
    case 'assign':
    case 'compound-assign':
      visitPlace(node.place, node.place.span, found);
      visit(node.value, found);
      return;
    case 'increment':
      visitPlace(node.place, node.place.span, found);
      return;
    default:
      partsOf(node).forEach((part) => visit(part, found));
  }
}

function visitPlace(place: Place, access: Span, found: Followed[]): void {
  switch (place.kind) {
    case 'dereference':
      visit(place.address, found);
      for (const pointer of place.address.kind === 'offset'
        ? [place.address.pointer, place.address]
        : [place.address]) {
        found.push({ pointer, access: access.file.text.slice(access.start, access.end) });
      }
      return;
    case 'member':
      visitPlace(place.base, access, found);
      return;
    case 'materialize':
      visit(place.value, found);
      return;
    default:
      return;
  }
}

/** The values that a value is made of, in the order of their evaluation. */
function partsOf(value: Value | Place): readonly Value[] {
  switch (value.kind) {
    case 'negate':
    case 'complement':
    case 'not':
    case 'convert':
      return [value.operand];
    case 'arithmetic':
    case 'compare':
    case 'pointer-difference':
    case 'and':
    case 'or':
    case 'comma':
      return [value.left, value.right];
    case 'offset':
      return [value.pointer, value.index];
    case 'conditional':
      return [value.condition, ...(value.then ? [value.then] : []), value.otherwise];
    case 'call':
      return [value.callee, ...value.args];
    case 'builtin':
      return value.args;
    default:
      return [];
  }
}
