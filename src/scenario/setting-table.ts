/**
 * The settings under net.ipv4 and net.core of Linux 2.4: name, kernel variable, how many numbers, whether they are times,
 * and what a kernel without the setting leaves out.
 *
 * In: a name. Out: its entry, or the nearest name; what is wrong with values. Facts of net/ipv4/sysctl_net_ipv4.c and
 * net/core/sysctl_net_core.c of 2.4.0 and later: a variable is mostly `sysctl_` and the name, the exceptions are listed;
 * times are seconds outside and jiffies inside (`proc_dointvec_jiffies` of kernel/sysctl.c).
 */
import { sentence, type Told, type Words } from '../sentences/sentence';
import { HZ } from '../abi/linux-process';
import { nearestName } from './constants';

export interface SettingFacts {
  readonly name: string;
  /** Variables that may stand behind it, the first one that a kernel has counts; `a.b` is field b of struct variable a. */
  readonly variables: readonly string[];
  /** How many numbers it has. */
  readonly count: number;
  /** The numbers are seconds. */
  readonly seconds: boolean;
  /** Range of each number. */
  readonly least: number;
  readonly most: number;
  /** What a kernel without it leaves out; undefined when nothing can be seen of it on the wire or in results. */
  readonly lacks: Told | undefined;
}

/** Settings with one number and a variable of their own name. */
// prettier-ignore
const PLAIN = `tcp_retrans_collapse ip_nonlocal_bind tcp_syn_retries tcp_synack_retries tcp_max_orphans tcp_max_tw_buckets ipfrag_high_thresh ipfrag_low_thresh ip_dynaddr
  tcp_keepalive_probes tcp_retries2 tcp_abort_on_overflow tcp_rfc1337 icmp_echo_ignore_all icmp_echo_ignore_broadcasts icmp_ignore_bogus_error_responses
  igmp_max_memberships igmp_max_msf inet_peer_threshold tcp_orphan_retries tcp_fack tcp_reordering tcp_dsack tcp_app_win tcp_adv_win_scale icmp_ratelimit icmp_ratemask
  tcp_tw_reuse tcp_frto tcp_low_latency tcp_westwood tcp_vegas_cong_avoid tcp_vegas_alpha tcp_vegas_beta tcp_vegas_gamma tcp_bic tcp_bic_fast_convergence
  tcp_bic_low_window tcp_bic_beta tcp_default_win_scale tcp_moderate_rcvbuf wmem_max rmem_max wmem_default rmem_default netdev_max_backlog optmem_max lo_cong mod_cong
  netdev_fastroute ip_default_ttl somaxconn`.split(/\s+/);
