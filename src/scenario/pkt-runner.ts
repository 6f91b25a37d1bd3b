/**
 * The runner of scripts: a workload that plays the events of a scenario against the kernel.
 *
 * In: a checked scenario; "everything sleeps" and "a call has returned" from the kernel's environment. Out: calls,
 * packets, faults to inject; failures with the script's line, what it expected and what happened. Events are played
 * strictly in order: the next begins when its time has come and nothing can run any more. A call without an end time
 * must return before the next event; one with an end time (`0...0.2`) sleeps while the script goes on. The first failure
 * ends the run. Times are virtual microseconds; all state is plain data.
 */
import { itemAt, valueAt } from '../base/checked-access';
import { sentence, type Told } from '../sentences/sentence';
import { assert } from '../base/assert';
import { callWords } from './asked-call';
import type { KernelParts } from '../kernel/kernel';
import { capabilityBits } from '../kernel/capabilities';
import { FD_TERMINAL, type Process } from '../kernel/processes';
import type { KernelControl, Workload, WorkloadStep } from '../kernel/workload';
import type { PlainData, ServiceHost } from '../machine/service';
import { littleWords } from './byte-order';
import { readAnswer, releaseBuffers } from './call-builder';
import { CALLS } from './call-table';
import { inboundPacket, noteDatagram } from './flows';
import { whyNoReturn } from './no-return';
import { describePacket, matchPacket } from './packet-match';
import type {
  CallEvent,
  EventTime,
  InjectEvent,
  Injection,
  PacketEvent,
  Scenario,
  ScenarioEvent,
  Setting,
} from './pkt-ast';
import { compareCall, ioctlInput, planCall, returnsDescriptor, type Difference } from './script-call';
import { defaultAddress, runnerOptions, usesDefaultAddress, type RunnerOptions } from './runner-options';
import { emptyState, type PendingCall, type RunnerState, type ScriptFailure } from './runner-state';
import { missingNeed } from './runner-needs';
import { makeSettings } from './runner-settings';
import { simulateCall, simulatedValue } from './simulated-calls';
import { seconds } from './pkt-time';
import { chosenPort } from './socket-ports';

/**
 * Function of the bundled kernel that brings up the scenario's device: address and mask in network order, largest
 * packet.
 */
const WIRE_UP = 'sockscope_wire_up';
/** First byte of loopback addresses. */
const LOOPBACK_NET = 127;

export type { ScriptFailure } from './runner-state';

export class PktRunner implements Workload {
  private state = emptyState();
  private control: KernelControl | undefined;
  private readonly options: RunnerOptions;

  constructor(
    readonly scenario: Scenario,
    private readonly kernel: KernelParts,
    private readonly host: ServiceHost,
  ) {
    this.options = runnerOptions(scenario);
  }

  /** Failures so far; empty when everything was as the script says. */
  get failures(): readonly ScriptFailure[] {
    return this.state.failures;
  }

  /** Whether the call in which the kernel goes wrong, as the script expects, is under way. */
  get faultExpected(): boolean {
    return this.state.pending.some(({ event }) => (this.scenario.events[event] as CallEvent).expected.kind === 'fault');
  }

  /**
   * Line and text of the call that runs or sleeps, else of the event that is next: where a run that ended by itself
   * stood.
   */
  get position(): { readonly line: number; readonly text: string } | undefined {
    const event = this.scenario.events[this.state.pending.at(-1)?.event ?? this.state.next];
    return event && { line: event.line, text: 'text' in event ? event.text : '' };
  }

  /** Whether all events have been played. */
  get done(): boolean {
    return this.state.next >= this.scenario.events.length;
  }

  attach(control: KernelControl): void {
    this.control = control;
  }

  booted(): void {
    const { header, sysctls, events } = this.scenario;
    for (const name of header.processes) {
      const process = this.kernel.processes.create(name, {
        capabilities: capabilityBits(header.capabilities),
        uid: header.uid,
      });
      process.descriptors = [FD_TERMINAL, FD_TERMINAL, FD_TERMINAL];
      this.state.descriptors[name] = {};
    }
    this.state.base = this.kernel.clock.now;
    this.state.previousEnd = this.state.base;
    const missing = missingNeed(this.host, this.scenario);
    if (missing) {
      const { line, text } = missing.event;
      this.record({ line, text }, { expected: text, actual: missing.actual, refused: true });
    }
    sysctls.forEach((setting) => this.set([setting], setting.line));
    const local = this.options.wire.remoteIp >>> 24 === LOOPBACK_NET;
    if (events.some((event) => event.kind === 'packet' || (!local && usesDefaultAddress(event)))) {
      const network = (value: number): number =>
        littleWords([value]).reduce((all, byte) => ((all << 8) | byte) >>> 0, 0);
      this.controls.callHelper(WIRE_UP, [
        network(this.options.wire.localIp),
        network(this.options.netmask),
        this.options.mtu,
      ]);
    }
    header.injections.forEach((injection) => this.inject(injection));
  }

