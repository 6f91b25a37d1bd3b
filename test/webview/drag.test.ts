/**
 * Dragging through a real run: on the way the page has what is in sight, at the end it shows what a travel there at once
 * would have shown.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { itemAt } from '../../src/base/checked-access';
import { InspectorModelBuilder } from '../../src/editor/inspector-model';
import { ModelSender } from '../../src/editor/model-sender';
import type { SessionApi } from '../../src/facade/session';
import type { CardModel, InspectorModel } from '../../src/protocol/inspector-model';
import { applyChange, modelChange } from '../../src/protocol/model-change';
import { changeModel, showModel, travelTo } from '../../src/protocol/messages';
import { withRun } from '../views/run-at';
import { findChromium, InspectorBrowser, type InspectorPage } from './browser-page';

/** A moment of the run, as a part of it. */
const at = ({ stop }: SessionApi, part: number): number => Math.round(stop.frontier * part);
const scenario = 'handshake';
/** Where the drag begins, its way, its end. */
const START = 0.31;
const WAY = [0.4, 0.95, 0.62, 0.2, 0.7];
const END = 0.55;

async function gone(session: SessionApi, builder: InspectorModelBuilder, part: number): Promise<InspectorModel> {
  await session.travelTo(at(session, part));
  return builder.build();
}

/** A model without what counts models. */
const plain = ({ revision: _, ...model }: InspectorModel): unknown => JSON.parse(JSON.stringify(model));

test('at the end of a drag the model is that of a travel there at once', async () => {
  const wanted = await withRun({ scenario }, async ({ session }) => {
    const builder = new InspectorModelBuilder(session, 'run');
    await gone(session, builder, START);
    return gone(session, builder, END);
  });
  await withRun({ scenario }, async ({ session }) => {
    const builder = new InspectorModelBuilder(session, 'run');
    await gone(session, builder, START);
    await gone(session, builder, itemAt(WAY, 0));
    for (const part of [...WAY.slice(1), END]) {
      await session.travelTo(at(session, part), { goesOn: true });
      expect(builder.build({ passing: [] }).isPassing).toBe(true);
    }
    expect(plain(builder.build())).toEqual(plain(wanted));
    expect(wanted.changes.length).toBeGreaterThan(0);
    await session.run('into');
    const stepped = builder.build();
    const marked = stepped.cards.flatMap(({ rows }) => rows.filter(({ changed }) => changed === true));
    expect(marked.length).toBeLessThanOrEqual(stepped.changes.length);
  });
});

test('on the way the cards in sight are of the moment, and the page makes the same of the differences', async () => {
  await withRun({ scenario }, async ({ session }) => {
    const builder = new InspectorModelBuilder(session, 'run');
    const start = await gone(session, builder, START);
    const inFocus = ({ focus }: InspectorModel): ReadonlySet<string> => new Set(focus.map(({ card }) => card));
    const opened = start.cards.find(({ id, kind }) => kind === 'sock' && !inFocus(start).has(id))?.id ?? '';
    expect(opened).not.toBe('');
    const shown = (model: InspectorModel): readonly CardModel[] =>
      model.cards.filter(({ id }) => inFocus(model).has(id) || id === opened);
    let page: InspectorModel | undefined = start;
    let sent = start;
    for (const part of [...WAY, END]) {
      await session.travelTo(at(session, part), { goesOn: true });
      const passing = builder.build({ passing: [opened] });
      const whole = new InspectorModelBuilder(session, 'run').build();
      expect(values(shown(passing), shown(whole))).toEqual(values(shown(whole), shown(whole)));
      const { stop, statement, threads, stack, focus } = whole;
      expect(passing).toMatchObject({ stop, statement, threads, stack, focus });
      expect(passing.events).toBe(start.events);
      page = applyChange(page, modelChange(sent, passing));
      expect(page).toEqual(passing);
      sent = passing;
    }
  });
});

test('where a drag begins with nothing known the model is whole', async () => {
  await withRun({ scenario }, ({ session }) => {
    expect(new InspectorModelBuilder(session, 'run').build({ passing: [] }).isPassing).toBeUndefined();
  });
});

/** What cards say, without the rows that a move has changed in others. */
function values(cards: readonly CardModel[], others: readonly CardModel[]): readonly unknown[] {
  return cards.map(({ id, title, summary, rows }) => {
    const changed = others.find((each) => each.id === id)?.rows.filter((row) => row.changed === true) ?? [];
    const same = rows.filter((row) => !changed.some((each) => each.id === row.id));
    return [id, title, summary, same.map(({ id: row, display }) => [row, display])];
  });
}

