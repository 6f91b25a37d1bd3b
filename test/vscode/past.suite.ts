/**
 * The past in a real VS Code: breakpoints with a condition, with a hit count, that only log, and on a variable, set as a
 * person sets them; who wrote a variable, from the menu of the variables view; a value set at a past moment, which begins
 * a branch, and that branch compared with the first.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundledLine, goToLine, statusText } from './debugging';
import { type Workbench, openSuite, until } from './workbench';

const line = bundledLine('net/ipv4/tcp.c', 'sk->state = state;');

/** Ends what hangs. */
const limit = 400_000;

describe.each([
  { locale: 'en', theme: 'light', words: { run: 'Run Scenario', open: 'Open Bundled Kernel' } },
  { locale: 'zh-cn', theme: 'dark', words: { run: '运行场景', open: '打开内置内核' } },
] as const)('the past, $locale', { timeout: limit }, ({ locale, theme, words }) => {
  const isEnglish = locale === 'en';
  const said = {
    who: isEnglish ? 'Who Wrote This?' : '谁写了它？',
    next: isEnglish ? 'Next Change' : '下一次变化',
    compare: isEnglish ? 'Compare Branches' : '比较分支',
    changed: isEnglish ? /sk->state changed/ : /sk->state 已改变/,
    past: isEnglish ? /past, step (\d+)/ : /第 (\d+)/,
    begins: isEnglish ? /Branch branch-1 begins here.*: state = TCP_CLOSE\./ : /branch-1.*state = TCP_CLOSE/,
    remove: 'Remove All Breakpoints',
  };
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({ locale, theme, viewport: { width: 1600, height: 1300 } });
    await workbench.runCommand(`SockScope: ${words.run}`);
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'tcp-socket' }).first().waitFor();
    await workbench.pick('handshake', 'handshake');
    await stopsAt('sys_socket.c:');
    await workbench.runCommand(`SockScope: ${words.open}`);
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'af_inet.c' }).first().waitFor();
    await workbench.pick('tcp.c', 'ipv4/tcp.c');
    await workbench.page.getByRole('tab', { name: /^tcp\.c/ }).waitFor();
  }, limit);
  afterAll(() => workbench?.close());

  /** Waits until the inspector's statement is at a place and the clock is no longer `before`. */
  async function stopsAt(place: string, before = ''): Promise<void> {
    const shown = workbench.webview('SockScope').locator('.statement');
    await until(
      `a stop at ${place}`,
      async () => {
        const clock = await statusText(workbench);
        const statement = await shown.innerText({ timeout: 2000 }).catch(() => '');
        const toolbar = workbench.page.locator('.debug-toolbar .codicon-debug-step-over:not(.disabled)');
        return clock !== '' && clock !== before && (await toolbar.isVisible()) ? statement : '';
      },
      (statement) => statement.includes(place),
    );
  }

  /** Presses the key that continues, and waits for the stop. */
  async function continues(place: string): Promise<void> {
    const before = await statusText(workbench);
    await workbench.page.keyboard.press('F5');
    await stopsAt(place, before);
  }

  /** Chooses from the menu that a right click opens; a menu that is just opening takes no click. */
  async function choose(open: () => Promise<void>, entry: string): Promise<void> {
    const menu = workbench.page.locator('.monaco-menu');
    await open();
    await until(
      `the entry ${entry}`,
      async () => {
        const item = menu.locator('.action-item', { hasText: entry }).first();
        await item.click({ timeout: 3000 }).catch(() => {});
        return menu.count();
      },
      (count) => count === 0,
    );
  }

  async function inGutter(at: number, entry: string, text: string, how?: string): Promise<void> {
    const { page } = workbench;
    await goToLine(workbench, at);
    const number = page.locator('.margin-view-overlays .line-numbers', { hasText: new RegExp(`^${at}$`) }).first();
    await choose(() => number.click({ button: 'right', position: { x: -14, y: 8 }, force: true }), entry);
    const widget = page.locator('.breakpoint-widget');
    await widget.locator('.monaco-editor').first().waitFor();
    if (how !== undefined) {
      await widget.getByLabel('Breakpoint Type').selectOption({ label: how });
    }
    await widget.locator('.monaco-editor').first().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
    await workbench.screenshot(`past-widget-${entry.replace(/\W+/g, '')}`);
    await page.keyboard.press('Enter');
    await widget.waitFor({ state: 'detached' });
  }

  const variable = (label: string) =>
    workbench.page.locator(`.debug-variables .monaco-list-row[aria-label^="${label}"]`).first();

  async function unfold(label: string): Promise<void> {
    await variable(label).waitFor();
    if ((await variable(label).getAttribute('aria-expanded')) === 'false') {
      await variable(label).locator('.monaco-tl-twistie').click();
    }
  }

  async function ofVariable(label: string, entry: string): Promise<void> {
    await variable(label).waitFor();
    await choose(() => variable(label).click({ button: 'right' }), entry);
  }

  async function withoutBreakpoints(): Promise<void> {
    await workbench.runCommand(said.remove);
    await until(
      'no breakpoint',
      () => workbench.page.locator('.debug-breakpoints .monaco-list-row .codicon-debug-breakpoint').count(),
      (count) => count === 0,
    );
  }

  const consoleText = (): Promise<string> => workbench.page.locator('.repl .monaco-list').first().innerText();

  test('a conditional breakpoint stops where its condition holds', async () => {
    await inGutter(line, 'Add Conditional Breakpoint', 'state == TCP_SYN_SENT');
    await continues(`tcp.c:${line}`);
    await variable('state, value 2').waitFor();
    await workbench.screenshot('past-condition');
    await withoutBreakpoints();
  });

  test('a breakpoint with a hit count stops at that hit, counted from the beginning of the run', async () => {
    await inGutter(line, 'Add Conditional Breakpoint', '2', 'Hit Count');
    await continues(`tcp.c:${line}`);
    await variable('state, value 1').waitFor();
    await workbench.screenshot('past-hits');
    await withoutBreakpoints();
  });

  test('a log point prints what has been, marked', async () => {
    await inGutter(line, 'Add Logpoint', '{sk->num} goes to {state}');
    await workbench.runCommand('Debug Console: Focus on Debug Console');
    await expect.poll(consoleText).toMatch(/1195\] 32768 goes to 2/);
    await workbench.screenshot('past-log');
    await workbench.runCommand('View: Toggle Panel Visibility');
    await withoutBreakpoints();
  });

  test('a data breakpoint from the variables view stops when the value changes, and says which', async () => {
    await unfold('sk, ');
    await ofVariable('state, value 2 (TCP_SYN_SENT)', 'Break on Value Change');
    await workbench.page.locator('.debug-breakpoints .monaco-list-row', { hasText: 'sk->state' }).waitFor();
    await continues('tcp_input.c:');
    await expect.poll(() => workbench.webview('SockScope').locator('.reason').innerText()).toMatch(said.changed);
    await unfold('sk, ');
    await variable('state, value 1 (TCP_ESTABLISHED)').waitFor();
    await workbench.screenshot('past-data');
    await withoutBreakpoints();
  });

  test('who wrote it, who before that, and the next change', async () => {
    const clock = async (): Promise<string> => said.past.exec(await statusText(workbench))?.[1] ?? '';
    await unfold('sk, ');
    await ofVariable('state, value 1 (TCP_ESTABLISHED)', said.who);
    await expect.poll(clock).toBe('2799');
    await stopsAt(`tcp.c:${line}`);
    await expect
      .poll(() => workbench.page.locator('.statusbar').innerText())
      .toMatch(/sk->state: 2 \(TCP_SYN_SENT\) → 1 \(TCP_ESTABLISHED\)/);
    await workbench.screenshot('past-who');
    await unfold('sk, ');
    await ofVariable('state, value 2 (TCP_SYN_SENT)', said.who);
    await expect.poll(clock).toBe('1195');
    await unfold('sk, ');
    await ofVariable('state, value 7 (TCP_CLOSE)', said.next);
    await expect.poll(clock).toBe('2799');
    await unfold('sk, ');
    await ofVariable('state, value 2 (TCP_SYN_SENT)', said.who);
    await expect.poll(clock).toBe('1195');
  });

  test('a value set in the past begins a branch, which is compared with the first', async () => {
    const { page } = workbench;
    await variable('sk, ').locator('.monaco-tl-twistie').click();
    await ofVariable('state, value 2', 'Set Value');
    const input = page.locator('.debug-variables input').first();
    await input.fill('TCP_CLOSE');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.notifications-toasts').innerText()).toMatch(said.begins);
    await workbench.screenshot('past-branch');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await page.keyboard.press('F5');
    await page.locator('.debug-call-stack .stack-frame', { hasText: 'handshake.pkt' }).first().waitFor();
    await page.getByRole('tab', { name: /handshake\.pkt/ }).waitFor();
    await workbench.runCommand(`SockScope: ${said.compare}`);
    const names = page.locator('.quick-input-list .monaco-list-row');
    await names.filter({ hasText: 'branch-1' }).waitFor();
    await workbench.screenshot('past-branches');
    await workbench.pick('first');
    await names.filter({ hasText: 'branch-1' }).waitFor();
    await workbench.pick('branch-1');
    const text = (): Promise<string> =>
      page
        .locator('.editor-group-container.active .view-lines')
        .first()
        .innerText()
        .then((all) => all.replace(/\u00a0/g, ' '));
    await expect.poll(text).toMatch(/branch-1/);
    await expect.poll(text).toMatch(/connect\(3/);
    await workbench.screenshot('past-compared');
  });
});
