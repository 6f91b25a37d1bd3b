/**
 * The Linux tree that a file lies in.
 *
 * In: a path as a person wrote it. Out: the innermost folder around it that looks like a kernel's top folder, or that it is
 * one of the bundled kernel or of a copy of that (which have a `kernel.json`).
 */
import type { CliIo } from './cli-io';

const signs = ['net/ipv4/af_inet.c', 'include/net/sock.h'] as const;

/** Whether a path says where it begins, by itself. */
export function isAbsolute(path: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path);
}

export function treeAround(
  path: string,
  io: Pick<CliIo, 'isMissing'>,
): { readonly folder: string; readonly isBundled: boolean } | undefined {
  const written = path.replace(/\\/g, '/');
  for (let end = written.lastIndexOf('/'); end > 0; end = written.lastIndexOf('/', end - 1)) {
    const folder = written.slice(0, end);
    if (signs.every((sign) => !io.isMissing(`${folder}/${sign}`))) {
      return { folder, isBundled: !io.isMissing(`${folder}/kernel.json`) };
    }
  }
  return undefined;
}
