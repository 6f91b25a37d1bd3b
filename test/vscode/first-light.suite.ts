/**
 * The main job in a real VS Code: open the bundled af_inet.c, run the TCP scenario from the palette, step, see the line
 * move and the structures change in the inspector, hover in both languages, step back, see the old value, kill in
 * mid-step. The whole of it once, and the way to the interesting stop again in the other themes and in Chinese, for the
 * pictures.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { continueTo, editorLine, hoverUntil, inspectorRow, moveBy, statusText, stopDebugging } from './debugging';
import { type SuiteOptions, type Workbench, openSuite } from './workbench';

const start = { '.sockscope/start.json': '{ "scenario": "tcp-socket" }' };

function open(options: SuiteOptions): Promise<Workbench> {
  return openSuite({ ...options, files: start, viewport: { width: 1600, height: 1000 } });
}

async function runScenario(workbench: Workbench, title: string): Promise<void> {
  await workbench.runCommand(title);
  await workbench.pick('tcp-socket');
  await expect.poll(() => editorLine(workbench)).toMatch(/socket\.c/);
}

describe('first light', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await open({ theme: 'light', settings: { 'sockscope.language': 'en' } });
  });
  afterAll(() => workbench.close());

  async function chooseLanguage(name: string): Promise<void> {
    await workbench.runCommand('SockScope: Choose Language of Notes');
    await workbench.pick(name);
  }

  test('the bundled af_inet.c opens with the scenario ready', async () => {
    const { page } = workbench;
    await page.getByRole('tab', { name: /af_inet\.c/ }).waitFor();
    await page.locator('.view-line', { hasText: 'inet_create(struct socket' }).first().waitFor();
    const lenses = page.locator('.codelens-decoration', { hasText: 'tcp-socket' });
    await lenses.first().waitFor();
    await workbench.screenshot('1-start');
  });

  test('a hover explains, in each language', async () => {
    await hoverUntil(workbench, 'sk_alloc', /struct sock \*sk_alloc\([\s\S]*net\/core\/sock\.c/);
    await workbench.screenshot('2-hover');
    await workbench.page.keyboard.press('Escape');
    await chooseLanguage('中文');
    await hoverUntil(workbench, 'sk_alloc', /[\u4e00-\u9fff]/);
    await workbench.page.keyboard.press('Escape');
    await chooseLanguage('English');
    await workbench.page.keyboard.press('Escape');
  });

  test('the scenario runs from the palette and stops in the kernel', async () => {
    await runScenario(workbench, 'SockScope: Run Scenario');
    await expect.poll(() => statusText(workbench)).toMatch(/step \d+/);
    await workbench.screenshot('3-stopped');
  });

  test('stepping moves the current line and shows sock and sk in the inspector', async () => {
    await moveBy(workbench, 'F11');
    await continueTo(workbench, 'sk->backlog_rcv =');
    await expect.poll(() => inspectorRow(workbench, 'sock', 'backlog_rcv')).toContain('NULL');
    await moveBy(workbench, 'F10');
    await expect.poll(() => inspectorRow(workbench, 'sock', 'backlog_rcv')).toContain('tcp_v4_do_rcv');
    await expect.poll(() => inspectorRow(workbench, 'socket', 'state')).toContain('SS_UNCONNECTED');
    await workbench.screenshot('4-stepped');
  });

  test('stepping back brings the old value and says so', async () => {
    await moveBy(workbench, 'Alt+F10');
    await expect.poll(() => statusText(workbench)).toMatch(/past, step/);
    await expect.poll(() => inspectorRow(workbench, 'sock', 'backlog_rcv')).toMatch(/NULL/);
    await workbench.screenshot('5-back');
    await moveBy(workbench, 'Alt+F11');
  });

  test('stopping in mid-step leaves nothing behind', async () => {
    await workbench.page.keyboard.press('F5');
    await stopDebugging(workbench);
    await expect.poll(() => statusText(workbench)).toBe('');
    await runScenario(workbench, 'SockScope: Run Scenario');
    await stopDebugging(workbench);
    await expect.poll(() => statusText(workbench)).toBe('');
  });
});

describe.each([
  {
    theme: 'dark',
    locale: 'zh-cn',
    language: 'both',
    command: 'SockScope: 运行场景',
    words: /[\u4e00-\u9fff][\s\S]*net\/core\/sock\.c/,
  },
  {
    theme: 'high-contrast',
    locale: 'en',
    language: 'en',
    command: 'SockScope: Run Scenario',
    words: /slab cache[\s\S]*net\/core\/sock\.c/,
  },
] as const)('first light, $theme, $locale', ({ theme, locale, language, command, words }) => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await open({ theme, locale, settings: { 'sockscope.language': language } });
  });
  afterAll(() => workbench.close());

  test('looks right on the way to sk->backlog_rcv', async () => {
    await workbench.page.locator('.view-line', { hasText: 'inet_create(struct socket' }).first().waitFor();
    await hoverUntil(workbench, 'sk_alloc', words);
    await workbench.screenshot('2-hover');
    await workbench.page.keyboard.press('Escape');
    await runScenario(workbench, command);
    await continueTo(workbench, 'sk->backlog_rcv =');
    await moveBy(workbench, 'F10');
    await expect.poll(() => inspectorRow(workbench, 'sock', 'backlog_rcv')).toContain('tcp_v4_do_rcv');
    await workbench.screenshot('4-stepped');
  });
});
