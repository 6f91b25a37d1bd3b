/**
 * The runner of oracle cases: a workload that plays the steps of one case and compares each outcome.
 *
 * In: a case; "everything sleeps" and "a call has returned" from the kernel's environment. Out: a {@link OracleResult}.
 * A step marked `async` starts its call and goes on when everything runnable has run; time passes only in `wait`,
 * `sleep` and steps that wait themselves. The first mismatch ends the case. All state is plain data.
 */
import { given, itemAt } from '../base/checked-access';
import { sentence, type Told, type Words } from '../sentences/sentence';
import { ERRNO } from '../abi/linux-errno';
import { assert } from '../base/assert';
import { capabilityBits } from '../kernel/capabilities';
import type { KernelParts } from '../kernel/kernel';
import type { KernelControl, Workload, WorkloadStep } from '../kernel/workload';
import type { PlainData, ServiceHost } from '../machine/service';
import { readAnswer, releaseBuffers, type AnswerPlace } from './call-builder';
import { whyNoReturn } from './no-return';
import { describeOutcome, numberOfName, outcomeMatches, outcomeOf, planOracleCall } from './oracle-call';
import type { OracleCase, OracleOutcome, OracleStep } from './oracle-schema';
import { type OracleValue } from './oracle-schema';
import { expectationOf, type Expectation, type VersionFact } from './oracle-versions';
import { simulateCall, type SimulatedValue } from './simulated-calls';
import { setSysctl } from './sysctl';

export type OracleResult = {
  readonly id: string;
  readonly passed: boolean;
  /** The step that went wrong, such as `steps[2] connect(c, …)`. */
  readonly step?: Told;
  readonly expected?: Told;
  readonly actual?: Told;
  /** Facts about the tree's version that changed what steps were to give. */
  readonly versions?: readonly AppliedFact[];
};

/** A fact that a case was judged by. */
export type AppliedFact = {
  /** The step, such as `steps[2] connect(c, …)`. */
  readonly step: string;
  /** The first version that does so. */
  readonly from: string;
  readonly function: string;
  readonly en: string;
  readonly zh: string;
};

/** One call that was started. */
type StartedCall = {
  readonly step: number;
  readonly startedAt: number;
  readonly buffers: readonly number[];
  readonly answers: readonly AnswerPlace[];
  outcome: OracleOutcome | null;
  value: number;
};

type RunnerState = {
  next: number;
  calls: StartedCall[];
  /** Call (index) that the step at `next` waits for, or -1. */
  waitsFor: number;
  /** Clock until which a `sleep` lasts, or 0. */
  sleepsUntil: number;
  labels: { [label: string]: number };
  descriptors: { [name: string]: number };
  ports: { [name: string]: number };
  failure: Omit<OracleResult, 'id' | 'passed'> | null;
};

const SIMULATED = new Set(['fork', 'sigaction', 'open_nonsocket', 'limit_fds', 'kill']);

export class OracleRunner implements Workload {
  private state: RunnerState = {
    next: 0,
    calls: [],
    waitsFor: -1,
    sleepsUntil: 0,
    labels: {},
    descriptors: {},
    ports: {},
    failure: null,
  };
  private readonly steps: readonly OracleStep[];
  private control: KernelControl | undefined;

  /** `version` is a tree's LINUX_VERSION_CODE, undefined for the bundled kernel; `facts` are about versions. */
  constructor(
    private readonly oracle: OracleCase,
    private readonly kernel: KernelParts,
    private readonly host: ServiceHost,
    private readonly version?: number,
    private readonly facts: readonly VersionFact[] = [],
  ) {
    this.steps = [...oracle.setup, ...oracle.steps];
  }

  /** The verdict once the run has ended; a run that ended early (a fault) has failed. */
  result(fault?: Words): OracleResult {
    const versions = this.applied();
    return { ...this.verdict(fault), ...(versions.length > 0 ? { versions } : {}) };
  }

