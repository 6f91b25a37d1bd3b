/**
 * The host runner itself: an extension loads from its folder, its strings follow the locale, a webview shows, all ends.
 */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSuite } from './workbench';

const extensionPath = fileURLToPath(new URL('fixture', import.meta.url));

test('a development extension runs in Chinese, in the chosen theme, with its environment', async () => {
  const workbench = await openSuite({
    extensionPath,
    theme: 'high-contrast',
    locale: 'zh-cn',
    files: { 'hello.c': 'int main(void) { return 0; }\n' },
    env: { FIXTURE: 'from the test' },
  });
  try {
    await workbench.runCommand('Fixture: 问候');
    const greeting = workbench.webview('Fixture').locator('#greeting');
    await expect.poll(() => greeting.innerText()).toBe('你好, zh-cn, from the test');
    await expect.poll(() => workbench.page.locator('.monaco-workbench.hc-black').count()).toBe(1);
    await expect.poll(() => workbench.page.getByText('hello.c').count()).toBeGreaterThan(0);
  } finally {
    await workbench.close();
  }
  await expect(fetch(workbench.host.url)).rejects.toThrow();
});

test('with `web`, the browser entry runs in the browser', async () => {
  const workbench = await openSuite({ extensionPath, web: true });
  try {
    await workbench.runCommand('Fixture: Greet');
    const greeting = workbench.webview('Fixture').locator('#greeting');
    await expect.poll(() => greeting.innerText()).toBe('Good day, en, in the browser');
  } finally {
    await workbench.close();
  }
});
