/**
 * Integers and bit-fields as they lie in memory.
 *
 * In: bytes, an address, a size. Out: numbers; of eight bytes a bigint.
 */
import type { DebugField } from '../abi/debug-info';
import type { ByteReader } from './value-context';

type BitPlace = Pick<DebugField, 'bitOffset' | 'bitSize'>;

/** Reads an integer, or the bit-field `bits` whose storage unit is at `address`. Little endian, two's complement. */
export function readInteger(
  memory: ByteReader,
  address: number,
  size: number,
  signed: boolean,
  bits?: BitPlace,
): number | bigint {
  if (bits?.bitSize !== undefined) {
    return readBits(memory, address, bits.bitOffset ?? 0, bits.bitSize, signed, size === 8);
  }
  if (size === 8) {
    const value = memory.u64(address);
    return signed ? BigInt.asIntN(64, value) : value;
  }
  const value = size === 1 ? memory.u8(address) : size === 2 ? memory.u16(address) : memory.u32(address);
  return signed && value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value;
}

/** Reads just the bytes that hold the bits: in packed records they may cross the end of the unit. */
function readBits(
  memory: ByteReader,
  address: number,
  offset: number,
  width: number,
  signed: boolean,
  wide: boolean,
): number | bigint {
  let all = 0n;
  for (let at = (offset + width - 1) >> 3; at >= offset >> 3; at--) {
    all = (all << 8n) | BigInt(memory.u8(address + at));
  }
  const value = signed
    ? BigInt.asIntN(width, all >> BigInt(offset & 7))
    : BigInt.asUintN(width, all >> BigInt(offset & 7));
  return wide ? value : Number(value);
}
