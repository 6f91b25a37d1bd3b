/**
 * The checker of scenarios: what can be known wrong before anything runs.
 *
 * In: a parsed scenario. Out: diagnostics with place and remedy: unknown calls, wrong numbers of arguments, unknown
 * constants, processes that do not exist, parts that are not supported. A scenario with errors is not run.
 */
import { itemAt } from '../base/checked-access';
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic, Severity } from '../source/diagnostic';
import type { DiagnosticCode } from '../source/diagnostic-codes';
import { internetAddressOf, numberOf, POINTER_WORDS, portOf, socketAddressOf } from './argument-value';
import { CALLS, type CallSpecification } from './call-table';
import { BUFFER_LIMIT } from './call-builder';
import { CONSTANTS, ERRNO, nearestName } from './constants';
import { laterFeature } from './later-features';
import { optionProblem } from './option-table';
import type { Argument, CallEvent, Range, Scenario } from './pkt-ast';
import { MOST_SHORT } from './pkt-numbers';
import { MOST_TIME } from './pkt-time';

export function checkScenario(scenario: Scenario): Diagnostic[] {
  const checker = new Checker(scenario);
  checker.run();
  return checker.diagnostics;
}

class Checker {
  readonly diagnostics: Diagnostic[] = [];
  private readonly processes: Set<string>;

  constructor(private readonly scenario: Scenario) {
    this.processes = new Set(scenario.header.processes);
  }

  run(): void {
    const { options, events } = this.scenario;
    for (const option of options) {
      const wrong = optionProblem(option);
      if (wrong) {
        this.problem(option, 'SS5007', wrong.message, wrong.remedy, wrong.severity);
      }
    }
    for (const event of events) {
      if (event.kind === 'call') {
        this.call(event);
      }
    }
    this.times();
  }

  /** How long the script lasts by its own times, and that they do not go back. */
  private times(): void {
    let latest = 0;
    for (const { time } of this.scenario.events) {
      if (time.kind === 'absolute' && time.at < latest) {
        this.problem(
          time,
          'SS5001',
          sentence('this-time-is-before-that-of-an-event-above'),
          sentence('write-the-events-in-the-order-of-their-times'),
          'warning',
        );
      }
      latest = time.kind === 'absolute' ? Math.max(latest, time.at) : latest + time.at;
      if (latest > MOST_TIME) {
        this.problem(
          time,
          'SS5001',
          sentence('this-script-lasts-longer-than-limit-seconds', { limit: MOST_TIME / 1_000_000 }),
          sentence('the-clock-of-a-32-bit-kernel-does-not-count-further'),
        );
        return;
      }
    }
  }

  private call(event: CallEvent): void {
    const specification = CALLS.get(event.name);
    if (!specification) {
      this.unknownCall(event);
      return;
    }
    if (event.process !== undefined && !this.processes.has(event.process)) {
      this.problem(
        event,
        'SS5001',
        sentence('there-is-no-process-process-here', { process: event.process }),
        sentence('name-it-in-the-header-process-a-process-or-fork', { process: event.process }),
      );
    }
    if (
      event.expected.kind === 'value' &&
      event.expected.errno !== undefined &&
      !Object.hasOwn(ERRNO, event.expected.errno)
    ) {
      const near = nearestName(event.expected.errno, Object.keys(ERRNO));
      this.problem(
        event.expected.range,
        'SS5003',
        sentence('unknown-error-errno', { errno: event.expected.errno }),
        near ? sentence('did-you-mean-the-name', { near }) : sentence('use-a-name-of-asm-errno-h-such-as-einval'),
      );
    }
    if (specification.entry === undefined) {
      this.simulated(event);
      return;
    }
    const least = specification.parameters.filter((kind) => kind !== 'int-optional').length;
    const most = specification.parameters.length;
    if (event.args.length < least || event.args.length > most) {
      this.problem(
        event,
        'SS5001',
        sentence('event-takes-least-arguments-not-count', {
          event: event.name,
          least: least === most ? least : `${least} to ${most}`,
          count: event.args.length,
        }),
        sentence('write-the-example', { example: specification.usage }),
      );
      return;
    }
    event.args.forEach((argument, index) => {
      this.argument(argument, specification, index);
      this.size(event.args, specification, index);
    });
  }

  private unknownCall(event: CallEvent): void {
    const later = laterFeature(event.name);
    if (later) {
      this.problem(event.nameRange, 'SS5009', later.message, later.remedy);
      return;
    }
    const near = nearestName(event.name, CALLS.keys());
    this.problem(
      event.nameRange,
      'SS5002',
      sentence('unknown-call-event', { event: event.name }),
      near
        ? sentence('did-you-mean-the-name', { near })
        : sentence('known-calls-list', { list: [...CALLS.keys()].join(', ') }),
    );
  }

