/**
 * Which desktop VS Code the suites run in: decisions only, nothing is started here.
 *
 * In: environment, platform, whether a file exists, whether VS Code's download site answers. Out: a program by path, a version
 * to download, or the sentences that say why there is neither.
 */
import { posix, win32 } from 'node:path';

/** Status of a run that could not be: neither success (0) nor failure (1). Test runners of GNU take it the same way. */
export const notRun = 77;

/** Where a program lies in what a person may name: the program, VS Code's folder, the `.app`, the `code` of the shell. */
const insides = {
  linux: ['', 'code', 'code-insiders', '../code', '../code-insiders'],
  darwin: ['', 'Contents/MacOS/Electron', 'Contents/MacOS/Code'],
  win32: ['', 'Code.exe', 'Code - Insiders.exe', '..\\Code.exe', '..\\Code - Insiders.exe'],
};

/**
 * @param {object} facts
 * @param {Record<string, string | undefined>} facts.env `SOCKSCOPE_VSCODE`: a path; `SOCKSCOPE_VSCODE_VERSION`: what is
 *   downloaded, `stable` by default; `DISPLAY`, `WAYLAND_DISPLAY`
 * @param {string} facts.platform as `process.platform`
 * @param {(path: string) => boolean} facts.isProgram whether a file is there that can be executed and is no script
 * @param {boolean} facts.answers whether the download site does
 * @returns {{kind: 'path', path: string} | {kind: 'download', version: string} | {kind: 'none', reasons: string[]}
 *   | {kind: 'wrong', reasons: string[]}} `wrong`: what was named is not there
 */
export function chooseVsCode({ env, platform, isProgram, answers }) {
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { kind: 'none', reasons: ['there is no display: run it under `xvfb-run -a`'] };
  }
  const named = env.SOCKSCOPE_VSCODE;
  if (named) {
    const { join } = platform === 'win32' ? win32 : posix;
    const path = (insides[platform] ?? insides.linux).map((inside) => join(named, inside)).find(isProgram);
    return path === undefined
      ? { kind: 'wrong', reasons: [`SOCKSCOPE_VSCODE: there is no VS Code in ${named}`] }
      : { kind: 'path', path };
  }
  if (!answers) {
    return {
      kind: 'none',
      reasons: [
        'VS Code cannot be downloaded: update.code.visualstudio.com does not answer',
        'name one that is there: SOCKSCOPE_VSCODE=PATH',
      ],
    };
  }
  return { kind: 'download', version: env.SOCKSCOPE_VSCODE_VERSION || 'stable' };
}

/** Whether these first bytes begin a program rather than a script, which would start VS Code and not wait for it. */
export function beginsProgram(bytes) {
  const [a, b, c, d] = bytes;
  const isElf = a === 0x7f && b === 0x45 && c === 0x4c && d === 0x46;
  const isPortable = a === 0x4d && b === 0x5a;
  // Mach-O, of 64 bits or for several processors.
  const isMach = (a === 0xcf && b === 0xfa && c === 0xed && d === 0xfe) || (a === 0xca && b === 0xfe && c === 0xba);
  return isElf || isPortable || isMach;
}
