/**
 * From "open folder" to a stop in the tree's own `inet_create`: a Linux tree is opened as it lies on the disk, and nothing
 * but what a newcomer clicks is done. Every click is recorded, with the time since the window stood there; nothing is
 * written into the tree. Needs a tree (SOCKSCOPE_KERNEL).
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editorLine, stopDebugging } from './debugging';
import { openSuite, type Workbench } from './workbench';

const tree = process.env.SOCKSCOPE_KERNEL;
const isThere = tree !== undefined && existsSync(join(tree, 'net/ipv4/af_inet.c'));
if (!isThere) {
  process.stderr.write('open-tree.suite: skipped, SOCKSCOPE_KERNEL names no Linux tree\n');
}

const said = {
  en: {
    use: 'Use It',
    offer: 'This folder is a Linux source tree',
    inUse: 'from now on',
    run: 'Run tcp-socket Now',
    write: 'Write Into Workspace Settings',
    preparing: /preparing the kernel: .*\.c · \d+ of \d+ files( · about \d+ s left)?/,
    command: 'SockScope: Use a Linux Tree',
    here: 'This folder',
  },
  'zh-cn': {
    use: '使用',
    offer: '这个文件夹是 Linux 源码树',
    inUse: '今后',
    run: '现在运行 tcp-socket',
    write: '写入工作区设置',
    preparing: /正在准备内核：? ?.*\.c · 第 \d+ 个文件，共 \d+ 个( · 大约还需 \d+ 秒)?/,
    command: 'SockScope: 使用 Linux 源码树',
    here: '当前文件夹',
  },
} as const;

describe.skipIf(!isThere).each(['en', 'zh-cn'] as const)('a folder that is a tree, in %s', (locale) => {
  const words = said[locale];
  const clicks: string[] = [];
  let workbench: Workbench;
  let began = 0;
  beforeAll(async () => {
    workbench = await openSuite({
      folder: tree,
      locale,
      theme: locale === 'en' ? 'light' : 'dark',
      settings: { 'sockscope.language': locale === 'en' ? 'en' : 'zh' },
      viewport: { width: 1600, height: 1000 },
    });
    began = performance.now();
  });
  afterAll(() => workbench.close());

  const toast = (text: string): ReturnType<Workbench['page']['locator']> =>
    workbench.page.locator('.notification-toast', { hasText: text });
  const click = async (inToast: string, button: string): Promise<void> => {
    await toast(inToast).waitFor();
    await toast(inToast).hover();
    await toast(inToast).locator('.monaco-button', { hasText: button }).click();
    clicks.push(`${((performance.now() - began) / 1000).toFixed(1)} s: ${button}`);
  };
  const settingsInTree = (): boolean => existsSync(join(tree ?? '', '.vscode', 'settings.json'));

  test('two clicks: the tree is used, its af_inet.c opens, a scenario stops in its inet_create', async () => {
    const { page } = workbench;
    const written = settingsInTree();
    await toast(words.offer).waitFor();
    await workbench.screenshot('open-tree-1-offer');
    await click(words.offer, words.use);
    await page.getByRole('tab', { name: /af_inet\.c/ }).waitFor();
    await toast(words.inUse).waitFor();
    expect(await toast(words.inUse).innerText()).toContain(words.write);
    await workbench.screenshot('open-tree-2-used');
    await click(words.inUse, words.run);
    // A tree that was compiled before comes from the store, without a word.
    const preparing = page.locator('.notification-toast', { hasText: words.preparing });
    const stopped = page.locator('.debug-call-stack .stack-frame:visible');
    await preparing.or(stopped).first().waitFor();
    await workbench.screenshot('open-tree-3-progress');
    await expect.poll(() => editorLine(workbench)).toMatch(/af_inet\.c/);
    clicks.push(`${((performance.now() - began) / 1000).toFixed(1)} s: the stop`);
    const frame = page.locator('.debug-call-stack .stack-frame:visible').first();
    expect(await frame.innerText()).toContain('inet_create');
    // The scenario's own socket, not the one that the kernel makes for itself while it boots.
    expect(await page.locator('.debug-call-stack .stack-frame:visible').allInnerTexts()).toContainEqual(
      expect.stringContaining('sys_socket'),
    );
    await workbench.screenshot('open-tree-4-stopped');
    expect(clicks.length).toBe(3);
    process.stderr.write(`open-tree ${locale}: ${clicks.join('; ')}\n`);
    expect(settingsInTree(), 'nothing is written into the tree').toBe(written);
  });

  test('scenario lenses stand above the tree’s functions', async () => {
    await workbench.page.locator('.codelens-decoration', { hasText: 'tcp-socket' }).first().waitFor();
  });

  test('what is odd in the tree is no problem of its reader', async () => {
    const { page } = workbench;
    await stopDebugging(workbench);
    await page.keyboard.press('Control+Shift+M');
    const panel = page.locator('.markers-panel-container');
    await panel.waitFor();
    expect(await panel.innerText()).not.toMatch(/SS(?:1003|4004)/);
    await workbench.screenshot('open-tree-5-problems');
  });

  test('the offer is found again by its command', async () => {
    await workbench.runCommand(words.command);
    await workbench.pick(words.here);
    await toast(words.inUse).waitFor();
  });
});
