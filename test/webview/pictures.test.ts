/**
 * Pictures of the ten situations, to be looked at: `SOCKSCOPE_PICTURES=FOLDER npx vitest run test/webview/pictures`.
 *
 * In: a folder outside the repository; `SOCKSCOPE_ONLY=handshake,dark,en,1024` keeps to some of them. Out: a PNG for each
 * situation, theme, language and size.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { showModel } from '../../src/protocol/messages';
import { realTree } from '../tree/tree-fixture';
import { findChromium, InspectorBrowser } from './browser-page';
import { SituationRuns, SITUATIONS } from './situations';
import { THEMES, type ThemeName } from './themes';

const folder = process.env.SOCKSCOPE_PICTURES;
const only = (process.env.SOCKSCOPE_ONLY ?? '').split(',').filter((word) => word !== '');

/** Of the names in `all` those that were asked for; all when none was. */
function asked<T extends string>(all: readonly T[]): readonly T[] {
  const wanted = all.filter((name) => only.includes(name));
  return wanted.length > 0 ? wanted : all;
}

describe.skipIf(folder === undefined || findChromium() === undefined)('pictures', () => {
  let browser: InspectorBrowser;
  const runs = new SituationRuns();
  beforeAll(async () => {
    browser = await InspectorBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
  });
  const names = asked(SITUATIONS.map(({ name }) => name));
  test.each(
    SITUATIONS.filter(({ name, onTree }) => names.includes(name) && (onTree !== true || realTree !== undefined)),
  )('$name', async (situation) => {
    const { model } = await runs.at(situation);
    for (const theme of asked(Object.keys(THEMES) as ThemeName[])) {
      for (const ui of asked(['en', 'zh'])) {
        for (const width of asked(['1024', '1920'])) {
          const [w, h] = width === '1024' ? [1024, 768] : [1920, 1080];
          const opened = await browser.open({ theme, settings: { ui, notes: ui }, width: w, height: h });
          await opened.send(showModel, model);
          await opened.page.screenshot({ path: join(folder ?? '', `${situation.name}-${theme}-${ui}-${width}.png`) });
          await opened.page.close();
        }
      }
    }
  });
});
