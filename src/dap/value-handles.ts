/**
 * Numbers that stand for unfoldable values while the machine stands still.
 *
 * In: lists of `ValueNode`s, given out lazily. Out: DAP's `variablesReference`s and `Variable`s. All numbers are void
 * when the machine moves ({@link ValueHandles.clear}); they go on counting, so that a stale one is recognised.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { formatAddress } from '../base/bytes';
import type { StackFrame, ValueNode } from '../facade/session';
import { errors } from './errors';

/** Something that unfolds: how many members it has, and how to read a range of them. */
export interface Container {
  readonly frame: StackFrame | undefined;
  readonly named: number;
  readonly indexed: number;
  children(start?: number, count?: number): readonly ValueNode[];
}

/** A scope's list of values as a container. */
export function listContainer(frame: StackFrame | undefined, read: () => readonly ValueNode[]): Container {
  let values: readonly ValueNode[] | undefined;
  const all = (): readonly ValueNode[] => (values ??= read());
  return {
    frame,
    get named() {
      return all().length;
    },
    indexed: 0,
    children: (start = 0, count) => all().slice(start, count === undefined ? undefined : start + count),
  };
}

/** More children than this are never sent in one answer; clients page through the rest. */
const mostAtOnce = 1000;

export class ValueHandles {
  private containers = new Map<number, Container>();
  private next = 1;

  /** Forgets every number given out so far. */
  clear(): void {
    this.containers.clear();
    if (this.next > 0x3fff_0000) {
      this.next = 1;
    }
  }

  add(container: Container): number {
    const reference = this.next++;
    this.containers.set(reference, container);
    return reference;
  }

  get(reference: number): Container {
    const container = this.containers.get(reference);
    if (!container) {
      throw errors.unknownReference();
    }
    return container;
  }

  /** The part of a container that a `variables` request asks for. */
  read(
    request: Pick<DebugProtocol.VariablesArguments, 'variablesReference' | 'filter' | 'start' | 'count'>,
  ): DebugProtocol.Variable[] {
    const container = this.get(request.variablesReference);
    const offset = request.filter === 'indexed' ? container.named : 0;
    const available = request.filter === 'named' ? container.named : container.named + container.indexed - offset;
    const start = Math.max(0, request.start ?? 0);
    const count = Math.min(request.count ? request.count : available, available - start, mostAtOnce);
    const nodes = count > 0 ? container.children(offset + start, count) : [];
    return nodes.map((node) => this.variable(node, container.frame));
  }

  /** A value as DAP shows it; its children are read when asked for. */
  variable(node: ValueNode, frame: StackFrame | undefined): DebugProtocol.Variable {
    return {
      name: node.name,
      value: node.display,
      type: node.type,
      variablesReference: this.referenceOf(node, frame),
      ...(node.named > 0 ? { namedVariables: node.named } : {}),
      ...(node.indexed > 0 ? { indexedVariables: node.indexed } : {}),
      ...(node.expression === undefined ? {} : { evaluateName: node.expression }),
      ...memoryReferenceOf(node),
      presentationHint: { kind: 'data', ...(node.address === undefined ? { attributes: ['readOnly'] } : {}) },
    };
  }

  referenceOf(node: ValueNode, frame: StackFrame | undefined): number {
    if (node.named + node.indexed === 0) {
      return 0;
    }
    return this.add({
      frame,
      named: node.named,
      indexed: node.indexed,
      children: (start, count) => node.children(start, count),
    });
  }
}

/** Where a memory view opened on the value should look: what a pointer points to, or the value itself. */
export function memoryReferenceOf(node: ValueNode): { memoryReference?: string } {
  const { scalar } = node;
  const address = scalar.kind === 'pointer' && scalar.address !== 0 ? scalar.address : node.address;
  return address === undefined ? {} : { memoryReference: formatAddress(address) };
}
