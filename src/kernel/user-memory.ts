/**
 * User memory: the region whose addresses system calls get, and the only ways from the kernel into it.
 *
 * In: `copy_from_user`, `copy_to_user` and their kin from C; allocations by whoever makes system calls (scenario,
 * oracle). Out: the number of bytes that could not be copied, as the kernel's contract says, so that C turns it into
 * -EFAULT. Buffers of a call are taken first-fit from the region and given back when the call has returned. The kernel
 * side of a copy is checked like any other access; `set_fs(KERNEL_DS)` (a real tree's) lets the "user" side be kernel
 * memory.
 */
import { alignUp } from '../base/bytes';
import { ERRNO } from '../abi/linux-errno';
import { SHADOW_USER } from '../abi/memory-map';
import { itemAt } from '../base/checked-access';
import type { ServiceCall, ServiceHost, ServiceResult } from '../machine/service';
import { checkRange } from './memory-check';
import { service, StatefulModule } from './service-module';
import { StructAccess, type Field } from './struct-access';

const REASON = {
  en: 'Crossing into user memory is processor work (page faults and their fix-up).',
  zh: '跨入用户空间由处理器完成（缺页及其修正表），因此由模拟器实现。',
};

/** Where a process's addresses end on the i386. */
const TASK_SIZE = 0xc000_0000;

/** A pointer that no process may use, for scenarios that pass a bad one on purpose. */
export const BAD_POINTER = 0xbad0_0000;

type UserState = {
  /** Ranges in use, by address. */
  taken: { address: number; size: number }[];
};

export class UserMemory extends StatefulModule<UserState> {
  readonly name = 'user-memory';

  readonly services = [
    ...['copy_from_user', '__copy_from_user', '__generic_copy_from_user'].map((name) =>
      service(name, REASON, (call) => this.copy(call, 1, 0)),
    ),
    ...['copy_to_user', '__copy_to_user', '__generic_copy_to_user'].map((name) =>
      service(name, REASON, (call) => this.copy(call, 0, 1)),
    ),
    service('verify_area', REASON, (call) =>
      this.reachable(call.arg(1), call.arg(2)) === call.arg(2) ? 0 : -ERRNO.EFAULT,
    ),
    service('access_ok', REASON, (call) => (this.reachable(call.arg(1), call.arg(2)) === call.arg(2) ? 1 : 0)),
    service('clear_user', REASON, (call) => this.clear(call)),
    service('strncpy_from_user', REASON, (call) => this.copyString(call)),
  ];

  /** `current` and its addr_limit. */
  private current: number | undefined;
  private addressLimit: Field | undefined;

  constructor() {
    super({ taken: [] });
  }

  override start(host: ServiceHost): void {
    super.start(host);
    this.current = host.globalAddress('current');
    this.addressLimit = new StructAccess(host).field('task_struct', 'addr_limit');
    host.setShadow(host.map.userStart, host.map.userEnd - host.map.userStart, SHADOW_USER);
  }

  /** Room for a buffer of a system call, zero-filled, on a 16-byte boundary; undefined when the region is full. */
  allocate(size: number): number | undefined {
    const { userStart, userEnd } = this.host.map;
    const room = alignUp(Math.max(size, 1), 16) + 16;
    let address = alignUp(userStart, 16);
    let index = 0;
    for (; index < this.state.taken.length; index++) {
      const range = itemAt(this.state.taken, index);
      if (address + room <= range.address) {
        break;
      }
      address = range.address + range.size;
    }
    if (address + room > userEnd) {
      return undefined;
    }
    this.state.taken.splice(index, 0, { address, size: room });
    this.host.memory.fill(address, room, 0);
    return address;
  }

  /** Gives a buffer back. */
  release(address: number): void {
    this.state.taken = this.state.taken.filter((range) => range.address !== address);
  }

  /** How many of the `size` bytes from `address` on a process may use. */
  private reachable(address: number, size: number): number {
    if (this.kernelSegment()) {
      return size;
    }
    // Of a range that leads out of a process's address space nothing is touched, as access_ok has it.
    if (address + size > TASK_SIZE) {
      return 0;
    }
    const { userStart, userEnd } = this.host.map;
    return address < userStart || address >= userEnd ? 0 : Math.min(size, userEnd - address);
  }

  /** Whether the running task has said set_fs(KERNEL_DS): its "user" pointers are kernel pointers. */
  private kernelSegment(): boolean {
    const task = this.current === undefined ? 0 : this.host.memory.u32(this.current);
    return task !== 0 && this.addressLimit?.get(task) === 0xffffffff;
  }

  /** Copies `arg(2)` bytes between the kernel argument and the user argument; answers what is left over. */
  private copy(call: ServiceCall, userArgument: 0 | 1, kernelArgument: 0 | 1): ServiceResult {
    const size = call.arg(2);
    const count = this.reachable(call.arg(userArgument), size);
    const fault = checkRange(
      this.host,
      call.arg(kernelArgument),
      count,
      userArgument === 1 ? 'copy_from_user' : 'copy_to_user',
    );
    if (fault) {
      return { kind: 'fault', fault };
    }
    if (count > 0) {
      call.memory.move(call.arg(0), call.arg(1), count);
    }
    return size - count;
  }

  private clear(call: ServiceCall): ServiceResult {
    const count = this.reachable(call.arg(0), call.arg(1));
    if (count > 0) {
      call.memory.fill(call.arg(0), count, 0);
    }
    return call.arg(1) - count;
  }

  private copyString(call: ServiceCall): ServiceResult {
    const limit = this.reachable(call.arg(1), call.arg(2));
    if (limit === 0) {
      return -ERRNO.EFAULT;
    }
    const text = call.memory.cString(call.arg(1), limit);
    const bytes = new Uint8Array(Math.min(text.length + 1, limit));
    bytes.forEach((_, i) => (bytes[i] = text.charCodeAt(i) || 0));
    call.memory.write(call.arg(0), bytes);
    return text.length;
  }
}
