/**
 * Reads of chosen bytes, told while the machine runs.
 *
 * In: ranges of bytes; none again. Out: for each access of C that reads some of them the moment before it. Meanwhile the
 * machine runs on with other code of the same program, which tells of its loads (`wasm/watch-stores.ts`): everything lies
 * in memory at a stop, so the two take each other's place there. What services below C read is not told.
 */
import { Control } from '../abi/memory-map';
import { runOfAnother } from '../machine/instantiate';
import type { Machine } from '../machine/machine';
import { watchedMoment } from '../wasm/watched-moment';
import { watchLoads } from '../wasm/watch-stores';

interface Range {
  readonly address: number;
  readonly size: number;
}

/** Bytes were read; `clock` is that of the last stop before. */
type Told = (read: Range, clock: number) => void;

export class LoadWatch {
  /** The ordinary code, while the other one runs. */
  private ordinary: ((fp: number) => number) | undefined;
  private watching: ((fp: number) => number) | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly told: Told,
  ) {}

  /** Tells of reads from the least range that all of these lie in. */
  aim(ranges: readonly Range[]): void {
    const { memory, wasm, image } = this.machine;
    const start = Math.min(...ranges.map(({ address }) => address));
    const end = Math.max(...ranges.map(({ address, size }) => address + size));
    if (ranges.length === 0) {
      wasm.run = this.ordinary ?? wasm.run;
      this.ordinary = undefined;
      return;
    }
    memory.words[Control.watchStart >> 2] = start | 0;
    memory.words[Control.watchSize >> 2] = end - start;
    this.watching ??= runOfAnother(wasm, watchLoads(image.wasm), (statement, fuel) => this.read(statement, fuel));
    this.ordinary ??= wasm.run;
    wasm.run = this.watching;
  }

  private read(statement: number, fuel: number): void {
    const { words, view } = this.machine.memory;
    const word = (address: number): number => words[address >> 2] ?? 0;
    const at = statement < 0 ? word(Control.callSite) : statement;
    const ahead = this.machine.debug.statements[at]?.ahead ?? 1;
    const read = { address: word(Control.loadAddress) >>> 0, size: word(Control.loadSize) };
    this.told(read, watchedMoment(view, fuel, ahead));
  }
}
