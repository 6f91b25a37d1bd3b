/**
 * What a script needs of the kernel that plays it and that the bundled kernel leaves out.
 *
 * In: a scenario, and the running kernel's variables. Out: the first event that asks for something this kernel does not
 * have, with the sentence that says so: such a script is refused before anything runs, because what would be found
 * different says nothing about it.
 */
import { sentence, type Told } from '../sentences/sentence';
import type { ServiceHost } from '../machine/service';
import { numberOf } from './argument-value';
import { constantNamed, constantValue } from './constants';
import type { CallEvent, PacketEvent, Scenario, ScenarioEvent } from './pkt-ast';
import { leavesOut } from './runner-settings';

export interface MissingNeed {
  readonly event: CallEvent | PacketEvent;
  readonly actual: Told;
}

/** A variable that kernels with urgent data have: how its pointer is to be understood (net/ipv4/tcp_input.c). */
const URGENT_VARIABLE = 'sysctl_tcp_stdurg';
/** Place of the flags among the arguments of calls that send or receive. */
const FLAGS_AT = 3;

export function missingNeed(host: ServiceHost, scenario: Scenario): MissingNeed | undefined {
  if (host.globalAddress(URGENT_VARIABLE) !== undefined) {
    return undefined;
  }
  const event = scenario.events.find(needsUrgentData);
  return event && { event, actual: leavesOut(host, sentence('urgent-data')) };
}

/** Whether the outcome of an event depends on urgent data. What fails because there is none is as on any kernel. */
function needsUrgentData(event: ScenarioEvent): event is CallEvent | PacketEvent {
  if (event.kind === 'packet') {
    const { packet } = event;
    if (packet.protocol !== 'tcp') {
      return false;
    }
    // A segment that opens or meets no connection is answered without looking at its urgent pointer.
    return event.direction === 'out'
      ? packet.flags.includes('U') || Boolean(packet.urgent)
      : packet.flags.includes('U') && !packet.flags.includes('S') && (packet.flags.includes('.') || packet.length > 0);
  }
  if (event.kind !== 'call' || (event.expected.kind === 'value' && event.expected.value < 0)) {
    return false;
  }
  const sends = event.name === 'send' || event.name === 'sendto';
  const receives = event.name === 'recv' || event.name === 'recvfrom';
  const settled = event.expected.kind !== 'any';
  return (
    ((sends || (receives && settled)) && hasFlag(event, 'MSG_OOB')) ||
    (event.name === 'ioctl' && settled && numberOf(event.args[1]) === constantValue('SIOCATMARK'))
  );
}

function hasFlag(event: CallEvent, name: string): boolean {
  return ((numberOf(event.args[FLAGS_AT]) ?? 0) & constantNamed(name)) !== 0;
}
