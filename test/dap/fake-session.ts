/**
 * A machine of four statements for tests of the debug adapter: enough of `SessionApi` to stop, step, go back, read and
 * set.
 *
 * In: nothing. Out: a session whose one global `state` takes the values 0, 0, 7, 7, 1 at clocks 0 to 4, at lines 10 +
 * clock.
 */
import { itemAt } from '../../src/base/checked-access';
import { sameText } from '../../src/base/bilingual';
import type { Microseconds } from '../../src/machine/journal-entry';
import { Emitter } from '../../src/base/events';
import type { BranchesApi, BranchStart } from '../../src/session/branch-types';
import { Memory } from '../../src/machine/memory';
import { entryText } from '../../src/session/journal-text';
import type { ProgramName, SessionApi } from '../../src/session/session-api';
import type { JournalEntry, RunOptions, StepKind, Stop } from '../../src/session/session-types';
import type { StackFrame, ValueNode } from '../../src/values/value-model';

const path = 'net/ipv4/af_inet.c';
const states = [0, 0, 7, 7, 1];
const lastClock = states.length - 1;
const stateAddress = 0x1100;
const manyElements = 250;

export class FakeSession implements SessionApi {
  readonly files = [path];
  private readonly memory = new Memory(new ArrayBuffer(0x2000));
  private readonly stops = new Emitter<Stop>();
  readonly onStop = this.stops.event;
  readonly onJournal = new Emitter<JournalEntry>().event;
  stop: Stop = { reason: 'entry', clock: 0, frontier: 0, oldest: 0, thread: 0 };
  disposed = false;
  paused = false;
  breakpointLines: number[] = [];
  readonly breakpointStatements: readonly number[] = [];
  /** Set by a test to make `run('continue')` spin until it is paused. */
  endless = false;
  /** Set by a test: what the next run ends with. */
  nextStop: Partial<Stop> = {};

  /** One line of time. */
  readonly branches: BranchesApi = {
    packets: 0,
    onBegun: new Emitter<BranchStart>().event,
    list: () => [],
    begin: () => this.refused,
    switchTo: () => Promise.resolve(this.refused),
    undo: () => Promise.resolve(this.refused),
    order: () => Promise.resolve(this.refused),
    compare: () => Promise.resolve(this.refused.why),
  };

  private get refused() {
    return { kind: 'refused' as const, why: 'one line of time' };
  }

  journal(): readonly JournalEntry[] {
    const all: JournalEntry[] = [
      { clock: 1, thread: 0, event: 'printk', level: 6, text: 'NET: first\n' },
      { clock: 3, thread: 0, event: 'state', sock: 0, from: '0', to: 'TCP_CLOSE', uptime: 0 as Microseconds },
    ];
    return all.filter(({ clock }) => clock <= this.stop.clock);
  }

  entryText(entry: JournalEntry) {
    return entryText(entry, String);
  }

  names(): ProgramName[] {
    return [
      { name: 'inet_create', kind: 'function' },
      { name: 'TCP_CLOSE', kind: 'constant' },
    ];
  }

  hasFunction(name: string): boolean {
    return name === 'inet_create';
  }

  jiffies(): undefined {
    return undefined;
  }

  returnValue() {
    return { kind: 'none' as const };
  }

  get reader(): never {
    throw new Error('it has no machine');
  }

  objectView() {
    return { cards: [], focus: { objects: [], frames: [] }, touched: [], sockets: [], leftOff: 0 };
  }

  watchUnwrittenReads(_on: boolean) {
    // it has no variables
  }

  readable(_address: number, count: number) {
    return count;
  }

  readMemory(address: number, count: number) {
    const start = Math.min(address, this.memory.bytes.length);
    const end = Math.min(start + count, this.memory.bytes.length);
    return { address: start, bytes: this.memory.read(start, end - start) };
  }

  writeMemory(address: number, bytes: Uint8Array) {
    this.memory.write(address, bytes);
    this.stop = { ...this.stop, frontier: this.stop.clock };
    return { written: bytes.length, diagnostics: [] };
  }

  start(options: { stopOnEntry?: boolean } = {}): Promise<Stop> {
    return options.stopOnEntry ? this.goTo(0, 'entry') : this.run('continue', options as RunOptions);
  }

  get wentOn(): boolean {
    return false;
  }

  async run(kind: StepKind, options: RunOptions = {}): Promise<Stop> {
    if (this.endless && kind === 'continue') {
      this.paused = false;
      while (!this.paused && !(await options.breathe?.(this.stop.clock))) {
        // Spins, as an endless loop in the C would.
      }
      return this.goTo(this.stop.clock, 'pause');
    }
    const isBack = kind.startsWith('back');
    if (kind === 'continue' || kind === 'back-continue') {
      const hit = states.findIndex(
        (_, clock) => !isBack && clock > this.stop.clock && this.breakpointLines.includes(10 + clock),
      );
      return hit > 0 ? this.goTo(hit, 'breakpoint') : this.goTo(isBack ? 0 : lastClock, isBack ? 'start' : 'end');
    }
    const next = this.stop.clock + (isBack ? -1 : 1);
    return next < 0 ? this.goTo(0, 'start') : next > lastClock ? this.goTo(lastClock, 'end') : this.goTo(next, 'step');
  }

