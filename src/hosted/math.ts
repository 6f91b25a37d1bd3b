/**
 * Mathematics (C99 7.12) for hosted programs. Doubles are two argument words; results are returned by their bits.
 */
import { service, type Bilingual } from '../kernel/service-module';
import type { Service, ServiceCall } from '../machine/service';

const one: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin, cos: Math.cos, tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan, sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh,
  exp: Math.exp, log: Math.log, log10: Math.log10, log2: Math.log2, sqrt: Math.sqrt, cbrt: Math.cbrt, fabs: Math.abs, floor: Math.floor, ceil: Math.ceil,
  trunc: Math.trunc, round: (x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5),
};
const two: Readonly<Record<string, (x: number, y: number) => number>> = {
  pow: Math.pow, atan2: Math.atan2, hypot: Math.hypot, fmod: (x, y) => x % y, fmin: Math.min, fmax: Math.max,
  ldexp: (x, y) => x * 2 ** y,
};

function doubleAt(call: ServiceCall, word: number): number {
  return call.memory.view.getFloat64(call.argAddress(word), true);
}

function bitsOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

export function mathServices(reason: Bilingual): Service[] {
  return [
    ...Object.entries(one).map(([name, body]) => service(name, reason, (call) => bitsOf(body(doubleAt(call, 0))))),
    ...Object.entries(two).map(([name, body]) => service(name, reason, (call) => bitsOf(body(doubleAt(call, 0), name === 'ldexp' ? call.int(2) : doubleAt(call, 2))))),
  ];
}
