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
import { shownIn } from '../facade/value-words';
import type { Language } from './texts';
import { displayOf } from './value-format';

/** Something that unfolds: how many members it has, and how to read a range of them. */
export interface Container {
  readonly frame: StackFrame | undefined;
  readonly named: number;
  readonly indexed: number;
  /** Its values are variables, each with its declaration. */
  readonly declared?: boolean;
  children(start?: number, count?: number): readonly ValueNode[];
}

interface Named {
  readonly name: string;
  readonly frame: StackFrame | undefined;
}

/** A scope's list of values as a container; read when it is first asked for. */
export class ListContainer implements Container {
  readonly indexed = 0;
  private values: readonly ValueNode[] | undefined;

  constructor(
    readonly frame: StackFrame | undefined,
    private readonly read: () => readonly ValueNode[],
    readonly declared: boolean,
  ) {}

  get named(): number {
    return this.all().length;
  }

  children(start = 0, count?: number): readonly ValueNode[] {
    return this.all().slice(start, count === undefined ? undefined : start + count);
  }

  private all(): readonly ValueNode[] {
    return (this.values ??= this.read());
  }
}

/** More children than this are never sent in one answer; clients page through the rest. */
const mostAtOnce = 1000;

export class ValueHandles {
  private containers = new Map<number, Container>();
  /** What was said to have a place in the source, by location reference. */
  private names = new Map<number, Named>();
  private next = 1;

  constructor(private readonly language: Language) {}

  /** Forgets every number given out so far. */
  clear(): void {
    this.containers.clear();
    this.names.clear();
    if (this.next > 0x3fff_0000) {
      this.next = 1;
    }
  }

  add(container: Container): number {
    const reference = this.next++;
    this.containers.set(reference, container);
    return reference;
  }

  /** A name that has a place in the source, and the frame it means something in. */
  named(reference: number): Named | undefined {
    return this.names.get(reference);
  }

  /** Where a pointer to a function leads. */
  locationOf({ scalar, mark }: ValueNode): { valueLocationReference?: number } {
    return mark === 'function' && scalar.kind === 'pointer' && scalar.symbol !== undefined
      ? { valueLocationReference: this.name({ name: scalar.symbol, frame: undefined }) }
      : {};
  }

  private name(named: Named): number {
    const reference = this.next++;
    this.names.set(reference, named);
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
    request: Pick<DebugProtocol.VariablesArguments, 'variablesReference' | 'filter' | 'start' | 'count' | 'format'>,
  ): DebugProtocol.Variable[] {
    const container = this.get(request.variablesReference);
    const offset = request.filter === 'indexed' ? container.named : 0;
    const available = request.filter === 'named' ? container.named : container.named + container.indexed - offset;
    const start = Math.max(0, request.start ?? 0);
    const count = Math.min(request.count ? request.count : available, available - start, mostAtOnce);
    const nodes = count > 0 ? container.children(offset + start, count) : [];
    return nodes.map((node) => this.variable(node, container, request.format));
  }

  /** A value as DAP shows it; its children are read when asked for. */
  variable(
    node: ValueNode,
    { frame, declared }: Container,
    format?: DebugProtocol.ValueFormat,
  ): DebugProtocol.Variable {
    const shown: DebugProtocol.Variable = {
      name: shownIn(node.name, this.language),
      value: displayOf(node, format, this.language),
      type: node.type,
      variablesReference: this.referenceOf(node, frame),
    };
    // Member by member, not by spreading: an editor asks for all variables at each of its stops.
    if (node.named > 0) {
      shown.namedVariables = node.named;
    }
    if (node.indexed > 0) {
      shown.indexedVariables = node.indexed;
    }
    if (node.expression !== undefined) {
      shown.evaluateName = node.expression;
    }
    const { memoryReference } = memoryReferenceOf(node);
    if (memoryReference !== undefined) {
      shown.memoryReference = memoryReference;
    }
    if (declared) {
      shown.declarationLocationReference = this.name({ name: node.name, frame });
    }
    const { valueLocationReference } = this.locationOf(node);
    if (valueLocationReference !== undefined) {
      shown.valueLocationReference = valueLocationReference;
    }
    shown.presentationHint = node.address === undefined ? { kind: 'data', attributes: ['readOnly'] } : { kind: 'data' };
    return shown;
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
