/** Every bundled scenario has one theme; those that show a function come in a good order. */
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
