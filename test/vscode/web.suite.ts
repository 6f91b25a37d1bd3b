/**
 * The extension in a browser's own extension host, as on vscode.dev: the `browser` bundle, no Node, files through
 * `workspace.fs`. One run of the TCP scenario: it compiles, stops, steps, steps back, and the inspector follows.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editorLine, moveBy, standsAt, statusText } from './debugging';
import { type Workbench, openSuite } from './workbench';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openSuite({ web: true, settings: { 'sockscope.language': 'en' } });
  // With a file open the inspector opens beside it.
  await workbench.runCommand('SockScope: Open Bundled Kernel');
  await workbench.pick('af_inet.c', 'af_inet');
  await workbench.page.getByRole('tab', { name: /af_inet\.c/ }).waitFor();
});
afterAll(() => workbench?.close());

test('a scenario runs in the browser, forwards and backwards', async () => {
  await workbench.runCommand('SockScope: Run Scenario');
  await workbench.pick('tcp-socket');
  await expect.poll(() => editorLine(workbench)).toMatch(/socket\.c/);
  const first = await standsAt(workbench);
  await moveBy(workbench, 'F11');
  await expect.poll(() => workbench.webview('SockScope').locator('section.card').count()).toBeGreaterThan(0);
  await moveBy(workbench, 'Alt+F10');
  await expect.poll(() => editorLine(workbench)).toBe(first);
  await expect.poll(() => statusText(workbench)).toMatch(/past/);
  await workbench.screenshot('web');
});