  next(): WorkloadStep {
    for (;;) {
      if (this.state.failures.length > 0 && !this.state.isChanged) {
        return { kind: 'end' };
      }
      const waiting = this.waiting();
      if (waiting) {
        return waiting;
      }
      const event = this.scenario.events[this.state.next];
      if (!event) {
        return { kind: 'end' };
      }
      const due = this.due(event.time);
      if (
        due !== undefined &&
        this.kernel.clock.now < due &&
        !(event.kind === 'packet' && event.direction === 'out' && this.kernel.wire.waiting)
      ) {
        return { kind: 'wait', until: this.earliest(due) };
      }
      const step = this.play(event, due);
      if (step) {
        return step;
      }
    }
  }

  finished(_pid: number, callId: number, value: number): void {
    const index = this.state.pending.findIndex(({ id }) => id === callId);
    const pending = this.state.pending[index];
    assert(pending, 'a call returned that the script did not make');
    this.state.pending.splice(index, 1);
    const event = this.scenario.events[pending.event] as CallEvent;
    const answer = readAnswer(this.host.memory, pending.answers, value);
    releaseBuffers(this.kernel.user, pending.buffers);
    this.remember(event, value);
    const difference = compareCall(event, CALLS.get(event.name), value, answer) ?? this.compareTime(event, pending);
    if (difference) {
      this.fail(event, difference);
    }
    this.state.previousEnd = this.kernel.clock.now;
  }

  changed(): void {
    this.state.isChanged = true;
  }

  stuck(): boolean {
    this.state.isChanged = false; // nothing will come any more
    const event = this.scenario.events[this.state.next];
    const pending = this.state.pending.find(
      (each) => (this.scenario.events[each.event] as CallEvent).expected.kind !== 'blocked',
    );
    if (pending) {
      this.fail(this.scenario.events[pending.event] as CallEvent, {
        expected: sentence('the-call-returns'),
        actual: whyNoReturn(this.kernel.processes.byPid(pending.pid)),
      });
    } else if (event?.kind === 'packet') {
      this.fail(event, { expected: event.text, actual: sentence('no-packet-came') });
    } else {
      return false;
    }
    return true;
  }

  save(): PlainData {
    return structuredClone(this.state);
  }

  restore(state: PlainData): void {
    this.state = structuredClone(state) as RunnerState;
  }

  private get controls(): KernelControl {
    assert(this.control, 'the script is played without a kernel');
    return this.control;
  }

  /**
   * A reason to wait before the next event is looked at: a call that must return first, or sleeping calls at the end of
   * the script.
   */
  private waiting(): WorkloadStep | undefined {
    for (const pending of this.state.pending) {
      const event = this.scenario.events[pending.event] as CallEvent;
      const { returns } = event.time;
      const deadline =
        typeof returns === 'number'
          ? pending.startedAt + returns - event.time.at + this.allowance(returns - event.time.at)
          : undefined;
      if (deadline !== undefined && this.kernel.clock.now > deadline) {
        this.fail(event, {
          expected: sentence('the-call-returns-after-time', { time: seconds((returns as number) - event.time.at) }),
          actual: sentence('it-still-sleeps'),
        });
        return { kind: 'end' };
      }
      const mustReturn = returns === undefined || (this.done && event.expected.kind !== 'blocked');
      if (mustReturn) {
        return { kind: 'wait', until: deadline === undefined ? undefined : deadline + 1 };
      }
    }
    return undefined;
  }

  /** The earlier of a time and the deadlines of sleeping calls. */
  private earliest(due: number): number {
    return this.state.pending.reduce((least, pending) => {
      const { returns, at } = (this.scenario.events[pending.event] as CallEvent).time;
      const deadline =
        typeof returns === 'number' ? pending.startedAt + returns - at + this.allowance(returns - at) + 1 : Infinity;
      return deadline > this.kernel.clock.now ? Math.min(least, deadline) : least;
    }, due);
  }

