/**
 * Which addresses have been checked on the way to here: a register's value plus a constant needs no second look while
 * neither the register nor the shadow has changed, nor one that was found less than a bound. Only calls change the
 * shadow.
 *
 * In: what is emitted, in code order. Out: whether a check can be left out.
 */
import type { Expr, Register } from '../ir/instructions';

export class CheckedAddresses {
  /** By register: offsets. */
  private known = new Map<Register, Set<number>>();
  /** By register: what its value is less than. */
  private limits = new Map<Register, number>();

  /** Notes that the register's value is less than `limit`; true when that is known already. */
  isBelow(register: Register, limit: number): boolean {
    const known = this.limits.get(register);
    if (known !== undefined && known <= limit) {
      return true;
    }
    this.limits.set(register, limit);
    return false;
  }

  /** Notes a check of `size` bytes at `address + offset`; true when it has been made already. */
  seen(address: Expr, offset: number, size: number): boolean {
    const first = this.noted(address, offset);
    return size <= 4 ? first : this.noted(address, offset + size - 1) && first;
  }

  private noted(address: Expr, offset: number): boolean {
    const sum =
      address.op === 'binary' && address.operator === 'add' && address.kind === 'i32' && address.right.op === 'const'
        ? address
        : undefined;
    const base = sum ? sum.left : address;
    if (base.op !== 'register') {
      return false;
    }
    const at = (offset + (sum?.right.op === 'const' ? Number(sum.right.value) : 0)) | 0;
    const offsets = this.known.get(base.register);
    if (offsets?.has(at)) {
      return true;
    }
    this.known.set(base.register, (offsets ?? new Set()).add(at));
    return false;
  }

  /** The register has another value now. */
  changed(register: Register): void {
    this.known.delete(register);
    this.limits.delete(register);
  }

  /** Code can come here from elsewhere, or the shadow may have changed. */
  forget(): void {
    this.known.clear();
    this.limits.clear();
  }

  /** Emits code that runs on one of several ways only: what it checks counts for itself alone. */
  aside(emit: () => void): void {
    const { known, limits } = this;
    this.known = new Map([...known].map(([register, offsets]) => [register, new Set(offsets)]));
    this.limits = new Map(limits);
    emit();
    this.known = known;
    this.limits = limits;
  }
}
