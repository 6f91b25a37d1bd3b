/** The stories that are shipped: how they are written. That runs come to their moments is played by `annotations --check`. */
import { describe, expect, test } from 'vitest';
import { listScenarios } from '../../src/scenario/scenario-list';
import { SourceFile } from '../../src/source/source-file';
import { scenarioStory } from '../../src/facade/story';
import { mediaTexts } from '../cli/cli-fixture';

const media = mediaTexts();
const stories = listScenarios(media).map(({ name, file }) => ({
  name,
  ...scenarioStory(new SourceFile(file, media[file] ?? '')),
}));

describe.each(stories)('$name', ({ story, diagnostics }) => {
  test('has three to eight moments that can be read', () => {
    expect(diagnostics).toEqual([]);
    expect(story.moments.length).toBeGreaterThanOrEqual(3);
    expect(story.moments.length).toBeLessThanOrEqual(8);
  });

  test('is told in both languages, shortly', () => {
    for (const { text, predict } of story.moments) {
      for (const each of predict ? [text, predict] : [text]) {
        expect(each.en).toMatch(/^[^\p{Script=Han}]+[.?!”)]$/u);
        expect(each.zh).toMatch(/\p{Script=Han}/u);
        expect(each.zh).toMatch(/[。？！”）]$/u);
        expect(each.en.length).toBeLessThan(420);
      }
      expect(predict === undefined || predict.en.endsWith('?')).toBe(true);
    }
  });
});
