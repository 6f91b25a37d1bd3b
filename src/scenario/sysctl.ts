/**
 * Settings under net.ipv4 and net.core: written straight into the kernel variables behind them.
 *
 * In: a name as in /proc/sys/net/ipv4 or /proc/sys/net/core and its numbers. Out: true when the running kernel has the
 * variable. What is known of the names: setting-table.ts.
 */
import { HZ } from '../abi/linux-process';
import type { ServiceHost } from '../machine/service';
import { settingFacts } from './setting-table';

export function setSysctl(host: ServiceHost, name: string, values: readonly number[]): boolean {
  const known = settingFacts(name);
  const address = known?.variables.map((variable) => place(host, variable)).find((found) => found !== undefined);
  if (!known || address === undefined) {
    return false;
  }
  const scale = known.seconds ? HZ : 1;
  values
    .slice(0, known.count)
    .forEach((value, index) => host.memory.setU32(address + 4 * index, (value * scale) >>> 0));
  return true;
}

/** Address of a variable, or of a field of a struct of the same name (`ipv4_config.no_pmtu_disc`). */
function place(host: ServiceHost, variable: string): number | undefined {
  const [name = '', field] = variable.split('.');
  const address = host.globalAddress(name);
  const offset = field === undefined ? 0 : host.fieldOffset(name, field);
  return address === undefined || offset === undefined ? undefined : address + offset;
}
