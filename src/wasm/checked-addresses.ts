/**
 * Which addresses have been checked on the way to here: a register's value plus a constant needs no second look while
 * neither the register nor the shadow has changed. Only calls change the shadow.
 *
 * In: what is emitted, in code order. Out: whether a check can be left out.
 */
import type { Expr, Register } from '../ir/instructions';

export class CheckedAddresses {
  /** By register: offsets. */
  private known = new Map<Register, Set<number>>();

  /** Notes a check of `address + offset`; true when it has been made already. */
  seen(address: Expr, offset: number): boolean {
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
  }

  /** Code can come here from elsewhere, or the shadow may have changed. */
  forget(): void {
    this.known.clear();
  }

  /** Emits code that runs on one of several ways only: what it checks counts for itself alone. */
  aside(emit: () => void): void {
    const before = this.known;
    this.known = new Map([...before].map(([register, offsets]) => [register, new Set(offsets)]));
    emit();
    this.known = before;
  }
}
