/**
 * Packs of notes in a real VS Code: what is wrong with one and its quick fix, completion of names and statements, a note
 * written in the margin of the kernel's C, changed and taken out there, and a folder that a class shares.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { goTo, goToSymbol, hoverAtCursor, placeIn } from './reading-places';
import { type Workbench, openSuite, quickType, until } from './workbench';

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
    settings: { 'sockscope.language': 'en', 'sockscope.notes.folder': shared },
    files: { '.sockscope/annotations/own.yaml': own, 'a.pkt': '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n' },
    viewport: { width: 1400, height: 900 },
  });
});
afterAll(async () => {
  await workbench.close();
  await rm(shared, { recursive: true, force: true });
});

const openPack = async (): Promise<void> => {
  await quickType(workbench.page, 'F1', 'own.yaml', 'own.yaml');
  await workbench.page.keyboard.press('Enter');
  await workbench.page.getByRole('tab', { name: /own\.yaml/ }).waitFor();
};
const editorText = async (): Promise<string> =>
  (await workbench.page.locator('.editor-group-container.active .view-lines').innerText()).replaceAll('\u00a0', ' ');

test('a name that the kernel does not have is told, and mended by a quick fix', async () => {
  await openPack();
  await workbench.runCommand('View: Focus Problems');
  const panel = workbench.page.locator('.markers-panel-container');
  await expect.poll(() => panel.innerText().catch(() => '')).toMatch(/inet_creat[\s\S]*inet_create/);
  await workbench.screenshot('packs-problem');
  await goTo(workbench, placeIn(own, 'inet_creat'));
  await workbench.runCommand('Quick Fix...');
  await workbench.page.locator('.action-widget', { hasText: 'inet_create' }).waitFor();
  await workbench.screenshot('packs-quick-fix');
  await workbench.page.keyboard.press('Enter');
  await expect.poll(editorText).toContain('function: inet_create');
});

test('statements of the function are completed', async () => {
  const { page } = workbench;
  const end = placeIn(own, 'sk->');
  await goTo(workbench, { line: end.line, column: end.column + 4 });
  await workbench.runCommand('Trigger Suggest');
  const list = page.locator('.suggest-widget.visible');
  await expect.poll(() => list.innerText().catch(() => '')).toContain('sk->');
  await workbench.screenshot('packs-completion');
  await page.keyboard.press('Escape');
  await workbench.runCommand('File: Save');
});

test('a note is written in the margin, and stands in the pack and in the hover', async () => {
  const { page } = workbench;
  await goToSymbol(workbench, 'inet_create', 'af_inet.c');
  await goTo(workbench, placeIn(source, 'sock_init_data(sock'));
  await workbench.runCommand('SockScope: Write a Note Here');
  const widget = page.locator('.review-widget').first();
  await widget.waitFor();
  await widget.locator('.monaco-editor').first().click();
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

test('the notes of the shared folder are shown like any others', async () => {
  await goTo(workbench, placeIn(source, 'sock->state = SS_UNCONNECTED'));
  await hoverAtCursor(workbench, /What the class found out/);
});
