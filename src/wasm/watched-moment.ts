/**
 * When an access was made that a watched module tells of (`watch-stores.ts`).
 *
 * In: the machine's control words, the fuel that was told, how many statements its statement has counted ahead. Out: the
 * clock of the last stop before it.
 */
import { Control } from '../abi/memory-map';
import { FUEL_BIAS } from './target';

export function watchedMoment(view: DataView, fuel: number, ahead: number): number {
  const end = view.getUint32(Control.clockAtEnd, true) + view.getInt32(Control.clockAtEnd + 4, true) * 2 ** 32;
  return end - (fuel - FUEL_BIAS) - ahead;
}
