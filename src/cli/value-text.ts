/** Values as the command line shows them: `-22 (-EINVAL)`, `0xc0100000`, seconds of virtual time. */
import type { DebugInfo } from '../ir/debug-info';

/** Names of errors by number, from the program's own headers. */
export function errorNames(debug: DebugInfo): ReadonlyMap<number, string> {
  const named = Object.entries(debug.constants).filter(([name]) => /^E[A-Z0-9]+$/.test(name));
  return new Map(named.map(([name, value]) => [value, name]));
}

/** A function's result: small negative numbers are errors, large positive ones are addresses. */
export function resultText(value: number, errors: ReadonlyMap<number, string>): string {
  if (value < 0 && errors.has(-value)) {
    return `${value} (-${errors.get(-value)})`;
  }
  return value > 0xffffff ? `0x${value.toString(16).padStart(8, '0')}` : String(value);
}

/** `3.02 s`; empty when there is no clock. */
export function timeText(seconds: number | undefined): string {
  return seconds === undefined ? '' : `${seconds.toFixed(2)} s`;
}

/** Bytes as hex digits, for JSON. */
export function hexText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
