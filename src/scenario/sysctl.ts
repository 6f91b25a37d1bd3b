/**
 * Settings under net.ipv4 and net.core: written straight into the kernel variables behind them.
 *
 * In: a name as in /proc/sys/net/ipv4 or /proc/sys/net/core and its numbers. Out: true when the running kernel has the
 * variable. Names of variables follow net/ipv4/sysctl_net_ipv4.c and net/core/sysctl_net_core.c of 2.4.0: mostly
 * `sysctl_` and the name; the exceptions are listed. Times are seconds outside and jiffies inside, as
 * `proc_dointvec_jiffies` of kernel/sysctl.c makes them.
 */
import { HZ } from '../kernel/clock';
import type { ServiceHost } from '../machine/service';

const VARIABLES: { readonly [name: string]: string } = {
  ip_local_port_range: 'sysctl_local_port_range',
  ip_default_ttl: 'sysctl_ip_default_ttl',
  ip_no_pmtu_disc: 'ipv4_config.no_pmtu_disc',
  tcp_max_tw_buckets: 'sysctl_tcp_max_tw_buckets',
  tcp_max_syn_backlog: 'sysctl_max_syn_backlog',
  netdev_max_backlog: 'netdev_max_backlog',
};

/** Settings that are times. */
const SECONDS = new Set([
  'tcp_fin_timeout',
  'tcp_keepalive_time',
  'tcp_keepalive_intvl',
  'ipfrag_time',
  'inet_peer_minttl',
  'inet_peer_maxttl',
]);

export function setSysctl(host: ServiceHost, name: string, values: readonly number[]): boolean {
  const address = [VARIABLES[name], `sysctl_${name}`]
    .map((variable) => (variable ? place(host, variable) : undefined))
    .find((found) => found !== undefined);
  if (address === undefined) {
    return false;
  }
  const scale = SECONDS.has(name) ? HZ : 1;
  values.forEach((value, index) => host.memory.setU32(address + 4 * index, (value * scale) >>> 0));
  return true;
}

/** Address of a variable, or of a field of a struct of the same name (`ipv4_config.no_pmtu_disc`). */
function place(host: ServiceHost, variable: string): number | undefined {
  const [name = '', field] = variable.split('.');
  const address = host.globalAddress(name);
  const offset = field === undefined ? 0 : host.fieldOffset(name, field);
  return address === undefined || offset === undefined ? undefined : address + offset;
}
