/**
 * What a script's options say to its runner: addresses and ports of the scenario's device, tolerance of times, largest
 * packet, the tick of timestamps. In: a checked scenario. Out: plain numbers, packetdrill's defaults where it is silent.
 */
import type { SocketAddress } from './argument-value';
import { parseAddress } from './byte-order';
import { CALLS } from './call-table';
import { constantValue } from './constants';
import type { WireAddresses } from './flows';
import type { CallEvent, Scenario, ScenarioEvent } from './pkt-ast';

export interface RunnerOptions {
  readonly wire: WireAddresses;
  /** Microseconds that a time may be off. */
  readonly tolerance: number;
  /** Share of the time since the event before that a time may be off. */
  readonly relativeTolerance: number;
  /** Data must come in one segment for each expected packet. */
  readonly strict: boolean;
  /** Mask of the device's network, host order. */
  readonly netmask: number;
  /** Largest packet of the device, in bytes. */
  readonly mtu: number;
  /** Microseconds for one count of the script's timestamps, 0 when they are not compared. */
  readonly timestampTick: number;
}

/** One tick of the kernel's clock: nothing that a timer does can be more exact. */
const DEFAULT_TOLERANCE = 10_000;
/** Share of the time since the event before that a packet or return may be off, in percent. */
const DEFAULT_PERCENT = 12.5;
/** 255.255.0.0, as packetdrill's default. */
const NETMASK = 0xffff0000;
/** Largest packet of the scenario's device unless the script says otherwise, in bytes. */
const WIRE_MTU = 1500;

/** 192.168.0.1 and 192.0.2.1, as packetdrill's defaults. */
const LOCAL_IP = 0xc0a80001;
const REMOTE_IP = 0xc0000201;

/** The options of a scenario, with defaults. */
export function runnerOptions(scenario: Scenario): RunnerOptions {
  const option = (name: string): string | undefined =>
    scenario.options.find((candidate) => candidate.name === name)?.value;
  return {
    wire: {
      localIp: parseAddress(option('local_ip') ?? '') ?? LOCAL_IP,
      remoteIp: parseAddress(option('remote_ip') ?? '') ?? REMOTE_IP,
      bindPort: Number(option('bind_port') ?? 8080),
      connectPort: Number(option('connect_port') ?? 8080),
    },
    tolerance: Number(option('tolerance_usecs') ?? DEFAULT_TOLERANCE),
    relativeTolerance: Number(option('tolerance_percent') ?? DEFAULT_PERCENT) / 100,
    strict: option('strict_segments') !== undefined,
    netmask: parseAddress(option('netmask_ip') ?? '') ?? NETMASK,
    mtu: Number(option('mtu') ?? WIRE_MTU),
    timestampTick: Number(option('tcp_ts_tick_usecs') ?? 0),
  };
}

/** Whether an event counts on the default address of the scenario's device. */
export function usesDefaultAddress(event: ScenarioEvent): boolean {
  return (
    event.kind === 'call' &&
    ['connect', 'sendto'].includes(event.name) &&
    event.args.some(
      (argument, index) => CALLS.get(event.name)?.parameters[index] === 'address-in' && argument.kind === 'ellipsis',
    )
  );
}

/** The address that a call means by `...`: that of the scenario's peer, or for bind any address of this machine. */
export function defaultAddress({ name }: CallEvent, wire: WireAddresses): SocketAddress {
  const family = constantValue('AF_INET') ?? 0;
  return name === 'bind'
    ? { family, port: wire.bindPort, ip: 0 }
    : { family, port: wire.connectPort, ip: wire.remoteIp };
}
