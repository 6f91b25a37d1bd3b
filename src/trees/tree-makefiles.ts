/**
 * What a tree's own Makefiles link into its network stack. In: the tree's files and the configuration switches that are
 * on. Out: paths of C files. Reads the assignments of 2.4's Rules.make (`obj-y`, `obj-$(CONFIG_X)`, `subdir-…`, `=`,
 * `:=`, `+=`, lines continued with a backslash) and nothing else: no conditionals, no functions.
 */
import type { FileLoader } from '../source/file-loader';

/** Words assigned to `prefix-y`, and to `prefix-$(CONFIG_X)` for each switch that is on, in order. */
export function assignedWords(makefile: string, prefix: string, switches: ReadonlySet<string>): string[] {
  const words: string[] = [];
  for (const line of makefile
    .slice(0, MAKEFILE_LIMIT)
    .replace(/\\\r?\n/g, ' ')
    .split('\n')) {
    const [, name, config, list = ''] = /^([\w-]+)-(?:y|\$\((CONFIG_\w+)\))\s*[:+]?=([^#]*)/.exec(line) ?? [];
    if (name === prefix && (config === undefined || switches.has(config))) {
      words.push(
        ...list
          .trim()
          .split(/\s+/)
          .filter((word) => /^[\w./-]+$/.test(word)),
      );
    }
  }
  return words;
}

const MAKEFILE_LIMIT = 100_000;

/** Makefiles that say what is linked. */
export const NETWORK_MAKEFILES: readonly string[] = ['net/Makefile', 'net/core/Makefile', 'net/ipv4/Makefile'];

/** C files of the folders that every 2.4 with IPv4 sockets links, and of netlink where the tree always has it. */
export function networkSources(tree: FileLoader, switches: ReadonlySet<string>): string[] {
  const makefile = (folder: string): string => tree.load(`${folder}/Makefile`)?.text ?? '';
  const folders = [
    'net/core',
    'net/ipv4',
    ...assignedWords(makefile('net'), 'subdir', switches)
      .filter((name) => name === 'netlink')
      .map((name) => `net/${name}`),
  ];
  return folders.flatMap((folder) => {
    const text = makefile(folder);
    const composites = compositesOf(text);
    return assignedWords(text, 'obj', switches)
      .filter((object) => /^[\w-]+\.o$/.test(object) && !composites.has(object.slice(0, -2)))
      .map((object) => `${folder}/${object.slice(0, -2)}.c`);
  });
}

/** Objects that are linked from others and not compiled from a source of their name. */
function compositesOf(makefile: string): ReadonlySet<string> {
  return new Set([...makefile.matchAll(/^([\w-]+)-objs\s*[:+]?=/gm)].flatMap(([, name = '']) => name));
}
