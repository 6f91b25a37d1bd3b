/** Every bundled scenario has one theme; those that show a function come in a good order. */
import { itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { listScenarios, scenariosByTheme, showingBest, themes } from '../../src/scenario/scenario-list';
import { mediaTexts } from '../cli/cli-fixture';

const media = mediaTexts();
const all = listScenarios(media);
const table = JSON.parse(media['media/scenarios/themes.json'] ?? '{}') as {
  recommended: string[];
  themes: Record<string, string[]>;
};

describe('themes', () => {
  test('each scenario has exactly one, and each theme is known', () => {
    expect(Object.values(table.themes).flat().sort()).toEqual(all.map(({ name }) => name).sort());
    expect(Object.keys(table.themes)).toEqual([...themes]);
    expect(all.filter(({ theme }) => theme === undefined)).toEqual([]);
  });
  test('five are recommended, for beginners, and there is no other name', () => {
    expect(all.filter(({ recommended }) => recommended).map(({ level }) => level)).toEqual([1, 1, 1, 1, 1]);
    expect(table.recommended).toHaveLength(5);
  });
  test('by theme each comes once, as the table has them; what has no theme comes last', () => {
    const own = all.slice(0, 1).map((each) => ({ ...each, name: 'own', theme: undefined }));
    const groups = scenariosByTheme([...own, ...[...all].reverse()]);
    expect(groups.map(({ theme, entries }) => [theme, entries.map(({ name }) => name)])).toEqual([
      ...Object.entries(table.themes),
      [undefined, ['own']],
    ]);
  });
  test('without a table there is no theme, and the list is the same', () => {
    const { 'media/scenarios/themes.json': _none, ...rest } = media;
    expect(listScenarios(rest).map(({ name, theme }) => [name, theme])).toEqual(
      all.map(({ name }) => [name, undefined]),
    );
  });
});

test('handshake shows best what a server does with a SYN, and tcp-socket how a socket is made', () => {
  expect(showingBest(all, 'tcp_v4_conn_request')[0]?.name).toBe('handshake');
  expect(showingBest(all, 'inet_create')[0]?.name).toBe('tcp-socket');
  expect(showingBest(all, 'no_such_function')).toEqual([]);
});

describe('an entry of the list', () => {
  const entryOf = (name: string, text: string, table: object = {}): object | undefined =>
    listScenarios({
      [`media/scenarios/${name}.pkt`]: text,
      'media/scenarios/themes.json': JSON.stringify({ recommended: [], themes: {}, ...table }),
    })[0];
  const close = '+0 close(3) = 0\n';
  test('what its file says', () =>
    expect(entryOf('a', `//! title.en: A\n//! about.en: B\n//! about.zh: 乙\n//! shows: f, g\n${close}`)).toEqual({
      name: 'a',
      file: 'media/scenarios/a.pkt',
      title: { en: 'A', zh: 'A' },
      about: { en: 'B', zh: '乙' },
      shows: ['f', 'g'],
      theme: undefined,
      place: 0,
      recommended: false,
      level: 2,
      minutes: 1,
    }));
  test('what the table says', () => {
    const in_ = (theme: string, recommended: string[] = []): unknown =>
      entryOf('a', close, { recommended, themes: { [theme]: ['x', 'a'] } });
    expect(in_('first-steps')).toMatchObject({ theme: 'first-steps', place: 1, level: 1, recommended: false });
    expect(in_('loss')).toMatchObject({ theme: 'loss', place: 1, level: 3 });
    expect(in_('loss', ['a'])).toMatchObject({ level: 1, recommended: true });
    expect(in_('udp', ['b'])).toMatchObject({ level: 2, recommended: false });
  });
  test('two events a minute', () =>
    expect([1, 2, 4, 5, 7, 20].map((count) => entryOf('a', close.repeat(count)))).toMatchObject(
      [1, 1, 2, 3, 4, 10].map((minutes) => ({ minutes })),
    ));
  test('those that show a function best are recommended, then easy, then name it early, then name little else', () => {
    const shows = (name: string, level: 1 | 2 | 3, functions: string[], recommended = false): (typeof all)[number] => ({
      ...itemAt(all, 0),
      ...{ name, level, shows: functions, recommended },
    });
    const list = [
      shows('long', 1, ['f', 'g', 'h']),
      shows('short', 1, ['f']),
      shows('hard', 3, ['f']),
      shows('late', 1, ['g', 'f']),
      shows('not', 1, ['g'], true),
      shows('first', 2, ['g', 'h', 'f'], true),
    ];
    expect(showingBest(list, 'f').map(({ name }) => name)).toEqual(['first', 'short', 'long', 'late', 'hard']);
  });
});
