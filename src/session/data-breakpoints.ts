/**
 * Data breakpoints: a stop after the statement that changed watched bytes.
 */
import type { Memory } from '../machine/memory';
import type { BreakpointResult } from './session-types';

interface Watched {
  readonly address: number;
  readonly size: number;
  bytes: Uint8Array;
}

export class DataBreakpoints {
  private watched: Watched[] = [];
  private nextId = 1_000_000;

  constructor(private readonly memory: Memory) {}

  get active(): boolean {
    return this.watched.length > 0;
  }

  set(
    requests: readonly { readonly address: number; readonly size: number; readonly label: string }[],
  ): BreakpointResult[] {
    this.watched = [];
    return requests.map(({ address, size, label }): BreakpointResult => {
      const id = this.nextId++;
      if (size <= 0 || !this.memory.contains(address, size)) {
        return { id, verified: false, message: `${label} is not in memory` };
      }
      this.watched.push({ address, size, bytes: this.memory.read(address, size) });
      return { id, verified: true };
    });
  }

  /** Whether any watched byte differs from when it was last looked at. */
  changed(): boolean {
    return this.watched.some(({ address, size, bytes }) => {
      for (let i = 0; i < size; i++) {
        if (this.memory.bytes[address + i] !== bytes[i]) {
          return true;
        }
      }
      return false;
    });
  }

  remember(): void {
    for (const watch of this.watched) {
      watch.bytes = this.memory.read(watch.address, watch.size);
    }
  }
}
