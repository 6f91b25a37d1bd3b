/** What tests of kernel trees share: the parser's files, and the real tree when the environment names one. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export function wasmFiles(): { runtime: Uint8Array; grammar: Uint8Array } {
  const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(`${root}node_modules/${path}`));
  return { runtime: bytes('web-tree-sitter/web-tree-sitter.wasm'), grammar: bytes('tree-sitter-c/tree-sitter-c.wasm') };
}

/** Folder of a clean Linux 2.4.0: `SOCKSCOPE_KERNEL`. */
export const realTree = process.env.SOCKSCOPE_KERNEL;

/** A file of the shared oracles beside the repository; undefined where there is none. */
export function oracle(name: string): string | undefined {
  const path = `${root}../shared/oracles/${name}`;
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Files of a tree at or below a place whose names fit, links aside; paths from the tree's root. */
export function filesBelow(tree: string, place: string, name: RegExp): string[] {
  if (!existsSync(`${tree}/${place}`)) {
    return [];
  }
  if (statSync(`${tree}/${place}`).isFile()) {
    return [place];
  }
  return readdirSync(`${tree}/${place}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${place}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(tree, path, name) : entry.isFile() && name.test(entry.name) ? [path] : [];
  });
}
