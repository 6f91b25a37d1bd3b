/**
 * Everything a client may ask while the machine stands still: threads, stack, scopes, variables, expressions, memory.
 *
 * In: a `SessionApi` at a stop and DAP arguments. Out: DAP bodies. Value numbers are valid until {@link
 * Inspection.moved}; asking for an older one is a {@link UserError}. A frame number stands for its frame as long as that
 * lives, because clients ask about the frame in focus before they have read the new stack.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { formatAddress } from '../base/bytes';
import { given } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { bilingual } from '../sentences/wording';
import type { Diagnostic } from '../source/diagnostic';
import {
  socketOfValue,
  threadName,
  type SessionApi,
  type Thread,
  type Change,
  type StackFrame,
  type ValueNode,
} from '../facade/session';
import { type Language, say, texts } from './texts';
import { fromBase64, toBase64 } from './base64';
import { formatDataId, type DataPlace } from './breakpoint-store';
import { completionsAt } from './completions';
import { errors, sentences } from './errors';
import type { SourceNames } from './source-names';
import { fromWireThread, overThread, toWireThread } from './stops';
import { shownIn } from '../facade/value-words';
import { displayOf, frameName } from './value-format';
import { ListContainer, memoryReferenceOf, ValueHandles } from './value-handles';

/** Bytes of memory a client gets at most in one answer, and may write in one request. */
const mostMemory = 1 << 20;
/** The frame of a run that is over. */
const endFrameId = 0x3fff_ffff;

/** A place in the scenario's script. */
export interface ScriptPlace {
  readonly path: string;
  readonly line: number;
}

export class Inspection {
  private readonly handles: ValueHandles;
  private frames = new Map<number, StackFrame>();
  /** Frames as they were at the stop before. */
  private earlierFrames = new Map<number, StackFrame>();
  private nextFrame = 1;
  private readonly told = new WeakMap<StackFrame, DebugProtocol.StackFrame>();
  /** Variables of the innermost frame, read before anybody asked. */
  private foreseen: { readonly frame: StackFrame; readonly locals: readonly ValueNode[] } | undefined;

  constructor(
    private readonly session: SessionApi,
    private readonly names: SourceNames,
    private readonly language: Language,
    private readonly end?: ScriptPlace,
  ) {
    this.handles = new ValueHandles(language);
  }

  /** The machine moved or memory changed: forgets frames and values. */
  moved(): void {
    this.handles.clear();
    this.foreseen = undefined;
    // Numbers of the last stop are kept, older ones forgotten.
    this.earlierFrames = this.frames;
    this.frames = new Map();
  }

  /** Reads what every client asks about a stop, while it is still reading that there is one. */
  foresee(): void {
    const { thread } = this.session.stop;
    const frame = thread < 0 ? undefined : this.session.stack(thread)[0];
    this.foreseen ??= frame && { frame, locals: this.session.locals(frame) };
  }

  /** Memory was changed at a stop. */
  rewritten(): void {
    this.foreseen = undefined;
  }

  private locals(frame: StackFrame): readonly ValueNode[] {
    return this.foreseen?.frame === frame ? this.foreseen.locals : this.session.locals(frame);
  }

  threads(): DebugProtocol.Thread[] {
    const threads = this.session.threads();
    if (this.session.stop.thread < 0 || threads.length === 0) {
      return [
        ...threads.map((thread) => this.thread(thread)),
        { id: overThread, name: say(texts.overThread, this.language) },
      ];
    }
    return threads.map((thread) => this.thread(thread));
  }

  threadName(id: number): string {
    const { switched } = this.session.stop;
    const left = switched?.from === id ? switched.left : undefined;
    const thread = left ?? this.session.threads().find((each) => each.id === id);
    return thread ? this.nameOf(thread) : `#${id}`;
  }

  private nameOf(thread: Thread): string {
    return `${say(threadName(thread), this.language)} (${thread.pid})`;
  }

  private thread(thread: Thread): DebugProtocol.Thread {
    const name = this.nameOf(thread);
    const text =
      thread.state === 'exited'
        ? texts.exited(name)
        : thread.sleepsIn
          ? texts.sleepsIn(name, thread.sleepsIn)
          : thread.call
            ? texts.inCall(name, thread.call)
            : { en: name, zh: name };
    return { id: toWireThread(thread.id), name: say(text, this.language) };
  }

