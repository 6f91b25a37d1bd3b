/** Installing the npm packages: what is there is seen whoever installed it, and nothing is taken away. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, run unbuilt by every script
import * as untyped from '../../scripts/modules.mjs';

interface Locked {
  version: string;
  integrity?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
}
type Packages = Readonly<Record<string, Locked>>;
type Npm = (folder: string, args: readonly string[]) => { status: number; stderr: string };
const modules = untyped as {
  absentModules(root: string): string[];
  ensureModules(root: string, npm: Npm): string[];
};

const lit = { version: '3.3.3', integrity: 'sha512-a' };
const yaml = { version: '2.9.1', integrity: 'sha512-b' };
const wanted: Packages = { 'node_modules/lit': lit, 'node_modules/yaml': yaml };
const never: Npm = () => {
  throw new Error('npm must not run');
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sockscope 包 '));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Writes what npm leaves in a folder: packages, and what it knows of them. */
function install(folder: string, packages: Packages): void {
  for (const [path, each] of Object.entries(packages)) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'package.json'), JSON.stringify(each));
  }
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}
function lock(packages: Packages): void {
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { '': { version: '0.1.0' }, ...packages } }),
  );
}
/** An npm that answers and installs; keeps the arguments of each run. */
function workingNpm(packages: Packages, calls: string[][] = []): Npm {
  return (folder, args) => {
    calls.push([...args]);
    if (args[0] === 'ci') {
      install(folder, packages);
    }
    return { status: 0, stderr: '' };
  };
}
/** An npm that fails, at `ping` too when there is no network. */
const failingNpm =
  (stderr: string, network: boolean): Npm =>
  (_folder, args) =>
    args[0] === 'ping' && network ? { status: 0, stderr: '' } : { status: 1, stderr };

describe('what is there', () => {
  test('an installation that npm made counts, without a sign of ours', () => {
    lock(wanted);
    install(root, wanted);
    expect(modules.ensureModules(root, never)).toEqual([]);
    expect(readdirSync(root).sort()).toEqual(['node_modules', 'package-lock.json']);
  });

  test.each<[string, Packages, (() => void)?]>([
    ['nothing', {}],
    ['one package less', { 'node_modules/lit': lit }],
    ['another version', { ...wanted, 'node_modules/yaml': { ...yaml, version: '2.0.0' } }],
    ['other bytes', { ...wanted, 'node_modules/yaml': { ...yaml, integrity: 'sha512-c' } }],
    ['a folder gone', wanted, () => rmSync(join(root, 'node_modules', 'yaml'), { recursive: true })],
  ])('%s: something is absent', (_what, present, spoil) => {
    lock(wanted);
    mkdirSync(join(root, 'node_modules'));
    install(root, present);
    spoil?.();
    expect(modules.absentModules(root)).toContain('node_modules/yaml');
  });

  test('without a readable lock file npm is asked, which says what it lacks', () => {
    install(root, wanted);
    const npm = failingNpm('npm error code EUSAGE\nnpm error\nnpm error needs an existing lock file\n', true);
    expect(modules.ensureModules(root, npm)[0]).toMatch(/npm ci failed \(EUSAGE: needs an existing lock file\)/);
    expect(existsSync(join(root, 'node_modules/yaml'))).toBe(true);
  });

  test('of optional packages only those for this machine are wanted', () => {
    lock({
      ...wanted,
      'node_modules/other': { version: '1.0.0', optional: true, os: ['aix'] },
      'node_modules/only-of-other': { version: '1.0.0', optional: true },
      'node_modules/not-here': { version: '1.0.0', optional: true, os: [`!${process.platform}`] },
      'node_modules/here': { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] },
    });
    install(root, wanted);
    expect(modules.absentModules(root)).toEqual(['node_modules/here']);
  });
});

describe('an installation', () => {
  const old = { 'node_modules/yaml': { ...yaml, version: '2.0.0' } };
  const versionOfYaml = (): string =>
    (JSON.parse(readFileSync(join(root, 'node_modules/yaml/package.json'), 'utf8')) as Locked).version;
  beforeEach(() => {
    lock(wanted);
    writeFileSync(join(root, 'package.json'), '{}');
    install(root, old);
  });

  test('takes the place of the old one when it is complete, and leaves nothing behind', () => {
    const calls: string[][] = [];
    const npm: Npm = (folder, args) => {
      expect(folder).not.toBe(root);
      expect(versionOfYaml()).toBe('2.0.0');
      return workingNpm(wanted, calls)(folder, args);
    };
    expect(modules.ensureModules(root, npm)).toEqual([]);
    expect(versionOfYaml()).toBe('2.9.1');
    expect(existsSync(join(root, 'node_modules/lit'))).toBe(true);
    expect(readdirSync(join(root, 'out'))).toEqual([]);
    expect(calls.map(([command]) => command)).toEqual(['ping', 'ci']);
    expect(calls[1]).toContain('--ignore-scripts');
  });

  test('comes from what npm has kept when nobody answers', () => {
    const calls: string[][] = [];
    const offline = failingNpm('npm error code EAI_AGAIN\n', false);
    const npm: Npm = (folder, args) => (args[0] === 'ping' ? offline : workingNpm(wanted, calls))(folder, args);
    expect(modules.ensureModules(root, npm)).toEqual([]);
    expect(calls[0]).toContain('--offline');
  });

  test.each([
    [
      'without a network',
      'npm error code EAI_AGAIN\nnpm error syscall getaddrinfo\nnpm error request to https://registry failed\nnpm error A complete log of this run\n',
      false,
      /the network is needed.*EAI_AGAIN: request to https:\/\/registry failed.*run this again/,
    ],
    ['when the network goes', 'npm ERR! code ECONNRESET\n', true, /the network is needed.*ECONNRESET/],
    [
      'on a full disk',
      'npm error code ENOSPC\nnpm error nospc no space left\n',
      true,
      /npm ci failed \(ENOSPC: .*see to/,
    ],
  ])('that fails %s leaves the old one, and says in one line what to do', (_when, stderr, network, sentence) => {
    const npm = failingNpm(stderr, network);
    const missing = modules.ensureModules(root, (folder, args) => {
      // npm ci deletes before it knows.
      rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
      return npm(folder, args);
    });
    expect(missing.map((each) => each.split('\n').length)).toEqual([1, 1]);
    expect(missing[0]).toMatch(sentence);
    expect(missing[1]).toMatch(/^缺少 npm 包：/);
    expect(versionOfYaml()).toBe('2.0.0');
    expect(readdirSync(join(root, 'out'))).toEqual([]);
  });

  test('without npm, or where nobody may write, is a sentence too', () => {
    const noNpm: Npm = () => ({ status: null, stderr: '', error: { code: 'ENOENT' } }) as never;
    expect(modules.ensureModules(root, noNpm)[0]).toMatch(/there is no npm, which comes with Node/);
    rmSync(join(root, 'out'), { recursive: true });
    writeFileSync(join(root, 'out'), '');
    expect(modules.ensureModules(root, never)[0]).toMatch(/cannot be put into .*EEXIST.*npm ci/);
    expect(versionOfYaml()).toBe('2.0.0');
  });
});
