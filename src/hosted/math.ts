/**
 * Mathematics (C99 7.12) for hosted programs. Doubles are two argument words, floats (names that end in f) one; results
 * are returned by their bits.
 */
import type { Bilingual } from '../base/bilingual';
import { service } from '../kernel/service-module';
import type { Service, ServiceCall, ServiceResult } from '../machine/service';
import { CALL_BYTES } from './call-cost';

const one: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  exp: Math.exp,
  log: Math.log,
  log10: Math.log10,
  log2: Math.log2,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  fabs: Math.abs,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  round,
};
const two: Readonly<Record<string, (x: number, y: number) => number>> = {
  pow: Math.pow,
  atan2: Math.atan2,
  hypot: Math.hypot,
  fmod: (x, y) => x % y,
  fmin: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y)),
  fmax: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y)),
  ldexp: scaled,
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
};

/** To the nearest integer, halves away from zero. */
function round(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}

/** In two steps, so that the power of two alone neither overflows nor vanishes. */
function scaled(x: number, power: number): number {
  const first = Math.trunc(Math.max(-2000, Math.min(2000, power)) / 2);
  return x * 2 ** first * 2 ** (Math.max(-2000, Math.min(2000, power)) - first);
}

function doubleAt(call: ServiceCall, word: number): number {
  return call.memory.view.getFloat64(call.argAddress(word), true);
}

function floatAt(call: ServiceCall, word: number): number {
  return call.memory.view.getFloat32(call.argAddress(word), true);
}

function bitsOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

function floatBitsOf(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getInt32(0);
}

export function mathServices(reason: Bilingual): Service[] {
  const make = (name: string, body: (call: ServiceCall) => ServiceResult): Service =>
    service(name, reason, (call) => {
      call.host.touched(CALL_BYTES);
      return body(call);
    });
  return [
    ...Object.entries(one).flatMap(([name, body]) => [
      make(name, (call) => bitsOf(body(doubleAt(call, 0)))),
      make(`${name}f`, (call) => floatBitsOf(body(floatAt(call, 0)))),
    ]),
    ...Object.entries(two).flatMap(([name, body]) => {
      const integral = name === 'ldexp';
      return [
        make(name, (call) => bitsOf(body(doubleAt(call, 0), integral ? call.int(2) : doubleAt(call, 2)))),
        make(`${name}f`, (call) => floatBitsOf(body(floatAt(call, 0), integral ? call.int(1) : floatAt(call, 1)))),
      ];
    }),
  ];
}
