/**
 * Ends the process with one sentence where Node is too old for this repository. Imported first by every script, so that
 * nothing newer is met before.
 *
 * In: `engines.node` of package.json (`^20.19.0 || >=22.13.0`: alternatives with `^` or `>=`), the running Node. Out:
 * nothing, or the sentence on stderr in both languages and exit status 2.
 */
import { readFileSync } from 'node:fs';

/** Whether a version, `22.13.1`, is in a range of the form above. */
export function satisfies(version, range) {
  const [major, minor, patch] = version.split('.').map(Number);
  return range.split('||').some((alternative) => {
    const [, sign, ...wanted] = /^(\^|>=)(\d+)\.(\d+)\.(\d+)$/.exec(alternative.trim()) ?? [];
    const [wantedMajor, wantedMinor, wantedPatch] = wanted.map(Number);
    const isLater =
      minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch) || (sign === '>=' && major > wantedMajor);
    return (sign === '>=' ? major >= wantedMajor : major === wantedMajor) && isLater;
  });
}

/** The complaint about a version of Node, or undefined when it will do. */
export function nodeComplaint(version, range) {
  if (satisfies(version, range)) {
    return undefined;
  }
  const minima = range.match(/\d+\.\d+/g);
  return (
    `SockScope needs Node ${minima.join(', ')} or newer, this is ${version}; get one from https://nodejs.org\n` +
    `SockScope 需要 Node ${minima.join('、')} 或更新的版本，当前是 ${version}；可从 https://nodejs.org 获取`
  );
}

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const complaint = nodeComplaint(process.versions.node, engines.node);
if (complaint !== undefined) {
  process.stderr.write(`${complaint}\n`);
  process.exit(2);
}
