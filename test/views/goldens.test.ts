/** The pictures of `src/views`, kept as SVG text. `npm run goldens` writes them anew. */
import { expect, test } from 'vitest';
import { queuesScene, sceneSvg, sessionQueues } from '../../src/facade/views';
import { withRun } from './run-at';

/** Scenarios with the packet behind which their queues are drawn. */
const QUEUES = [
  ['backlog-overflow', 13],
  ['interactive', 8],
] as const;

for (const language of ['en', 'zh'] as const) {
  test.each(QUEUES)(`queues of %s, ${language}`, async (scenario, packet) => {
    const svg = await withRun({ scenario }, async ({ session, history }) => {
      const entry = [...session.journal()].reverse().find((each) => 'packet' in each && each.packet === packet);
      await session.travelTo((entry?.clock ?? 0) + 1);
      return sceneSvg(queuesScene(await sessionQueues(session, history), language), scenario);
    });
    await expect(svg).toMatchFileSnapshot(`goldens/queues.${scenario}.${language}.svg`);
  });
}
