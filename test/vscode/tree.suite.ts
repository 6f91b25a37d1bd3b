/**
 * Kernel trees in a real VS Code: one that cannot be stepped says why and can still be read; a real 2.4
 * (SOCKSCOPE_KERNEL) is prepared with progress, the preparation can be cancelled, and its own tcp_v4_connect is stepped
 * while the extension host stays free.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dismissDialog, editorLine, hoverUntil, moveBy, standsAt, statusText } from './debugging';
import { type Workbench, openSuite } from './workbench';

const tree = process.env.SOCKSCOPE_KERNEL;
const stopwatch = fileURLToPath(new URL('./stopwatch', import.meta.url));
/** What nobody in the extension host may take of the processor in one go, in the stopwatch's units (about 20 ms). */
const longestTurn = 10;

describe('a 2.6 tree', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({
      settings: { 'sockscope.kernel': '.', 'sockscope.language': 'zh' },
      files: {
        Makefile: 'VERSION = 2\nPATCHLEVEL = 6\nSUBLEVEL = 11\n',
        'include/net/sock.h': 'struct sock { int state; };\n',
        'net/ipv4/af_inet.c':
          '#include <net/sock.h>\n\nstatic int inet_create(struct sock *sk)\n{\n\tsk->state = 7;\n\treturn 0;\n}\n',
      },
    });
  });
  afterAll(() => workbench.close());

  test('stepping is refused with the reason, in Chinese, as a problem of its Makefile', async () => {
    const { page } = workbench;
    await workbench.runCommand('SockScope: Run Scenario');
    await workbench.pick('tcp-socket');
    await dismissDialog(workbench, '2.6.11');
    await workbench.runCommand('View: Focus Problems');
    await expect
      .poll(() =>
        page
          .locator('.markers-panel-container')
          .innerText()
          .catch(() => ''),
      )
      .toMatch(/Makefile[\s\S]*只有 2\.4 可以单步[\s\S]*SS8002/);
    await workbench.screenshot('tree-refused');
  });

  test('reading still works: hover', async () => {
    const { page } = workbench;
    await workbench.runCommand('View: Show Explorer');
    await page.getByRole('treeitem', { name: /^net/ }).click();
    await page.getByRole('treeitem', { name: /af_inet\.c/ }).dblclick();
    await page.getByRole('tab', { name: /af_inet\.c/ }).waitFor();
    await hoverUntil(workbench, 'inet_create', /[\u4e00-\u9fff]/);
  });
});

describe.skipIf(tree === undefined || !existsSync(tree))('a real 2.4 tree', () => {
  let workbench: Workbench;
  const launch = {
    version: '0.2.0',
    configurations: [
      { type: 'sockscope', request: 'launch', name: 'connect', scenario: 'handshake', stopAt: 'tcp_v4_connect' },
    ],
  };
  beforeAll(async () => {
    workbench = await openSuite({
      besides: [stopwatch],
      settings: { 'sockscope.kernel': tree, launch },
      viewport: { width: 1600, height: 1000 },
    });
  });
  afterAll(() => workbench.close());

  const start = async (): Promise<void> => {
    await workbench.runCommand('Debug: Select and Start Debugging');
    await workbench.pick('connect');
  };
  const busy = async (): Promise<number> =>
    Number(
      /busy ([\d.]+) units/.exec(
        await workbench.page
          .locator('.statusbar-item', { hasText: /busy [\d.]+ units/ })
          .first()
          .innerText(),
      )?.[1],
    );

  test('preparing it shows progress, and Cancel ends it without a trace', async () => {
    const { page } = workbench;
    await start();
    const toast = page.locator('.notification-toast', { hasText: /preparing the kernel: .*\.c/ });
    await toast.waitFor();
    await workbench.screenshot('tree-progress');
    await toast.hover();
    await toast.locator('.monaco-button', { hasText: 'Cancel' }).click();
    await expect.poll(() => page.locator('.notification-toast').count()).toBe(0);
    await expect.poll(() => page.locator('.debug-toolbar').isVisible()).toBe(false);
    expect(await page.locator('.monaco-dialog-box').count()).toBe(0);
  });

  test('its tcp_v4_connect is stepped, back too, and the extension host is never busy for long', async () => {
    await workbench.runCommand('Stopwatch: Reset');
    await start();
    await expect.poll(() => editorLine(workbench)).toContain('tcp_ipv4.c');
    const first = await standsAt(workbench);
    await moveBy(workbench, 'F10');
    await expect.poll(() => workbench.webview('SockScope').locator('section.card').count()).toBeGreaterThan(0);
    await workbench.screenshot('tree-stepped');
    await moveBy(workbench, 'Alt+F10');
    await expect.poll(() => editorLine(workbench)).toBe(first);
    await expect.poll(() => statusText(workbench)).toMatch(/past/);
    expect(await busy()).toBeLessThan(longestTurn);
  });
});
