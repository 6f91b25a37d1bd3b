/**
 * Internet checksums (RFC 1071) for trees whose portable C leaves them to the architecture: csum_partial and the copying
 * variants.
 *
 * In: kernel (or user) addresses. Out: the 32-bit running sum, not folded, as the callers expect.
 */
import type { PlainData, ServiceCall, ServiceModule, ServiceResult } from '../machine/service';
import { ERRNO } from '../abi/linux-errno';
import { checkRange } from './memory-check';
import { service } from './service-module';

const REASON = {
  en: 'Checksums are architecture assembler in the kernel.',
  zh: '校验和在内核里是体系结构相关的汇编代码。',
};

export class Checksum implements ServiceModule {
  readonly name = 'checksum';

  readonly services = [
    service('csum_partial', REASON, (call) => summed(call, call.arg(0), call.arg(1), call.arg(2))),
    service('csum_partial_copy_nocheck', REASON, (call) => copied(call, 0)),
    service('csum_partial_copy', REASON, (call) => copied(call, 0)),
    service('csum_partial_copy_from_user', REASON, (call) => copied(call, 1)),
    service('csum_and_copy_to_user', REASON, (call) => copied(call, 2)),
  ];

  save(): PlainData {
    return null;
  }

  restore(_state: PlainData): void {
    // Nothing is remembered between calls.
  }
}

/** One's complement sum of little-endian 16-bit words added to `sum`, with end-around carry of the 32-bit total. */
export function checksumPartial(bytes: Uint8Array, sum: number): number {
  let total = sum >>> 0;
  for (let i = 0; i < bytes.length; i += 2) {
    total += bytes[i]! | ((bytes[i + 1] ?? 0) << 8);
    if (total > 0xffffffff) {
      total -= 0xffffffff;
    }
  }
  return total >>> 0;
}

/** The sum folded to 16 bits and complemented: what goes into a header. */
export function checksumFold(sum: number): number {
  let folded = (sum & 0xffff) + (sum >>> 16);
  folded = (folded & 0xffff) + (folded >>> 16);
  return ~folded & 0xffff;
}

function summed(call: ServiceCall, address: number, size: number, sum: number): ServiceResult {
  const fault = checkRange(call.host, address, size, 'csum_partial');
  return fault ? { kind: 'fault', fault } : checksumPartial(call.memory.read(address, size), sum);
}

/** (src, dst, len, sum[, &err]): `userSide` 0 = both kernel, 1 = source is user memory, 2 = destination is. */
function copied(call: ServiceCall, userSide: 0 | 1 | 2): ServiceResult {
  const [source, target, size] = [call.arg(0), call.arg(1), call.arg(2)];
  const { userStart, userEnd } = call.host.map;
  for (const [index, address] of [source, target].entries()) {
    if (userSide === index + 1) {
      if (address < userStart || address + size > userEnd) {
        call.memory.setU32(call.arg(4), -ERRNO.EFAULT >>> 0);
        return call.arg(3);
      }
    } else {
      const fault = checkRange(call.host, address, size, 'csum_partial_copy');
      if (fault) {
        return { kind: 'fault', fault };
      }
    }
  }
  const bytes = call.memory.read(source, size);
  call.memory.write(target, bytes);
  return checksumPartial(bytes, call.arg(3));
}
