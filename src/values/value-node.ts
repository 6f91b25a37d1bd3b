/**
 * Values as trees that unfold lazily: what variables views, hovers and the inspector show.
 *
 * In: a type and an address (`ValueContext`), a name and a C expression. Out: a `ValueNode`. Records show their first
 * fields, arrays their first elements or their text; children are made only when asked for, a page at a time. A pointer
 * to a record unfolds to the record's fields, a pointer to anything else to its target; a pointer that leads nowhere
 * does not unfold.
 */
import { formatAddress } from '../base/bytes';
import type { DebugField, DebugType, TypeId } from '../abi/debug-info';
import { memberExpression, postfixOperand } from './c-expression';
import type { Scalar, ValueNode } from './value-model';
import { isReadable, placeOf, symbolAt, type ValueContext } from './value-context';
import { formatScalar, isScalar, type FormattedScalar, type ValuePlace } from './value-scalar';
import { arrayText } from './value-text';
import { recordOf, spellType, typeOf, type RecordDebugType } from './value-types';
import { armAt, listAt, partsOf } from './view-facts';
import { labelNode, listNode, partNodes, unionNode } from './viewed-nodes';

export interface ValueRequest {
  readonly name: string;
  readonly expression?: string;
  readonly type: TypeId;
  /** As written in the source; made from the type when absent. */
  readonly spelling?: string;
  readonly address: number;
  readonly place?: ValuePlace;
}

/** Members and elements shown on the one line of a record or array. */
const PREVIEW_FIELDS = 3;
const PREVIEW_ELEMENTS = 4;
const PREVIEW_LENGTH = 72;
const TEXT_LENGTH = 200;

/** The value of `type` at `address`. Bytes outside the machine's memory give `(unreadable)`, never an exception. */
export function valueNode(context: ValueContext, request: ValueRequest): ValueNode {
  const { name, expression, address } = request;
  const type = typeOf(context.debug, request.type);
  const spelling = request.spelling ?? spellType(context.debug, request.type);
  const place = request.place ?? {};
  if (type.kind === 'function') {
    return functionNode(context, name, spelling, address);
  }
  const common = { name, expression, type: spelling, address, size: type.size, ...bitsOf(place) };
  if (!context.memory.contains(address, type.size)) {
    return { ...common, display: '(unreadable)', scalar: NO_SCALAR, mark: 'invalid', ...NOTHING };
  }
  const plain = plainNode(context, type, address, common, place);
  const list = listAt(context, place, request.type);
  if (list) {
    return listNode(context, plain, list, request.type, valueNode);
  }
  const arm = type.kind === 'record' && type.tag === 'union' ? armAt(context, place, address) : undefined;
  return arm === undefined ? labelNode(context, plain, request.type) : unionNode(plain, arm);
}

function bitsOf({ bits }: ValuePlace): Pick<ValueNode, 'bits'> {
  const { bitOffset = 0, bitSize } = bits ?? {};
  return bitSize === undefined ? {} : { bits: { bitOffset, bitSize } };
}

/** The value as C alone has it. */
function plainNode(
  context: ValueContext,
  type: DebugType,
  address: number,
  common: Pick<ValueNode, 'name' | 'expression' | 'type' | 'address' | 'size' | 'bits'>,
  place: ValuePlace,
): ValueNode {
  const { expression } = common;
  if (isScalar(type)) {
    const formatted = formatScalar(context, type, address, place);
    const { named, indexed, children } =
      type.kind === 'pointer' ? pointerChildren(context, type.to, formatted, expression, place) : NOTHING;
    // Written out: most values by far are scalars, and spreading costs as much as all else that is done for one.
    const { name, type: spelling, size, bits } = common;
    const { display, scalar, mark } = formatted;
    return { name, expression, type: spelling, address, size, bits, display, scalar, mark, named, indexed, children };
  }
  switch (type.kind) {
    case 'record':
      return {
        ...common,
        display: previewRecord(context, type, address, 0),
        scalar: NO_SCALAR,
        ...recordChildren(context, type, address, expression, place, '.'),
      };
    case 'array': {
      const length = Math.max(type.length, 0);
      return {
        ...common,
        display: previewArray(context, type, address, 0),
        scalar: NO_SCALAR,
        named: 0,
        indexed: length,
        children: (start = 0, count = length) =>
          arrayElements(context, type, address, expression, place, start, Math.min(count, length - start)),
      };
    }
    default:
      return { ...common, display: 'void', scalar: NO_SCALAR, ...NOTHING };
  }
}

