/** What stands in for Node modules in the browser bundle behaves as the debug adapter expects. */
import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, aliased by the build
import * as absent from '../../scripts/web-shims/absent.mjs';
// @ts-expect-error plain JavaScript, aliased by the build
import * as events from '../../scripts/web-shims/events.mjs';

interface Emitter {
  on(name: string, listener: (...args: unknown[]) => void): Emitter;
  once(name: string, listener: (...args: unknown[]) => void): Emitter;
  removeListener(name: string, listener: (...args: unknown[]) => void): Emitter;
  emit(name: string, ...args: unknown[]): boolean;
}
const newEmitter = () => new (events as { EventEmitter: new () => Emitter }).EventEmitter();

test('listeners run in order, with the arguments; once runs once; removed ones do not run', () => {
  const emitter = newEmitter();
  const seen: string[] = [];
  const removed = () => seen.push('removed');
  emitter
    .on('data', (value) => seen.push(`first ${String(value)}`))
    .once('data', (value) => seen.push(`once ${String(value)}`))
    .on('data', removed)
    .removeListener('data', removed);
  expect(emitter.emit('data', 1)).toBe(true);
  expect(emitter.emit('data', 2)).toBe(true);
  expect(emitter.emit('close')).toBe(false);
  expect(seen).toEqual(['first 1', 'once 1', 'first 2']);
});

test('absent modules can be looked at but not used', () => {
  const { default: module } = absent as { default: Record<string, () => void> };
  const member = module['createServer'];
  expect(() => member?.()).toThrow('createServer is not available in a browser');
});
