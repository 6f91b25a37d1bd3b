/**
 * The kinds of cases, how many of each make a full run, and how a case becomes a folder.
 *
 * A case is a function of kind, seed and number alone. It is `{ about, runs, file, data, more? }` (one file, which is
 * what gets reduced, and others that belong to it) or `{ about, runs, tree, damages }`; `judge` may find more fault with a
 * run than all cases have in common.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as cFiles from './c-files.mjs';
import * as documents from './documents.mjs';
import * as jsonCases from './json-cases.mjs';
import * as packs from './packs.mjs';
import * as programs from './programs.mjs';
import { Random } from './random.mjs';
import * as scripts from './scripts.mjs';
import * as trees from './trees.mjs';

export const kinds = {
  c: { ...cFiles, count: 2000 },
  scripts: { ...scripts, count: 2000 },
  json: { ...jsonCases, count: 1000 },
  packs: { ...packs, count: 1000 },
  trees: { ...trees, count: 300 },
  programs: { ...programs, count: 2000 },
  documents: { ...documents, count: 2000 },
};

/** `prepared` is only for trees: where the undamaged ones lie. */
export function makeCase(kind, seed, index, prepared) {
  return kinds[kind].makeCase(new Random(kind, seed, index), index, prepared);
}

/** Writes a case into an empty folder of its own. */
export function layOut(each, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (each.tree !== undefined) {
    trees.linkTree(each.tree, join(folder, 'tree'));
    for (const damage of each.damages) {
      trees.damage(join(folder, 'tree'), damage, new Random('damage', damage.seed));
    }
    return;
  }
  for (const [path, data] of Object.entries({ ...each.more, [each.file]: each.data })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), data);
  }
}
