/** Imports go downward only, as test/tidy/layers.ts says, and never in a circle. Type imports count. */
import { valueAt } from '../../src/base/checked-access';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { describe, expect, test } from 'vitest';
import { behindTheFacade, fronts, layerOf, layers, packageOf } from './layers';
import { importsOf, parse, resolveImport, sourceFiles } from './source-tree';

/** Numbers of Linux without which the inspector's page could not tell the time. */
const sharedNumbers = 'src/abi/linux-process.ts';
const paths = sourceFiles();
const known = new Set(paths);
const imports = new Map(paths.map((path) => [path, importsOf(parse(path))]));
const edges = new Map(
  paths.map((path) => [path, valueAt(imports, path).flatMap((name) => resolveImport(path, name, known) ?? [])]),
);

/** Why `from` may not import `name`, or undefined when it may. */
function objection(from: string, name: string): string | undefined {
  const layerName = layerOf(from);
  const layer = layerName === undefined ? undefined : layers[layerName];
  if (!layer) {
    return 'the importing file is in no layer';
  }
  const target = resolveImport(from, name, known);
  if (target === undefined) {
    const isBuiltin = name.startsWith('node:') || builtinModules.includes(packageOf(name));
    if (isBuiltin) {
      return layerName === 'hosts' ? undefined : 'Node modules are for src/hosts';
    }
    if (packageOf(name) === 'vscode' && layerName === 'hosts' && !/^src\/hosts\/extension/.test(from)) {
      return 'only extension hosts may import vscode';
    }
    return layer.packages?.includes(packageOf(name)) ? undefined : `package not allowed in ${layerName}`;
  }
  const targetLayer = layerOf(target);
  const allowed =
    targetLayer === layerName ||
    layer.files?.includes(target) ||
    (targetLayer !== undefined && layer.layers.includes(targetLayer));
  return allowed ? undefined : `${layerName} may not import ${targetLayer ?? 'from outside src'}`;
}

/** Strongly connected groups of more than one file (Tarjan, "Depth-first search and linear graph algorithms", 1972). */
function cycles(): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const connect = (path: string) => {
    index.set(path, index.size);
    low.set(path, valueAt(index, path));
    stack.push(path);
    for (const target of edges.get(path) ?? []) {
      if (!index.has(target)) {
        connect(target);
        low.set(path, Math.min(valueAt(low, path), valueAt(low, target)));
      } else if (stack.includes(target)) {
        low.set(path, Math.min(valueAt(low, path), valueAt(index, target)));
      }
    }
    if (low.get(path) === index.get(path)) {
      const group = stack.splice(stack.indexOf(path));
      if (group.length > 1 || edges.get(path)?.includes(path)) {
        found.push(group.sort());
      }
    }
  };
  for (const path of paths) {
    if (!index.has(path)) {
      connect(path);
    }
  }
  return found;
}

describe('layers', () => {
  test('every file of src/ is in a layer of the table', () => {
    expect(paths.filter((path) => layers[layerOf(path) ?? ''] === undefined)).toEqual([]);
    expect(paths.length).toBeGreaterThan(0);
  });

  test('every import is allowed by the table', () => {
    const objections = paths.flatMap((path) =>
      valueAt(imports, path).flatMap((name) => {
        const reason = objection(path, name);
        return reason ? [`${path} imports ${name}: ${reason}`] : [];
      }),
    );
    expect(objections).toEqual([]);
  });

  test('the table grants nothing that nobody uses', () => {
    const used = new Set(
      paths.flatMap((path) =>
        valueAt(imports, path).map((name) => {
          const target = resolveImport(path, name, known);
          return `${layerOf(path)} ${target === undefined ? packageOf(name) : layerOf(target)}`;
        }),
      ),
    );
    const singles = new Set(
      paths.flatMap((path) => valueAt(edges, path).map((target) => `${layerOf(path)} ${target}`)),
    );
    const unused = Object.entries(layers).flatMap(([layer, { layers: below, files, packages }]) =>
      [
        ...[...below, ...(packages ?? [])].filter((name) => !used.has(`${layer} ${name}`)),
        ...(files ?? []).filter((file) => !singles.has(`${layer} ${file}`)),
      ].map((name) => `${layer} may import ${name}, and does not`),
    );
    expect(unused).toEqual([]);
  });

  test('no front goes around the facade, or looks into a program that it holds', () => {
    const around = paths
      .filter((path) => fronts.includes(layerOf(path) ?? ''))
      .flatMap((path) =>
        valueAt(edges, path)
          .filter((target) => behindTheFacade.includes(layerOf(target) ?? '') && target !== sharedNumbers)
          .map((target) => `${path} imports ${target}`),
      );
    const inside = paths
      .filter((path) => fronts.includes(layerOf(path) ?? ''))
      .filter((path) => /\bprogram[!?]?\??\.(?:image|loader|macro|entries)\b/.test(readFileSync(path, 'utf8')));
    expect({ around, inside }).toEqual({ around: [], inside: [] });
  });

  test('there are no import cycles', () => {
    expect(cycles()).toEqual([]);
  });
});
