/**
 * A run that is walked through at random, and all that a moment of it is: what tests of the past compare.
 *
 * Few walks of few scenarios, unless somebody asks for more (`SOCKSCOPE_WALKS=1000`: twelve scenarios, so many walks of
 * each); with `SOCKSCOPE_KERNEL` on that tree too.
 */
import { expect } from 'vitest';
import { given, itemAt } from '../../src/base/checked-access';
import type { MemoryMap } from '../../src/abi/memory-map';
import type { History } from '../../src/facade/history';
import { openSession, type OpenOptions } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import { diskTree } from '../../src/hosts/disk-tree';
import { Memory } from '../../src/machine/memory';
import { wording } from '../../src/sentences/wording';
import { mediaTexts } from '../cli/cli-fixture';
import { programCache } from '../program-cache';
import { realTree, wasmFiles } from '../tree/tree-fixture';

export const WALKS = Number(process.env['SOCKSCOPE_WALKS'] ?? 3);
const few = ['handshake', 'udp-waits'];
const more = ['tcp-socket', 'fast-retransmit', 'interrupted-connect', 'raw-ping', 'half-close', 'reset-by-linger'];
const last = ['backlog-overflow', 'wake-one', 'syn-ack-lost', 'simultaneous-open'];
export const scenarios = WALKS > 3 ? [...few, ...more, ...last] : few;

/** The kernels there are to walk in, each with its name. */
export const kernels: readonly (readonly [string, OpenOptions['kernel']])[] = [
  ['bundled', undefined],
  ...(realTree === undefined ? [] : [['a Linux tree', { loader: diskTree(realTree), name: 'tree' }] as const]),
];
const cache = programCache();
/** Bytes behind the kernel heap that the run ever used: they are compared too. */
const BEYOND = 64 << 10;

/** All that a moment is. The bytes are kept whole: comparing them costs less than a hash of them. */
export interface Moment {
  readonly clock: number;
  readonly thread: number;
  readonly bytes: readonly Buffer[];
  readonly journal: string;
  readonly threads: string;
  readonly stack: string;
}

async function opened(
  scenario: string,
  kernel: OpenOptions['kernel'],
): Promise<{ readonly session: SessionApi; readonly history: History; readonly map: MemoryMap }> {
  const options = { media: mediaTexts(), wasm: wasmFiles(), cache, scenario };
  const { session, history, program } = await openSession(kernel ? { ...options, kernel } : options);
  return {
    session: given(session, 'session'),
    history: given(history, 'history'),
    map: given(program, 'program').image.map,
  };
}

export class Walker {
  /** What log points have said since {@link listen}, each line with its moment. */
  private printed: string[] = [];

  /** Buffers of moments that nobody needs any more. */
  private readonly spare: (readonly Buffer[])[] = [];

  private constructor(
    readonly session: SessionApi,
    private readonly ranges: readonly (readonly [number, number])[],
    readonly oldest: number,
    readonly end: number,
  ) {
    session.onJournal((entry) => {
      if (entry.event === 'log') {
        this.printed.push(`${entry.clock} ${wording(entry.text, 'en')}`);
      }
    });
  }

  /** A run that has gone to its end. */
  static async begin(scenario: string, kernel: OpenOptions['kernel']): Promise<Walker> {
    const { session, map, history } = await opened(scenario, kernel);
    await session.start();
    await session.run('continue');
    const { clock, oldest } = session.stop;
    const heapHigh = await history.replayer.at(clock, (machine) => machine.heapHigh);
    const ranges = [
      [map.dataStart, Math.min(heapHigh + BEYOND, map.userStart)],
      [map.userStart, map.userEnd],
      [map.stacksStart, map.stacksEnd],
      [map.slabStart, map.slabEnd],
    ] as const;
    return new Walker(session, ranges, oldest, clock);
  }

  /** The same scenario before its first statement. */
  async again(scenario: string, kernel: OpenOptions['kernel']): Promise<Walker> {
    return new Walker((await opened(scenario, kernel)).session, this.ranges, this.oldest, this.end);
  }

  /** The bytes as they are now, not copied. */
  live(): readonly Uint8Array[] {
    const { memory } = this.session.reader;
    const { bytes } = given(memory instanceof Memory ? memory : undefined, 'memory');
    return this.ranges.map(([from, to]) => bytes.subarray(from, to));
  }

  moment(): Moment {
    const live = this.live();
    const bytes = this.spare.pop() ?? live.map(({ length }) => Buffer.allocUnsafe(length));
    live.forEach((each, index) => itemAt(bytes, index).set(each));
    return { bytes, ...this.words() };
  }

  /** Nobody needs a moment any more: its memory is used again. */
  done({ bytes }: Moment): void {
    this.spare.push(bytes);
  }

  /** All but the bytes. */
  words(): Omit<Moment, 'bytes'> {
    const { session } = this;
    const { clock, thread } = session.stop;
    return {
      clock,
      thread,
      journal: `${session.journalForgotten} ${JSON.stringify(session.journal())}`,
      threads: session
        .threads()
        .map(({ id, state }) => `${id} ${state}`)
        .join(),
      stack: session
        .stack(thread)
        .map((frame) => `${frame.function}:${frame.line} ${frame.address}`)
        .join(),
    };
  }

  at(place: number): number {
    return this.oldest + (place % (this.end - this.oldest));
  }

  /** Forgets the lines that were printed before. */
  listen(): void {
    this.printed = [];
  }

  get lines(): readonly string[] {
    return this.printed;
  }
}

/** The machine stands where it was at a moment. */
export function expectSame(walker: Walker, { bytes: was, ...before }: Moment, how: string): void {
  expect({ how, ...walker.words() }).toEqual({ how, ...before });
  const same = walker.live().map((each, index) => itemAt(was, index).equals(each));
  expect([how, same]).toEqual([how, was.map(() => true)]);
}
