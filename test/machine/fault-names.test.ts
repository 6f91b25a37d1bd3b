/** The name of a fault: from the check that failed, the address, and what lies there. */
import { describe, expect, test } from 'vitest';
import { sameText } from '../../src/base/bilingual';
import type { ResumePoint } from '../../src/abi/debug-info';
import { SHADOW_FREED, SHADOW_USER, TEXT_BASE, TEXT_STEP } from '../../src/abi/memory-map';
import {
  describeFault,
  engineFault,
  missingFunction,
  noFunction,
  stackDamaged,
  stackOverflow,
} from '../../src/machine/faults';
import { outOfRange } from '../../src/machine/frame-call';
import { ServiceFault } from '../../src/machine/guarded-memory';
import { MemoryRangeError } from '../../src/machine/memory';
import { wording } from '../../src/sentences/wording';
import { prepare } from './c-machine';

const { machine } = await prepare('int run(void) { return 0; }');
const { memory, map, debug } = machine;
const heap = map.heapStart + 4096;
memory.setU8(map.shadowStart + (heap >> 4), SHADOW_FREED);
memory.setU8(map.shadowStart + (heap >> 4) + 1, SHADOW_USER);

type Check = ResumePoint['check'];
const describeAt = (check: Check, address: number, more: Partial<ResumePoint> = {}): ReturnType<typeof describeFault> =>
  describeFault({ kind: 'fault', statement: 0, check, expression: 'p->x', ...more }, address, { memory, map, debug });

describe('an access', () => {
  test.each<[string, number, string, string]>([
    ['to the null page', 0, 'null-dereference', '0x00000000'],
    ['to its last byte', 0xfff, 'null-dereference', '0x00000fff'],
    ['to data that nobody may touch', 0x1000, 'wild-dereference', '0x00001000'],
    ['to a freed object', heap, 'use-after-free', ''],
    ['to user memory', heap + 16, 'user-dereference', ''],
    ['to unallocated memory', heap + 64, 'wild-dereference', ''],
    ['through a pointer out of freed memory', 0x6b6b6b6b, 'use-after-free', '0x6b6b6b6b'],
    ['near that', 0x6b6b6b6b - 0xffff, 'use-after-free', ''],
    ['near that, above', 0x6b6b6b6b + 0xffff, 'use-after-free', ''],
    ['not near that', 0x6b6b6b6b + 0x10000, 'wild-dereference', ''],
    ['not near that, below', 0x6b6b6b6b - 0x10000, 'wild-dereference', ''],
    ['to nothing', 0x7000_0000, 'wild-dereference', '0x70000000'],
    ['to the last address', -1, 'wild-dereference', '0xffffffff'],
  ])('%s', (_what, address, kind, said) => {
    const fault = describeAt('memory', address);
    expect(fault).toMatchObject({ kind, address: address >>> 0, expression: 'p->x' });
    expect(wording(fault.message, 'en')).toContain("'p->x'");
    expect(wording(fault.message, 'en')).toContain(said);
  });
  test('to the code of a function names it', () => {
    const id = debug.functions.findIndex(({ name }) => name === 'run');
    const said = (address: number): string => wording(describeAt('memory', address).message, 'en');
    expect(said(TEXT_BASE + id * TEXT_STEP)).toContain('run');
    expect(said(TEXT_BASE + id * TEXT_STEP + 8)).toContain('run');
    const beyond = TEXT_BASE + debug.functions.length * TEXT_STEP;
    expect([said(beyond), said(TEXT_BASE - 1)].some((each) => each.includes('code'))).toBe(false);
  });
  test('each reason is told in its own words', () => {
    const addresses = [0, heap, heap + 16, heap + 64, 0x6b6b6b6b];
    const sentences = addresses.map((address) => wording(describeAt('memory', address).message, 'en'));
    expect(new Set(sentences.map((each) => each.replace(/0x\w+/, ''))).size).toBe(addresses.length);
  });
  test('of a statement without an expression', () =>
    expect(wording(describeAt('memory', 0, { expression: undefined }).message, 'en')).not.toContain("'"));
});

