/** The pictures of `src/views`, kept as SVG text. `npm run goldens` writes them anew. */
import { expect, test } from 'vitest';
import {
  curvesScene,
  queuesScene,
  sceneSvg,
  sessionCurves,
  sessionQueues,
  sessionStates,
  sessionTimeline,
  statesScene,
  timelineScene,
  type Scene,
} from '../../src/facade/views';
import { withRun, type RunAt } from './run-at';

/** Scenarios with the packet behind which they are drawn. */
const MOMENTS = [
  ['queues', 'backlog-overflow', 13],
  ['queues', 'interactive', 8],
  ['states', 'backlog-overflow', 13],
  ['states', 'connection-life', 10],
] as const;

function sceneOf(picture: 'queues' | 'states', { session, history }: RunAt, language: 'en' | 'zh'): Promise<Scene> {
  return picture === 'queues'
    ? sessionQueues(session, history).then((model) => queuesScene(model, language))
    : sessionStates(session, history).then((model) => statesScene(model, language));
}

for (const language of ['en', 'zh'] as const) {
  test.each(MOMENTS)(`%s of %s, ${language}`, async (picture, scenario, packet) => {
    const svg = await withRun({ scenario }, async (run) => {
      const entry = [...run.session.journal()].reverse().find((each) => 'packet' in each && each.packet === packet);
      await run.session.travelTo((entry?.clock ?? 0) + 1);
      return sceneSvg(await sceneOf(picture, run, language), scenario);
    });
    await expect(svg).toMatchFileSnapshot(`goldens/${picture}.${scenario}.${language}.svg`);
  });
}

for (const language of ['en', 'zh'] as const) {
  test.each(['syn-lost', 'fast-retransmit'])(`graphs of %s, ${language}`, async (scenario) => {
    const svg = await withRun({ scenario }, async ({ session, history }) => {
      const model = await sessionCurves(session, history);
      return model && sceneSvg(curvesScene(model, language), scenario);
    });
    await expect(svg).toMatchFileSnapshot(`goldens/graph.${scenario}.${language}.svg`);
  });
}

for (const language of ['en', 'zh'] as const) {
  test.each(['handshake', 'syn-lost'])(`timeline of %s, ${language}`, async (scenario) => {
    const svg = await withRun({ scenario }, ({ session }) =>
      sceneSvg(timelineScene(sessionTimeline(session), language), scenario),
    );
    await expect(svg).toMatchFileSnapshot(`goldens/timeline.${scenario}.${language}.svg`);
  });
}
