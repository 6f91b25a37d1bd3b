/** What the tests need of the system: nothing is installed unsaid, and what stays missing is told with what helps. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
// @ts-expect-error plain JavaScript, run unbuilt by npm test
import * as untyped from '../../scripts/ensure.mjs';

interface Need {
  name: string;
  purpose: string;
  lacks(): { debian: string; sentence: string } | undefined;
}
type Apt = (...args: string[]) => { status: number; stderr: string };
const { ensureSystem } = untyped as {
  ensureSystem(names: string[], needs: Need[], apt: Apt | null): Map<string, string>;
};

let told: string[];
beforeEach(() => {
  told = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
});
afterEach(() => vi.restoreAllMocks());

/** A machine with Debian packages: a compiler, whose programs need an emulator, and a browser. */
function debian(installed: string[]): Need[] {
  const lacks = (name: string): { debian: string; sentence: string } | undefined =>
    installed.includes(name) ? undefined : { debian: name, sentence: `install ${name}` };
  return [
    { name: 'programs32', purpose: 'to compare with', lacks: () => lacks('gcc-multilib') ?? lacks('qemu-user') },
    { name: 'browser', purpose: 'to look at', lacks: () => lacks('chromium') },
  ];
}
const both = ['programs32', 'browser'];

test('where all is there nothing is said and apt-get does not run', () => {
  const apt: Apt = () => expect.fail('apt-get must not run');
  expect(ensureSystem(both, debian(['gcc-multilib', 'qemu-user', 'chromium']), apt)).toEqual(new Map());
  expect(told).toEqual([]);
});

test('what apt-get installs is said beforehand, with its purpose; the emulator only where it turns out to be needed', () => {
  const installed: string[] = [];
  const runs: string[][] = [];
  const apt: Apt = (command, ...args) => {
    if (command === 'install') {
      const names = args.filter((each) => !each.startsWith('-'));
      expect(names.filter((name) => !told.at(-1)?.includes(`${name}, to `))).toEqual([]);
      installed.push(...names);
      runs.push(names);
    }
    return { status: 0, stderr: '' };
  };
  expect(ensureSystem(both, debian(installed), apt)).toEqual(new Map());
  expect(runs).toEqual([['gcc-multilib', 'chromium'], ['qemu-user']]);
  expect(told).toHaveLength(2);
});

test('only what is asked for is looked at', () => {
  expect([...ensureSystem(['browser'], debian([]), null).keys()]).toEqual(['browser']);
});

test('what apt-get cannot install is told with its reason, and not tried again', () => {
  let runs = 0;
  const apt: Apt = (command) => {
    runs += command === 'install' ? 1 : 0;
    return { status: 100, stderr: 'W: something\nE: Unable to locate package chromium\n' };
  };
  const missing = ensureSystem(['browser'], debian([]), apt);
  expect(missing.get('browser')).toBe('install chromium (apt-get could not: Unable to locate package chromium)');
  expect(runs).toBe(1);
});

test('where nobody can install, each complaint says how', () => {
  const missing = ensureSystem(both, debian([]), null);
  expect(missing.get('programs32')).toBe('install gcc-multilib (Debian, as root: apt-get install gcc-multilib)');
  expect(missing.get('browser')).toBe('install chromium (Debian, as root: apt-get install chromium)');
  expect(told).toEqual([]);
});
