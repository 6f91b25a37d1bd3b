/** Which VS Code `npm run test:electron` takes, and that it says so when there is none. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { beginsProgram, chooseVsCode, notRun } from '../../scripts/electron-choice.mjs';

const screen = { DISPLAY: ':0' };
const has = (...paths: string[]) => ({ isProgram: (path: string) => paths.includes(path) });

test.each([
  ['the program itself', 'linux', '/opt/code/code', '/opt/code/code'],
  ['the folder of a Linux archive', 'linux', '/opt/code', '/opt/code/code'],
  ['what a shell finds', 'linux', '/opt/code/bin', '/opt/code/code'],
  ['the application of macOS', 'darwin', '/Applications/Code.app', '/Applications/Code.app/Contents/MacOS/Electron'],
  ['the folder on Windows', 'win32', 'C:\\Code', 'C:\\Code\\Code.exe'],
])('%s is found', (_what, platform, named, path) => {
  const env = { ...screen, SOCKSCOPE_VSCODE: named };
  expect(chooseVsCode({ env, platform, ...has(path), answers: false })).toEqual({ kind: 'path', path });
});

test('a path without a VS Code is wrong, not a reason to take another one', () => {
  const env = { ...screen, SOCKSCOPE_VSCODE: '/nowhere' };
  const choice = chooseVsCode({ env, platform: 'linux', ...has(), answers: true });
  expect(choice).toEqual({ kind: 'wrong', reasons: [expect.stringContaining('/nowhere')] });
});

test('without a path the download site decides; the version can be chosen', () => {
  const facts = { env: screen, platform: 'darwin', ...has() };
  expect(chooseVsCode({ ...facts, answers: true })).toEqual({ kind: 'download', version: 'stable' });
  const env = { SOCKSCOPE_VSCODE_VERSION: '1.90.0' };
  expect(chooseVsCode({ ...facts, env, answers: true })).toEqual({ kind: 'download', version: '1.90.0' });
  expect(chooseVsCode({ ...facts, answers: false })).toMatchObject({ kind: 'none' });
});

test('on Linux without a display nothing starts', () => {
  const choice = chooseVsCode({ env: {}, platform: 'linux', ...has(), answers: true });
  expect(choice).toEqual({ kind: 'none', reasons: [expect.stringContaining('xvfb-run')] });
});

test('programs are told from scripts by their first bytes', () => {
  expect(beginsProgram(Buffer.from('\x7fELF'))).toBe(true);
  expect(beginsProgram(Buffer.from('MZ\x90\0'))).toBe(true);
  expect(beginsProgram([0xcf, 0xfa, 0xed, 0xfe])).toBe(true);
  expect(beginsProgram(Buffer.from('#!/bin/sh'))).toBe(false);
  expect(beginsProgram([])).toBe(false);
});

test('what cannot be tested ends with a status of its own, and says so loudly', () => {
  const script = fileURLToPath(new URL('../../scripts/electron.mjs', import.meta.url));
  const start = (env: Record<string, string>) =>
    spawnSync(process.execPath, [script], { encoding: 'utf8', env: { PATH: process.env.PATH, ...env } });
  const wrong = start({ ...screen, SOCKSCOPE_VSCODE: '/no/such/editor' });
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/nothing was tested[\s\S]*no\/such\/editor/)]);
  if (process.platform === 'linux') {
    const blind = start({ SOCKSCOPE_VSCODE: process.execPath });
    expect([blind.status, blind.stderr]).toEqual([notRun, expect.stringMatching(/xvfb-run/)]);
  }
});
