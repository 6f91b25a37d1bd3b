/**
 * The extension in a browser's own extension host, as on vscode.dev: the `browser` bundle, no Node, files through
 * `workspace.fs`. One run of the TCP scenario: it compiles, stops, steps, steps back, and the inspector follows.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editorLine, runUntil, statusText } from './debugging';
import { type Workbench, openSuite } from './workbench';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openSuite({ web: true, settings: { 'sockscope.language': 'en' } });
  // With a file open the inspector opens beside it.
  await workbench.runCommand('SockScope: Open Bundled Kernel');
  await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: '.c' }).first().waitFor();
  await workbench.page.keyboard.type('af_inet');
  await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'af_inet' }).first().click();
  await workbench.page.getByRole('tab', { name: /af_inet\.c/ }).waitFor({ timeout: 60_000 });
});
afterAll(() => workbench?.close());

test('a scenario runs in the browser, forwards and backwards', async () => {
  const { page } = workbench;
  await workbench.runCommand('SockScope: Run Scenario');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'tcp-socket' }).first().click();
  await expect.poll(() => editorLine(workbench), { timeout: 60_000 }).toMatch(/socket\.c/);
  const first = await editorLine(workbench);
  await runUntil(workbench, 'F11', () => editorLine(workbench));
  await expect.poll(() => workbench.webview('SockScope').locator('section.card').count()).toBeGreaterThan(0);
  await runUntil(workbench, 'Alt+F10', () => editorLine(workbench));
  await expect.poll(() => editorLine(workbench)).toBe(first);
  await expect.poll(() => statusText(workbench)).toMatch(/past/);
  await workbench.screenshot('web');
});
