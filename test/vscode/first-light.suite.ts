/**
 * The main job in a real VS Code: open the bundled af_inet.c, run the TCP scenario from the palette, step, see the line move
 * and the structures change in the inspector, hover in both languages, step back, see the old value.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editorLine, hoverText, statusText, stopAtLine } from './debugging';
import { type Workbench, openSuite } from './workbench';

describe.each([
  { theme: 'light', locale: 'en' },
  { theme: 'dark', locale: 'zh-cn' },
  { theme: 'high-contrast', locale: 'en' },
] as const)('first light, $theme, $locale', ({ theme, locale }) => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({
      theme,
      locale,
      files: { '.sockscope/start.json': '{ "scenario": "tcp-socket" }' },
      settings: { 'sockscope.language': locale === 'en' ? 'en' : 'zh' },
    });
  });
  afterAll(() => workbench.close());

  test('the bundled af_inet.c opens with the scenario ready', async () => {
    const { page } = workbench;
    await page.getByRole('tab', { name: /af_inet\.c/ }).waitFor();
    await page.locator('.view-line', { hasText: 'inet_create(struct socket' }).first().waitFor();
    await expect.poll(() => page.locator('.codelens-decoration').allInnerTexts()).toContainEqual(expect.stringContaining('tcp-socket'));
    await workbench.screenshot('1-start');
  });

  test('a hover explains a function, in the chosen language', async () => {
    const text = await hoverText(workbench, 'sk_alloc');
    expect(text).toMatch(locale === 'en' ? /sk_alloc/ : /[\u4e00-\u9fff]/);
    await workbench.screenshot('2-hover');
    await workbench.page.keyboard.press('Escape');
  });

  test('the scenario runs from the palette and stops in the kernel', async () => {
    const { page } = workbench;
    await workbench.runCommand(locale === 'en' ? 'SockScope: Run Scenario' : 'SockScope: 运行场景');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'tcp-socket' }).first().click();
    await page.locator('.debug-toolbar').waitFor();
    await expect.poll(() => editorLine(workbench), { timeout: 60_000 }).toContain('socket.c');
    await workbench.screenshot('3-stopped');
  });

  test('stepping moves the current line and shows sock and sk in the inspector', async () => {
    await stopAtLine(workbench, /sk->backlog_rcv\s*=/);
    const before = await editorLine(workbench);
    const inspector = workbench.webview('SockScope');
    await expect.poll(() => inspector.locator('body').innerText()).toContain('backlog_rcv');
    await workbench.screenshot('4-before');
    await workbench.page.keyboard.press('F10');
    await expect.poll(() => editorLine(workbench)).not.toBe(before);
    await expect.poll(() => inspector.locator('body').innerText()).toContain('tcp_v4_do_rcv');
    await expect.poll(() => inspector.locator('body').innerText()).toContain('SS_UNCONNECTED');
    await workbench.screenshot('5-after');
  });

  test('stepping back brings the old value and says so', async () => {
    const inspector = workbench.webview('SockScope');
    const after = await editorLine(workbench);
    await workbench.page.keyboard.press('Alt+F10');
    await expect.poll(() => editorLine(workbench)).not.toBe(after);
    await expect.poll(() => statusText(workbench)).toMatch(locale === 'en' ? /past, step/ : /过去/);
    await expect.poll(() => inspector.locator('body').innerText()).not.toContain('tcp_v4_do_rcv');
    await workbench.screenshot('6-back');
  });

  test('stopping in mid-step leaves nothing behind', async () => {
    await workbench.page.keyboard.press('F11');
    await workbench.page.keyboard.press('Shift+F5');
    await expect.poll(() => workbench.page.locator('.debug-toolbar').isVisible()).toBe(false);
    await expect.poll(() => statusText(workbench)).toBe('');
  });
});
