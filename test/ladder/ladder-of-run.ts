/** A bundled scenario, run to its end or to a clock, and its ladder. */
import { sessionLadder, type Ladder } from '../../src/facade/ladder';
import { openSession, ProgramCache } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from '../tree/tree-fixture';

const cache = new ProgramCache();
const media = mediaTexts();

/** What `use` gives of a session that stands at the end of the scenario, or at a clock. */
export async function withRun<T>(
  scenario: string,
  use: (session: SessionApi) => T | Promise<T>,
  until?: number,
): Promise<T> {
  const { session, diagnostics } = await openSession({ media, wasm: wasmFiles(), cache, scenario });
  if (!session) {
    throw new Error(JSON.stringify(diagnostics));
  }
  try {
    await session.start();
    await (until === undefined ? session.run('continue') : session.travelTo(until));
    return await use(session);
  } finally {
    session.dispose();
  }
}

export function ladderOfRun(scenario: string, until?: number): Promise<Ladder> {
  return withRun(scenario, sessionLadder, until);
}

/** Names of all bundled scenarios. */
export function scenarioNames(): string[] {
  return Object.keys(media).flatMap((path) => /(?:^|\/)scenarios\/(.*)\.pkt$/.exec(path)?.[1] ?? []);
}
