/** "Show Me How To Get Here" in a real VS Code: from a statement that only a failure reaches to a session that stands on it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundledLine, editorLine, goToLine } from './debugging';
import { type Workbench, openSuite } from './workbench';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openSuite({ files: { '.sockscope/start.json': '{}' } });
});
afterAll(() => workbench.close());

test('a scenario is found for the out-of-memory exit of inet_create', async () => {
  const { page } = workbench;
  await page.locator('.view-line', { hasText: 'inet_create(struct socket' }).first().waitFor();
  const line = bundledLine('net/ipv4/af_inet.c', 'return -ENOBUFS;');
  await goToLine(workbench, line);
  await workbench.runCommand('SockScope: Show Me How To Get Here');
  await expect.poll(() => editorLine(workbench), { timeout: 60_000 }).toContain(`af_inet.c:${line}`);
  await workbench.screenshot('reached');
  expect(await page.locator('.codicon-debug-breakpoint').count()).toBe(0);
});
