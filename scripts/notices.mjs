/**
 * The licences of what is bundled, as they ask to be told.
 *
 * In: the folder of installed packages, the files that went into the bundles, the packages whose files are copied. Out:
 * one text: each package with its version, its licence and the text of that, in order of name. A package without a
 * licence's text is an error: it could not be shipped.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function notices(modules, inputs, copied) {
  const folders = new Set([...copied, ...inputs.flatMap(packageFolder)]);
  return `SockScope contains these packages.\n${[...folders]
    .sort()
    .map((folder) => notice(join(modules, folder)))
    .join('')}`;
}

/** `a/node_modules/@b/c` of `node_modules/a/node_modules/@b/c/index.js`; none for a file of ours. */
export function packageFolder(input) {
  const [, folder] = /(?:^|\/)node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
  return folder === undefined ? [] : [folder];
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
  if (file === undefined || !existsSync(join(folder, file))) {
    throw new Error(`the package ${name} is bundled and has no licence's text`);
  }
  return `\n${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