const SECONDS = new Set(
  'tcp_fin_timeout tcp_keepalive_time tcp_keepalive_intvl ipfrag_time ipfrag_secret_interval inet_peer_minttl inet_peer_maxttl inet_peer_gc_mintime inet_peer_gc_maxtime message_cost message_burst'.split(
    ' ',
  ),
);
const VARIABLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['ip_local_port_range', ['sysctl_local_port_range']],
  ['ip_no_pmtu_disc', ['ipv4_config.no_pmtu_disc']],
  ['ip_autoconfig', ['ipv4_config.autoconfig']],
  // A switch of every device, which is not simulated.
  ['ip_forward', []],
  ['tcp_max_syn_backlog', ['sysctl_max_syn_backlog']],
  ['icmp_destunreach_rate', ['sysctl_icmp_destunreach_time']],
  ['icmp_timeexceed_rate', ['sysctl_icmp_timeexceed_time']],
  ['icmp_paramprob_rate', ['sysctl_icmp_paramprob_time']],
  ['icmp_echoreply_rate', ['sysctl_icmp_echoreply_time']],
  ['tcp_no_metrics_save', ['sysctl_tcp_nometrics_save']],
  ['dev_weight', ['weight_p']],
  ['no_cong_thresh', ['no_cong_thresh', 'no_cong']],
  ['no_cong', ['no_cong']],
  ['message_cost', ['net_msg_cost']],
  ['message_burst', ['net_msg_burst']],
  ['hot_list_length', ['sysctl_hot_list_len']],
]);
const COUNTS: ReadonlyMap<string, number> = new Map([
  ['ip_local_port_range', 2],
  ['tcp_mem', 3],
  ['tcp_wmem', 3],
  ['tcp_rmem', 3],
]);
const RANGES: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ['ip_local_port_range', [1, 65_535]],
  ['tcp_retries1', [0, 255]],
  ['ip_default_ttl', [0, 255]],
]);
/** What a kernel that lacks the setting cannot do: a script that makes it cannot be judged without it. */
const LACKS: ReadonlyMap<string, Told> = new Map<string, Told>([
  ['tcp_ecn', sentence('explicit-congestion-notification')],
  ['tcp_syncookies', sentence('syn-cookies')],
  ['tcp_stdurg', sentence('urgent-data')],
  ['tcp_timestamps', sentence('word-timestamps')],
  ['tcp_sack', sentence('selective-acknowledgments')],
  ['tcp_dsack', sentence('duplicate-selective-acknowledgments')],
  ['tcp_fack', sentence('forward-acknowledgment')],
  ['tcp_frto', sentence('forward-retransmission-timeout-recovery')],
  ['tcp_window_scaling', sentence('window-scaling')],
  ['tcp_tw_recycle', sentence('fast-recycling-of-time-wait')],
  ['tcp_tw_reuse', sentence('reuse-of-time-wait-by-connect')],
  ['tcp_rfc1337', sentence('protection-of-time-wait-against-rst')],
  ['tcp_westwood', 'TCP Westwood'],
  ['tcp_vegas_cong_avoid', 'TCP Vegas'],
  ['tcp_bic', sentence('binary-increase-congestion-control')],
  ['ip_forward', sentence('word-forwarding')],
  ['ip_dynaddr', sentence('sockets-that-follow-a-changed-address')],
  ['ip_nonlocal_bind', sentence('binding-to-addresses-of-other-hosts')],
]);
const MOST_INT = 0x7fffffff;
const LEAST_INT = -0x80000000;

const NAMES: readonly string[] = [
  ...new Set([...PLAIN, ...SECONDS, ...VARIABLES.keys(), ...COUNTS.keys(), ...LACKS.keys(), 'tcp_retries1']),
];
const TABLE: ReadonlyMap<string, SettingFacts> = new Map(NAMES.map((name) => [name, facts(name)]));

function facts(name: string): SettingFacts {
  const [least, most] =
    RANGES.get(name) ?? (SECONDS.has(name) ? [0, Math.floor(MOST_INT / HZ)] : [LEAST_INT, MOST_INT]);
  return {
    name,
    variables: VARIABLES.get(name) ?? [`sysctl_${name}`, name],
    count: COUNTS.get(name) ?? 1,
    seconds: SECONDS.has(name),
    least,
    most,
    lacks: LACKS.get(name),
  };
}

/** What is known of a setting of Linux 2.4; undefined for any other name. */
export function settingFacts(name: string): SettingFacts | undefined {
  return TABLE.get(name);
}

/** What is wrong with a setting before any kernel is looked at. */
export interface SettingProblem {
  readonly severity: 'error' | 'warning';
  readonly message: Words;
  readonly remedy: Words;
}

export function settingProblem(name: string, values: readonly number[]): SettingProblem | undefined {
  const known = TABLE.get(name);
  if (!known) {
    const near = nearestName(name, NAMES);
    return {
      severity: 'warning',
      message: sentence('linux-2-4-has-no-setting-name-it-changes-nothing', { name }),
      remedy: near
        ? sentence('did-you-mean-the-name', { near })
        : sentence('remove-it-or-use-a-name-of-proc-sys-net-ipv4-or-proc'),
    };
  }
  if (values.length !== known.count) {
    return {
      severity: 'error',
      message: sentence('name-has-known-numbers-not-count', { name, known: known.count, count: values.length }),
      remedy: sentence('write-the-example', {
        example: `${name} = ${Array.from({ length: known.count }, () => 'N').join(' ')}`,
      }),
    };
  }
  const wrong = values.find((value) => !Number.isInteger(value) || value < known.least || value > known.most);
  return wrong === undefined
    ? undefined
    : {
        severity: 'error',
        message: sentence('name-must-be-a-whole-number-from-least-to-most-not', {
          name,
          least: known.least,
          most: known.most,
          wrong,
        }),
        remedy: sentence('write-a-number-in-this-range'),
      };
}
