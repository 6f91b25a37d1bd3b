/**
 * The texts that mutations start from: our own kernel's C, the programs of the tests, the scenarios, the annotation
 * packs. In: the repository's folder. Out: lists of `{ path, text }`, paths relative to it, in a fixed order.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every file below a folder whose name ends so. */
export function textsBelow(folder, ending) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') }));
}

/** Reads what a kind of case starts from when it is first asked for. */
export function once(make) {
  let made;
  return () => (made ??= make());
}
