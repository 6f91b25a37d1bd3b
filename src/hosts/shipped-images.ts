/**
 * The images in the package of a host that is a Node program.
 *
 * In: the package's folder, whose `dist/compiler.json` names the compiler's build. Out: the images in `dist/images`.
 * Where the package has none, as in an old build, the running bundle's date names the compiler.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ShippedImages } from '../facade/compile-jobs';

export function shippedImages(root: string, bundle: string): ShippedImages {
  return {
    build: buildName(root, bundle),
    read: (key) => Promise.resolve(bytesOf(join(root, 'dist', 'images', `${key}.image`))),
  };
}

function buildName(root: string, bundle: string): string {
  const text = bytesOf(join(root, 'dist', 'compiler.json'));
  return text ? (JSON.parse(Buffer.from(text).toString('utf8')) as { build: string }).build : dated(bundle);
}

function dated(bundle: string): string {
  return `${bundle} ${statSync(bundle).mtimeMs}`;
}

function bytesOf(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
