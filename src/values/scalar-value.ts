/**
 * What C does with a scalar, apart from how it is shown.
 *
 * In: scalars as values carry them. Out: whether one counts as true (C99 6.8.4.1: it compares unequal to 0), whether two
 * are the same, the name that one stands for.
 */
import type { Scalar } from './value-model';

/** Whether a condition of this value holds; undefined for what is no scalar. NaN compares unequal to 0. */
export function isNonZero(scalar: Scalar): boolean | undefined {
  switch (scalar.kind) {
    case 'integer':
    case 'floating':
      return Number(scalar.value) !== 0;
    case 'pointer':
      return scalar.address !== 0;
    case 'none':
      return undefined;
  }
}

/** Whether two scalars of one type are the same value: 0.0 and -0.0 are not, and NaN is NaN. */
export function sameScalar(a: Scalar, b: Scalar): boolean {
  switch (a.kind) {
    case 'integer':
      return b.kind === 'integer' && a.value === b.value;
    case 'floating':
      return b.kind === 'floating' && Object.is(a.value, b.value);
    case 'pointer':
      return b.kind === 'pointer' && a.address === b.address;
    case 'none':
      return b.kind === 'none';
  }
}

/** The constant, function or global that the value stands for. */
export function nameOfScalar(scalar: Scalar): string | undefined {
  return scalar.kind === 'integer' ? scalar.constant : scalar.kind === 'pointer' ? scalar.symbol : undefined;
}
