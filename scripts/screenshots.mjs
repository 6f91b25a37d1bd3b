/**
 * Makes the pictures of the READMEs: `node scripts/screenshots.mjs`, after `npm run build`.
 *
 * In: the built extension, VS Code's server and Chromium (`node scripts/ensure.mjs`). Out: `media/screenshots/*.png`: a
 * stop in the bundled inet_create with the inspector, and a packet script with its problem; a third of the size where
 * pngquant is installed. Look at them before committing.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openWorkbench, startHost } from './vscode-host.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const pictures = join(root, 'media', 'screenshots');

const launch = {
  version: '0.2.0',
  configurations: [
    { type: 'sockscope', request: 'launch', name: 'inet_create', scenario: 'tcp-socket', stopAt: 'inet_create' },
  ],
};
const script = `//! title.en: A server that answers
//! title.zh: 会应答的服务器
0     socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
+0    bind(3, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("0.0.0.0")}, ...) = 0
+0    listen(3, 1) = 0
+0    < S 0:0(0) win 32792 <mss 1460>
+0    > S. 0:0(0) ack 1 <...>
+0.1  < . 1:1(0) ack 1 win 257
+0    acept(3, ..., ...) = 4
`;

async function inWorkbench({ locale, theme, files }, use) {
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
    const { page, close } = await openWorkbench(host, { theme, viewport: { width: 1360, height: 820 } });
    await use(page);
    await close();
  } finally {
    host.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a command of the palette, which lists it once the extension is there. */
async function runCommand(page, title) {
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

/** A stop some statements into inet_create, when sock and sk are both there. */
async function stepping(page, name) {
  await runCommand(page, 'Debug: Select and Start Debugging');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'inet_create' }).first().click();
  const frame = page.locator('.debug-call-stack .stack-frame', { hasText: 'af_inet.c' }).first();
  await frame.waitFor({ timeout: 120_000 });
  const place = () =>
    frame
      .locator('.line-number')
      .innerText({ timeout: 1000 })
      .catch(() => '');
  for (let steps = 0; steps < 16; steps++) {
    const before = await place();
    await page.locator('.debug-toolbar .action-label.codicon-debug-step-over:not(.disabled)').waitFor();
    await page.keyboard.press('F10');
    for (let tries = 0; tries < 100 && ['', before].includes(await place()); tries++) {
      await page.waitForTimeout(100);
    }
  }
  const inspector = page.frameLocator('iframe.webview').frameLocator('iframe[title*="SockScope"]');
  await inspector.locator('section.card').nth(1).waitFor();
  await page.mouse.move(700, 810);
  await page.waitForTimeout(3000);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function packetScript(page, name) {
  await page.getByRole('treeitem', { name: /server\.pkt/ }).dblclick();
  await page.locator('.squiggly-error').first().waitFor();
  await page.locator('.codelens-decoration').first().waitFor();
  await runCommand(page, 'View: Focus Problems');
  await page.locator('.markers-panel-container', { hasText: 'SS5002' }).waitFor();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

await mkdir(pictures, { recursive: true });
await inWorkbench({ locale: 'en', theme: 'light', files: { 'server.pkt': script } }, async (page) => {
  await packetScript(page, 'script-en');
  await page.keyboard.press('Control+J');
  await page.locator('.part.panel').waitFor({ state: 'hidden' });
  await stepping(page, 'stepping-en');
});
await inWorkbench({ locale: 'zh-cn', theme: 'dark', files: { 'server.pkt': script } }, async (page) => {
  await packetScript(page, 'script-zh');
  await page.keyboard.press('Control+J');
  await page.locator('.part.panel').waitFor({ state: 'hidden' });
  await stepping(page, 'stepping-zh');
});
// They are in the package, which is to stay small.
const names = (await readdir(pictures)).filter((name) => name.endsWith('.png')).map((name) => join(pictures, name));
const { error } = spawnSync('pngquant', ['--force', '--skip-if-larger', '--ext', '.png', '96', ...names]);
process.stderr.write(`screenshots: ${pictures}${error ? ' (as large as they are: there is no pngquant)' : ''}\n`);
