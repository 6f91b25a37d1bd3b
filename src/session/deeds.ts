/**
 * What can be done to a run from outside: carried out, refused, and put into words.
 *
 * In: a deed as data, the machine and its simulated kernel. Out: the deed done; or the reason why it cannot be; or a
 * sentence about it. Done again at the same moment of the same run, a deed does the same.
 */
import { formatAddress } from '../base/bytes';
import { sentence, type Told } from '../sentences/sentence';
import type { KernelParts } from '../kernel/kernel';
import type { Deed } from '../machine/intervention';
import type { Machine } from '../machine/machine';
import type { StackFrame } from '../values/value-model';
import type { Order } from './branch-types';
import type { Thread } from './session-types';

/** Carries out an order where the machine stands. */
export function carryOut(deed: Order, kernel: KernelParts | undefined): void {
  switch (deed.kind) {
    case 'packet':
      kernel?.wire.order(deed.packet, deed.by);
      return;
    case 'allocation':
      kernel?.slab.slab.failAllocation(deed.target, deed.nth);
      return;
    case 'run-first':
      kernel?.scheduler.prefer(deed.pid);
      return;
  }
}

/** An expression that changed something, as a deed: with the thread and the place in its stack of the frame. */
export function expressionDeed(
  text: string,
  frame: StackFrame | undefined,
  run: { threads(): readonly Thread[]; stack(thread: number): readonly StackFrame[] },
): Deed {
  const depthIn = (thread: number): number => run.stack(thread).findIndex(({ address }) => address === frame?.address);
  const thread = frame && run.threads().find(({ id }) => depthIn(id) >= 0)?.id;
  return { kind: 'expression', text, thread: thread ?? -1, frame: thread === undefined ? -1 : depthIn(thread) };
}

/** Why a deed makes no sense in this run; undefined when it does. */
export function whyNot(deed: Order, machine: Machine, kernel: KernelParts | undefined): Told | undefined {
  if (!kernel) {
    return sentence('this-program-is-no-kernel');
  }
  if (machine.finished) {
    return deed.kind === 'packet' && deed.packet <= kernel.wire.passed ? undefined : sentence('the-run-is-over-here');
  }
  switch (deed.kind) {
    case 'packet':
      return deed.packet < 1 ? sentence('packets-are-counted-from-one') : undefined;
    case 'allocation': {
      const caches = kernel.slab.slab.statistics().map(({ name }) => name);
      return [...caches, 'kmalloc', '*'].includes(deed.target)
        ? deed.nth < 1
          ? sentence('allocations-are-counted-from-one')
          : undefined
        : sentence('there-is-no-cache-of-this-name', { name: deed.target, names: caches.join(', ') });
    }
    case 'run-first': {
      const processes = kernel.processes.list().filter(({ pid }) => pid !== 0);
      const pids = processes.map(({ pid, name }) => `${pid} (${name})`).join(', ');
      return processes.some(({ pid }) => pid === deed.pid)
        ? undefined
        : sentence('there-is-no-such-process', { pid: deed.pid, pids });
    }
  }
}

/** A deed in words. */
export function deedText(deed: Deed): Told {
  switch (deed.kind) {
    case 'expression':
      // What is carried out has parentheses that protect; a person wrote `sk->state` and `TCP_CLOSE`.
      return deed.text.replace(/^\(([^()]+)\) = \(([^()]+)\)$/, '$1 = $2');
    case 'memory':
      return sentence('bytes-written-at', { count: deed.bytes.length, at: formatAddress(deed.address) });
    case 'packet':
      return deed.by === undefined
        ? sentence('packet-n-is-lost', { packet: deed.packet })
        : sentence('packet-n-comes-later', { packet: deed.packet, milliseconds: deed.by / 1000 });
    case 'allocation':
      return deed.target === '*'
        ? sentence('allocation-n-from-here-fails', { nth: deed.nth })
        : sentence('allocation-n-of-cache-from-here-fails', { nth: deed.nth, cache: deed.target });
    case 'run-first':
      return sentence('process-runs-first', { pid: deed.pid });
  }
}
