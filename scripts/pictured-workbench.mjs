/**
 * A workbench to make pictures of: VS Code with files of the picture's own, quiet settings and a launch configuration that
 * stops in inet_create.
 *
 * In: the built extension, VS Code's server and Chromium (`node scripts/ensure.mjs`). Out: its page.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openWorkbench, startHost } from './vscode-host.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const launch = {
  version: '0.2.0',
  configurations: [
    { type: 'sockscope', request: 'launch', name: 'inet_create', scenario: 'tcp-socket', stopAt: 'inet_create' },
  ],
};
/**
 * A workbench with some files in its folder, for as long as `use` needs its page.
 *
 * @param {{locale: string, theme: string, files: Record<string, string>, viewport?: {width: number, height: number}}} what
 * @param {(page: import('playwright-core').Page) => Promise<void>} use
 */
export async function inWorkbench({ locale, theme, files, viewport = { width: 1360, height: 820 } }, use) {
  const folder = await mkdtemp(join(tmpdir(), 'sockscope-pictures-'));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text);
  }
  const settings = {
    launch,
    'sockscope.language': locale === 'en' ? 'en' : 'zh',
    'sockscope.startPage': false,
    'editor.minimap.enabled': false,
    'workbench.layoutControl.enabled': false,
  };
  const host = await startHost({ extensionPath: root, folder, locale, settings });
  try {
    const { page, close } = await openWorkbench(host, { theme, viewport });
    await use(page);
    await close();
  } finally {
    host.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a command of the palette, which lists it once the extension is there. */
export async function runCommand(page, title) {
  const input = page.locator('.quick-input-widget input[type="text"]');
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  for (let tries = 0; tries < 30; tries++) {
    await page.keyboard.press('F1');
    const listed = await input
      .waitFor({ timeout: 2000 })
      .then(() => input.fill(`>${title}`))
      .then(() => row.waitFor({ timeout: 1500 }))
      .then(
        () => true,
        () => false,
      );
    if (listed) {
      return row.click();
    }
    await page.keyboard.press('Escape');
  }
  throw new Error(`the palette does not list "${title}"`);
}

/** Starts the launch configuration; back when the call stack shows its stop. */
export async function startAtInetCreate(page) {
  await runCommand(page, 'Debug: Select and Start Debugging');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'inet_create' }).first().click();
  const frame = page.locator('.debug-call-stack .stack-frame', { hasText: 'af_inet.c' }).first();
  await frame.waitFor({ timeout: 120_000 });
  return frame;
}

/** One key of the debugger; back when the call stack shows another line, or after ten seconds. */
export async function move(page, frame, key) {
  const place = () =>
    frame
      .locator('.line-number')
      .innerText({ timeout: 1000 })
      .catch(() => '');
  const before = await place();
  await page.locator('.debug-toolbar .action-label.codicon-debug-step-over:not(.disabled)').waitFor();
  await page.keyboard.press(key);
  for (let tries = 0; tries < 100 && ['', before].includes(await place()); tries++) {
    await page.waitForTimeout(100);
  }
}

/** The inspector's page inside its webview. */
export function inspectorOf(page) {
  return page.frameLocator('iframe.webview').frameLocator('iframe[title*="SockScope"]');
}
