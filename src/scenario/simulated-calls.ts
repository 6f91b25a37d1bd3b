/**
 * Calls that concern processes rather than sockets: fork, kill, sigaction, a descriptor that is no socket, a limit on
 * descriptors.
 *
 * In: the process that calls, the call and its values. Out: the result, at once; effects on the simulated processes.
 */
import { given } from '../base/checked-access';
import type { KernelParts } from '../kernel/kernel';
import type { Process } from '../kernel/processes';
import type { KernelControl } from '../kernel/workload';
import { numberOf } from './argument-value';
import { ERRNO } from './constants';
import type { Argument } from './pkt-ast';

/** A value of a simulated call: a name or a number. */
export type SimulatedValue = string | number | undefined;

/** The value of a script's argument, as a simulated call takes it. */
export function simulatedValue(argument: Argument): SimulatedValue {
  if (argument.kind === 'word' && argument.name === 'NULL') {
    return undefined;
  }
  return argument.kind === 'string'
    ? argument.value
    : (numberOf(argument) ?? (argument.kind === 'word' ? argument.name : undefined));
}

/** Makes a simulated call; a negative errno when it fails. */
export function simulateCall(
  control: KernelControl,
  kernel: KernelParts,
  process: Process,
  name: string,
  values: readonly SimulatedValue[],
): number {
  const [first, second, third] = values;
  switch (name) {
    case 'fork': {
      const child = control.fork(process, String(first));
      return typeof child === 'number' ? child : 0;
    }
    case 'kill': {
      const target = kernel.processes.byName(String(first));
      return target ? kernel.signals.send(target, Number(second)) : -errno('ESRCH');
    }
    case 'sigaction':
      process.dispositions[Number(first)] = {
        action: second === 'ignore' ? 'ignore' : 'handler',
        restart: Boolean(third),
      };
      return 0;
    case 'open_nonsocket':
      return kernel.files.openPlain(process);
    case 'limit_fds':
      process.descriptorLimit = typeof first === 'number' ? kernel.files.inUse(process) + first : 1024;
      return 0;
    default:
      return -errno('ENOSYS');
  }
}

function errno(name: 'ESRCH' | 'ENOSYS'): number {
  return given(ERRNO[name], name);
}
