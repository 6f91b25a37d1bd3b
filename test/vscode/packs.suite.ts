/**
 * Packs of notes in a real VS Code: what is wrong with one and its quick fix, completion of names and statements, a note
 * written in the margin of the kernel's C, changed and taken out there, and a folder that a class shares.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { goTo, goToSymbol, hoverAtCursor, opened, placeIn, placeOf, tabSettings } from './reading-places';
import { type Workbench, openSuite, until } from './workbench';

/** Ends what hangs. */
const limit = 240_000;

let workbench: Workbench;
let shared: string;
const own =
  'entries:\n  - function: inet_creat\n    en: Makes a socket.\n  - statement: sk->\n    in: inet_create\n    en: b\n';
const source = readFileSync(new URL('../../media/kernel/net/ipv4/af_inet.c', import.meta.url), 'utf8');

beforeAll(async () => {
  shared = await mkdtemp(join(tmpdir(), 'sockscope-class-'));
  await writeFile(
    join(shared, 'week-1.yaml'),
    'entries:\n  - statement: sock->state = SS_UNCONNECTED\n    in: inet_create\n    en: What the class found out.\n',
  );
  workbench = await openSuite({
    settings: {
      ...tabSettings,
      'explorer.compactFolders': false,
      'comments.openView': 'never',
      'sockscope.language': 'en',
      'sockscope.notes.folder': shared,
    },
    // The second starts the extension, also where VS Code cannot search.
    files: { '.sockscope/annotations/own.yaml': own, '.sockscope/start.json': '{}' },
    viewport: { width: 1400, height: 900 },
  });
  await opened(workbench);
}, limit);
afterAll(async () => {
  await workbench?.close();
  await rm(shared, { recursive: true, force: true });
});

const openPack = async (): Promise<void> => {
  const { page } = workbench;
  await workbench.runCommand('View: Show Explorer');
  for (const folder of [/^\.sockscope/, /^annotations/]) {
    const item = page.getByRole('treeitem', { name: folder }).first();
    await item.waitFor();
    if ((await item.getAttribute('aria-expanded')) !== 'true') {
      await item.click();
    }
  }
  await page.getByRole('treeitem', { name: /own\.yaml/ }).dblclick();
  await page.getByRole('tab', { name: /own\.yaml/ }).waitFor();
};
const editorText = async (): Promise<string> =>
  (await workbench.page.locator('.editor-group-container.active .view-lines').innerText()).replaceAll('\u00a0', ' ');

test('a name that the kernel does not have is told, and mended by a quick fix', { timeout: limit }, async () => {
  const { page } = workbench;
  await openPack();
  await goTo(workbench, placeIn(own, 'inet_creat'));
  const told = page.locator('.marker-widget');
  await until(
    'the problem',
    async () => {
      await workbench.runCommand('Go to Next Problem (Error, Warning, Info)');
      await told.waitFor({ timeout: 5000 }).catch(() => undefined);
      return told.innerText({ timeout: 1000 }).catch(() => '');
    },
    (text) => /inet_creat\b[\s\S]*inet_create\b/.test(text),
  );
  await workbench.screenshot('packs-problem');
  await until(
    'the widget closed',
    () => page.keyboard.press('Escape').then(() => told.count()),
    (count) => count === 0,
  );
  await goTo(workbench, placeIn(own, 'inet_creat'));
  const fixes = page.locator('.action-widget', { hasText: 'inet_create' });
  await until(
    'the quick fix',
    async () => {
      await workbench.runCommand('Quick Fix...');
      await fixes.waitFor({ timeout: 5000 }).catch(() => undefined);
      return fixes.count();
    },
    (count) => count > 0,
  );
  await workbench.screenshot('packs-quick-fix');
  await page.keyboard.press('Enter');
  await expect.poll(editorText).toContain('function: inet_create');
});

test('statements of the function are completed', { timeout: limit }, async () => {
  const { page } = workbench;
  const end = placeIn(own, 'sk->');
  await goTo(workbench, placeOf(end.line, `${' '.repeat(end.column - 1)}sk->`));
  await workbench.runCommand('Trigger Suggest');
  const list = page.locator('.suggest-widget.visible');
  await expect.poll(() => list.innerText().catch(() => '')).toContain('sk->');
  await workbench.screenshot('packs-completion');
  await page.keyboard.press('Escape');
  await workbench.runCommand('File: Save');
});

test('the notes of the shared folder are shown like any others', { timeout: limit }, async () => {
  await goToSymbol(workbench, 'inet_create', 'af_inet.c');
  await goTo(workbench, placeIn(source, 'sock->state = SS_UNCONNECTED'));
  await hoverAtCursor(workbench, /What the class found out/);
  await workbench.screenshot('packs-shared');
});

test('a note is written in the margin, and stands in the pack and in the hover', { timeout: limit }, async () => {
  const { page } = workbench;
  await goToSymbol(workbench, 'inet_create', 'af_inet.c');
  await goTo(workbench, placeIn(source, 'sock_init_data(sock'));
  await workbench.runCommand('SockScope: Write a Note Here');
  const widget = page.locator('.review-widget').first();
  await widget.waitFor();
  await until(
    'the box to write in',
    async () => {
      const prompt = widget.getByText('Write a note on this statement').first();
      await prompt.click({ timeout: 2000 }).catch(() => {});
      await widget
        .locator('.monaco-editor')
        .first()
        .click({ timeout: 2000 })
        .catch(() => {});
      return widget.locator('.monaco-editor.focused').count();
    },
    (count) => count > 0,
  );
  await page.keyboard.type('From here on `sk` and `sock` know each other.');
  await workbench.screenshot('packs-write-note');
  await widget.getByText('Save Note').first().click();
  const written = await until(
    'the pack',
    () => readFile(join(workbench.folder, '.sockscope/annotations/notes.yaml'), 'utf8').catch(() => ''),
    (text) => text.includes('know each other'),
  );
  expect(written).toContain('in: inet_create');
  expect(written).toContain('sock_init_data(sock');
  await goToSymbol(workbench, 'inet_create', 'af_inet.c');
  await goTo(workbench, placeIn(source, 'sock_init_data(sock'));
  await hoverAtCursor(workbench, /know each other/);
  await workbench.screenshot('packs-note-written');
});
