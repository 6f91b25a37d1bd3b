/**
 * F5 and "Show Me How To Get Here" in a bundled file, in a real VS Code: from a statement that only a failure reaches to
 * a session that stands on it.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundledLine, editorLine, goToLine, stopDebugging } from './debugging';
import { type Workbench, openSuite } from './workbench';

let workbench: Workbench;
beforeAll(async () => {
  const configuration = {
    type: 'sockscope',
    request: 'launch',
    name: 'up to inet_create',
    scenario: 'tcp-socket',
    stopAt: 'inet_create',
  };
  workbench = await openSuite({
    files: {
      '.sockscope/start.json': '{}',
      '.vscode/launch.json': JSON.stringify({ version: '0.2.0', configurations: [configuration] }),
    },
  });
});
afterAll(() => workbench.close());

test('F5 in the bundled C runs what launch.json says', async () => {
  const { page } = workbench;
  await page.locator('.view-line', { hasText: 'inet_create(struct socket' }).first().click();
  await page.keyboard.press('F5');
  const line = bundledLine('net/ipv4/af_inet.c', 'sk = sk_alloc(PF_INET, GFP_KERNEL, 1);');
  await expect.poll(() => editorLine(workbench)).toContain(`af_inet.c:${line}`);
  await stopDebugging(workbench);
});

test('a scenario is found for the out-of-memory exit of inet_create', async () => {
  const { page } = workbench;
  await page.locator('.view-line', { hasText: 'inet_create(struct socket' }).first().waitFor();
  const line = bundledLine('net/ipv4/af_inet.c', 'return -ENOBUFS;');
  await goToLine(workbench, line);
  await workbench.runCommand('SockScope: Show Me How To Get Here');
  await expect.poll(() => editorLine(workbench)).toContain(`af_inet.c:${line}`);
  await workbench.screenshot('reached');
  expect(await page.locator('.codicon-debug-breakpoint').count()).toBe(0);
});