  stackTrace(args: DebugProtocol.StackTraceArguments): DebugProtocol.StackTraceResponse['body'] {
    if (args.threadId === overThread) {
      const end = this.endFrame();
      return { stackFrames: end, totalFrames: end.length };
    }
    const stack = this.session.stack(fromWireThread(args.threadId));
    if (stack.length === 0 && this.session.stop.reason === 'end') {
      const end = this.endFrame();
      return { stackFrames: end, totalFrames: end.length };
    }
    const start = args.startFrame ?? 0;
    const wanted = stack.slice(start, args.levels ? start + args.levels : undefined);
    const stackFrames = wanted.map((frame) => this.frameToDap(frame));
    const { format } = args;
    return {
      stackFrames: format
        ? stackFrames.map((told, index) => ({
            ...told,
            name: frameName(this.session, given(wanted[index], 'frame'), format),
          }))
        : stackFrames,
      totalFrames: stack.length,
    };
  }

  /** Where a run stands that is over: at the line of its script that was not met, else at the end. */
  private endFrame(): DebugProtocol.StackFrame[] {
    const { end } = this;
    const name = say(texts.overThread, this.language);
    const line = this.session.stop.expectation?.line ?? end?.line;
    return end && line !== undefined
      ? [{ id: endFrameId, name, line, column: 1, source: this.names.source(end.path) }]
      : [];
  }

  private frameToDap(frame: StackFrame): DebugProtocol.StackFrame {
    let told = this.told.get(frame);
    if (!told) {
      told = this.describe(frame, this.nextFrame++);
      this.told.set(frame, told);
    }
    this.frames.set(told.id, frame);
    return told;
  }

  private describe(frame: StackFrame, id: number): DebugProtocol.StackFrame {
    const path = frame.line > 0 ? frame.path : undefined;
    const hasSource = path !== undefined;
    return {
      id,
      name: frameName(this.session, frame, undefined),
      line: hasSource ? frame.line : 0,
      column: hasSource ? frame.column : 0,
      ...(hasSource ? { source: this.names.source(path), endLine: frame.endLine, endColumn: frame.endColumn } : {}),
      // A label has no place: clients need not invent one.
      ...(frame.kind === 'compiled' ? {} : { presentationHint: hasSource ? ('subtle' as const) : ('label' as const) }),
    };
  }

  /** The frame of a wire id; the top frame of the stopped thread when there is no id. */
  frame(id: number | undefined): StackFrame | undefined {
    if (id === endFrameId && this.end && this.session.stop.reason === 'end') {
      return undefined;
    }
    if (id === undefined) {
      const { thread } = this.session.stop;
      return thread < 0 ? undefined : this.session.stack(thread)[0];
    }
    const earlier = this.earlierFrames.get(id);
    const frame = this.frames.get(id) ?? (earlier && this.sameFrameNow(earlier));
    if (!frame) {
      throw errors.unknownFrame();
    }
    return frame;
  }

  /** The frame as it is now, when the call is still going on. */
  private sameFrameNow({ address, functionId }: StackFrame): StackFrame | undefined {
    const { thread } = this.session.stop;
    const stack = thread < 0 ? [] : this.session.stack(thread);
    return stack.find((frame) => frame.address === address && frame.functionId === functionId);
  }

  scopes(frameId: number): DebugProtocol.Scope[] {
    const frame = this.frame(frameId);
    const scopes: DebugProtocol.Scope[] = [];
    const scope = (
      name: string,
      read: () => readonly ValueNode[],
      extra: Partial<DebugProtocol.Scope> = {},
      declared = true,
    ): void => {
      scopes.push({
        name,
        variablesReference: this.handles.add(new ListContainer(frame, read, declared)),
        expensive: false,
        ...extra,
      });
    };
    // Parameters and locals together: clients unfold the first scope only.
    if (frame) {
      scope(say(texts.locals, this.language), () => this.locals(frame), { presentationHint: 'locals' });
    }
    // Read when it is unfolded: what a step changed takes longer to find than the step itself.
    if (this.session.stepped) {
      const read = (): ValueNode[] => this.session.changes().map((change) => this.changeNode(change));
      scope(say(texts.changes, this.language), read, {}, false);
    }
    if (frame?.path !== undefined) {
      scope(say(texts.fileGlobals, this.language), () => this.session.globals(frame.path), { expensive: true });
    }
    scope(say(texts.programGlobals, this.language), () => this.session.globals(), { expensive: true });
    return scopes;
  }

  private changeNode({ path, from, to, after, address, size, type }: Change): ValueNode {
    const display = `${to} (${say(texts.wasBefore(from), this.language)})`;
    return { name: path, display, scalar: after, type, address, size, named: 0, indexed: 0, children: () => [] };
  }

  variables(args: DebugProtocol.VariablesArguments): DebugProtocol.Variable[] {
    return this.handles.read(args);
  }

