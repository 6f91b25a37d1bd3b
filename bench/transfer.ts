/**
 * A bulk transfer over TCP on the loopback device of a kernel: the engine's half of the comparison with
 * bench/native-transfer.c.
 *
 * In: the image of a kernel. Out: for each round a sum over what was received, the statements and the milliseconds it
 * took. One process holds both ends and writes and reads blocks in turn; every statement can be a stop. All rounds run
 * on one machine, so that the first warms the others up.
 */
import { wording } from '../src/sentences/wording';
import { performance } from 'node:perf_hooks';
import type { Image } from '../src/abi/image';
import type { KernelEntries } from '../src/abi/kernel-entries';
import type { KernelParts } from '../src/kernel/kernel';
import type { KernelControl, Workload, WorkloadStep } from '../src/kernel/workload';
import type { Machine } from '../src/machine/machine';
import { bootKernel } from '../src/scenario/boot-kernel';

export const BLOCK = 32768;
const AF_INET = 2;
const SOCK_STREAM = 1;
const ADDRESS = [AF_INET, 0, 7777 >> 8, 7777 & 255, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
const SLICE = 2_000_000;

export interface TransferRound {
  readonly sum: number;
  readonly statements: number;
  readonly milliseconds: number;
}

/** A call by name; a function gives a word that is known only when the calls before have returned. */
type Step = readonly [entry: string, ...words: (number | (() => number))[]];

/** Makes the calls of one connection after another. */
class Transfer implements Workload {
  readonly results: TransferRound[] = [];
  private total = 0;
  private beganAt = 0;
  private began = 0;
  private control: KernelControl | undefined;
  private steps: Step[] = [];
  private values: number[] = [];
  private address = 0;
  private out = 0;
  private in_ = 0;
  private pid = 0;

  constructor(
    private readonly kernel: KernelParts,
    private readonly machine: Machine,
    private readonly blocks: number,
    private readonly rounds: number,
  ) {}

  attach(control: KernelControl): void {
    this.control = control;
  }

  booted(): void {
    const { user, processes } = this.kernel;
    this.pid = processes.create('bench', { capabilities: 0, uid: 0 }).pid;
    this.address = user.allocate(ADDRESS.length)!;
    this.out = user.allocate(BLOCK)!;
    this.in_ = user.allocate(BLOCK)!;
    this.machine.memory.write(this.address, Uint8Array.from(ADDRESS));
    this.machine.memory.write(
      this.out,
      Uint8Array.from({ length: BLOCK }, (_, i) => i * 7),
    );
  }

  /** Prepares the calls of one connection. */
  private begin(): void {
    const value = (index: number) => () => this.values[index]!;
    const [listener, client, server] = [value(0), value(3), value(5)];
    this.steps = [
      ['sys_socket', AF_INET, SOCK_STREAM, 0],
      ['sys_bind', listener, this.address, ADDRESS.length],
      ['sys_listen', listener, 5],
      ['sys_socket', AF_INET, SOCK_STREAM, 0],
      ['sys_connect', client, this.address, ADDRESS.length],
      ['sys_accept', listener, 0, 0],
      ...Array.from({ length: this.blocks }, (): Step[] => [
        ['sys_write', client, this.out, BLOCK],
        ['sys_read', server, this.in_, BLOCK],
      ]).flat(),
      ['sys_close', client],
      ['sys_close', server],
      ['sys_close', listener],
    ];
    this.values = [];
    this.total = 0;
    this.beganAt = this.machine.host.clock;
    this.began = performance.now();
  }

  /** What the native side sums up. */
  private sum(): number {
    const received = this.machine.memory.bytes.subarray(this.in_, this.in_ + BLOCK);
    return received.reduce((sum, byte, i) => sum + byte * (i + 1), this.total) >>> 0;
  }

  next(): WorkloadStep {
    if (this.values.length === this.steps.length) {
      if (this.steps.length > 0) {
        const milliseconds = performance.now() - this.began;
        this.results.push({ sum: this.sum(), statements: this.machine.host.clock - this.beganAt, milliseconds });
      }
      if (this.results.length === this.rounds) {
        return { kind: 'end' };
      }
      this.begin();
    }
    const id = this.values.length;
    const [entry, ...words] = this.steps[id]!;
    this.control!.startCall(this.kernel.processes.byPid(this.pid)!, {
      id,
      entry,
      words: words.map((word) => (typeof word === 'number' ? word : word())),
      text: entry,
    });
    return { kind: 'started' };
  }

  finished(_pid: number, callId: number, value: number): void {
    const entry = this.steps[callId]![0];
    if (value < 0) {
      throw new Error(`${entry} answers ${value}`);
    }
    this.total += entry === 'sys_read' ? value : 0;
    this.values.push(value);
  }

  stuck(): boolean {
    return false;
  }

  save(): null {
    return null;
  }

  restore(): void {
    throw new Error('a transfer does not go back');
  }
}

/** Runs `rounds` connections of `blocks` blocks each, freely. */
export async function transfer(
  image: Image,
  blocks: number,
  rounds: number,
  entries?: KernelEntries,
): Promise<readonly TransferRound[]> {
  const { machine, workload } = await bootKernel(
    { image, entries },
    (kernel, _host, parts) => new Transfer(kernel, parts, blocks, rounds),
  );
  for (;;) {
    const stop = machine.advance(SLICE);
    if (stop.kind === 'fault') {
      throw new Error(wording(stop.fault.message, 'en'));
    }
    if (stop.kind === 'end') {
      return workload.results;
    }
  }
}
