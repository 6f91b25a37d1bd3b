/**
 * What a stopped machine shows, read and never changed: threads, stacks, variables, objects, bytes, names.
 *
 * In: the machine, the simulated kernel's parts, debug information with the types of what was evaluated. Out: plain data
 * and lazily unfolding values, as {@link SessionApi} gives them.
 */
import type { DebugInfo } from '../abi/debug-info';
import { FRAME_RETURN } from '../abi/memory-map';
import type { KernelParts } from '../kernel/kernel';
import type { Machine } from '../machine/machine';
import type { FileLoader } from '../source/file-loader';
import { contextOf } from '../values/graph-roots';
import { objectView, type FieldsWanted, type FollowedPointer, type ObjectView } from '../values/object-view';
import { RememberedCards } from '../values/remembered-cards';
import {
  globalWord,
  placeOf,
  readableBytes,
  type InitialSequence,
  type ObjectSource,
  type SocketIdentity,
} from '../values/value-context';
import type { ReturnedValue } from '../values/evaluator';
import type { ViewSet } from '../values/structure-views';
import type { LiveObject, Scalar, StackFrame, ValueNode } from '../values/value-model';
import { valueNode } from '../values/value-node';
import { formatScalar, isScalar } from '../values/value-scalar';
import { typeOf } from '../values/value-types';
import { visibleVariables } from '../values/visible';
import { describeThreads, StackReader } from './frame-names';
import { InitialSequences } from './initial-sequences';
import type { ProgramName } from './session-api';
import type { Thread } from './session-types';
import { SocketReader } from './socket-reader';

export class SessionReader implements ObjectSource {
  readonly memory;
  readonly map;
  private readonly stacks: StackReader;
  private readonly remembered = new RememberedCards();
  /** By the address of the frame. */
  private readonly returned = new Map<
    number,
    { readonly functionId: number; readonly value: Scalar; readonly raw: ReturnedValue | undefined }
  >();
  private left: ReturnedValue | undefined;
  private readonly sockets: SocketReader | undefined;
  private readonly sequences = new InitialSequences(() => this.machine.journal);
  readonly initialSequence: InitialSequence = (flow) => this.sequences.of(flow);

  private readonly seen = new Map<number, Thread>();

  constructor(
    private readonly machine: Machine,
    private readonly kernel: KernelParts | undefined,
    readonly debug: DebugInfo,
    /** Functions that are SockScope's own, with the function of Linux that each is a part of. */
    partOf?: ReadonlyMap<string, string>,
    readonly views?: ViewSet,
    private readonly sources?: FileLoader,
  ) {
    this.memory = machine.memory;
    this.stacks = new StackReader(machine, partOf);
    this.map = machine.map;
    this.sockets = kernel && new SocketReader(kernel, machine);
  }

  threads(): readonly Thread[] {
    const threads = describeThreads(this.machine, this.kernel);
    threads.forEach((thread) => this.seen.set(thread.id, thread));
    return threads;
  }

  /** A thread as it was last listed, which is not there any more, or, where one went back, not yet. */
  gone(id: number): Thread | undefined {
    return this.threads().some((thread) => thread.id === id) ? undefined : this.seen.get(id);
  }

  stack(thread: number): readonly StackFrame[] {
    const task = this.machine.tasks.get(thread);
    return task ? this.stacks.read(task) : [];
  }

  locals(frame: StackFrame): readonly ValueNode[] {
    const context = contextOf(this);
    return visibleVariables(this.debug, frame).map(({ variable, address }) => {
      const node = valueNode(context, {
        name: variable.name,
        expression: variable.name,
        type: variable.type,
        spelling: variable.spelling,
        address,
        place: { variable: variable.name },
      });
      return variable.parameter === undefined ? node : { ...node, parameter: true };
    });
  }

  globals(path?: string): readonly ValueNode[] {
    const context = contextOf(this);
    const file = path === undefined ? -1 : this.debug.files.indexOf(path);
    return this.debug.globals
      .filter((global) => path === undefined || global.file === file)
      .map((global) =>
        valueNode(context, {
          name: global.name,
          expression: global.name,
          type: global.type,
          spelling: global.spelling,
          address: global.address,
        }),
      );
  }

