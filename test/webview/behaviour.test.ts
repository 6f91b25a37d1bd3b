/**
 * The inspector in a real browser, used: keys, clicks, what it sends, what it remembers, how it copes with much and with
 * nothing.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { sameText } from '../../src/base/bilingual';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CardModel, InspectorModel, RowModel } from '../../src/protocol/inspector-model';
import {
  changeModel,
  configureView,
  revealCard,
  showField,
  showIdle,
  showModel,
  showRunning,
} from '../../src/protocol/messages';
import { modelChange } from '../../src/protocol/model-change';
import { findChromium, InspectorBrowser, type InspectorPage, type PageOptions } from './browser-page';
import { models } from './models';

describe.skipIf(findChromium() === undefined)('in chromium', () => {
  let browser: InspectorBrowser;
  const recorded = models();
  beforeAll(async () => {
    browser = await InspectorBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
  });

  /** Opens the inspector with a model, runs `use`, and expects that the browser complained about nothing. */
  async function check(
    model: InspectorModel | undefined,
    use: (view: InspectorPage) => Promise<void>,
    options?: PageOptions,
  ): Promise<void> {
    const view = await browser.open(options);
    if (model) {
      await view.send(showModel, model);
    }
    await use(view);
    expect(view.problems).toEqual([]);
    await view.page.close();
  }

  const places = ({ page }: InspectorPage): Promise<Record<string, string>> =>
    page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll<HTMLElement>('.card')].map((card) => [
          card.dataset.card ?? '',
          `${card.style.left} ${card.style.top}`,
        ]),
      ),
    );
  const focused = ({ page }: InspectorPage): Promise<string> =>
    page.evaluate(
      () =>
        `${document.activeElement?.closest<HTMLElement>('.card')?.querySelector('h3')?.textContent ?? ''} ${(document.activeElement as HTMLElement | null)?.dataset.row ?? ''}`,
    );
  const last = async (view: InspectorPage): Promise<unknown> => (await view.sent()).at(-1);

  test('asks for a model when it is ready, and offers to run a scenario when there is none', () =>
    check(undefined, async (view) => {
      await expect.poll(() => view.sent()).toEqual([{ method: 'viewReady', params: {} }]);
      await view.send(showIdle, {});
      await view.page.getByRole('button', { name: 'Run a scenario…' }).click();
      await expect.poll(() => last(view)).toEqual({ method: 'runScenario', params: {} });
    }));

  test('cards stay where they are from step to step, and a card that comes back comes back to its place', () =>
    check(recorded.first, async (view) => {
      const before = await places(view);
      await view.send(showModel, recorded.stepped);
      await expect.poll(() => places(view)).toMatchObject(before);
      await view.send(showModel, recorded.back);
      await expect.poll(() => places(view)).toEqual(before);
    }));

  test('no card covers another', () =>
    check(recorded.busy, async (view) => {
      const covered = await view.page.evaluate(() => {
        const boxes = [...document.querySelectorAll<HTMLElement>('.card')].map((card) => ({
          id: card.dataset.card,
          at: card.getBoundingClientRect(),
        }));
        return boxes.flatMap((a, index) =>
          boxes
            .slice(index + 1)
            .filter(
              (b) =>
                a.at.left < b.at.right && b.at.left < a.at.right && a.at.top < b.at.bottom && b.at.top < a.at.bottom,
            )
            .map((b) => `${a.id} ${b.id}`),
        );
      });
      expect(covered).toEqual([]);
      await expect.poll(() => view.page.locator('path.edge').count()).toBeGreaterThan(6);
    }));

  test('a restored view has the places, the zoom and the folded sections it was left with', async () => {
    let kept: unknown;
    let left: Record<string, string> = {};
    await check(recorded.busy, async (view) => {
      await view.page.getByRole('button', { name: 'Zoom out' }).click();
      await view.page.locator('.section-tcp > summary').click();
      await expect.poll(() => view.page.locator('.section-tcp').getAttribute('open')).toBeNull();
      const state = (): Promise<unknown> =>
        view.page.evaluate(() => (window as unknown as { keptState(): unknown }).keptState());
      await expect.poll(state).toMatchObject({ zoom: expect.any(Number), closed: ['tcp'] });
      left = await places(view);
      kept = await state();
    });
    await check(
      recorded.busy,
      async (view) => {
        await expect.poll(() => places(view)).toEqual(left);
        await expect.poll(() => view.page.locator('.section-tcp').getAttribute('open')).toBeNull();
      },
      { state: kept },
    );
  });

  test('arrow keys move between rows and cards, Enter follows a pointer', () =>
    check(recorded.first, async (view) => {
      const { page } = view;
      await page.locator('.row[tabindex="0"]').focus();
      const first = await focused(view);
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => focused(view)).not.toBe(first);
      const second = await focused(view);
      await page.keyboard.press('ArrowRight');
      await expect.poll(async () => (await focused(view)).split(' ')[0]).not.toBe(second.split(' ')[0]);
      await page.locator('.card[data-card^="socket@"] .row[data-row="sk"]').focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => focused(view)).toBe('sk state');
      await page.locator('.card[data-card^="sock@"] .row[data-row="sleep"]').focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => focused(view)).toBe('sk->socket wait');
    }));

  test('the tool bar is one row of arrow keys, and its buttons send steps', () =>
    check(recorded.back, async (view) => {
      const { page } = view;
      await page.getByRole('button', { name: 'Step over' }).click();
      await expect.poll(() => last(view)).toEqual({ method: 'step', params: { kind: 'over' } });
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect.poll(() => last(view)).toEqual({ method: 'step', params: { kind: 'into' } });
      await page.getByRole('button', { name: 'Step back over' }).click();
      await expect.poll(() => last(view)).toEqual({ method: 'step', params: { kind: 'back-over' } });
    }));

  test('a change is drawn as the whole would be, and one for another model has the whole asked for', () =>
    check(recorded.first, async (view) => {
      await view.send(changeModel, modelChange(recorded.first, recorded.stepped));
      const { clock } = recorded.stepped.stop;
      await expect.poll(() => view.page.locator('input[type=range]').inputValue()).toBe(String(clock));
      const before = await view.sent();
      await view.send(changeModel, modelChange(recorded.busy, recorded.back));
      await expect.poll(() => view.sent()).toEqual([...before, { method: 'askModel', params: {} }]);
      expect(await view.page.locator('input[type=range]').inputValue()).toBe(String(clock));
    }));

  test('while a command runs only pause works', () =>
    check(recorded.back, async (view) => {
      await view.send(showRunning, {});
      const before = await view.sent();
      await view.page.getByRole('button', { name: 'Step over' }).click({ force: true });
      await view.page.getByRole('button', { name: 'Pause' }).click();
      await expect.poll(() => view.sent()).toEqual([...before, { method: 'pause', params: {} }]);
    }));

  test('at the oldest moment there is no way back, at the end none forward', () =>
    check({ ...recorded.back, stop: { ...recorded.back.stop, reason: 'start', clock: 0 } }, async (view) => {
      await expect
        .poll(() => view.page.getByRole('button', { name: 'Step back over' }).getAttribute('aria-disabled'))
        .toBe('true');
      await view.send(showModel, { ...recorded.busy, stop: { ...recorded.busy.stop, reason: 'end' } });
      await expect
        .poll(() => view.page.getByRole('button', { name: 'Step over' }).getAttribute('aria-disabled'))
        .toBe('true');
    }));

  test('the slider, an event and a frame travel', () =>
    check(recorded.busy, async (view) => {
      const { page } = view;
      await page.locator('input[type=range]').fill('700');
      await expect.poll(() => last(view)).toEqual({ method: 'travelTo', params: { clock: 700 } });
      await page.locator('.event.packet button').click();
      await expect.poll(() => last(view)).toEqual({ method: 'travelTo', params: { clock: 910 } });
      await page.locator('.stack button', { hasText: 'inet_listen' }).click();
      await expect
        .poll(() => last(view))
        .toEqual({
          method: 'revealSource',
          params: { path: 'net/ipv4/af_inet.c', line: 231, column: 2 },
        });
      await page.locator('.threads button', { hasText: 'client' }).click();
      await expect.poll(() => last(view)).toEqual({ method: 'selectThread', params: { thread: 1 } });
    }));

  test('unfolding a card and choosing a language are asked of the extension', () =>
    check(recorded.first, async (view) => {
      await view.page.locator('.card[data-card^="sock@"] button.more').click();
      await expect.poll(() => last(view)).toMatchObject({ method: 'expandCard', params: { expanded: true } });
      await view.page.getByRole('combobox', { name: 'Language of the notes' }).selectOption('zh');
      await expect.poll(() => last(view)).toEqual({ method: 'setNoteLanguage', params: { notes: 'zh' } });
      await view.send(configureView, { ui: 'zh', notes: 'zh' });
      await expect.poll(() => view.page.locator('.notes').innerText()).toContain('从这条赋值起');
      await expect.poll(() => view.page.locator('.notes').innerText()).not.toContain('From this assignment');
      await expect.poll(() => view.page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    }));

  test('a stop is announced', () =>
    check(recorded.first, async (view) => {
      await view.send(showModel, recorded.stepped);
      await expect
        .poll(() => view.page.getByRole('status').innerText())
        .toContain('sk->state: 10 (TCP_LISTEN), was 7 (TCP_CLOSE)');
    }));

  test('a change is marked by more than colour', () =>
    check(recorded.stepped, async (view) => {
      const row = view.page.locator('.card[data-card^="sock@"] .row[data-row="state"]');
      await expect.poll(() => row.locator('.was').innerText()).toBe('TCP_CLOSE');
      expect(await row.evaluate((element) => getComputedStyle(element, '::before').content)).toContain('◆');
    }));

  test('the tree has the keys of a tree', () =>
    check(
      recorded.first,
      async (view) => {
        const { page } = view;
        const item = (): Promise<string> =>
          page.evaluate(() => document.activeElement?.textContent?.trim().replace(/\s+/g, ' ') ?? '');
        await page.getByRole('treeitem').first().focus();
        await expect.poll(item).toMatch(/^tcp_listen_start\(\), variables$/);
        await page.keyboard.press('ArrowLeft');
        await expect.poll(() => page.getByRole('treeitem').first().getAttribute('aria-expanded')).toBe('false');
        await page.keyboard.press('ArrowDown');
        await expect.poll(item).toMatch(/^sk, struct sock/);
        await page.keyboard.press('ArrowRight');
        await expect.poll(item).toBe('state: 7 (TCP_CLOSE)');
        await page.keyboard.press('ArrowLeft');
        await expect.poll(item).toMatch(/^sk, struct sock/);
        await page.keyboard.press('t');
        await expect.poll(item).toMatch(/^tcp_prot/);
        await page.keyboard.press('End');
        await page.keyboard.press('Home');
        await expect.poll(item).toMatch(/^tcp_listen_start/);
      },
      { bodyClass: 'vscode-using-screen-reader' },
    ));

  test('a card can be brought into view from outside', () =>
    check(recorded.busy, async (view) => {
      await view.send(revealCard, {
        card: given(
          recorded.busy.cards.find((card) => card.type === 'struct proto'),
          'such item',
        ).id,
        row: 'close',
      });
      await expect.poll(() => focused(view)).toBe('sk->prot close');
    }));

  test('text from the machine is text, whatever it looks like', () =>
    check(
      {
        ...recorded.first,
        notes: [
          {
            id: 'x',
            en: '<img src=x onerror=alert(1)> `sk->prot` and `<b>x</b>`, a lone ` too',
            zh: '<script>alert(1)</script>',
          },
        ],
        cards: recorded.first.cards.map((card, index) =>
          index === 0
            ? {
                ...card,
                title: '<b id="injected">x</b>',
                rows: card.rows.map((row) => ({ ...row, display: '"<i id=injected>"' })),
              }
            : card,
        ),
      },
      async (view) => {
        await expect.poll(() => view.page.locator('#injected, .notes img, .notes script').count()).toBe(0);
        await expect.poll(() => view.page.locator('.notes').innerText()).toContain('<img src=x');
        await expect.poll(() => view.page.locator('.notes code').allInnerTexts()).toEqual(['sk->prot', '<b>x</b>']);
        await expect.poll(() => view.page.locator('.notes').innerText()).toContain('a lone ` too');
      },
    ));

  test('nothing to show, very much to show, and very long values', async () => {
    await check(
      {
        ...recorded.first,
        cards: [],
        sockets: [],
        changes: [],
        events: [],
        stack: [],
        threads: [],
        statement: undefined,
        notes: [],
      },
      async (view) => {
        await expect.poll(() => view.page.locator('.empty').innerText()).toContain('No socket objects');
        await view.screenshot('dark-empty');
      },
    );
    const template = itemAt(recorded.first.cards, 1);
    const many: CardModel[] = Array.from({ length: 40 }, (_, index) => ({
      ...template,
      id: `sock@${index}`,
      title: `s${index}`,
      expanded: index === 0,
      rows: Array.from({ length: 300 }, (__, row) => ({
        ...itemAt(template.rows, 0),
        id: `r${row}`,
        name: `field_with_a_long_name_${row}`,
        display: '9'.repeat(300),
        target: undefined,
      })),
    }));
    const events = Array.from({ length: 400 }, (_, index) => ({
      clock: index,
      thread: 0,
      kind: 'printk' as const,
      text: sameText('x'.repeat(2000)),
    }));
    const focus = [{ card: 'sock@0', touched: false }];
    await check({ ...recorded.first, cards: many, focus, events, eventsLeftOff: 5 }, async (view) => {
      await expect.poll(() => view.page.locator('.card').count()).toBe(1);
      await expect.poll(() => view.page.locator('.card .row').count()).toBe(160);
      await view.page.getByRole('button', { name: 'All 39 other objects' }).click();
      await expect.poll(() => view.page.locator('.chip-list .chip').count()).toBe(24);
      await expect.poll(() => view.page.locator('.chip-list').innerText()).toContain('+15 more');
      await view.page.getByRole('searchbox', { name: 'Search 39 objects' }).fill('s38');
      await expect.poll(() => view.page.locator('.chip-list .chip').allInnerTexts()).toEqual(['s38']);
      await view.page.locator('.chip-list .chip').click();
      await expect.poll(() => view.page.locator('.chip-list').count()).toBe(0);
      await expect.poll(() => view.page.locator('.card').count()).toBe(2);
      await expect.poll(() => view.page.locator('.event').count()).toBe(60);
      await view.page.getByRole('button', { name: /^Show 60 more/ }).click();
      await expect.poll(() => view.page.locator('.event').count()).toBe(120);
    });
  });

  test.each(['en', 'zh'] as const)('chips have two rows; a list has all, opened and left by keys: %s', (ui) => {
    const chips = recorded.first.cards.filter(({ state }) => state !== 'embedded');
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...itemAt(chips, index % chips.length),
      id: `object@${index}`,
      title: `object_of_some_name_${index}`,
      group: { kind: 'process', name: index < 20 ? 'server' : 'client' } as const,
    }));
    return check(
      { ...recorded.first, cards: many, focus: [] },
      async (view) => {
        const { page } = view;
        const button = page.locator('.chip-more');
        for (const width of [300, 1024, 1920]) {
          await page.setViewportSize({ width, height: 768 });
          const inRows = (): Promise<readonly boolean[]> =>
            page.locator('.chip-rows').evaluate((rows) => {
              const { bottom, right } = rows.getBoundingClientRect();
              const boxes = [...rows.querySelectorAll('.chip')].map((chip) => chip.getBoundingClientRect());
              return [
                rows.clientHeight <= 46,
                boxes.length > 0,
                ...boxes.map((box) => box.bottom <= bottom && box.right <= right),
              ];
            });
          await expect.poll(async () => (await inRows()).every(Boolean)).toBe(true);
          const shown = await page.locator('.chip-rows .chip').count();
          expect(await button.innerText()).toContain(ui === 'en' ? `+${60 - shown} more` : `还有 ${60 - shown} 个`);
        }
        await button.focus();
        await page.keyboard.press('Enter');
        await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('chip-search');
        expect(await button.getAttribute('aria-expanded')).toBe('true');
        await page.keyboard.press('Escape');
        await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('chip-more');
        expect(await page.locator('.chip-list').count()).toBe(0);
        await page.keyboard.press('Enter');
        await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('chip-search');
        await page.keyboard.type('name_59');
        await expect.poll(() => page.locator('.chip-list .chip').count()).toBe(1);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await expect.poll(() => page.locator('.card').count()).toBe(1);
        expect(await page.locator('.chip-list').count()).toBe(0);
      },
      { settings: { ui, notes: ui } },
    );
  });

  test('a field in focus says its type, its offset and the note on it', () =>
    check(recorded.first, async (view) => {
      const state = view.page.locator('.card[data-card^="sock@"] .row[data-row="state"]');
      await state.focus();
      const { row, offset } = fieldOf(recorded.first, 'struct sock', 'state');
      await expect.poll(() => last(view)).toEqual({ method: 'explainField', params: { field: 'sock.state' } });
      await view.send(showField, { field: 'sock.state', note: { id: 'x', en: 'What it is.', zh: '状态。' } });
      const detail = (): Promise<string> => view.page.locator('.detail').innerText();
      await expect.poll(detail).toContain(`${row.type} sk->state`);
      await expect.poll(detail).toContain(`offset ${offset}, ${row.size} bytes`);
      await expect.poll(detail).toContain('What it is.');
      await state.blur();
      await expect.poll(() => view.page.locator('.detail').count()).toBe(0);
    }));

  test('a card is kept when the frame is left, closed again, and remembered', async () => {
    let kept: unknown;
    const cards = ({ page }: InspectorPage): Promise<(string | null)[]> => page.locator('.card h3').allTextContents();
    await check(recorded.first, async (view) => {
      await view.page.locator('.chip', { hasText: 'tcp_prot' }).click();
      await expect.poll(() => cards(view)).toContain('tcp_prot');
      await expect.poll(() => focused(view)).toBe('tcp_prot name');
      await view.send(showModel, { ...recorded.back, focus: [] });
      await expect.poll(() => cards(view)).toEqual(['tcp_prot']);
      kept = await view.page.evaluate(() => (window as unknown as { keptState(): unknown }).keptState());
    });
    await check(
      { ...recorded.back, focus: [] },
      async (view) => {
        await expect.poll(() => cards(view)).toEqual(['tcp_prot']);
        await view.page.getByRole('button', { name: 'Close this card' }).click();
        await expect.poll(() => cards(view)).toEqual([]);
        await expect.poll(() => view.page.locator('.empty').innerText()).toContain('open one of the objects');
      },
      { state: kept },
    );
  });

  test('with reduced motion nothing moves by itself', () =>
    check(
      recorded.first,
      async (view) => {
        expect(
          await view.page
            .locator('.card')
            .first()
            .evaluate((card) => getComputedStyle(card).transitionDuration),
        ).toBe('0s');
      },
      { bodyClass: 'vscode-reduce-motion' },
    ));
});

function fieldOf(model: InspectorModel, type: string, id: string): { readonly row: RowModel; readonly offset: number } {
  const card = given(
    model.cards.find((each) => each.type === type),
    'such item',
  );
  const row = given(
    card.rows.find((each) => each.id === id),
    'such item',
  );
  return { row, offset: row.address - card.address };
}
