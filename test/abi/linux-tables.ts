/**
 * The tables of src/abi that state facts of Linux: every exported object from a name to a number, and every exported
 * number with a name in capitals.
 *
 * In: the modules. Out: names with their numbers; those of later kernels and of the C library apart.
 */
import * as errno from '../../src/abi/linux-errno';
import * as files from '../../src/abi/linux-files';
import * as processes from '../../src/abi/linux-process';
import * as sockets from '../../src/abi/linux-sockets';

export interface LinuxFact {
  readonly name: string;
  readonly value: number;
  /** The module's export it stands in. */
  readonly table: string;
}

/** Every fact, in the order of the modules. */
export function linuxFacts(): readonly LinuxFact[] {
  return [errno, files, processes, sockets]
    .flatMap((module) => Object.entries(module as Readonly<Record<string, unknown>>))
    .flatMap(([table, exported]): LinuxFact[] =>
      typeof exported === 'number'
        ? [{ name: table, value: exported, table }]
        : typeof exported === 'object'
          ? Object.entries(exported as Readonly<Record<string, number>>).map(([name, value]) => ({
              name,
              value,
              table,
            }))
          : [],
    );
}

/** Names that no header of Linux 2.4 has: those of later kernels, and those that only the C library's headers have. */
export const NOT_OF_THE_KERNEL: ReadonlySet<string> = new Set([
  ...Object.keys(sockets.LATER_SOCKET_NAMES),
  ...['ENOTSUP', 'SHUT_RD', 'SHUT_WR', 'SHUT_RDWR', 'SIOCINQ', 'SIOCOUTQ'],
]);
