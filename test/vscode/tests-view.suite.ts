/**
 * The Test view of a real VS Code: scenarios by theme beside the scripts of the workspace, what a failing script says at
 * the line where it fails, one test debugged, the coverage of one in the kernel's C, all of them run.
 */
import { type Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editorLine, standsAt, stopDebugging } from './debugging';
import { type Workbench, openSuite, until } from './workbench';

/** Ends what hangs. */
const limit = 400_000;

/** Fails at its second line: nobody listens there. */
const failing = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 connect(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}, ...) = 0
`;
const passing = '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 close(3) = 0\n';

describe.each([
  {
    locale: 'en',
    theme: 'light',
    words: {
      scenarios: 'Scenarios',
      own: 'Scripts of this workspace',
      themes: ['First steps', 'Opening a socket', 'Connecting', 'Listening', 'Accepting'],
    },
  },
  {
    locale: 'zh-cn',
    theme: 'dark',
    words: {
      scenarios: '场景',
      own: '本工作区的脚本',
      themes: ['入门', '创建 socket', '建立连接', '监听', '接受连接'],
    },
  },
] as const)('the Test view, $locale', { timeout: limit }, ({ locale, theme, words }) => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({
      locale,
      theme,
      settings: { 'testing.automaticallyOpenPeekView': 'never', 'testing.automaticallyOpenTestResults': 'neverOpen' },
      // The last one starts the extension, also where VS Code cannot search for scripts.
      files: { 'failing.pkt': failing, 'passing.pkt': passing, '.sockscope/start.json': '{}' },
      viewport: { width: 1600, height: 1300 },
    });
    await showTests();
  }, limit);
  afterAll(() => workbench?.close());

  async function showTests(): Promise<void> {
    const tab = workbench.page.locator('.activitybar').getByRole('tab', { name: /^Testing/ });
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') {
      await tab.click();
    }
    await workbench.page.locator('.test-explorer-tree .monaco-list-row').first().waitFor();
  }

  const explorer = (): Locator => workbench.page.locator('.test-explorer-tree .monaco-list-row');
  const row = (text: string): Locator =>
    explorer()
      .filter({ hasText: new RegExp(`^\\s*${text}`) })
      .first();
  const labels = async (): Promise<string[]> =>
    (await explorer().locator('.label').allInnerTexts()).map((text) => text.trim());

  async function unfold(text: string): Promise<void> {
    await row(text).waitFor();
    await until(
      `${text} unfolded`,
      async () => {
        if ((await row(text).getAttribute('aria-expanded')) !== 'true') {
          // Away from the hover of another row, which may lie over this one.
          await workbench.page.mouse.move(900, 900);
          await row(text)
            .click({ timeout: 3000 })
            .then(() => workbench.page.keyboard.press('ArrowRight'))
            .catch(() => undefined);
        }
        return row(text).getAttribute('aria-expanded');
      },
      (isExpanded) => isExpanded === 'true',
    );
  }

  /** Chooses one of the actions that a row shows below the mouse. */
  async function act(text: string, icon: string): Promise<void> {
    const { mouse } = workbench.page;
    await row(text).waitFor();
    await until(
      `${icon} of ${text}`,
      async () => {
        await mouse.move(900, 900);
        const of = { timeout: 3000, position: { x: 60, y: 8 } };
        return row(text)
          .hover(of)
          .then(() => row(text).locator(`.${icon}`).first().click({ timeout: 3000 }))
          .then(
            () => true,
            () => false,
          );
      },
      (isDone) => isDone,
    );
  }

  const verdicts = async (): Promise<string> =>
    (await workbench.page.locator('.result-summary-container').allInnerTexts()).join(' ');

  test('scenarios stand below their themes, in the order of the picker', async () => {
    await unfold(words.own);
    await unfold(words.scenarios);
    await expect.poll(labels).toEqual(expect.arrayContaining([...words.themes]));
    const shown = await labels();
    expect(shown.filter((label) => (words.themes as readonly string[]).includes(label))).toEqual(words.themes);
    await workbench.screenshot('tests-themes');
    await unfold(words.themes[0]);
    await row('tcp-socket').waitFor();
    await workbench.screenshot('tests-theme');
  });

  test('a failing script says at its line what was expected and what came', async () => {
    const { page } = workbench;
    await row('failing.pkt').dblclick();
    await page.getByRole('tab', { name: /failing\.pkt/ }).waitFor();
    await act(words.own, 'codicon-testing-run-icon');
    await expect.poll(verdicts).toMatch(/1\/2/);
    await page.locator('.monaco-editor span.content', { hasText: '-1 ECONNREFUSED != 0' }).waitFor();
    await workbench.screenshot('tests-failure');
  });

  test('one is debugged', async () => {
    await act('failing.pkt', 'codicon-testing-debug-icon');
    await expect.poll(() => editorLine(workbench)).toMatch(/\.c:\d/);
    await standsAt(workbench);
    await workbench.screenshot('tests-debugged');
    await stopDebugging(workbench);
    await showTests();
  });

  test('the kernel’s C shows which of its lines a scenario executes', async () => {
    const { page } = workbench;
    await unfold(words.scenarios);
    await unfold(words.themes[0]);
    await act('tcp-socket', 'codicon-testing-coverage-icon');
    await page.locator('.test-coverage-list-item', { hasText: '.c' }).first().waitFor();
    // In the file that the run before stood in: what a TCP socket comes to, and what it does not.
    await page.getByRole('tab', { name: /^sys_socket\.c/ }).waitFor();
    await page.locator('.coverage-deco-gutter.coverage-deco-hit').first().waitFor();
    await page.locator('.coverage-deco-gutter.coverage-deco-miss').first().waitFor();
    await workbench.screenshot('tests-coverage');
  });

  test.runIf(locale === 'en')('all run, and only the failing one fails', async () => {
    await showTests();
    await workbench.runCommand('Test: Run All Tests');
    await until('all verdicts', verdicts, (now) => {
      const [, passed, all] = /(\d+)\/(\d+)/.exec(now) ?? [];
      return Number(all) > 100 && Number(passed) === Number(all) - 1;
    });
    await workbench.screenshot('tests-all');
  });
});