  travelTo(clock: number): Promise<Stop> {
    return this.goTo(Math.min(clock, lastClock), 'goto');
  }

  private goTo(clock: number, reason: Stop['reason']): Promise<Stop> {
    this.memory.setU32(stateAddress, itemAt(states, clock));
    const thread = reason === 'end' ? -1 : 0;
    this.stop = { reason, clock, frontier: Math.max(clock, this.stop.frontier), oldest: 0, thread, ...this.nextStop };
    this.nextStop = {};
    this.stops.fire(this.stop);
    return Promise.resolve(this.stop);
  }

  pause(): void {
    this.paused = true;
  }

  threads() {
    return [{ id: 0, pid: 1, name: 'app', state: 'running' as const, call: 'socket(AF_INET, SOCK_STREAM, 0)' }];
  }

  stack(thread: number): readonly StackFrame[] {
    const line = 10 + this.stop.clock;
    const frame = {
      functionId: 0,
      functionLine: 1,
      path,
      column: 2,
      endLine: line,
      endColumn: 9,
      start: 0,
      end: 7,
      kind: 'compiled' as const,
    };
    const service = { ...frame, function: 'kmalloc', path: undefined, kind: 'service' as const };
    return thread !== 0
      ? []
      : [
          { ...frame, id: 1, function: 'inet_create', line, address: 0x800 },
          { ...service, id: 2, line: 0, address: 0x900 },
        ];
  }

  locals(): readonly ValueNode[] {
    return [
      this.value('sock', '0xc0100000', {
        scalar: { kind: 'pointer', address: stateAddress },
        named: 1,
        children: () => [this.stateNode()],
      }),
      this.stateNode(),
      this.manyNode(),
    ];
  }

  globals(): readonly ValueNode[] {
    return [this.stateNode()];
  }

  evaluate(expression: string, _frame: unknown, options: { sideEffects?: boolean } = {}) {
    if (expression === 'state') {
      return { value: this.stateNode(), diagnostics: [] };
    }
    if (expression === 'state = 5' && options.sideEffects) {
      return { ...this.assign('state', '5'), changed: true };
    }
    const message = sameText(`${expression} is not declared here.`);
    return { diagnostics: [{ code: 'SS3001' as const, severity: 'error' as const, message }] };
  }

  assign(_target: string, value: string) {
    if (!/^\d+$/.test(value)) {
      return {
        diagnostics: [{ code: 'SS2001' as const, severity: 'error' as const, message: sameText('This is no number.') }],
      };
    }
    this.memory.setU32(stateAddress, Number(value));
    this.stop = { ...this.stop, frontier: this.stop.clock };
    return { value: this.stateNode(), diagnostics: [] };
  }

  valueAt(): undefined {
    return undefined;
  }

  readonly stepped = false;
  readonly visits = {
    next: () => Promise.resolve(undefined),
    last: () => Promise.resolve(undefined),
    frameStart: () => Promise.resolve(undefined),
  };
  readonly failedCalls = { wait: () => [] };

  readonly places = {
    units: () => [{ path, functions: 2 }],
    of: () => undefined,
  };

  changes() {
    return [];
  }

  setBreakpoints(_path: string, requests: readonly { readonly line: number }[]) {
    this.breakpointLines = requests.map(({ line }) => line);
    return requests.map(({ line }, id) => ({
      id: id + 1,
      verified: line < 20,
      line,
      path,
      ...(line < 20 ? {} : { message: 'No statement here.' }),
    }));
  }

  setFunctionBreakpoints(requests: readonly { readonly name: string }[]) {
    return requests.map((_, id) => ({ id: id + 50, verified: true, line: 10, path }));
  }

  watchable() {
    return ['read', 'write', 'readWrite'] as const;
  }

  setDataBreakpoints(requests: readonly unknown[]) {
    return requests.map((_, id) => ({ id: id + 90, verified: true }));
  }

  breakpointLocations(_path: string, line: number) {
    return [{ line, column: 2, endLine: line, endColumn: 9 }];
  }

  sourceFile(): undefined {
    return undefined;
  }

  coverage(): Uint8Array {
    return new Uint8Array();
  }

  dispose(): void {
    this.disposed = true;
  }

  private stateNode(): ValueNode {
    const value = this.memory.u32(stateAddress);
    return this.value('state', value === 7 ? '7 (TCP_CLOSE)' : String(value), {
      expression: 'state',
      address: stateAddress,
      size: 4,
    });
  }

  private manyNode(): ValueNode {
    const children = (start = 0, count = manyElements): readonly ValueNode[] =>
      Array.from({ length: Math.max(0, Math.min(count, manyElements - start)) }, (_, i) =>
        this.value(`[${start + i}]`, String(start + i), {}),
      );
    return this.value('many', '{…}', { indexed: manyElements, children });
  }

  private value(name: string, display: string, more: Partial<ValueNode>): ValueNode {
    return { name, display, scalar: { kind: 'none' }, type: 'int', named: 0, indexed: 0, children: () => [], ...more };
  }
}
