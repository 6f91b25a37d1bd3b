/** A change makes of the model before the model now, and of what is as before the same objects. */
import { describe, expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import { ModelSender } from '../../src/editor/model-sender';
import { applyChange, modelChange, type ModelChange } from '../../src/protocol/model-change';
import type { EventModel, InspectorModel } from '../../src/protocol/inspector-model';
import { models } from './models';

const { first, stepped, busy, fault } = models();
/** As it comes out at the other side. */
const sent = <T>(data: T): T => JSON.parse(JSON.stringify(data)) as T;
const event = (clock: number): EventModel => ({ clock, thread: 0, kind: 'other', text: { en: `${clock}`, zh: '' } });

describe('a change', () => {
  const all = [first, stepped, busy, fault].map(sent);
  const pairs = all.flatMap((before) => all.map((now) => [before, { ...now, session: before.session }] as const));
  test.each(pairs)('leads from revision to revision', (before, now) => {
    expect(sent(applyChange(before, sent(modelChange(before, now))))).toEqual(sent(now));
  });

  test('leaves what is as before the same object, and sends nothing of it', () => {
    const before = sent(busy);
    const now = { ...sent(busy), revision: 99, changes: [] };
    const change = modelChange(before, now);
    expect(change.cards.every((card) => typeof card === 'string')).toBe(true);
    const made = given(applyChange(before, sent(change)), 'a model');
    expect(made.events).toBe(before.events);
    expect(made.sockets).toBe(before.sockets);
    expect(made.cards.every((card, index) => card === before.cards[index])).toBe(true);
  });

  const withEvents = (clocks: readonly number[]): InspectorModel => ({ ...busy, events: clocks.map(event) });
  test.each([
    ['one is added', [1, 2, 3], [1, 2, 3, 4], 1],
    ['the oldest goes', [1, 2, 3], [2, 3, 4], 1],
    ['the run goes back', [3, 4, 5], [1, 2, 3, 4], 2],
    ['another way is taken', [1, 2, 3], [1, 2, 7], 1],
    ['all are others', [1, 2], [8, 9], 2],
    ['there were none', [], [1], 1],
    ['there are none any more', [1, 2], [], 0],
  ])('of events only those that are new go: %s', (_what, before, now, count) => {
    const change = sent(modelChange(withEvents(before), withEvents(now)));
    expect(change.events.before.length + change.events.after.length).toBe(count);
    expect(applyChange(withEvents(before), change)?.events).toEqual(withEvents(now).events);
  });

  test('is for one model only', () => {
    const change: ModelChange = modelChange(first, stepped);
    expect(applyChange(undefined, change)).toBeUndefined();
    expect(applyChange({ ...first, revision: 77 }, change)).toBeUndefined();
    expect(applyChange({ ...first, session: 'other' }, change)).toBeUndefined();
  });
});

describe('models on their way to the page', () => {
  const methods = (sender: ModelSender, each: readonly InspectorModel[]): string[] =>
    each.map((model) => sender.message(model).method);

  test('go whole at first and for another run, then as changes', () => {
    expect(methods(new ModelSender(), [first, stepped, { ...busy, session: 'other' }])).toEqual([
      'showModel',
      'changeModel',
      'showModel',
    ]);
  });

  test('go whole to a page that has forgotten', () => {
    const sender = new ModelSender();
    sender.message(first);
    sender.forget();
    expect(sender.message(stepped).method).toBe('showModel');
  });
});