describe('what is no access', () => {
  test.each<[Check, number, string, object]>([
    ['division', 0, 'division-by-zero', { expression: 'p->x' }],
    ['function-pointer', 0, 'bad-function-pointer', { address: 0 }],
    ['function-pointer', 0x1234, 'bad-function-pointer', { address: 0x1234 }],
    ['function-pointer', 0x6b6b6b6b, 'use-after-free', { address: 0x6b6b6b6b }],
    ['stack', 0, 'stack-damaged', { expression: 'p->x' }],
    ['trap', 0, 'trap', { expression: 'p->x' }],
    ['bounds', 5, 'out-of-bounds', { expression: 'p->x' }],
  ])('%s at %i', (check, address, kind, more) => {
    const fault = describeAt(check, address, check === 'bounds' ? { message: '3' } : {});
    expect(fault).toMatchObject({ kind, ...more });
    expect('address' in fault).toBe('address' in more);
  });
  test('in words', () => {
    const said = (check: Check, address: number, more?: Partial<ResumePoint>): string =>
      wording(describeAt(check, address, more).message, 'en');
    expect(said('function-pointer', 0)).not.toBe(said('function-pointer', 0x1234));
    expect(said('function-pointer', 0x1234)).toContain('0x00001234');
    expect(said('bounds', -2, { message: '3' })).toMatch(/-2.*3/);
    expect(said('trap', 0, { message: 'no assembler' })).toBe('no assembler');
    expect(said('trap', 0)).toContain("'p->x'");
  });
});

describe('other faults', () => {
  test('of stacks and calls', () => {
    expect(stackDamaged()).not.toHaveProperty('expression');
    expect([stackDamaged('f(x)').expression, stackDamaged().kind]).toEqual(['f(x)', 'stack-damaged']);
    expect([stackOverflow('f').kind, wording(stackOverflow('f').message, 'en')]).toEqual([
      'stack-overflow',
      expect.stringContaining('f'),
    ]);
    expect(wording(stackOverflow(undefined).message, 'en')).toContain('a function');
    expect([missingFunction('f').kind, wording(missingFunction('foo').message, 'en')]).toEqual([
      'missing-function',
      expect.stringContaining('foo'),
    ]);
    expect(noFunction('call_me', 77)).toMatchObject({ kind: 'bad-function-pointer', address: 77 });
    expect(wording(noFunction('call_me', 77).message, 'en')).toContain('call_me');
  });
  test('that the engine threw', () => {
    expect(engineFault(new RangeError('Maximum call stack size exceeded')).kind).toBe('stack-overflow');
    const trap = engineFault(new WebAssembly.RuntimeError('unreachable'));
    expect([trap.kind, wording(trap.message, 'en')]).toEqual(['stack-damaged', expect.stringContaining('unreachable')]);
    for (const ours of [new RangeError('Invalid array length'), new Error('call stack'), 'x']) {
      expect(() => engineFault(ours)).toThrow(typeof ours === 'string' ? undefined : ours);
    }
  });
  test('that a service threw', () => {
    const fault = { kind: 'bug', message: sameText('x') } as const;
    expect(outOfRange(new ServiceFault(fault))).toBe(fault);
    expect(outOfRange(new MemoryRangeError(0xfff, 4))).toMatchObject({ kind: 'null-dereference', address: 0xfff });
    expect(outOfRange(new MemoryRangeError(0x1000, 4))).toMatchObject({ kind: 'wild-dereference', address: 0x1000 });
    expect(wording(outOfRange(new MemoryRangeError(0xabc000, 12)).message, 'en')).toMatch(/0xabc000.*12/);
    const ours = new Error('ours');
    expect(() => outOfRange(ours)).toThrow(ours);
  });
});