/** `*fn`: the function itself. */
function functionNode({ debug }: ValueContext, name: string, type: string, address: number): ValueNode {
  const symbol = symbolAt(debug, address);
  const display = `${formatAddress(address)}${symbol === undefined ? '' : ` <${symbol}>`}`;
  return { name, type, display, scalar: { kind: 'pointer', address, symbol }, mark: 'function', ...NOTHING };
}

const NO_SCALAR: Scalar = { kind: 'none' };
const NOTHING = { named: 0, indexed: 0, children: (): readonly ValueNode[] => [] };

function recordChildren(
  context: ValueContext,
  record: RecordDebugType,
  address: number,
  expression: string | undefined,
  place: ValuePlace,
  access: '.' | '->',
): Pick<ValueNode, 'named' | 'indexed' | 'children'> {
  const fields = shownFields(context, record);
  const own = (field: DebugField): ValueNode =>
    valueNode(context, fieldRequest(record, field, address, expression, place, access));
  const parts = partsOf(context, record.name, address);
  const total = fields.length + parts.length;
  return {
    named: total,
    indexed: 0,
    children: (start = 0, count = total) => [
      ...fields.slice(start, start + count).map(own),
      ...partNodes(
        context,
        parts.slice(Math.max(0, start - fields.length), Math.max(0, start + count - fields.length)),
        valueNode,
      ),
    ],
  };
}

const shown = new WeakMap<RecordDebugType, readonly DebugField[]>();

/** Members that have a name or members of their own; found once for each type. */
function shownFields(context: ValueContext, record: RecordDebugType): readonly DebugField[] {
  let fields = shown.get(record);
  if (!fields) {
    fields = record.fields.filter((field) => field.name !== '' || recordOf(context.debug, field.type));
    shown.set(record, fields);
  }
  return fields;
}

function fieldRequest(
  record: RecordDebugType,
  field: DebugField,
  address: number,
  expression: string | undefined,
  place: ValuePlace,
  access: '.' | '->',
): ValueRequest {
  const anonymous = field.name === '';
  return {
    name: anonymous ? '(anonymous)' : field.name,
    expression: anonymous || expression === undefined ? expression : memberExpression(expression, access, field.name),
    type: field.type,
    spelling: anonymous ? undefined : field.spelling,
    address: address + field.offset,
    place: placeOfField(record, field, place),
  };
}

/**
 * Where a field lies in C terms: in its own record when that has a tag, else deeper in the path of the record around it.
 */
export function placeOfField(record: RecordDebugType, field: DebugField, outer: ValuePlace): ValuePlace {
  const bits = field.bitSize === undefined ? undefined : { bitOffset: field.bitOffset ?? 0, bitSize: field.bitSize };
  if (record.name !== '') {
    return { record: record.name, path: field.name, bits };
  }
  const path = [outer.path, field.name].filter((part) => part !== undefined && part !== '').join('.');
  return { record: outer.record, path, bits };
}