  /** Value of an expression, and whether the program was changed. Only the console may assign or call. */
  evaluate(args: DebugProtocol.EvaluateArguments): {
    readonly body: DebugProtocol.EvaluateResponse['body'];
    readonly changed: boolean;
  } {
    const frame = this.frame(args.frameId);
    const { node, changed } = this.valueOf(args.expression, frame, args.context === 'repl');
    const socket = args.context === 'repl' || args.context === 'hover' ? socketOfValue(this.session, node) : undefined;
    const shown = displayOf(node, args.format, this.language);
    const body = {
      result:
        args.context === 'clipboard'
          ? this.asText(node, 0)
          : socket
            ? `${shown} (${say(bilingual(socket.name), this.language)})`
            : shown,
      type: node.type,
      variablesReference: this.handles.referenceOf(node, frame),
      ...(node.named > 0 ? { namedVariables: node.named } : {}),
      ...(node.indexed > 0 ? { indexedVariables: node.indexed } : {}),
      ...memoryReferenceOf(node),
      ...this.handles.locationOf(node),
      ...(node.address === undefined ? { presentationHint: { attributes: ['readOnly'] } } : {}),
    };
    return { body, changed };
  }

  private valueOf(
    expression: string,
    frame: StackFrame | undefined,
    sideEffects: boolean,
  ): { readonly node: ValueNode; readonly changed: boolean } {
    const { value, changed = false, diagnostics } = this.session.evaluate(expression, frame, { sideEffects });
    if (!value) {
      throw errors.cannotEvaluate(problemOf(diagnostics));
    }
    const member = value.address === undefined ? undefined : this.asMember(expression, value, frame);
    return { node: member ?? value, changed };
  }

  /** A member as its struct shows it: `sk->state` alone is a byte, in `*sk` it is a TCP state. */
  private asMember(expression: string, value: ValueNode, frame: StackFrame | undefined): ValueNode | undefined {
    const [, base, access, name] = /^([A-Za-z_][\w.>[\]-]*)(->|\.)([A-Za-z_]\w*)$/.exec(expression.trim()) ?? [];
    const record =
      base === undefined ? undefined : this.session.evaluate(access === '->' ? `*${base}` : base, frame).value;
    return record?.children(0, record.named).find((child) => child.name === name && child.address === value.address);
  }

  /** A value with its members, indented, to a bounded depth and width: what is put on the clipboard. */
  private asText(node: ValueNode, depth: number): string {
    const count = node.named + node.indexed;
    if (count === 0 || depth >= 4 || (depth > 0 && node.scalar.kind === 'pointer')) {
      return shownIn(node.display, this.language);
    }
    const indent = '  '.repeat(depth + 1);
    const lines = node
      .children(0, Math.min(count, 200))
      .map((child) => `${indent}${shownIn(child.name, this.language)} = ${this.asText(child, depth + 1)}`);
    return `${shownIn(node.display, this.language)}\n${lines.join('\n')}`;
  }

  setVariable(args: DebugProtocol.SetVariableArguments): ValueNode {
    const container = this.handles.get(args.variablesReference);
    const node = this.shown(args.variablesReference, args.name);
    if (node?.expression === undefined) {
      throw errors.notAssignable(args.name);
    }
    return this.assign(node.expression, args.value, container.frame);
  }

  setExpression(args: DebugProtocol.SetExpressionArguments): ValueNode {
    return this.assign(args.expression, args.value, this.frame(args.frameId));
  }

  private assign(target: string, value: string, frame: StackFrame | undefined): ValueNode {
    const result = this.session.assign(target, value, frame);
    if (!result.value) {
      throw errors.cannotEvaluate(problemOf(result.diagnostics));
    }
    return result.value;
  }

  dataBreakpointInfo(
    args: DebugProtocol.DataBreakpointInfoArguments,
  ): DebugProtocol.DataBreakpointInfoResponse['body'] {
    if (args.asAddress) {
      const address = parseAddress(args.name);
      return this.watchable({ address, size: args.bytes ?? 4, label: formatAddress(address) });
    }
    const { value: node, diagnostics = [] } =
      args.variablesReference === undefined
        ? this.session.evaluate(args.name, this.frame(args.frameId))
        : { value: this.shown(args.variablesReference, args.name) };
    if (node?.address === undefined || !node.size) {
      const why = diagnostics.length > 0 ? problemOf(diagnostics) : errors.badDataBreakpoint().text;
      return { dataId: null, description: say(why, this.language) };
    }
    const { address, size, bits } = node;
    const label = node.expression ?? node.name;
    return this.watchable(
      args.bytes === undefined ? { address, size, bits, label } : { address, size: args.bytes, label },
    );
  }