  /** Clock at which an event is to happen; undefined for "any time". */
  private due(time: EventTime): number | undefined {
    switch (time.kind) {
      case 'absolute':
        return this.state.base + time.at;
      case 'relative':
        return (
          (this.state.previousStart === null ? this.state.previousEnd : this.state.base + this.state.previousStart) +
          time.at
        );
      case 'any':
        return undefined;
    }
  }

  /** How far from its time something may be. */
  private allowance(since: number): number {
    return Math.max(this.options.tolerance, Math.ceil(Math.max(0, since) * this.options.relativeTolerance));
  }

  /** Plays an event whose time has come; a step when the kernel must run before the next. */
  private play(event: ScenarioEvent, due: number | undefined): WorkloadStep | undefined {
    switch (event.kind) {
      case 'setting':
        this.set(event.settings, event.line);
        this.advancePast(due);
        return undefined;
      case 'note':
        this.host.journal({ event: 'note', text: event.told });
        this.state.next++;
        return undefined;
      case 'inject':
        this.inject((event as InjectEvent).injection);
        this.advancePast(due);
        return undefined;
      case 'call':
        this.makeCall(event, due);
        return { kind: 'started' };
      case 'packet':
        return event.direction === 'in' ? this.sendPacket(event, due) : this.expectPacket(event, due);
    }
  }

  private advancePast(due: number | undefined): void {
    this.state.next++;
    this.state.previousStart = due === undefined ? null : due - this.state.base;
    this.state.previousEnd = this.kernel.clock.now;
  }

  private makeCall(event: CallEvent, due: number | undefined): void {
    const index = this.state.next;
    const name = event.process ?? itemAt(this.scenario.header.processes, 0);
    const process = this.kernel.processes.byName(name);
    const specification = valueAt(CALLS, event.name);
    this.advancePast(due);
    if (!process || process.call) {
      this.fail(event, {
        expected: sentence('process-makes-this-call', { process: name }),
        actual: process
          ? sentence('it-is-still-in-call', { call: process.call?.text })
          : sentence('the-process-does-not-exist'),
      });
      return;
    }
    if (specification.entry === undefined) {
      this.simulate(event, process);
      return;
    }
    const plan = planCall(
      {
        user: this.kernel.user,
        memory: this.host.memory,
        defaultAddress: defaultAddress(event, this.options.wire),
        descriptor: (script) => this.state.descriptors[name]?.[script] ?? script,
      },
      specification,
      event.args,
    );
    const input = ioctlInput(event);
    if (plan?.answers[0] && input !== undefined) {
      this.host.memory.setU32(plan.answers[0].address, input >>> 0);
    }
    const id = this.state.nextCall++;
    if (
      !plan ||
      !this.controls.startCall(process, { id, entry: specification.entry, words: plan.words, ...callWords(event) })
    ) {
      this.record(
        { line: event.line, text: event.text },
        {
          expected: event.text,
          actual: plan
            ? sentence('this-kernel-has-no-entry', { entry: specification.entry })
            : sentence('its-buffers-do-not-fit-into-user-memory'),
          refused: true,
        },
      );
      return;
    }
    this.state.pending.push({
      id,
      event: index,
      pid: process.pid,
      startedAt: this.kernel.clock.now,
      buffers: plan.buffers,
      answers: plan.answers,
    });
  }

  private simulate(event: CallEvent, process: Process): void {
    const values = event.args.map(simulatedValue);
    const value = simulateCall(this.controls, this.kernel, process, event.name, values);
    if (event.name === 'fork' && value >= 0) {
      this.state.descriptors[String(values[0])] = { ...this.state.descriptors[process.name] };
    }
    this.remember(event, value);
    const difference = compareCall(event, CALLS.get(event.name), value, {});
    if (difference) {
      this.fail(event, difference);
    }
  }

  /** A descriptor the script has a number for. */
  private remember(event: CallEvent, value: number): void {
    const table = this.state.descriptors[event.process ?? itemAt(this.scenario.header.processes, 0)];
    if (
      returnsDescriptor(event) &&
      value >= 0 &&
      event.expected.kind === 'value' &&
      event.expected.value >= 0 &&
      table
    ) {
      table[event.expected.value] = value;
    }
  }

  private compareTime(event: CallEvent, pending: PendingCall): Difference | undefined {
    const elapsed = this.kernel.clock.now - pending.startedAt;
    const { returns, at } = event.time;
    if (returns === 'any') {
      return undefined;
    }
    const wanted = returns === undefined ? 0 : returns - at;
    return Math.abs(elapsed - wanted) <= this.allowance(wanted)
      ? undefined
      : {
          expected: sentence('the-call-returns-after-time', { time: seconds(wanted) }),
          actual: sentence('it-returned-after-time', { time: seconds(elapsed) }),
        };
  }