function pointerChildren(
  context: ValueContext,
  to: TypeId,
  { scalar }: FormattedScalar,
  expression: string | undefined,
  place: ValuePlace,
): Pick<ValueNode, 'named' | 'indexed' | 'children'> {
  const target = typeOf(context.debug, to);
  const address = scalar.kind === 'pointer' ? scalar.address : 0;
  if (target.size <= 0 || !isReadable(context, address, target.size)) {
    return NOTHING; // NULL, functions and the slab's fill bytes are no places that can be read
  }
  if (target.kind === 'record' && target.complete) {
    return recordChildren(context, target, address, expression, {}, '->');
  }
  const inner = expression === undefined ? undefined : `*${postfixOperand(expression)}`;
  return {
    named: 1,
    indexed: 0,
    children: (start = 0, count = 1) =>
      start > 0 || count < 1
        ? []
        : [
            valueNode(context, {
              name: inner ?? '*',
              expression: inner,
              type: to,
              address,
              place: { variable: place.variable },
            }),
          ],
  };
}

function arrayElements(
  context: ValueContext,
  type: Extract<DebugType, { kind: 'array' }>,
  address: number,
  expression: string | undefined,
  place: ValuePlace,
  start: number,
  count: number,
): readonly ValueNode[] {
  const size = typeOf(context.debug, type.of).size;
  return Array.from({ length: Math.max(count, 0) }, (_, step) => {
    const index = start + step;
    return valueNode(context, {
      name: `[${index}]`,
      expression: expression === undefined ? undefined : `${postfixOperand(expression)}[${index}]`,
      type: type.of,
      address: address + index * size,
      place,
    });
  });
}

/** One line for any value, `depth` levels inside another. */
function preview(context: ValueContext, id: TypeId, address: number, place: ValuePlace, depth: number): string {
  const type = typeOf(context.debug, id);
  if (isScalar(type)) {
    return formatScalar(context, type, address, place).display;
  }
  switch (type.kind) {
    case 'record':
      return previewRecord(context, type, address, depth);
    case 'array':
      return previewArray(context, type, address, depth);
    default:
      return '…';
  }
}

function previewRecord(context: ValueContext, record: RecordDebugType, address: number, depth: number): string {
  if (!record.complete || depth > 1 || record.tag === 'union') {
    return '{…}';
  }
  const shown = record.fields.filter((field) => field.name !== '').slice(0, PREVIEW_FIELDS);
  const parts: string[] = [];
  let length = 0;
  for (const field of shown) {
    const text = `${field.name} = ${preview(context, field.type, address + field.offset, placeOfField(record, field, {}), depth + 1)}`;
    length += text.length;
    if (length > PREVIEW_LENGTH) {
      break;
    }
    parts.push(text);
  }
  const complete = parts.length === record.fields.length;
  return `{${[...parts, ...(complete ? [] : ['…'])].join(', ')}}`;
}

function previewArray(
  context: ValueContext,
  type: Extract<DebugType, { kind: 'array' }>,
  address: number,
  depth: number,
): string {
  const element = typeOf(context.debug, type.of);
  const length = Math.max(type.length, 0);
  if (length === 0) {
    return '{}';
  }
  if (element.kind === 'integer' && element.size === 1 && /char$/.test(element.name)) {
    const bytes = context.memory.read(address, Math.min(length, 4 * TEXT_LENGTH));
    const text = placeOf(context, address) === 'freed' ? undefined : arrayText(bytes);
    // Zeros are an empty string only where the type says text; `unsigned char pad[8]` is data.
    if (text !== undefined && (text !== '""' || element.name === 'char')) {
      return text.length > TEXT_LENGTH ? `${text.slice(0, TEXT_LENGTH)}"…` : text;
    }
  }
  if (depth > 0) {
    return '{…}';
  }
  const parts: string[] = [];
  let used = 0;
  for (let index = 0; index < Math.min(length, PREVIEW_ELEMENTS); index++) {
    const text = preview(context, type.of, address + index * element.size, {}, depth + 1);
    used += text.length;
    if (used > PREVIEW_LENGTH) {
      break;
    }
    parts.push(text);
  }
  return `{${[...parts, ...(parts.length === length ? [] : ['…'])].join(', ')}}`;
}
