import { given } from '../../src/base/checked-access';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { prepare } from '../machine/c-machine';

/** Every module we emit must be valid by another implementation's judgement. */
async function check(text: string): Promise<void> {
  const { machine } = await prepare(text);
  const tools = await wabt();
  const module = tools.readWasm(machine.image.wasm, { readDebugNames: false });
  expect(() => module.validate()).not.toThrow();
  module.destroy();
}

describe('emitted modules', () => {
  it('are valid for gotos into and out of loops', () =>
    check('int run(int n) { int i = 0; goto in; while (i < n) { i++; in: if (i > 5) goto out; } out: return i; }'));
  it('are valid for all kinds of numbers', () =>
    check(
      'double d; float f; long long l; unsigned long long u; short s; unsigned char c; _Bool b; int run(void) { d = f; f = d; l = d; u = f; d = u; s = l; c = s; b = d; l = u % 7 - (l >> 3); return b + c; }',
    ));
  it('are valid for dense and sparse switches', () =>
    check(
      'int run(int n) { switch (n) { case 1: case 2: return 3; case 1000000: n = 4; case -5 ... -2: return n; default: break; } return 0; }',
    ));
  it('are valid for big copies and clears', () =>
    check(
      'struct big { char b[300]; } x; int run(void) { struct big y = {{1}}; struct big z = y; x = z; return x.b[0]; }',
    ));
  it('have few locals for many expressions', async () => {
    const { machine } = await prepare(
      `int f(int n) { return n; } int run(int n) { int a = 0; ${'a += f(n) * f(a) + (n ? f(n) : a++);'.repeat(500)} return a; }`,
    );
    const tools = await wabt();
    const module = tools.readWasm(machine.image.wasm, { readDebugNames: false });
    const locals = [...module.toText({}).matchAll(/\(local ([^)]*)\)/g)].map(
      ([, types]) => given(types, 'types').split(' ').length,
    );
    module.destroy();
    expect(Math.max(...locals)).toBeLessThan(40);
  });
});
