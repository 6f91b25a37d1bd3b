/**
 * The first minutes: the start page shows itself once, leads to a run with one click and with keys alone, opens the text
 * that runs, and comes back by a command; in the editor's language.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editorLine, stopDebugging } from './debugging';
import { openSuite, type Workbench } from './workbench';

const said = {
  en: {
    tab: 'Start Here',
    first: 'A TCP socket is created and closed',
    text: 'Open “A socket is born”',
    command: 'SockScope: Open Start Page',
    tree: 'Choose the tree…',
  },
  'zh-cn': {
    tab: '从这里开始',
    first: '创建并关闭一个 TCP socket',
    text: '打开《一个 socket 的诞生》',
    command: 'SockScope: 打开起始页',
    tree: '选择源码树…',
  },
} as const;

describe.each(['en', 'zh-cn'] as const)('a newcomer in %s', (locale) => {
  const words = said[locale];
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({
      theme: locale === 'en' ? 'light' : 'dark',
      locale,
      // One page at a time, so that a page is found by its title alone.
      settings: { 'sockscope.startPage': true, 'sockscope.inspector.openOnStart': false },
      files: { '.sockscope/start.json': '{ "scenario": "tcp-socket" }' },
      viewport: { width: 1400, height: 1050 },
    });
  });
  afterAll(() => workbench.close());

  const link = (text: string): ReturnType<ReturnType<Workbench['webview']>['getByRole']> =>
    workbench.webview(words.tab).getByRole('link', { name: text });
  const reopen = async (): Promise<void> => {
    await workbench.runCommand(words.command);
    await link(words.first).waitFor();
  };

  test('the page is what one sees: five scenarios, the text, the tree, the notes', async () => {
    await link(words.first).waitFor();
    const page = workbench.webview(words.tab);
    expect(await page.locator('ol li').count()).toBe(5);
    expect(await page.locator('kbd').allInnerTexts()).toEqual(['F5', 'F10', 'F11', 'Alt+F10']);
    await link(words.tree).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(locale === 'en' ? 'en' : 'zh-CN');
    await workbench.screenshot('start-page');
  });

  test('one click runs a scenario', async () => {
    await link(words.first).click();
    await expect.poll(() => editorLine(workbench)).toMatch(/socket\.c/);
    await stopDebugging(workbench);
  });

  test('it comes back by its command; Tab and Enter do what a click does, F5 starts the scenario chosen last', async () => {
    await reopen();
    await link(words.first).focus();
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => editorLine(workbench)).toMatch(/socket\.c/);
    await stopDebugging(workbench);
    await reopen();
    await link(words.first).focus();
    await workbench.page.keyboard.press('F5');
    await expect.poll(() => editorLine(workbench)).toMatch(/\.c:/);
    await stopDebugging(workbench);
  });

  test('the introduction opens and says that it runs', async () => {
    await reopen();
    await link(words.text).click();
    await workbench.page.getByRole('tab', { name: /a-socket-is-born/ }).waitFor();
    const offer = workbench.page.locator('.statusbar-item', {
      hasText: locale === 'en' ? 'Run This Document' : '运行这个文档',
    });
    await offer.waitFor();
    await offer.click();
    await expect.poll(() => editorLine(workbench)).toMatch(/a-socket-is-born.*\.md/);
    await workbench.screenshot('start-page-introduction');
    await stopDebugging(workbench);
  });
});
