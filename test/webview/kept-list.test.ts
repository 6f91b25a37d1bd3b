/** Lists that keep elements, in a real browser: in any order, with elements that become others, and nothing left behind. */
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from './browser-page';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** In the page: shows these items, and answers how each is drawn. */
const SHOW = `
  import { html, render } from 'lit';
  import { list } from './src/webview/kept-list';
  const keyed = new Map();
  let last = 0;
  const numberOf = (element) => {
    keyed.set(element, keyed.get(element) ?? ++last);
    return keyed.get(element);
  };
  window.show = (ids, taken) => {
    const row = (id) => html\`<li data-id=\${id}>\${id === 'b' ? html\`<b>\${id}</b>\` : id}</li>\`;
    render(html\`<ul>\${list(ids, (id) => id, row, (gone) => taken.includes(gone))}</ul>\`, document.body);
    const items = [...document.querySelectorAll('li')];
    return {
      drawn: items.map((item) => [item.dataset.id, item.textContent, numberOf(item)]),
      nodes: document.querySelector('ul').childNodes.length,
    };
  };`;

interface Shown {
  readonly drawn: readonly (readonly [id: string, text: string, element: number])[];
  readonly nodes: number;
}

declare global {
  interface Window {
    show(this: void, ids: readonly string[], taken: readonly string[]): Shown;
  }
}

describe.skipIf(findChromium() === undefined)('a list of the page', () => {
  let browser: Browser;
  let script: string;
  beforeAll(async () => {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: SHOW, resolveDir: root, loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      tsconfig: `${root}/tsconfig.json`,
    });
    script = outputFiles[0]?.text ?? '';
    browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser.close();
  });

  const page = async (): Promise<Page> => {
    const opened = await browser.newPage();
    await opened.addScriptTag({ content: script });
    return opened;
  };
  const show = (on: Page, ids: string, taken = ''): Promise<Shown> =>
    on.evaluate(([now, gone]) => window.show(now, gone), [[...ids], [...taken]] as const);
  const elements = ({ drawn }: Shown): Readonly<Record<string, number>> =>
    Object.fromEntries(drawn.map(([id, , element]) => [id, element]));

  test('what stays keeps its element, what is new takes that of what is gone, where it may', async () => {
    const on = await page();
    const first = elements(await show(on, 'abcd'));
    const second = elements(await show(on, 'dxac', 'b'));
    expect(second).toEqual({ a: first.a, c: first.c, d: first.d, x: first.b });
    const third = elements(await show(on, 'yac', ''));
    expect(third).toEqual({ a: first.a, c: first.c, y: 5 });
    expect((await show(on, '')).drawn).toEqual([]);
  });

  test('in any order, after any other, each item is there once, and the page grows by nothing', async () => {
    const on = await page();
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
    const letters = [...'abcdefghij'];
    const nodes = new Map<number, number>();
    let before: Readonly<Record<string, number>> = {};
    for (let round = 0; round < 120; round++) {
      const ids = letters.filter(() => random(3) > 0);
      for (let swap = random(4); swap > 0 && ids.length > 0; swap--) {
        ids.splice(random(ids.length), 0, ...ids.splice(random(ids.length), 1));
      }
      const shown = await show(on, ids.join(''), letters.filter(() => random(2) > 0).join(''));
      expect(shown.drawn.map(([id, text]) => [id, text])).toEqual(ids.map((id) => [id, id]));
      const now = elements(shown);
      const stayed = ids.filter((id) => before[id] !== undefined);
      expect(stayed.map((id) => now[id])).toEqual(stayed.map((id) => before[id]));
      expect(new Set(Object.values(now)).size).toBe(ids.length);
      nodes.set(ids.length, nodes.get(ids.length) ?? shown.nodes);
      expect(shown.nodes).toBe(nodes.get(ids.length));
      before = now;
    }
  });

  test('what has the focus keeps it where others come and go before it', async () => {
    const on = await page();
    await show(on, 'abcd');
    await on.evaluate(() => {
      const item = document.querySelector<HTMLElement>('[data-id=c]');
      item?.setAttribute('tabindex', '0');
      item?.focus();
    });
    const focused = (): Promise<string | undefined> =>
      on.evaluate(() => (document.activeElement as HTMLElement).dataset.id);
    for (const ids of ['acd', 'xyacd', 'bacyd', 'c']) {
      await show(on, ids, 'abxy');
      expect(await focused()).toBe('c');
    }
  });
});
