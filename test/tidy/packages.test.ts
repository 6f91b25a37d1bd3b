/**
 * What we depend on: exact versions, licences that allow shipping, a lock file that names no registry, no install
 * scripts needed.
 */
import { describe, expect, test } from 'vitest';
import { layers, packageOf } from './layers';
import { importsOf, parse, readText, sourceFiles } from './source-tree';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
interface LockedPackage {
  version: string;
  license?: string;
  resolved?: string;
  dev?: boolean;
  link?: boolean;
}

const manifest = JSON.parse(readText('package.json')) as Manifest;
const lock = JSON.parse(readText('package-lock.json')) as { packages: Record<string, LockedPackage> };

/** Licences of what we ship. Codicons are pictures under CC-BY-4.0; README.md credits them. */
const shippable = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']);
const exceptions: Record<string, string> = { '@vscode/codicons': 'CC-BY-4.0' };

describe('packages', () => {
  test('direct dependencies are pinned', () => {
    const pinned = /^\d+\.\d+\.\d+$/;
    const direct = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.entries(direct).filter(([, version]) => !pinned.test(version))).toEqual([]);
  });

  test('everything shipped has a licence that allows it', () => {
    const shipped = Object.entries(lock.packages).filter(([path, each]) => path !== '' && !each.dev && !each.link);
    const name = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const refused = shipped
      .filter(([path, { license }]) => !shippable.has(license ?? '') && exceptions[name(path)] !== license)
      .map(([path, { license }]) => `${name(path)}: ${license ?? 'no licence stated'}`);
    expect(refused).toEqual([]);
    expect(shipped.length).toBeGreaterThan(5);
  });

  test('the lock file names no host', () => {
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  test('what src/ imports at run time is a dependency, and every dependency is used', () => {
    const imported = new Set(
      sourceFiles().flatMap((path) =>
        importsOf(parse(path))
          .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
          .map(packageOf),
      ),
    );
    imported.delete('vscode');
    expect([...imported].filter((name) => manifest.dependencies[name] === undefined)).toEqual([]);
    const listed = new Set(Object.values(layers).flatMap(({ packages = [] }) => packages));
    // Used without an import: the grammar's wasm file and the icons' font, copied by the build.
    listed.add('tree-sitter-c').add('@vscode/codicons');
    expect(Object.keys(manifest.dependencies).filter((name) => !listed.has(name))).toEqual([]);
  });
});
