/**
 * What somebody who sees the page for the first time stumbles over: two names for one thing, another time in the header than
 * in the pictures, a word of the other language, a colour that means nothing.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import { sessionLadder } from '../../src/facade/ladder';
import { showModel, type ViewSettings } from '../../src/protocol/messages';
import type { InspectorModel } from '../../src/protocol/inspector-model';
import { findChromium, InspectorBrowser, type InspectorPage } from './browser-page';
import { SituationRuns, SITUATIONS } from './situations';

const runs = new SituationRuns();
const at = (name: string): ReturnType<SituationRuns['at']> =>
  runs.at(
    given(
      SITUATIONS.find((each) => each.name === name),
      name,
    ),
  );

describe.skipIf(findChromium() === undefined)('at first sight', () => {
  let browser: InspectorBrowser;
  beforeAll(async () => {
    browser = await InspectorBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
  });
  const opened = async (model: InspectorModel, ui: ViewSettings['ui'] = 'en'): Promise<InspectorPage> => {
    const view = await browser.open({ settings: { ui, notes: ui }, width: 1024, height: 768 });
    await view.send(showModel, model);
    return view;
  };
  const textOf = async ({ page }: InspectorPage, selector: string): Promise<string> =>
    (await page.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim()).join('\n');

  test('a socket in a list is called what it is called everywhere', async () => {
    const { model } = await at('two-acceptors');
    const owners = await textOf(await opened(model), '.row[data-row=owners] .chain-item');
    expect(owners.split('\n')).toEqual(['child of listener #1', 'listener 0.0.0.0:8080']);
  });

  test('a sleeper sleeps in the function that called the scheduler, in words of the language', async () => {
    const { model } = await at('two-acceptors');
    expect(await textOf(await opened(model), '.section-threads')).toContain('pid 100 · sleeping in wait_for_connect');
    const zh = await textOf(await opened(model, 'zh'), '.section-threads');
    expect(zh).toContain('pid 100 · 在 wait_for_connect 中睡眠');
    expect(zh).not.toMatch(/ in |schedule/);
  });

  test('the header has the time that the pictures have', async () => {
    const { model, session } = await at('retransmission');
    expect(await textOf(await opened(model), '.timeline .time')).toBe('3.30 s, jiffies 1330');
    const earlier = sessionLadder(session).rows.at(-1)?.time ?? 0;
    expect(earlier).toBeLessThanOrEqual(3_300_000);
    const handshake = await at('handshake');
    expect(await textOf(await opened(handshake.model, 'zh'), '.timeline .time')).toBe('0.10 秒，jiffies 1010');
    expect(sessionLadder(handshake.session).rows.at(-1)?.time).toBe(100_000);
  });

  test('what runs where no process does has a word of the language', async () => {
    const { model } = await at('retransmission');
    expect(await textOf(await opened(model, 'zh'), '.section-threads .link')).toContain('中断');
  });

  test('an address stands once, and half-open requests are counted', async () => {
    const { model } = await at('handshake');
    const view = await opened(model);
    expect((await textOf(view, '.section-tcp li')).split('0.0.0.0:8080')).toHaveLength(2);
    expect(await view.page.locator('.section-tcp .count').textContent()).toBe('3');
    expect(await view.page.locator('.section-tcp li').count()).toBe(3);
  });

  test('a running call does not tell what the script expects it to write', async () => {
    const { model, session } = await at('handshake');
    const view = await opened(model);
    expect(await textOf(view, '.section-threads code')).toContain('accept(3, ..., ...)');
    expect(sessionLadder(session).rows.map((row) => ('text' in row ? row.text.en : ''))).toContain(
      'accept(3, ..., ...)',
    );
  });

  test('a dropped packet is told where the run stands, not on the way of a drag', async () => {
    const { model } = await at('overflow');
    const view = await opened(model, 'zh');
    expect(await textOf(view, '.statement .happening')).toMatch(/^报文 9 在 tcp_v4_do_rcv.*被丢弃/);
    await view.send(showModel, { ...model, isPassing: true });
    expect(await view.page.locator('.statement .happening').count()).toBe(0);
  });

  test('that the window is closed is on the projector', async () => {
    const { model } = await at('window-closed');
    for (const ui of ['en', 'zh'] as const) {
      const view = await opened(model, ui);
      expect(await textOf(view, '.row[data-row=snd_wnd]')).toBe('snd_wnd 0');
    }
  });

  test('what has changed within a control block is told with its new value', async () => {
    const { model } = await at('retransmission');
    expect(await textOf(await opened(model), '.row[data-row=cb]')).toMatch(/^cb when 1330 \(\+0\.00 s\) when 1030/);
  });

  test('who waits is told apart among the chips', async () => {
    const { model } = await at('two-acceptors');
    const view = await opened(model);
    await view.page.locator('.chip-more').click();
    const chips = await textOf(view, '.chip-list .chip');
    expect(chips).toContain('pid 100 A · __wait_queue');
    expect(chips).toContain('pid 102 B · __wait_queue');
  });

  test('the states in the small diagram can be read on a projector', async () => {
    const { model } = await at('window-closed');
    const { page } = await opened(model);
    const drawn = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.tcp-diagram .state')].map((state) => ({
        box: state.querySelector('rect')?.getBoundingClientRect(),
        text: state.querySelector('text')?.getBoundingClientRect(),
      }));
      return {
        heights: boxes.map(({ text }) => text?.height ?? 0),
        out: boxes.filter(({ box, text }) => box && text && (text.left < box.left || text.right > box.right)).length,
      };
    });
    expect(Math.min(...drawn.heights)).toBeGreaterThan(9);
    expect(drawn.out).toBe(0);
  });

  test('a button looks the same on every card', async () => {
    const { model } = await at('create');
    const { page } = await opened(model);
    const colours = await page
      .locator('.card-button .codicon')
      .evaluateAll((icons) => icons.map((icon) => getComputedStyle(icon).color));
    expect(colours.length).toBeGreaterThan(3);
    expect(new Set(colours).size).toBe(1);
  });
});
