/** Values as the command line shows them: `-22 (-EINVAL)`, `0xc0100000`, seconds of virtual time. */
/** Names of errors by number: those that the catalogue knows, with the values that the program's own headers give. */
export function errorNames(
  names: readonly string[],
  valueOf: (name: string) => number | undefined,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const name of names) {
    const value = valueOf(name);
    if (value !== undefined && !found.has(value)) {
      found.set(value, name);
    }
  }
  return found;
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
