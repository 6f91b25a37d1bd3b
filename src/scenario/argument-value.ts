/**
 * Values of scenario arguments: numbers, bytes, socket addresses.
 *
 * In: parsed arguments. Out: plain values; undefined where an argument has no such value (the checker has told the user
 * before anything runs). `htons`, `htonl` and `inet_addr` are understood where an address is written.
 */
import { latinBytes, littleWords, networkLong, networkShort, parseAddress } from './byte-order';
import { constantNamed, constantValue } from './constants';
import type { Argument } from './pkt-ast';

/** A pointer argument that is given on purpose: null, or one that no process may use. */
export const POINTER_WORDS: ReadonlySet<string> = new Set(['NULL', 'BAD_POINTER']);

/** Number of an argument, as the C preprocessor and compiler would see it. */
export function numberOf(argument: Argument | undefined): number | undefined {
  switch (argument?.kind) {
    case 'number':
      return argument.value;
    case 'word':
      return constantValue(argument.name);
    case 'or': {
      const values = argument.parts.map(numberOf);
      return values.every((value) => value !== undefined) ? values.reduce((all, value) => all | value, 0) : undefined;
    }
    case 'function': {
      const value = argument.name === 'inet_addr' ? internetAddressOf(argument.args[0]) : numberOf(argument.args[0]);
      return value === undefined
        ? undefined
        : argument.name === 'htons' || argument.name === 'ntohs'
          ? swapShort(value)
          : swapLong(value);
    }
    default:
      return undefined;
  }
}

function swapShort(value: number): number {
  return ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
}

function swapLong(value: number): number {
  return littleWords([value]).reduce((all, byte) => ((all << 8) | byte) >>> 0, 0);
}

/** Host-order value of an address: `inet_addr("127.0.0.1")`, `htonl(INADDR_ANY)`, `"127.0.0.1"`, or a constant. */
export function internetAddressOf(argument: Argument | undefined): number | undefined {
  if (argument?.kind === 'string') {
    return parseAddress(argument.value);
  }
  if (argument?.kind === 'function' && (argument.name === 'inet_addr' || argument.name === 'htonl')) {
    return internetAddressOf(argument.args[0]);
  }
  return numberOf(argument);
}

/** Host-order port: `htons(8080)` or `8080`. */
export function portOf(argument: Argument | undefined): number | undefined {
  return numberOf(argument?.kind === 'function' && argument.name === 'htons' ? argument.args[0] : argument);
}

/** A `struct sockaddr_in` as its parts. */
export interface SocketAddress {
  readonly family: number;
  readonly port: number;
  readonly ip: number;
}

/** 16 bytes of a `struct sockaddr_in`. */
export function socketAddressBytes({ family, port, ip }: SocketAddress): number[] {
  return [family & 0xff, (family >>> 8) & 0xff, ...networkShort(port), ...networkLong(ip), 0, 0, 0, 0, 0, 0, 0, 0];
}

/**
 * Parts of `{sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("1.2.3.4")}`; missing ones are 0 (family:
 * AF_INET).
 */
export function socketAddressOf(argument: Argument): SocketAddress | undefined {
  if (argument.kind !== 'struct') {
    return undefined;
  }
  const field = (names: readonly string[]): Argument | undefined =>
    argument.fields.find(({ name }) => names.includes(name))?.value;
  const part = (
    names: readonly string[],
    read: (value: Argument) => number | undefined,
    otherwise: number,
  ): number | undefined => {
    const value = field(names);
    return value ? read(value) : otherwise;
  };
  const family = part(['sa_family', 'sin_family', 'family'], numberOf, constantNamed('AF_INET'));
  const port = part(['sin_port', 'port'], portOf, 0);
  const ip = part(['sin_addr', 'addr'], internetAddressOf, 0);
  return family === undefined || port === undefined || ip === undefined ? undefined : { family, port, ip };
}

/**
 * Words of an option value: `[1]`, `[1, 2]`, `{onoff=1, linger=5}`, `{tv_sec=1, tv_usec=0}`, `1`. Undefined for `...`.
 */
export function valueWords(argument: Argument): number[] | undefined {
  const items =
    argument.kind === 'array'
      ? argument.items
      : argument.kind === 'struct'
        ? argument.fields.map(({ value }) => value)
        : [argument];
  const words = items.flatMap((item) =>
    item.kind === 'struct' || item.kind === 'array' ? (valueWords(item) ?? [NaN]) : [numberOf(item) ?? NaN],
  );
  return words.some(Number.isNaN) ? undefined : words;
}

/** Bytes that a data argument stands for: a string's, or a pattern of `size` bytes for `...`. */
export function dataBytes(argument: Argument, size: number): number[] {
  const bytes = argument.kind === 'string' ? latinBytes(argument.value) : [];
  return Array.from({ length: size }, (_, i) => bytes[i] ?? (argument.kind === 'string' ? 0 : 0x61 + (i % 26)));
}
