/** Ladders as pictures, kept as SVG text. `npm run goldens` writes them anew. */
import { expect, test } from 'vitest';
import { ladderSvg } from '../../src/facade/ladder';
import { ladderOfRun } from './ladder-of-run';

for (const scenario of ['handshake', 'syn-lost', 'backlog-overflow', 'fast-retransmit']) {
  for (const language of ['en', 'zh'] as const) {
    test(`${scenario}, ${language}`, async () => {
      const svg = ladderSvg(await ladderOfRun(scenario), scenario, { language });
      await expect(svg).toMatchFileSnapshot(`goldens/${scenario}.${language}.svg`);
    });
  }
}

test('what a scenario says is text in the picture, whatever it says', async () => {
  const svg = ladderSvg(await ladderOfRun('handshake'), '<script>"&\u0000', { language: 'en' });
  expect(svg).toContain('&#60;script&#62;&#34;&#38;\uFFFD');
  expect(svg).not.toContain('<script');
});
