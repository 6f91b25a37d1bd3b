/**
 * Values in a format that a person asked for, and memory in units, in the manner of gdb's `p/x` and `x/4xw`.
 *
 * In: a value node, or a place in memory. Out: value nodes. An integer is shown with all bits of its size in the formats
 * x, o, t, and of a struct or an array each part is.
 */
import { formatAddress } from '../base/bytes';
import type { Format } from './requested';
import { symbolAt, type ValueContext } from './value-context';
import type { Scalar, ValueNode } from './value-model';
import { quoteText } from './value-text';

/** The node with its scalars in the format. */
export function shownAs(context: ValueContext, node: ValueNode, format: Format): ValueNode {
  const children = (start?: number, count?: number): readonly ValueNode[] =>
    node.children(start, count).map((child) => shownAs(context, child, format));
  const bits = 8 * (node.size ?? sizeOfScalar(node));
  const display = formatted(context, node.scalar, bits, format);
  if (display !== undefined) {
    return { ...node, display, children };
  }
  const total = node.named + node.indexed;
  const shown = node.scalar.kind === 'none' && total > 0 ? children(0, Math.min(total, PREVIEW)) : [];
  if (shown.length === 0 || format === 's') {
    return { ...node, children };
  }
  const parts = shown.map((each) => (node.indexed > 0 ? each.display : `${each.name} = ${each.display}`));
  return { ...node, display: `{${[...parts, ...(total > PREVIEW ? ['…'] : [])].join(', ')}}`, children };
}

const PREVIEW = 8;

function sizeOfScalar({ scalar, type }: ValueNode): number {
  if (scalar.kind === 'integer' && typeof scalar.value === 'bigint') {
    return 8;
  }
  return /\bchar\b/.test(type) ? 1 : /\bshort\b/.test(type) ? 2 : 4;
}

/** A scalar in a format; undefined where the format says nothing about it. */
function formatted(context: ValueContext, scalar: Scalar, bits: number, format: Format): string | undefined {
  if (scalar.kind === 'floating') {
    return format === 'f'
      ? String(scalar.value)
      : whole(context, BigInt(Math.trunc(finite(scalar.value))), bits, format);
  }
  const value =
    scalar.kind === 'integer' ? BigInt(scalar.value) : scalar.kind === 'pointer' ? BigInt(scalar.address) : undefined;
  return value === undefined ? undefined : whole(context, value, bits, format);
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function whole(context: ValueContext, value: bigint, bits: number, format: Format): string | undefined {
  const unsigned = BigInt.asUintN(bits, value);
  switch (format) {
    case 'x':
      return `0x${unsigned.toString(16)}`;
    case 'o':
      return unsigned === 0n ? '0' : `0${unsigned.toString(8)}`;
    case 't':
      return unsigned.toString(2);
    case 'd':
      return BigInt.asIntN(bits, value).toString();
    case 'u':
      return unsigned.toString();
    case 'c': {
      const byte = Number(unsigned & 255n);
      return `${BigInt.asIntN(Math.min(bits, 8), value)} '${quoteText([byte])?.slice(1, -1) ?? `\\${byte.toString(8).padStart(3, '0')}`}'`;
    }
    case 'a': {
      const address = Number(BigInt.asUintN(32, value));
      const symbol = symbolAt(context.debug, address);
      return `${formatAddress(address)}${symbol === undefined ? '' : ` <${symbol}>`}`;
    }
    case 'f': {
      const view = new DataView(new ArrayBuffer(8));
      view.setBigUint64(0, unsigned, true);
      return String(bits === 64 ? view.getFloat64(0, true) : Number(view.getFloat32(0, true).toPrecision(9)));
    }
    case 's':
      return undefined;
  }
}

/** Units on a line. */
const LINE = { 1: 8, 2: 8, 4: 4, 8: 2 } as const;

export interface Examined {
  readonly name: string;
  readonly address: number;
  readonly count: number;
  readonly unit: 1 | 2 | 4 | 8;
  readonly format: Format;
}

/** `count` units of memory from `address`, as lines of `address: values`, each unit a child. They must be there. */
export function examined(context: ValueContext, { name, address, count, unit, format }: Examined): ValueNode {
  const { memory } = context;
  const shown = (at: number): { readonly text: string; readonly scalar: Scalar } => {
    const signed = format === 'd' || format === 'c';
    const raw =
      unit === 8 ? memory.u64(at) : BigInt(unit === 4 ? memory.u32(at) : unit === 2 ? memory.u16(at) : memory.u8(at));
    const value = signed ? BigInt.asIntN(8 * unit, raw) : raw;
    const scalar: Scalar = { kind: 'integer', value: unit === 8 ? value : Number(value), signed };
    const text = formatted(context, scalar, 8 * unit, format) ?? '';
    return { text: format === 'x' ? `0x${text.slice(2).padStart(2 * unit, '0')}` : text, scalar };
  };
  const units = Array.from({ length: count }, (_, index) => ({
    at: address + index * unit,
    ...shown(address + index * unit),
  }));
  const perLine = LINE[unit];
  const lines = units.flatMap(({ at }, index) =>
    index % perLine === 0
      ? [
          `${placeText(context, at)}: ${units
            .slice(index, index + perLine)
            .map(({ text }) => text)
            .join(' ')}`,
        ]
      : [],
  );
  return {
    name,
    type: `${{ 1: 'byte', 2: 'halfword', 4: 'word', 8: 'giant' }[unit]} [${count}]`,
    display: lines.join('\n'),
    scalar: { kind: 'none' },
    address,
    size: unit * count,
    named: 0,
    indexed: count,
    children: (start = 0, number = count) =>
      units.slice(start, start + number).map(({ at, text, scalar }, index) => ({
        name: `[${start + index}]`,
        type: '',
        display: text,
        scalar,
        address: at,
        size: unit,
        named: 0,
        indexed: 0,
        children: () => [],
      })),
  };
}

function placeText({ debug }: ValueContext, address: number): string {
  const symbol = symbolAt(debug, address);
  return `${formatAddress(address)}${symbol === undefined ? '' : ` <${symbol}>`}`;
}
