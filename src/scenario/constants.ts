/**
 * Names that scenarios and oracle files use for numbers: families, types, protocols, options, flags, commands, errors.
 *
 * In: a name. Out: its value in Linux 2.4 on i386 (include/linux and include/asm-i386 of 2.4.0). A few names of later
 * kernels are here so that a scenario can show that 2.4 refuses them.
 */
import { ERRNO as ERRORS, ERRNO_ALIASES } from '../abi/linux-errno';
import { FILE_ALIASES, FILE_COMMANDS, IOCTLS, OPEN_FLAGS } from '../abi/linux-files';
import { namesBefore } from '../abi/linux-later-names';
import { SIGNAL_ACTIONS, SIGNALS } from '../abi/linux-process';
import {
  ADDRESS_FAMILIES,
  ICMP_TYPES,
  ICMP_UNREACHABLE_CODES,
  LATER_SOCKET_NAMES,
  MESSAGE_FLAGS,
  OPTION_LEVELS,
  PATH_MTU_DISCOVERY,
  PROTOCOL_FAMILIES,
  PROTOCOLS,
  SHUTDOWN_HOW,
  SOCKET_NAMES,
  SOCKET_OPTIONS,
  SOCKET_TYPES,
} from '../abi/linux-sockets';
import { given, itemAt, lastOf } from '../base/checked-access';

/** Error numbers that a script may expect, name to value. */
export const ERRNO: { readonly [name: string]: number } = { ...ERRORS, ...ERRNO_ALIASES };

const errorNames = new Map<number, string>(Object.entries(ERRORS).map(([name, value]) => [value, name]));

/** Name of a positive error number, or the number as text. */
export function errorName(value: number): string {
  return errorNames.get(value) ?? String(value);
}

/** What a call returned, as people write it: `3`, or `-1 EINVAL`. */
export function describeResult(value: number): string {
  return value < 0 && value > -4096 ? `-1 ${errorName(-value)}` : String(value);
}

/** Every named constant with its value. */
export const CONSTANTS: ReadonlyMap<string, number> = new Map(
  [
    ...[ADDRESS_FAMILIES, PROTOCOL_FAMILIES, SOCKET_TYPES, SHUTDOWN_HOW, PROTOCOLS, SOCKET_NAMES, LATER_SOCKET_NAMES],
    ...[OPTION_LEVELS, SOCKET_OPTIONS, PATH_MTU_DISCOVERY, MESSAGE_FLAGS, ICMP_TYPES, ICMP_UNREACHABLE_CODES],
    ...[OPEN_FLAGS, FILE_COMMANDS, IOCTLS, FILE_ALIASES, SIGNALS, SIGNAL_ACTIONS, ERRNO, { NULL: 0 }],
  ].flatMap((table) => Object.entries(table)),
);

/** The number of a name that the table has. */
export function constantNamed(name: string): number {
  return given(constantValue(name), `constant ${name}`);
}

/** Value of a constant, or undefined. */
export function constantValue(name: string): number | undefined {
  return CONSTANTS.get(name);
}

/** The known name nearest to a mistyped one, when one is near; for a name of later kernels what 2.4 has instead. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const before = new Set(namesBefore(name));
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (before.has(candidate)) {
      return candidate;
    }
    const distance =
      Math.abs(candidate.length - name.length) < least
        ? editDistance(name.toUpperCase(), candidate.toUpperCase(), least)
        : least;
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein distance, given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = itemAt(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(itemAt(row, j) + 1, lastOf(next) + 1, changed));
    }
    if (Math.min(...next) >= limit) {
      return limit;
    }
    row = next;
  }
  return lastOf(row);
}
