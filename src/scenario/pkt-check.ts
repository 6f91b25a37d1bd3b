/**
 * The checker of scenarios: what can be known wrong before anything runs.
 *
 * In: a parsed scenario. Out: diagnostics with place and remedy: unknown calls, wrong numbers of arguments, unknown
 * constants, processes that do not exist, parts that are not supported. A scenario with errors is not run.
 */
import type { Diagnostic } from '../source/diagnostic';
import type { DiagnosticCode } from '../source/diagnostic-codes';
import { internetAddressOf, numberOf, POINTER_WORDS, portOf, socketAddressOf } from './argument-value';
import { CALLS, type CallSpecification } from './call-table';
import { CONSTANTS, ERRNO, nearestName } from './constants';
import type { Argument, CallEvent, Range, Scenario } from './pkt-ast';

/** Options that mean something here; the others are accepted because they describe the test machine. */
const OPTION_NAMES = [
  'tolerance_usecs',
  'local_ip',
  'remote_ip',
  'bind_port',
  'connect_port',
  'ip_version',
  'netmask_ip',
  'gateway_ip',
  'speed',
  'mtu',
  'init_scripts',
  'non_fatal',
  'wire_protocol',
  'tcp_ts_tick_usecs',
  'tcp_ts_ecr_scaled',
  'verbose',
  'dry_run',
  'strict_segments',
  'define',
  'send_omit_free',
  'so_filename',
  'so_flags',
  'wire_client',
  'wire_server',
  'persistent_tun_dev',
  'no_cleanup',
  'code_command',
  'code_format',
  'code_sockopt',
  'timeout_scale',
  'debug',
  'udp_encaps',
];

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
    for (const option of this.scenario.options) {
      if (option.name === 'ip_version' && option.value !== 'ipv4') {
        this.problem(
          option,
          'SS5007',
          `IP version ${option.value} is not supported`,
          'This kernel speaks IPv4 only: remove the option or write ipv4.',
        );
      } else if (!OPTION_NAMES.includes(option.name)) {
        const near = nearestName(option.name, OPTION_NAMES);
        this.problem(
          option,
          'SS5007',
          `unknown option --${option.name}`,
          near ? `Did you mean --${near}?` : 'Remove it; --tolerance_usecs=N is the one most needed.',
        );
      }
    }
    for (const event of this.scenario.events) {
      if (event.kind === 'call') {
        this.call(event);
      }
    }
  }

  private call(event: CallEvent): void {
    const specification = CALLS.get(event.name);
    if (!specification) {
      const near = nearestName(event.name, CALLS.keys());
      this.problem(
        event.nameRange,
        'SS5002',
        `unknown call ${event.name}`,
        near ? `Did you mean ${near}?` : `Known calls: ${[...CALLS.keys()].join(', ')}.`,
      );
      return;
    }
    if (event.process !== undefined && !this.processes.has(event.process)) {
      this.problem(
        event,
        'SS5001',
        `there is no process ${event.process} here`,
        `Name it in the header ("//! process: A, ${event.process}"), or fork("${event.process}") first.`,
      );
    }
    if (event.expected.kind === 'value' && event.expected.errno !== undefined && !(event.expected.errno in ERRNO)) {
      const near = nearestName(event.expected.errno, Object.keys(ERRNO));
      this.problem(
        event.expected.range,
        'SS5003',
        `unknown error ${event.expected.errno}`,
        near ? `Did you mean ${near}?` : 'Use a name of asm/errno.h, such as EINVAL.',
      );
    }
    if (specification.entry === undefined) {
      this.simulated(event);
      return;
    }
    const least = specification.parameters.filter((kind) => kind !== 'int-optional').length;
    if (event.args.length < least || event.args.length > specification.parameters.length) {
      this.problem(
        event,
        'SS5001',
        `${event.name} takes ${least} arguments, not ${event.args.length}`,
        `Write ${specification.usage}.`,
      );
      return;
    }
    event.args.forEach((argument, index) => this.argument(argument, specification, index));
  }

  private simulated(event: CallEvent): void {
    const name = event.args[0];
    if (event.name === 'fork') {
      if (name?.kind === 'string' || name?.kind === 'word') {
        this.processes.add(name.kind === 'string' ? name.value : name.name);
      } else {
        this.problem(event, 'SS5001', 'fork needs a name for the child', 'Write fork("B") = 0.');
      }
    }
    for (const argument of event.args) {
      if (argument.kind === 'word' && event.name !== 'fork' && !this.processes.has(argument.name)) {
        this.constants(argument);
      }
    }
  }

  private argument(argument: Argument, specification: CallSpecification, index: number): void {
    const kind = specification.parameters[index]!;
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
          `${specification.name} needs a value here, not ...`,
          `Write ${specification.usage}.`,
        );
      }
      return;
    }
    this.constants(argument);
    if (argument.kind === 'struct' && (kind === 'address-in' || kind === 'address-out') && !socketAddressOf(argument)) {
      this.problem(
        argument,
        'SS5001',
        'this is no Internet address',
        'Write {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}.',
      );
    }
  }

  /** Reports each word below an argument that stands for nothing. */
  private constants(argument: Argument): void {
    switch (argument.kind) {
      case 'word':
        if (numberOf(argument) === undefined && !POINTER_WORDS.has(argument.name)) {
          const near = nearestName(argument.name, CONSTANTS.keys());
          this.problem(
            argument,
            'SS5003',
            `unknown constant ${argument.name}`,
            near ? `Did you mean ${near}?` : 'Use a name of the kernel headers, or the number.',
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
        if (
          argument.name === 'inet_addr'
            ? internetAddressOf(argument) === undefined
            : !['htons', 'htonl'].includes(argument.name) || portOf(argument) === undefined
        ) {
          this.problem(
            argument,
            'SS5003',
            `cannot work out ${argument.name}(…)`,
            'Known are htons(port), htonl(number) and inet_addr("a.b.c.d").',
          );
        }
        return;
      default:
        return;
    }
  }

  private problem(range: Range, code: DiagnosticCode, message: string, remedy: string): void {
    this.diagnostics.push({
      code,
      severity: 'error',
      span: { file: this.scenario.file, start: range.start, end: range.end },
      message,
      remedy,
    });
  }
}
