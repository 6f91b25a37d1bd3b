/**
 * packetdrill's options (`--name=value` at the top of a script): which are honoured, with the values they take, which
 * change nothing here and why, and which are refused.
 *
 * In: an option. Out: what is wrong with it or what becomes of it, as sentence and remedy; undefined when it is honoured.
 */
import { parseAddress } from './byte-order';
import { nearestName } from './constants';
import { laterFeature } from './later-features';
import type { ScenarioOption } from './pkt-ast';

export interface OptionProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
}

/** What values an honoured option takes. */
type Values = { readonly least: number; readonly most: number } | 'address' | 'none' | 'definition' | 'version';

const MOST_TOLERANCE = 1_000_000_000;
const PORTS: Values = { least: 1, most: 65_535 };
const HONOURED: ReadonlyMap<string, Values> = new Map<string, Values>([
  ['tolerance_usecs', { least: 0, most: MOST_TOLERANCE }],
  ['tolerance_percent', { least: 0, most: 100 }],
  ['local_ip', 'address'],
  ['remote_ip', 'address'],
  ['netmask_ip', 'address'],
  ['bind_port', PORTS],
  ['connect_port', PORTS],
  ['mtu', { least: 68, most: 65_535 }],
  ['tcp_ts_tick_usecs', { least: 0, most: 1_000_000 }],
  ['strict_segments', 'none'],
  ['define', 'definition'],
  ['ip_version', 'version'],
]);

const MACHINE = 'it describes the machine that packetdrill runs on';
const TALK = 'it concerns what packetdrill prints or runs';
const PROGRAMS = 'no other program or script is run';
const IGNORED: ReadonlyMap<string, string> = new Map([
  ['mss', 'nothing here puts segments together behind the kernel'],
  ['gateway_ip', MACHINE],
  ['speed', MACHINE],
  ['wire_client', MACHINE],
  ['wire_server', MACHINE],
  ['wire_server_ip', MACHINE],
  ['wire_server_at', MACHINE],
  ['wire_server_port', MACHINE],
  ['wire_client_dev', MACHINE],
  ['wire_server_dev', MACHINE],
  ['wire_protocol', MACHINE],
  ['persistent_tun_dev', MACHINE],
  ['is_anyip', MACHINE],
  ['send_omit_free', MACHINE],
  ['psp_udp_port', MACHINE],
  ['init_scripts', PROGRAMS],
  ['code_command', PROGRAMS],
  ['code_format', PROGRAMS],
  ['code_sockopt', PROGRAMS],
  ['so_filename', PROGRAMS],
  ['so_flags', PROGRAMS],
  ['no_cleanup', PROGRAMS],
  ['verbose', TALK],
  ['debug', TALK],
  ['dry_run', TALK],
  ['non_fatal', 'every difference ends the script'],
  ['tcp_ts_ecr_scaled', 'echoed timestamps are not compared'],
  ['timeout_scale', 'time is simulated'],
]);

export function optionProblem({ name, value }: ScenarioOption): OptionProblem | undefined {
  const values = HONOURED.get(name);
  if (values !== undefined) {
    return valueProblem(name, value, values);
  }
  const reason = IGNORED.get(name);
  if (reason !== undefined) {
    return { severity: 'warning', message: `--${name} changes nothing here: ${reason}`, remedy: 'Leave it out.' };
  }
  const later = laterFeature(name);
  const near = nearestName(name, [...HONOURED.keys(), ...IGNORED.keys()]);
  return later
    ? { severity: 'error', ...later }
    : {
        severity: 'error',
        message: `unknown option --${name}`,
        remedy: near ? `Did you mean --${near}?` : 'Remove it; --tolerance_usecs=N is the one most needed.',
      };
}

function valueProblem(name: string, value: string, values: Values): OptionProblem | undefined {
  const error = (message: string, remedy: string): OptionProblem => ({ severity: 'error', message, remedy });
  switch (values) {
    case 'version':
      return value === 'ipv4'
        ? undefined
        : error(
            `IP version ${value} is not supported`,
            'This kernel speaks IPv4 only: remove the option or write ipv4.',
          );
    case 'none':
      return value === '' ? undefined : error(`--${name} takes no value`, `Write --${name}.`);
    case 'definition':
      return /^\w+=.+$/.test(value) ? undefined : error(`--${name} takes NAME=VALUE`, `Write --${name}=MSS=1000.`);
    case 'address':
      return parseAddress(value) === undefined
        ? error(`${JSON.stringify(value)} is no Internet address`, `Write --${name}=192.0.2.1.`)
        : undefined;
    default: {
      const number = /^\d+$/.test(value) ? Number(value) : NaN;
      return number >= values.least && number <= values.most
        ? undefined
        : error(
            `--${name} must be a whole number from ${values.least} to ${values.most}, not ${value || 'nothing'}`,
            'Write a number in this range.',
          );
    }
  }
}
