/**
 * The pages of docs/ do what they say: every script in them is played, every pack read and its statements looked for, and
 * both languages have the same code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sockscope } from './cli-fixture';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));
const text = (page: string): string => readFileSync(docs + page, 'utf8');

/** Fenced code: what stands behind the fence, the code, and the line where it begins. */
function codeOf(page: string): { readonly info: string; readonly code: string; readonly line: number }[] {
  const all = text(page);
  return [...all.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(({ 1: info = '', 2: code = '', index }) => ({
    info,
    code,
    line: all.slice(0, index).split('\n').length,
  }));
}

const english = pages.filter((page) => !page.includes('.zh-CN.'));
const scripts = english.flatMap((page) =>
  codeOf(page)
    .filter(({ info }) => /^pkt\b/.test(info))
    .map((each) => ({ ...each, name: `${page}:${each.line}` })),
);
const packs = codeOf('packs.md').filter(({ info, code }) => info === 'yaml' && code.startsWith('entries:'));

describe('scripts', () => {
  test('there are some of each kind', () => {
    expect(scripts.length).toBeGreaterThan(15);
    expect(new Set(scripts.map(({ info }) => info))).toEqual(new Set(['pkt', 'pkt fails', 'pkt refused']));
  });

  test.each(scripts)('$name ($info)', async ({ info, code }) => {
    const { status, out, err } = await sockscope('check example.pkt', { files: { 'example.pkt': code } });
    const wanted = { pkt: /1 passed, 0 failed$/, 'pkt fails': /1 failed$/, 'pkt refused': /1 refused$/ }[info];
    expect(out.trim() + (info === 'pkt' ? err : '')).toMatch(wanted ?? /no such kind/);
    expect(status).toBe(info === 'pkt' ? 0 : 1);
  });
});

test.each(packs)('the pack on line $line of packs.md is read, and its statements are found', async ({ code }) => {
  const { status, out, err } = await sockscope('annotations --check mine.yaml', { files: { 'mine.yaml': code } });
  // A pack of one's own need not be stamped.
  const wrong = err.split('\n').filter((line) => line !== '' && !line.includes('[SS6003]'));
  expect([status, wrong]).toEqual([0, []]);
  expect(out).toMatch(/; 0 orphans;/);
});

test('both languages have the same code', () => {
  for (const page of english) {
    const other = page.replace('.md', '.zh-CN.md');
    if (pages.includes(other)) {
      expect(codeOf(other).map(({ info, code }) => ({ info, code }))).toEqual(
        codeOf(page).map(({ info, code }) => ({ info, code })),
      );
    }
  }
});