describe.skipIf(findChromium() === undefined)('in the page', () => {
  let browser: InspectorBrowser;
  beforeAll(async () => {
    browser = await InspectorBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
  });

  /** All that is seen or read out: cards with their places and rows, chips, lists; of the rows one can be tabbed to. */
  const seen = ({ page }: InspectorPage): Promise<readonly string[]> =>
    page.evaluate(() => {
      const attributes = ({ attributes: all }: Element): readonly string[] =>
        [...all]
          .filter(({ name }) => name !== 'tabindex')
          .map(({ name, value }) => `${name}=${value.trim().split(/\s+/).sort().join(' ')}`)
          .sort();
      const parts = document.querySelectorAll('.card, .edges, .chip, .side .section, .statement, .timeline');
      const said = [...parts].map((part) => [
        ...[part, ...part.querySelectorAll('*')].flatMap(attributes),
        part.textContent.replace(/\s+/g, ' '),
      ]);
      const stops = document.querySelectorAll('.row[tabindex="0"]').length;
      return [`${stops} tab stop`, ...said.map((lines) => lines.join('\n'))];
    });
  /** Nodes of the page, comments too. */
  const nodesIn = ({ page }: InspectorPage): Promise<number> =>
    page.evaluate(() => {
      const all = document.createTreeWalker(document.body);
      let count = 0;
      while (all.nextNode()) {
        count++;
      }
      return count;
    });

  test('after a drag the page is as after a travel there at once', async () => {
    const settings = { ui: 'en', notes: 'en' } as const;
    const atOnce = await browser.open({ settings, width: 1024, height: 768 });
    const dragged = await browser.open({ settings, width: 1024, height: 768 });
    await withRun({ scenario }, async ({ session }) => {
      const builder = new InspectorModelBuilder(session, 'run');
      await atOnce.send(showModel, await gone(session, builder, START));
      await atOnce.send(showModel, await gone(session, builder, END));
    });
    await withRun({ scenario }, async ({ session }) => {
      const builder = new InspectorModelBuilder(session, 'run');
      const sender = new ModelSender();
      const send = async (model: InspectorModel): Promise<void> => {
        const { method, params } = sender.message(model);
        await (method === showModel.method
          ? dragged.send(showModel, params as InspectorModel)
          : dragged.send(changeModel, params as Parameters<typeof applyChange>[1]));
      };
      await send(await gone(session, builder, START));
      const slider = dragged.page.locator('input[type=range]');
      const asked = async (): Promise<unknown> => (await dragged.sent()).at(-1);
      const [first, ...others] = [...WAY, END].map((part) => at(session, part));
      await slider.fill(String(first));
      expect(await asked()).toEqual({ method: travelTo.method, params: { clock: first } });
      await session.travelTo(first ?? 0);
      for (const clock of others) {
        await slider.fill(String(clock));
        await send(builder.build(session.stop.clock === first ? {} : { passing: [] }));
        expect(await asked()).toEqual({ method: travelTo.method, params: { clock, passing: [] } });
        expect(await dragged.page.locator('.card.changed').count()).toBe(0);
        await session.travelTo(clock, { goesOn: true });
      }
      await send(builder.build({ passing: [] }));
      expect(await dragged.page.locator('main.passing').count()).toBe(1);
      expect(await asked()).toEqual({ method: 'restHere', params: {} });
      await send(builder.build());
    });
    await dragged.page.mouse.move(0, 0);
    expect(await seen(dragged)).toEqual(await seen(atOnce));
    expect(await dragged.page.locator('main.passing').count()).toBe(0);
    expect([...dragged.problems, ...atOnce.problems]).toEqual([]);
  });

  /** What each row, chip and list says, by its place; what the keyboard and the pointer do to it left away. */
  const said = ({ page }: InspectorPage): Promise<Readonly<Record<string, string>>> =>
    page.evaluate(() => {
      const of = (element: Element): string =>
        [element, ...element.querySelectorAll('*')]
          .map((each) => {
            const told = ['class', 'aria-label', 'title', 'aria-current', 'data-target', 'aria-expanded'];
            const words = (name: string): string =>
              (each.getAttribute(name) ?? '').trim().split(/\s+/).sort().join(' ');
            return told.map(words).join('|');
          })
          .concat(element.textContent.replace(/\s+/g, ' ').trim())
          .join('\n');
      const rows = [...document.querySelectorAll<HTMLElement>('.card')].flatMap((card) =>
        [...card.querySelectorAll<HTMLElement>('.row')].map((row) => [
          `${card.dataset.card} ${row.dataset.row}`,
          of(row),
        ]),
      );
      const chips = [...document.querySelectorAll<HTMLElement>('.chip')].map((chip) => [
        `chip ${chip.dataset.chip}`,
        of(chip),
      ]);
      const heads = [...document.querySelectorAll<HTMLElement>('.card')].map((card) => [
        `head ${card.dataset.card}`,
        `${card.className.trim().split(/\s+/).sort().join(' ')} ${[...card.querySelectorAll('.card-head')].map(of).join()}`,
      ]);
      const lists = [...document.querySelectorAll('.side .section, .statement')].map((part, index) => [
        `list ${index}`,
        of(part),
      ]);
      return Object.fromEntries([...rows, ...chips, ...heads, ...lists]) as Record<string, string>;
    });

  test.each(['en', 'zh'] as const)(
    'twenty steps on, ten back and a drag leave no word, mark or ring behind: %s',
    async (ui) => {
      const settings = { ui, notes: ui };
      const walked = await browser.open({ settings, width: 1024, height: 768 });
      const fresh = await browser.open({ settings, width: 1024, height: 768 });
      await withRun({ scenario }, async ({ session }) => {
        const builder = new InspectorModelBuilder(session, 'run');
        const sender = new ModelSender();
        const show = async (model: InspectorModel): Promise<void> => {
          const { method, params } = sender.message(model);
          await (method === showModel.method
            ? walked.send(showModel, params as InspectorModel)
            : walked.send(changeModel, params as Parameters<typeof applyChange>[1]));
        };
        await show(await gone(session, builder, START));
        await walked.page.locator('.chip').first().click();
        await walked.page.locator('.card .row').first().hover();
        for (const kind of [...Array<'into'>(20).fill('into'), ...Array<'back-into'>(10).fill('back-into')]) {
          await session.run(kind);
          await show(builder.build());
        }
        for (const part of WAY) {
          await session.travelTo(at(session, part), { goesOn: true });
          await show(builder.build({ passing: [] }));
        }
        const last = await gone(session, builder, END);
        await show(last);
        await walked.page.mouse.move(0, 0);
        await fresh.send(showModel, last);
      });
      const [now, anew] = [await said(walked), await said(fresh)];
      // A card that was opened, and rows that were shown before, stay: they are compared where both have them.
      const shared = Object.keys(anew).filter((key) => key in now && !key.startsWith('head'));
      expect(shared.length).toBeGreaterThan(40);
      expect(Object.fromEntries(shared.map((key) => [key, now[key]]))).toEqual(
        Object.fromEntries(shared.map((key) => [key, anew[key]])),
      );
      expect(walked.problems).toEqual([]);
    },
  );

  test('going to and fro leaves nothing behind in the page', async () => {
    const page = await browser.open({ settings: { ui: 'en', notes: 'en' }, width: 1024, height: 768 });
    await withRun({ scenario }, async ({ session }) => {
      const nodes: number[] = [];
      for (let round = 0; round < 4; round++) {
        for (const part of [START, ...WAY, END]) {
          await session.travelTo(at(session, part));
          await page.send(showModel, new InspectorModelBuilder(session, 'run').build());
        }
        nodes.push(await nodesIn(page));
      }
      expect(nodes.slice(2)).toEqual([nodes[1], nodes[1]]);
    });
    expect(page.problems).toEqual([]);
  });

  test('a list of all objects is whole at each picture', async () => {
    const page = await browser.open({ settings: { ui: 'en', notes: 'en' }, state: { view: 'tree' } });
    await withRun({ scenario }, async ({ session }) => {
      const builder = new InspectorModelBuilder(session, 'run');
      await page.send(showModel, await gone(session, builder, START));
      const slider = page.page.locator('input[type=range]');
      await slider.fill('700');
      await slider.fill('650');
      await page.send(showModel, await gone(session, builder, END));
      expect((await page.sent()).at(-1)).toEqual({ method: travelTo.method, params: { clock: 650 } });
    });
    expect(page.problems).toEqual([]);
  });
});
