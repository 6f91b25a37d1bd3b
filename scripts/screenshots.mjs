/**
 * Makes the pictures of the READMEs: `node scripts/screenshots.mjs`, after `npm run build`.
 *
 * In: the built extension, VS Code's server and Chromium (`node scripts/ensure.mjs`). Out: `media/screenshots/*.png`: a
 * stop in the bundled inet_create with the inspector, and a packet script with its problem; a third of the size where
 * pngquant is installed. Look at them before committing.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspectorOf, inWorkbench, move, runCommand, startAtInetCreate } from './pictured-workbench.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const pictures = join(root, 'media', 'screenshots');

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

/** A stop some statements into inet_create, when sock and sk are both there. */
async function stepping(page, name) {
  const frame = await startAtInetCreate(page);
  for (let steps = 0; steps < 16; steps++) {
    await move(page, frame, 'F10');
  }
  await inspectorOf(page).locator('section.card').nth(1).waitFor();
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