  /** Facts that the steps so far were judged by. */
  private applied(): AppliedFact[] {
    const last = this.state.failure ? this.state.next + 1 : this.state.next;
    return this.steps.slice(0, last).flatMap((_, index) => {
      const { fact } = this.expectation(index);
      return fact
        ? [
            {
              step: this.describeStep(index),
              from: fact.from,
              function: fact.function,
              en: fact.en,
              zh: fact.zh,
            },
          ]
        : [];
    });
  }

  private verdict(fault?: Words): OracleResult {
    const { failure } = this.state;
    if (failure) {
      return { id: this.oracle.id, passed: false, ...failure };
    }
    if (fault !== undefined || this.state.next < this.steps.length) {
      const step = this.steps[Math.min(this.state.next, this.steps.length - 1)];
      return {
        id: this.oracle.id,
        passed: false,
        step: this.describeStep(this.state.next),
        expected: step && describeOutcome(this.expectation(this.state.next).outcome, {}),
        actual: fault ?? sentence('the-run-ended-early'),
      };
    }
    return { id: this.oracle.id, passed: true };
  }

  attach(control: KernelControl): void {
    this.control = control;
  }

  booted(): void {
    for (const name of this.oracle.procs) {
      this.kernel.processes.create(name, { capabilities: capabilityBits(this.oracle.caps), uid: 1000 });
    }
    for (const [name, values] of Object.entries(this.oracle.sysctl)) {
      setSysctl(this.host, name, values);
    }
  }

  next(): WorkloadStep {
    for (;;) {
      if (this.state.failure) {
        return { kind: 'end' };
      }
      const { waitsFor, sleepsUntil } = this.state;
      const step = this.steps[this.state.next];
      if (!step) {
        return { kind: 'end' };
      }
      if (sleepsUntil > this.kernel.clock.now) {
        return { kind: 'wait', until: sleepsUntil };
      }
      if (waitsFor >= 0) {
        const call = itemAt(this.state.calls, waitsFor);
        if (!call.outcome && step.async === undefined) {
          return { kind: 'wait' };
        }
        this.state.waitsFor = -1;
        this.judge(
          step,
          call.outcome ?? { blocks: true },
          step.call === 'wait' || step.async === undefined ? call : undefined,
        );
        continue;
      }
      if (sleepsUntil > 0) {
        this.state.sleepsUntil = 0;
        this.judge(step, { ret: 0 });
        continue;
      }
      if (this.begin(step)) {
        return { kind: 'started' };
      }
    }
  }

  finished(_pid: number, callId: number, value: number): void {
    const call = this.state.calls[callId];
    assert(call, 'a call returned that the case did not make');
    const elapsed = (this.kernel.clock.now - call.startedAt) / 1000;
    call.outcome = outcomeOf(
      itemAt(this.steps, call.step),
      value,
      readAnswer(this.host.memory, call.answers, value),
      elapsed,
    );
    call.value = value;
    releaseBuffers(this.kernel.user, call.buffers);
  }

  stuck(): boolean {
    const step = this.steps[this.state.next];
    if (step) {
      const waiting = this.state.calls[this.state.waitsFor];
      this.fail(
        step,
        whyNoReturn(this.kernel.processes.lastNamed((waiting ? itemAt(this.steps, waiting.step) : step).p ?? '')),
      );
    }
    return true;
  }

  save(): PlainData {
    return structuredClone(this.state);
  }

  restore(state: PlainData): void {
    this.state = structuredClone(state) as RunnerState;
  }

  /** Begins a step; true when the kernel must run. */
  private begin(step: OracleStep): boolean {
    switch (step.call) {
      case 'wait':
        this.state.waitsFor = this.state.labels[String(step.args[0])] ?? -1;
        if (this.state.waitsFor < 0) {
          this.fail(step, sentence('no-call-has-this-label'));
        }
        return false;
      case 'pending': {
        const call = this.state.calls[this.state.labels[String(step.args[0])] ?? -1];
        this.judge(step, call?.outcome ?? { blocks: true });
        return false;
      }
      case 'sleep':
        this.state.sleepsUntil = this.kernel.clock.now + Math.max(1, numberOfName(step.args[0]) * 1000);
        return false;
      default:
        return this.beginCall(step);
    }
  }