  /** A variable of a container by its name; some clients know it by its `evaluateName` only. */
  private shown(reference: number, wanted: string): ValueNode | undefined {
    const children = this.handles.get(reference).children();
    return (
      children.find(({ name }) => shownIn(name, this.language) === wanted) ??
      children.find(({ expression }) => expression === wanted)
    );
  }

  private watchable(place: DataPlace): DebugProtocol.DataBreakpointInfoResponse['body'] {
    const { address, size, bits, label } = place;
    const accessTypes = size > mostMemory ? [] : this.session.watchable(place);
    if (accessTypes.length === 0) {
      const why = texts.notWatched(formatAddress(address), size);
      return { dataId: null, description: say(why, this.language) };
    }
    const description = say(texts.watched(label, formatAddress(address), size, bits?.bitSize), this.language);
    return { dataId: formatDataId(place), description, accessTypes: [...accessTypes], canPersist: false };
  }

  /** An address as a client writes it. */
  addressed(reference: string, offset: number): { readonly address: number; readonly label: string } {
    const address = parseAddress(reference) + offset;
    return { address, label: formatAddress(address) };
  }

  /** A variable of a container, and the frame it is seen from. */
  variable(
    reference: number,
    name: string,
  ): { readonly node: ValueNode | undefined; readonly frame: StackFrame | undefined } {
    const container = this.handles.get(reference);
    return { node: this.shown(reference, name), frame: container.frame };
  }

  readMemory(args: DebugProtocol.ReadMemoryArguments): DebugProtocol.ReadMemoryResponse['body'] {
    const address = parseAddress(args.memoryReference) + (args.offset ?? 0);
    const count = this.session.readable(address, Math.min(args.count, mostMemory));
    if (count === 0 && args.count > 0) {
      throw errors.cannotEvaluate(
        bilingual(sentence('there-is-no-memory-at-address', { address: formatAddress(address) })),
      );
    }
    const { address: start, bytes } = this.session.readMemory(address, count);
    const unreadable = Math.max(0, args.count - bytes.length);
    return {
      address: formatAddress(start),
      data: toBase64(bytes),
      ...(unreadable > 0 ? { unreadableBytes: unreadable } : {}),
    };
  }

  /** Answers where bytes were written, and how many. */
  writeMemory(args: DebugProtocol.WriteMemoryArguments): { readonly address: number; readonly written: number } {
    const address = parseAddress(args.memoryReference) + (args.offset ?? 0);
    const bytes = fromBase64(args.data);
    if (!bytes) {
      throw errors.wrongArgument('writeMemory', 'data', 'Base64');
    }
    if (bytes.length > mostMemory) {
      throw errors.tooMuchMemory(mostMemory);
    }
    if (!args.allowPartial && this.session.readable(address, bytes.length) < bytes.length) {
      throw errors.notAllocated(formatAddress(address), bytes.length);
    }
    const { written, diagnostics } = this.session.writeMemory(address, bytes);
    if (written === 0 && diagnostics.length > 0) {
      throw errors.cannotEvaluate(problemOf(diagnostics));
    }
    return { address, written };
  }

  completions(args: DebugProtocol.CompletionsArguments): DebugProtocol.CompletionItem[] {
    return completionsAt(this.session, args.text, args.column, args.line ?? 1, this.frame(args.frameId));
  }

  setResult(node: ValueNode, format?: DebugProtocol.ValueFormat): DebugProtocol.SetVariableResponse['body'] {
    return {
      value: displayOf(node, format, this.language),
      type: node.type,
      variablesReference: 0,
      ...memoryReferenceOf(node),
    };
  }

  /** Where a function is that a value leads to, or where a variable is declared. */
  location(reference: number): DebugProtocol.LocationsResponse['body'] & object {
    const named = this.handles.named(reference);
    const place = named && this.session.places.of(named.name, named.frame);
    if (!place) {
      throw errors.unknownLocation();
    }
    return { source: this.names.source(place.path), line: place.line, column: place.column };
  }
}

function problemOf(diagnostics: readonly Diagnostic[]): { en: string; zh: string } {
  const [first] = diagnostics;
  return first ? sentences(first) : { en: 'This cannot be evaluated here.', zh: '此处无法求值。' };
}

/** An address in hexadecimal or decimal. */
function parseAddress(reference: string): number {
  const value = /^\s*(0x[0-9a-f]{1,8}|\d{1,10})\s*$/i.test(reference) ? Number(reference) : NaN;
  if (!Number.isSafeInteger(value)) {
    throw errors.badMemoryReference(reference);
  }
  return value;
}
