/**
 * Makes the moving pictures of the READMEs: `node scripts/moving-pictures.mjs [en|zh]`, after `npm run build`.
 *
 * In: the built extension, VS Code's server and Chromium (`node scripts/ensure.mjs`), ffmpeg with libwebp. Out:
 * `media/screenshots/forwards-and-back-*.webp`: inet_create stepped forwards while the inspector fills, then backwards
 * until the old values are there again. They are in the package, which is to stay small: a picture a stop, half a second
 * to a second and a half each. Look at them before committing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { note } from './modules.mjs';
import { inspectorOf, inWorkbench, move, startAtInetCreate } from './pictured-workbench.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
/** Two pictures a second; a stop that is worth a look stands for several. */
const rate = 2;
const keys = [...Array(12).fill('F10'), ...Array(4).fill('Alt+F10'), 'F10'];

/** Pictures of a session, numbered; a stop before the direction changes is shown longer. */
async function record(page, folder) {
  let count = 0;
  const shoot = async (times) => {
    const picture = await page.screenshot();
    for (let time = 0; time < times; time++) {
      await writeFile(join(folder, `${String(count++).padStart(3, '0')}.png`), picture);
    }
  };
  const frame = await startAtInetCreate(page);
  await inspectorOf(page).locator('section.card').first().waitFor();
  await page.mouse.move(200, 330);
  await page.waitForTimeout(3000);
  await shoot(3);
  for (const [index, key] of keys.entries()) {
    await move(page, frame, key);
    await page.waitForTimeout(700);
    await shoot(keys[index + 1] === key ? 1 : 3);
  }
}

/** Lossless, in 96 colours for the whole picture: letters stay sharp, and what stands still takes no bytes. */
function joinPictures(folder, path) {
  const { status, error, stderr } = spawnSync(
    'ffmpeg',
    [
      ...['-loglevel', 'error', '-y', '-framerate', String(rate), '-i', join(folder, '%03d.png')],
      ...['-vf', 'split[a][b];[a]palettegen=max_colors=96[p];[b][p]paletteuse=dither=none,format=bgra'],
      ...['-c:v', 'libwebp_anim', '-lossless', '1', '-quality', '90', '-compression_level', '6', '-loop', '0', path],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`ffmpeg: ${error?.message ?? stderr}`);
  }
}

const languages = {
  en: { locale: 'en', theme: 'light' },
  zh: { locale: 'zh-cn', theme: 'dark' },
};
for (const name of process.argv[2] ? [process.argv[2]] : Object.keys(languages)) {
  const folder = await mkdtemp(join(tmpdir(), 'sockscope-moving-'));
  const path = join(root, 'media', 'screenshots', `forwards-and-back-${name}.webp`);
  try {
    await inWorkbench({ ...languages[name], files: {}, viewport: { width: 1180, height: 720 } }, (page) =>
      record(page, folder),
    );
    joinPictures(folder, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  note(`moving-pictures: ${path}`);
}