  private beginCall(step: OracleStep): boolean {
    const process = this.kernel.processes.byName(step.p ?? itemAt(this.oracle.procs, 0));
    if (SIMULATED.has(step.call)) {
      // The caller of kill is the driver itself; it acts through any process there is.
      const values = step.args.map(simulatedArgument);
      const result = process
        ? simulateCall(given(this.control, 'kernel'), this.kernel, process, step.call, values)
        : -ERRNO.ESRCH;
      if (step.save !== undefined && result >= 0) {
        this.state.descriptors[step.save] = result;
      }
      this.judge(step, outcomeOf(step, result, {}, 0));
      // A signal may have made somebody runnable.
      return step.call === 'kill';
    }
    const planned = planOracleCall(step, this.state, this.kernel.user, this.host.memory);
    const id = this.state.calls.length;
    if (
      !process ||
      process.call ||
      !planned ||
      !given(this.control, 'kernel').startCall(process, {
        id,
        entry: planned.entry,
        words: planned.plan.words,
        text: callText(step),
      })
    ) {
      this.fail(
        step,
        !process
          ? sentence('the-process-does-not-exist')
          : process.call
            ? sentence('the-process-is-still-in-call', { call: process.call.text })
            : planned
              ? sentence('this-kernel-has-no-entry', { entry: planned.entry })
              : sentence('user-memory-is-full'),
      );
      return false;
    }
    this.state.calls.push({
      step: this.state.next,
      startedAt: this.kernel.clock.now,
      buffers: planned.plan.buffers,
      answers: planned.plan.answers,
      outcome: null,
      value: 0,
    });
    this.state.waitsFor = id;
    if (step.async !== undefined) {
      this.state.labels[step.async] = id;
    }
    return true;
  }

  /**
   * Compares the outcome of the step at `next` and goes on to the one after it. `call` is the call whose result it
   * states.
   */
  private judge(step: OracleStep, outcome: OracleOutcome, call?: StartedCall): void {
    const made = call && this.steps[call.step];
    if (made?.save !== undefined && call && call.value >= 0 && typeof outcome.ret === 'number') {
      this.state.descriptors[made.save] = call.value;
    }
    if (step.save_port !== undefined && typeof outcome.addr?.port === 'number') {
      this.state.ports[step.save_port] = outcome.addr.port;
    }
    const { outcome: expected } = this.expectation(this.state.next);
    if (!outcomeMatches(expected, outcome, this.state)) {
      this.fail(step, describeOutcome(outcome, expected));
      return;
    }
    this.state.next++;
  }

  private expectation(index: number): Expectation {
    return expectationOf(this.oracle, index, this.version, this.facts);
  }

  private fail(step: OracleStep, actual: Told): void {
    const { outcome: expectation } = this.expectation(this.state.next);
    const failure = {
      step: this.describeStep(this.state.next),
      expected: describeOutcome(expectation, expectation),
      actual,
    };
    this.state.failure = failure;
    this.host.journal({ event: 'expectation', text: failure.step, expected: failure.expected, actual, line: 0 });
  }

  private describeStep(index: number): string {
    const step = this.steps[index];
    const inSetup = index < this.oracle.setup.length;
    const place = inSetup ? `setup[${index}]` : `steps[${index - this.oracle.setup.length}]`;
    return step ? `${place} ${step.p ? `${step.p}: ` : ''}${callText(step)}` : place;
  }
}

/** `connect("c", {"family":"AF_INET",…}, 16)`. */
function callText(step: OracleStep): string {
  return `${step.call}(${step.args.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ')})`;
}

/** A number, with signals by name; a name of a process or of what else stays a name. */
function simulatedArgument(value: OracleValue): SimulatedValue {
  if (typeof value === 'string') {
    return /^SIG/.test(value) ? numberOfName(value) : value;
  }
  return value === null ? undefined : numberOfName(value);
}
