/**
 * `npm run release -- [--dry-run] [--to marketplace,open-vsx] [--out DIR]`: the package, its checksum and notes, published.
 *
 * In: a commit with the tag of its version; the tests have passed (the workflow sees to it). Out, in `out/release` or DIR:
 * `sockscope-VERSION.vsix`, `SHA256SUMS`, and `notes.md`, the changelog's section. Then the package is sent where `--to`
 * says: to the Marketplace with the token in `VSCE_PAT`, to Open VSX with `OVSX_PAT`. `--dry-run` makes all files, sends
 * nothing, and says what would be in the way. Status 0; 1 when a step failed; 2 when the commit cannot be released or
 * a token is missing: then nothing was sent.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argumentsOf } from './arguments.mjs';
import { note, requireModules } from './modules.mjs';
import { planRelease } from './release-plan.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
/** Open VSX takes a package as the body of one request: https://open-vsx.org/swagger-ui, `POST /api/-/publish`. */
const openVsx = 'https://open-vsx.org/api/-/publish';

/** Where a package can be sent: the variable with the token, and the sending. */
const markets = {
  marketplace: {
    token: 'VSCE_PAT',
    send: (vsix) => run(process.execPath, [vsce, 'publish', '--packagePath', vsix]),
  },
  'open-vsx': { token: 'OVSX_PAT', send: sendToOpenVsx },
};

const { values } = argumentsOf(import.meta.url, 'npm run release', {
  options: {
    'dry-run': { type: 'boolean', default: false },
    to: { type: 'string', default: '' },
    out: { type: 'string', default: join(root, 'out', 'release') },
  },
});

function refuse(sentences) {
  sentences.forEach((each) => note(`release: ${each}`));
  process.exit(2);
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    note(`release: ${basename(args[0])} ${args[1] ?? ''} ended with ${status ?? error}`);
    process.exit(1);
  }
}

function git(...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout : '';
}

function lines(text) {
  return text.split('\n').filter((line) => line !== '');
}

async function sendToOpenVsx(vsix) {
  const address = new URL(openVsx);
  address.searchParams.set('token', process.env.OVSX_PAT);
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await fetch(address, { method: 'POST', headers, body: readFileSync(vsix) }).catch((error) => error);
  const text = answer instanceof Error ? answer.message : await answer.text();
  if (!answer.ok) {
    note(`release: Open VSX: ${answer.status ?? ''} ${text.slice(0, 2000)}`);
    process.exit(1);
  }
}

const wanted = values.to.split(',').filter((name) => name !== '');
const unknown = wanted.filter((name) => !Object.hasOwn(markets, name));
if (unknown.length > 0) {
  refuse([`--to: ${unknown.join(', ')} is none of ${Object.keys(markets).join(', ')}`]);
}
const read = (name) => readFileSync(join(root, name), 'utf8');
const { version } = JSON.parse(read('package.json'));
const plan = planRelease({
  version,
  lockVersion: JSON.parse(read('package-lock.json')).version,
  changelog: read('CHANGELOG.md'),
  changed: git('status', '--porcelain'),
  tagsHere: lines(git('tag', '--points-at', 'HEAD')),
  tags: lines(git('tag')),
});
const missing = wanted.filter((name) => !process.env[markets[name].token]);
const inTheWay = [...plan.problems, ...missing.map((name) => `${name} needs a token in ${markets[name].token}`)];
if (inTheWay.length > 0 && !values['dry-run']) {
  refuse(inTheWay);
}
requireModules();
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
const vsix = join(out, `sockscope-${version}.vsix`);
const notes = join(out, 'notes.md');
run(process.execPath, [join(root, 'scripts', 'package.mjs'), '--out', vsix]);
writeFileSync(notes, `${plan.notes}\n`);
const sum = createHash('sha256').update(readFileSync(vsix)).digest('hex');
writeFileSync(
  join(out, 'SHA256SUMS'),
  `${sum}  ${basename(vsix)}
`,
);
note(`release: ${plan.tag}: ${out}`);
for (const name of wanted) {
  if (values['dry-run']) {
    note(`release: would be sent to ${name}`);
  } else {
    await markets[name].send(vsix);
    note(`release: sent to ${name}`);
  }
}
inTheWay.forEach((each) => note(`release: in the way of a real one: ${each}`));