  valueAt(address: number, typeName: string, name = typeName): ValueNode | undefined {
    const type = this.debug.typeNames[typeName];
    return type === undefined ? undefined : valueNode(contextOf(this), { name, type, address, spelling: typeName });
  }

  /**
   * Keeps what those of the frames have returned that are gone, before their memory is cleared. `atOnce`: nothing else
   * has run since.
   */
  keepReturnValues(frames: readonly StackFrame[], atOnce: boolean): void {
    this.returned.clear();
    this.left = undefined;
    const tasks = this.machine.tasks.all();
    for (const frame of frames) {
      const { address } = frame;
      const owner = tasks.find(({ stackLow, stackHigh }) => stackLow <= address && address < stackHigh);
      if (!owner || owner.top === 0 || owner.top > address) {
        const raw = this.rawResult(frame);
        this.returned.set(address, { functionId: frame.functionId, value: this.resultIn(frame), raw });
        // The outermost of those that are gone is the one that the present frame has called.
        this.left = atOnce ? raw : undefined;
      }
    }
  }

  /** Value of the function that the present frame has just come back from: what `$ret` means. */
  get justReturned(): ReturnedValue | undefined {
    return this.left;
  }

  private rawResult({ functionId, address }: StackFrame): ReturnedValue | undefined {
    const fn = this.debug.types[this.debug.functions[functionId]?.type ?? -1];
    const type = fn?.kind === 'function' ? typeOf(this.debug, fn.returns) : undefined;
    const at = address + FRAME_RETURN;
    return fn?.kind === 'function' && type && isScalar(type) && this.memory.contains(at, 8)
      ? { type: fn.returns, bytes: this.memory.read(at, Math.min(type.size, 8)) }
      : undefined;
  }

  returnValue({ address, functionId }: StackFrame): Scalar {
    const kept = this.returned.get(address);
    return kept?.functionId === functionId ? kept.value : { kind: 'none' };
  }

  private resultIn(frame: StackFrame): Scalar {
    const fn = this.debug.types[this.debug.functions[frame.functionId]?.type ?? -1];
    const type = fn?.kind === 'function' ? typeOf(this.debug, fn.returns) : undefined;
    const at = frame.address + FRAME_RETURN;
    return type && isScalar(type) && this.memory.contains(at, 8)
      ? formatScalar(contextOf(this), type, at, {}).scalar
      : { kind: 'none' };
  }

  objectView(
    frames: readonly StackFrame[],
    followed: readonly FollowedPointer[] = [],
    fields?: FieldsWanted,
  ): ObjectView {
    return objectView(this, frames, followed, fields, this.remembered);
  }

  socketAt(address: number): SocketIdentity | undefined {
    return this.sockets?.at(address);
  }

  statementText({ path, start, end }: StackFrame): string | undefined {
    return path === undefined ? undefined : this.sources?.load(path)?.text.slice(start, end);
  }

  liveObjects(): readonly LiveObject[] {
    return this.kernel?.slab.slab.liveObjects() ?? [];
  }

  readMemory(address: number, count: number): { readonly address: number; readonly bytes: Uint8Array } {
    const limit = this.memory.bytes.length;
    const start = Math.min(Math.max(address, 0), limit);
    const end = Math.min(Math.max(start, address + count), limit);
    return { address: start, bytes: this.memory.read(start, end - start) };
  }

  readable(address: number, count: number): number {
    return readableBytes(contextOf(this), address, count);
  }

  /** Whether bytes are, or can become, the program's. */
  isProgram(address: number, size: number): boolean {
    const context = contextOf(this);
    const isOurs = (at: number): boolean => !['null', 'invalid', 'function'].includes(placeOf(context, at));
    return size > 0 && isOurs(address) && isOurs(address + size - 1);
  }

  jiffies(): number | undefined {
    return globalWord(contextOf(this), 'jiffies');
  }

  hasFunction(name: string): boolean {
    return this.debug.functions.some((fn) => fn.name === name && fn.kind === 'compiled');
  }

  *names(): Generator<ProgramName> {
    for (const { name, spelling } of this.debug.globals) {
      yield { name, kind: 'variable', type: spelling };
    }
    for (const { name } of this.debug.functions) {
      yield { name, kind: 'function' };
    }
    for (const name of Object.keys(this.debug.constants)) {
      yield { name, kind: 'constant' };
    }
  }
}