  private sendPacket(event: PacketEvent, due: number | undefined): WorkloadStep {
    const { flows } = this.state;
    this.kernel.wire.unseen.forEach(({ bytes }) => noteDatagram(flows, bytes));
    const { protocol } = event.packet;
    const { wire } = this.options;
    const bindPort =
      protocol === 'tcp' || protocol === 'udp'
        ? chosenPort(this.kernel, this.host, protocol, wire.bindPort)
        : wire.bindPort;
    const bytes = inboundPacket(flows, { ...wire, bindPort }, event.packet);
    this.advancePast(due);
    if (!this.controls.inject(bytes)) {
      this.fail(event, { expected: event.text, actual: sentence('this-kernel-has-no-device-for-scripts') });
    }
    return { kind: 'started' };
  }

  private expectPacket(event: PacketEvent, due: number | undefined): WorkloadStep | undefined {
    const since = due === undefined ? 0 : due - this.state.previousEnd;
    const latest =
      due === undefined || this.state.isChanged // a packet may come late then
        ? undefined
        : due + (event.time.upTo === undefined ? 0 : event.time.upTo - event.time.at) + this.allowance(since);
    const sent = this.kernel.wire.take();
    if (!sent) {
      if (latest !== undefined && this.kernel.clock.now >= latest) {
        this.fail(event, { expected: event.text, actual: sentence('no-packet-came') });
        return undefined;
      }
      return { kind: 'wait', until: latest };
    }
    if (due !== undefined && (sent.time < due - this.allowance(since) || sent.time > (latest ?? Infinity))) {
      const at = (packet: string, time: number): Told =>
        sentence('packet-at-time', { packet, time: seconds(time - this.state.base) });
      const packet = describePacket(sent.bytes, this.state.flows);
      this.fail(event, { expected: at(event.text, due), actual: at(packet, sent.time) });
      return undefined;
    }
    noteDatagram(this.state.flows, sent.bytes);
    const verdict = matchPacket(this.state.flows, sent.bytes, event.packet, this.state.collected, {
      tick: this.options.timestampTick,
      tolerance: this.allowance(sent.time - this.state.base),
    });
    if (verdict.kind === 'partial' && this.options.strict) {
      this.differs(event, describePacket(sent.bytes, this.state.flows), sentence('part-length'));
    } else if (verdict.kind === 'mismatch') {
      this.differs(event, verdict.mismatch.actual, verdict.mismatch.what);
    } else if (verdict.kind === 'partial') {
      this.state.collected = verdict.got;
    } else {
      this.state.collected = 0;
      this.advancePast(due);
    }
    return undefined;
  }

  private differs(event: PacketEvent, packet: string, part: Told): void {
    this.fail(event, { expected: event.text, actual: sentence('packet-the-part-differs', { packet, part }) });
  }

  private set(settings: readonly Setting[], line: number): void {
    for (const refused of makeSettings(this.host, settings)) {
      this.record({ line, text: refused.text }, { ...refused.difference, refused: true });
    }
  }

  private inject(injection: Injection): void {
    if (injection.kind === 'allocation') {
      this.kernel.slab.slab.failAllocation(injection.target, injection.nth);
      return;
    }
    const id = this.host.functionId(injection.function);
    const { function: name, value } = injection;
    if (id === undefined || !this.host.interceptCall) {
      this.record(
        { line: this.scenario.file.positionAt(injection.range.start).line + 1, text: `inject return ${name}` },
        {
          expected: sentence('function-can-be-made-to-return', { function: name, value }),
          actual: sentence('this-kernel-has-no-such-function'),
        },
      );
      return;
    }
    this.host.interceptCall(id, injection.nth, value);
  }

  private fail(event: CallEvent | PacketEvent, difference: Difference): void {
    this.record({ line: event.line, text: event.text }, difference);
    if (this.state.isChanged && event.kind === 'packet' && event.direction === 'out') {
      this.state.collected = 0;
      this.advancePast(this.due(event.time));
    }
  }

  private record(
    where: { readonly line: number; readonly text: string },
    difference: Difference & { readonly refused?: true },
  ): void {
    const failure = { ...where, ...difference };
    this.state.failures.push(failure);
    const { returned: _, ...told } = failure;
    this.host.journal({ event: 'expectation', path: this.scenario.file.path, ...told });
  }
}
