/** The inspector's page with one of its pictures open. */
import { showModel, showPicture, type ViewSettings } from '../../src/protocol/messages';
import type { Picture } from '../../src/protocol/pictures';
import { sceneViews, type SceneKind } from '../../src/webview/picture-views';
import { wordsOf } from '../../src/webview/strings';
import type { InspectorBrowser, InspectorPage } from './browser-page';
import { models } from './models';
import type { ThemeName } from './themes';

export interface PictureWanted {
  readonly picture: Picture;
  readonly theme?: ThemeName;
  readonly settings?: ViewSettings;
  readonly width?: number;
  readonly height?: number;
}

/** The page with the picture in it, as when its button was pressed. */
export async function withPicture(
  browser: InspectorBrowser,
  { picture, theme = 'dark', settings = { ui: 'en', notes: 'en' }, width = 1024, height = 768 }: PictureWanted,
): Promise<InspectorPage> {
  const page = await browser.open({ theme, settings, width, height });
  const model = models().first;
  await page.send(showModel, model);
  const words = wordsOf(settings.ui);
  const label = picture.kind === 'ladder' ? words.viewLadder : words[sceneViews[picture.kind as SceneKind].button];
  await page.page.getByRole('button', { name: label, exact: true }).click();
  await page.send(showPicture, { session: model.session, picture });
  return page;
}