  /** Whether a buffer of this size can be made. */
  private size(args: readonly Argument[], specification: CallSpecification, index: number): void {
    const argument = itemAt(args, index);
    const buffer = args[index - 1];
    const kind = specification.parameters[index];
    const before = specification.parameters[index - 1];
    const size = numberOf(argument) ?? 0;
    const made = buffer?.kind !== 'word' || !POINTER_WORDS.has(buffer.name);
    if (kind === 'size' && (before === 'data-in' || before === 'data-out') && made && size > BUFFER_LIMIT) {
      this.problem(
        argument,
        'SS5001',
        sentence('size-bytes-do-not-fit-a-buffer-of-a-script-has-at', { size, limit: BUFFER_LIMIT }),
        sentence('send-or-receive-in-several-calls'),
      );
    }
  }

  private simulated(event: CallEvent): void {
    const name = event.args[0];
    if (event.name === 'fork') {
      if (name?.kind === 'string' || name?.kind === 'word') {
        this.processes.add(name.kind === 'string' ? name.value : name.name);
      } else {
        this.problem(event, 'SS5001', sentence('fork-needs-a-name-for-the-child'), sentence('write-fork-b-0'));
      }
    }
    for (const argument of event.args) {
      if (argument.kind === 'word' && event.name !== 'fork' && !this.processes.has(argument.name)) {
        this.constants(argument);
      }
    }
  }

  private argument(argument: Argument, specification: CallSpecification, index: number): void {
    const kind = itemAt(specification.parameters, index);
    if (
      argument.kind === 'ellipsis' ||
      argument.kind === 'string' ||
      (argument.kind === 'word' && POINTER_WORDS.has(argument.name))
    ) {
      const family = specification.name.startsWith('socket') && index === 0;
      if (argument.kind === 'ellipsis' && !family && (kind === 'fd' || kind === 'int' || kind === 'size')) {
        this.problem(
          argument,
          'SS5001',
          sentence('specification-needs-a-value-here-not', { specification: specification.name }),
          sentence('write-the-example', { example: specification.usage }),
        );
      }
      return;
    }
    const before = this.diagnostics.length;
    this.constants(argument);
    if (
      argument.kind !== 'struct' ||
      (kind !== 'address-in' && kind !== 'address-out') ||
      this.diagnostics.length > before
    ) {
      return;
    }
    const address = socketAddressOf(argument);
    if (address && !(address.port >= 0 && address.port <= MOST_SHORT)) {
      this.problem(
        argument,
        'SS5001',
        sentence('name-must-be-a-whole-number-from-least-to-most-not', {
          name: sentence('the-port'),
          least: 0,
          most: MOST_SHORT,
          wrong: address.port,
        }),
        sentence('write-a-number-in-this-range'),
      );
    } else if (!address) {
      this.problem(
        argument,
        'SS5001',
        sentence('this-is-no-internet-address'),
        sentence('write-sa-family-af-inet-sin-port-htons-8080-sin-addr'),
      );
    }
  }

  /** Reports each word below an argument that stands for nothing. */
  private constants(argument: Argument): void {
    switch (argument.kind) {
      case 'word':
        if (numberOf(argument) === undefined && !POINTER_WORDS.has(argument.name)) {
          const later = laterFeature(argument.name);
          if (later) {
            this.problem(argument, 'SS5009', later.message, later.remedy);
            return;
          }
          const near = nearestName(argument.name, CONSTANTS.keys());
          this.problem(
            argument,
            'SS5003',
            sentence('unknown-constant-argument', { argument: argument.name }),
            near
              ? sentence('did-you-mean-the-name', { near })
              : sentence('use-a-name-of-the-kernel-headers-or-the-number'),
          );
        }
        return;
      case 'or':
        argument.parts.forEach((part) => this.constants(part));
        return;
      case 'array':
        argument.items.forEach((item) => this.constants(item));
        return;
      case 'struct':
        argument.fields.forEach(({ value }) => this.constants(value));
        return;
      case 'function':
        this.converted(argument);
        return;
      default:
        return;
    }
  }

  /** A value that is given as `htons(…)` and the like. */
  private converted(argument: Extract<Argument, { kind: 'function' }>): void {
    const later = laterFeature(argument.name);
    if (later) {
      this.problem(argument, 'SS5009', later.message, later.remedy);
    } else if (
      argument.name === 'inet_addr'
        ? internetAddressOf(argument) === undefined
        : !['htons', 'htonl'].includes(argument.name) || portOf(argument) === undefined
    ) {
      this.problem(
        argument,
        'SS5003',
        sentence('cannot-work-out-argument', { argument: argument.name }),
        sentence('known-are-htons-port-htonl-number-and-inet-addr-a-b'),
      );
    }
  }

  private problem(
    range: Range,
    code: DiagnosticCode,
    message: Words,
    remedy: Words,
    severity: Severity = 'error',
  ): void {
    this.diagnostics.push({
      code,
      severity,
      span: { file: this.scenario.file, start: range.start, end: range.end },
      message,
      remedy,
    });
  }
}
