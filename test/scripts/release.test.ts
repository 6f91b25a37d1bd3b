/** What is in the way of a release, and the notes that it gets. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { planRelease, sectionOf } from '../../scripts/release-plan.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const changelog = `# Changelog

## 1.1.0 (2027-01-02)

### Stepping

- One.

## 1.0.0 (unreleased)

- Zero.
`;
const ready = {
  version: '1.1.0',
  lockVersion: '1.1.0',
  changelog,
  changed: '',
  tagsHere: ['v1.1.0'],
  tags: ['v1.0.0', 'v1.1.0'],
};

test('the notes are the section of the version', () => {
  expect(sectionOf(changelog, '1.1.0')).toEqual({ when: '2027-01-02', text: '### Stepping\n\n- One.' });
  expect(sectionOf(changelog, '1.0.0')).toEqual({ when: 'unreleased', text: '- Zero.' });
  expect(sectionOf(changelog, '1.0')).toBeUndefined();
  expect(planRelease(ready)).toEqual({ tag: 'v1.1.0', notes: '### Stepping\n\n- One.', problems: [] });
});

test.each([
  ['no section', { version: '2.0.0', lockVersion: '2.0.0', tagsHere: ['v2.0.0'] }, /says nothing about 2\.0\.0/],
  ['no date', { version: '1.0.0', lockVersion: '1.0.0', tagsHere: ['v1.0.0'] }, /needs the date/],
  ['another lock file', { lockVersion: '1.0.9' }, /package-lock\.json is of 1\.0\.9/],
  ['changes', { changed: ' M src/a.ts\n' }, /not committed:\n M src\/a\.ts$/],
  ['no tag', { tagsHere: [], tags: [] }, /git tag v1\.1\.0/],
  ['a tag elsewhere', { tagsHere: [] }, /tag of another commit/],
])('%s is in the way, by name', (_what, change, sentence) => {
  const { problems } = planRelease({ ...ready, ...change });
  expect(problems).toEqual([expect.stringMatching(sentence)]);
});

test('this version has its section, and the lock file knows it', () => {
  const read = (name: string): string => readFileSync(`${root}${name}`, 'utf8');
  const { version } = JSON.parse(read('package.json')) as { version: string };
  expect(JSON.parse(read('package-lock.json'))).toMatchObject({ version, packages: { '': { version } } });
  expect(sectionOf(read('CHANGELOG.md'), version)?.text).toMatch(/^[#-]/);
});

test('a place that there is not is refused before anything is made', () => {
  const { status, stderr } = spawnSync(process.execPath, [`${root}scripts/release.mjs`, '--dry-run', '--to', 'shop'], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([2, 'release: --to: shop is none of marketplace, open-vsx\n']);
});

interface Job {
  readonly needs?: string;
  readonly uses?: string;
  readonly steps?: readonly { readonly run?: string; readonly uses?: string }[];
}
interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>;
}
const workflow = (name: string): Workflow =>
  parse(readFileSync(`${root}.github/workflows/${name}.yml`, 'utf8')) as Workflow;

test('the workflow of a release tests on three systems before it sends', () => {
  const { jobs } = workflow('release');
  expect(jobs.test?.uses).toBe('./.github/workflows/test.yml');
  expect(jobs.release?.needs).toBe('test');
  expect(JSON.stringify(workflow('test').jobs)).toMatch(/ubuntu-latest.*macos-latest.*windows-latest/);
});

test('workflows run what package.json has', () => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
  const commands = ['test', 'release'].flatMap((name) =>
    Object.values(workflow(name).jobs).flatMap(({ steps = [] }) => steps.map(({ run = '' }) => run)),
  );
  const named = [...commands.join('\n').matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name]) => name ?? '');
  expect(named).toEqual(expect.arrayContaining(['test', 'test:electron', 'release']));
  expect(named.filter((name) => !(name in scripts) && name !== 'ci')).toEqual([]);
});
