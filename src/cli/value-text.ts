/** Values as the command line shows them: `-22 (-EINVAL)`, `0xc0100000`, seconds of virtual time. */
import type { ResultText } from '../facade/session';

/** A function's result: small negative numbers are errors, large positive ones are addresses. */
export function resultText(value: number, result: ResultText): string {
  return value > 0xffffff ? `0x${value.toString(16).padStart(8, '0')}` : result(value);
}

/** `3.02 s`; empty when there is no clock. */
export function timeText(seconds: number | undefined): string {
  return seconds === undefined ? '' : `${seconds.toFixed(2)} s`;
}

/** Bytes as hex digits, for JSON. */
export function hexText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
