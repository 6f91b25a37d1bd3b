/** The ladder of a bundled scenario, run to its end or to a clock. */
import { sessionLadder, type Ladder } from '../../src/facade/ladder';
import { openSession, ProgramCache } from '../../src/facade/open-session';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from '../tree/tree-fixture';

const cache = new ProgramCache();
const media = mediaTexts();

export async function ladderOfRun(scenario: string, until?: number): Promise<Ladder> {
  const { session, diagnostics } = await openSession({ media, wasm: wasmFiles(), cache, scenario });
  if (!session) {
    throw new Error(JSON.stringify(diagnostics));
  }
  try {
    await session.start();
    await (until === undefined ? session.run('continue') : session.travelTo(until));
    return sessionLadder(session);
  } finally {
    session.dispose();
  }
}
