/**
 * Strings, character classes and number conversion (C99 7.4, 7.20.1, 7.21) beyond what the kernel's block-memory
 * services give.
 */
import type { Bilingual } from '../base/bilingual';
import { service } from '../kernel/service-module';
import type { Service, ServiceCall, ServiceResult } from '../machine/service';
import { bytesOf } from './bytes-of';
import { CALL_BYTES } from './call-cost';

const LIMIT = 1 << 20;

const classes: Readonly<Record<string, RegExp>> = {
  isalpha: /[A-Za-z]/,
  isdigit: /\d/,
  isalnum: /[A-Za-z0-9]/,
  isspace: /[ \t\n\v\f\r]/,
  isupper: /[A-Z]/,
  islower: /[a-z]/,
  isxdigit: /[0-9A-Fa-f]/,
  ispunct: /[!-/:-@[-`{-~]/,
  isprint: /[ -~]/,
  isgraph: /[!-~]/,
  iscntrl: /[\0-\x1f\x7f]/,
};

function text(call: ServiceCall, index: number, limit = LIMIT): string {
  const found = call.memory.cString(call.arg(index), limit);
  call.host.touched(found.length * 4);
  return found;
}

/** Bytes whose address is an argument. */
function block(call: ServiceCall, index: number, size: number): Uint8Array {
  call.host.touched(size);
  return call.memory.read(call.arg(index), size);
}

function write(call: ServiceCall, to: number, letters: string): void {
  call.host.touched(letters.length);
  call.memory.write(to, bytesOf(letters));
}

/** How many letters at the beginning are all in, or all not in, a set. */
function span(all: string, letters: string, within: boolean): number {
  const set = new Set(letters);
  let length = 0;
  while (length < all.length && set.has(all.charAt(length)) === within) {
    length++;
  }
  return length;
}

type Make = (name: string, run: (call: ServiceCall) => ServiceResult) => Service;

export function textServices(reason: Bilingual): Service[] {
  const make: Make = (name, run) =>
    service(name, reason, (call) => {
      call.host.touched(CALL_BYTES);
      return run(call);
    });
  return [...classServices(make), ...findingServices(make), ...copyingServices(make), ...numberServices(make)];
}

function classServices(make: Make): Service[] {
  return [
    ...Object.entries(classes).map(([name, pattern]) =>
      make(name, (call) => (call.arg(0) < 256 && pattern.test(String.fromCharCode(call.arg(0))) ? 1 : 0)),
    ),
    make('toupper', (call) => (call.arg(0) >= 97 && call.arg(0) <= 122 ? call.arg(0) - 32 : call.int(0))),
    make('tolower', (call) => (call.arg(0) >= 65 && call.arg(0) <= 90 ? call.arg(0) + 32 : call.int(0))),
  ];
}

/** Looking for characters and strings. */
function findingServices(make: Make): Service[] {
  return [
    ...['strrchr', 'rindex'].map((name) =>
      make(name, (call) => {
        const found =
          call.arg(1) === 0 ? text(call, 0).length : text(call, 0).lastIndexOf(String.fromCharCode(call.arg(1) & 0xff));
        return found < 0 ? 0 : call.arg(0) + found;
      }),
    ),
    make('index', (call) => {
      const found = `${text(call, 0)}\0`.indexOf(String.fromCharCode(call.arg(1) & 0xff));
      return found < 0 ? 0 : call.arg(0) + found;
    }),
    make('strspn', (call) => span(text(call, 0), text(call, 1), true)),
    make('strcspn', (call) => span(text(call, 0), text(call, 1), false)),
    make('strpbrk', (call) => {
      const all = text(call, 0);
      const found = span(all, text(call, 1), false);
      return found === all.length ? 0 : call.arg(0) + found;
    }),
    make('strstr', (call) => {
      const found = text(call, 0).indexOf(text(call, 1));
      return found < 0 ? 0 : call.arg(0) + found;
    }),
    make('memchr', (call) => {
      const found = block(call, 0, call.arg(2)).indexOf(call.arg(1) & 0xff);
      return found < 0 ? 0 : call.arg(0) + found;
    }),
  ];
}

/** Copying, filling and comparing. */
function copyingServices(make: Make): Service[] {
  return [
    make('stpcpy', (call) => {
      const all = text(call, 1);
      write(call, call.arg(0), `${all}\0`);
      return call.arg(0) + all.length;
    }),
    make('stpncpy', (call) => {
      const all = text(call, 1, call.arg(2));
      write(call, call.arg(0), all.padEnd(call.arg(2), '\0'));
      return call.arg(0) + all.length;
    }),
    make('mempcpy', (call) => {
      call.memory.write(call.arg(0), block(call, 1, call.arg(2)));
      return call.arg(0) + call.arg(2);
    }),
    make('bcopy', (call) => call.memory.write(call.arg(1), block(call, 0, call.arg(2)))),
    make('bzero', (call) => {
      call.host.touched(call.arg(1));
      call.memory.fill(call.arg(0), call.arg(1), 0);
    }),
    make('bcmp', (call) => {
      const other = block(call, 1, call.arg(2));
      return block(call, 0, call.arg(2)).every((byte, index) => byte === other[index]) ? 0 : 1;
    }),
    make('strncat', (call) => {
      const end = call.arg(0) + text(call, 0).length;
      write(call, end, `${text(call, 1, call.arg(2))}\0`);
      return call.arg(0);
    }),
  ];
}

function numberServices(make: Make): Service[] {
  return [
    ...['atoi', 'atol'].map((name) =>
      make(name, (call) => Number(/^\s*([-+]?\d+)/.exec(text(call, 0, 64))?.[1] ?? 0) | 0),
    ),
    ...['strtol', 'strtoul'].map((name) => make(name, (call) => parseNumber(call))),
    ...['atof', 'strtod'].map((name) =>
      make(name, (call) => {
        const found = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/.exec(text(call, 0, 400))?.[0] ?? '';
        if (name === 'strtod' && call.arg(1) !== 0) {
          call.memory.setU32(call.arg(1), call.arg(0) + found.length);
        }
        const view = new DataView(new ArrayBuffer(8));
        view.setFloat64(0, Number(found));
        return view.getBigUint64(0);
      }),
    ),
    ...['abs', 'labs'].map((name) => make(name, (call) => Math.abs(call.int(0)))),
    ...['llabs', 'imaxabs'].map((name) =>
      make(name, (call) => {
        const value = call.memory.view.getBigInt64(call.argAddress(0), true);
        return value < 0n ? -value : value;
      }),
    ),
  ];
}

/** strtol and strtoul (C99 7.20.1.4): out of range values are cut to 32 bits. */
function parseNumber(call: ServiceCall): number {
  const source = text(call, 0, 256);
  let base = call.int(2);
  const match = /^(\s*)([-+]?)(0[xX](?=[0-9a-fA-F]))?/.exec(source);
  let at = match?.[0].length ?? 0;
  const hex = match?.[3] !== undefined && (base === 0 || base === 16);
  if (match?.[3] !== undefined && !hex) {
    at -= 2;
  }
  if (base === 0) {
    base = hex ? 16 : source[at] === '0' ? 8 : 10;
  }
  let value = 0n;
  const first = at;
  for (; at < source.length; at++) {
    const digit = parseInt(source[at] ?? '', 36);
    if (Number.isNaN(digit) || digit >= base) {
      break;
    }
    value = value * BigInt(base) + BigInt(digit);
  }
  if (call.arg(1) !== 0) {
    call.memory.setU32(call.arg(1), call.arg(0) + (at === first && !hex ? 0 : at));
  }
  return Number(BigInt.asIntN(32, match?.[2] === '-' ? -value : value));
}
