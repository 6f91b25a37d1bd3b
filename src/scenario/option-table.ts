/**
 * packetdrill's options (`--name=value` at the top of a script): which are honoured, with the values they take, which
 * change nothing here and why, and which are refused.
 *
 * In: an option. Out: what is wrong with it or what becomes of it, as sentence and remedy; undefined when it is honoured.
 */
import { sentence, type Words } from '../sentences/sentence';
import { parseAddress } from './byte-order';
import { nearestName } from './constants';
import { laterFeature } from './later-features';
import type { ScenarioOption } from './pkt-ast';

export interface OptionProblem {
  readonly severity: 'error' | 'warning';
  readonly message: Words;
  readonly remedy: Words;
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

const MACHINE = sentence('it-describes-the-machine-that-packetdrill-runs-on');
const TALK = sentence('it-concerns-what-packetdrill-prints-or-runs');
const PROGRAMS = sentence('no-other-program-or-script-is-run');
const IGNORED: ReadonlyMap<string, Words> = new Map([
  ['mss', sentence('nothing-here-puts-segments-together-behind-the')],
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
  ['non_fatal', sentence('every-difference-ends-the-script')],
  ['tcp_ts_ecr_scaled', sentence('echoed-timestamps-are-not-compared')],
  ['timeout_scale', sentence('time-is-simulated')],
]);

export function optionProblem({ name, value }: ScenarioOption): OptionProblem | undefined {
  const values = HONOURED.get(name);
  if (values !== undefined) {
    return valueProblem(name, value, values);
  }
  const reason = IGNORED.get(name);
  if (reason !== undefined) {
    return {
      severity: 'warning',
      message: sentence('name-changes-nothing-here-reason', { name, reason }),
      remedy: sentence('leave-it-out'),
    };
  }
  const later = laterFeature(name);
  const near = nearestName(name, [...HONOURED.keys(), ...IGNORED.keys()]);
  return later
    ? { severity: 'error', ...later }
    : {
        severity: 'error',
        message: sentence('unknown-option-name', { name }),
        remedy: near
          ? sentence('did-you-mean-the-option', { near })
          : sentence('remove-it-tolerance-usecs-n-is-the-one-most-needed'),
      };
}

function valueProblem(name: string, value: string, values: Values): OptionProblem | undefined {
  const error = (message: Words, remedy: Words): OptionProblem => ({ severity: 'error', message, remedy });
  switch (values) {
    case 'version':
      return value === 'ipv4'
        ? undefined
        : error(
            sentence('ip-version-version-is-not-supported', { version: value }),
            sentence('this-kernel-speaks-ipv4-only-remove-the-option-or'),
          );
    case 'none':
      return value === ''
        ? undefined
        : error(sentence('name-takes-no-value', { name }), sentence('write-the-option', { name }));
    case 'definition':
      return /^\w+=.+$/.test(value)
        ? undefined
        : error(
            sentence('name-takes-name-value', { name }),
            sentence('write-the-option', { name: `${name}=MSS=1000` }),
          );
    case 'address':
      return parseAddress(value) === undefined
        ? error(
            sentence('value-is-no-internet-address', { value: JSON.stringify(value) }),
            sentence('write-the-option', { name: `${name}=192.0.2.1` }),
          )
        : undefined;
    default: {
      const number = /^\d+$/.test(value) ? Number(value) : NaN;
      return number >= values.least && number <= values.most
        ? undefined
        : error(
            sentence('name-must-be-a-whole-number-from-least-to-most-not', {
              name: `--${name}`,
              least: values.least,
              most: values.most,
              wrong: value || sentence('nothing'),
            }),
            sentence('write-a-number-in-this-range'),
          );
    }
  }
}
