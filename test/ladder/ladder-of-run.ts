/** A bundled scenario, run to its end or to a clock, and its ladder. */
import { sessionLadder, type Ladder } from '../../src/facade/ladder';
import type { SessionApi } from '../../src/facade/session';
import { mediaTexts } from '../cli/cli-fixture';
import { withRun as withRunAt } from '../views/run-at';

/** What `use` gives of a session that stands at the end of the scenario, or at a clock. */
export function withRun<T>(scenario: string, use: (session: SessionApi) => T | Promise<T>, until?: number): Promise<T> {
  return withRunAt({ scenario, ...(until === undefined ? {} : { until }) }, ({ session }) => use(session));
}

export function ladderOfRun(scenario: string, until?: number): Promise<Ladder> {
  return withRun(scenario, sessionLadder, until);
}

/** Names of all bundled scenarios. */
export function scenarioNames(): string[] {
  return Object.keys(mediaTexts()).flatMap((path) => /(?:^|\/)scenarios\/(.*)\.pkt$/.exec(path)?.[1] ?? []);
}
