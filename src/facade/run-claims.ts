/**
 * What notes claim, put to the test. In: claims (a scenario, a place of the kernel's C, an expression or a count) and the
 * compiled kernel. Out: for each whether a run bears it out, and what was there instead.
 *
 * Each scenario is played once, with a breakpoint at every place that its claims name. At a stop the expressions are
 * evaluated in the innermost frame, before the statement is executed. A place that is asked for no more has no
 * breakpoint any more, where no count is wanted.
 */
import { itemAt } from '../base/checked-access';
import type { Claim } from '../catalog/entry';
import { sentence, type Words } from '../sentences/sentence';
import type { SessionApi } from '../session/session-api';
import type { Program } from '../compile/program';
import type { Scalar } from '../values/value-model';
import { openSession, type OpenOptions } from './open-session';
import { placeNamed, type ReachPlace } from './reach-place';

/** What a run is to show; see the README of `media/annotations`. */
export type RunClaim = Pick<Claim, 'scenario' | 'at' | 'nth' | 'holds' | 'always' | 'times'>;

export interface ClaimOutcome<C extends RunClaim> {
  readonly claim: C;
  readonly passed: boolean;
  /** Why it did not pass. */
  readonly why?: Words;
}

/** Runs all claims, scenario by scenario, and tells each when it is decided. `options` say which kernel. */
export async function* runClaims<C extends RunClaim>(
  claims: readonly C[],
  options: OpenOptions,
): AsyncGenerator<ClaimOutcome<C>> {
  const byScenario = new Map<string, C[]>();
  for (const claim of claims) {
    byScenario.set(claim.scenario, [...(byScenario.get(claim.scenario) ?? []), claim]);
  }
  for (const [scenario, own] of byScenario) {
    const { session, program } = await openSession({ ...options, scenario });
    if (!session || !program) {
      yield* own.map((claim) => ({
        claim,
        passed: false,
        why: sentence('the-scenario-cannot-be-played', { scenario }),
      }));
      continue;
    }
    try {
      yield* await new ClaimRun(own, session, program).outcomes();
    } finally {
      session.dispose();
    }
  }
}

interface Watched<C> {
  readonly claim: C;
  readonly place: ReachPlace | undefined;
  seen: number;
  /** Decided by an expression. */
  verdict?: boolean;
  /** What could not be evaluated, or what the expression was. */
  wrong?: Words;
}

class ClaimRun<C extends RunClaim> {
  private readonly watched: readonly Watched<C>[];

  constructor(
    claims: readonly C[],
    private readonly session: SessionApi,
    private readonly program: Program,
  ) {
    this.watched = claims.map((claim) => ({ claim, place: placeNamed(claim.at, program).place, seen: 0 }));
  }

  async outcomes(): Promise<ClaimOutcome<C>[]> {
    this.setBreakpoints();
    let stop = await this.session.start();
    while (stop.reason !== 'end' && stop.reason !== 'fault') {
      const frame = this.session.stack(stop.thread)[0];
      if (frame) {
        this.visit(frame);
      }
      stop = await this.session.run('continue');
    }
    return this.watched.map((each) => this.outcome(each));
  }

  private setBreakpoints(): void {
    const lines = new Map<string, Map<number, { line: number; column: number }>>();
    for (const { place } of this.watched) {
      if (place) {
        const { line, column } = itemAt(this.program.image.debug.statements, place.statement);
        const own = lines.get(place.file) ?? new Map<number, { line: number; column: number }>();
        lines.set(place.file, own.set(place.statement, { line, column }));
      }
    }
    lines.forEach((own, path) => this.session.setBreakpoints(path, [...own.values()]));
  }

  private visit(frame: NonNullable<ReturnType<SessionApi['stack']>[0]>): void {
    for (const each of this.watched) {
      const { claim, place } = each;
      const statement = place && this.program.image.debug.statements[place.statement];
      if (!statement || place.file !== frame.path || statement.start !== frame.start || statement.end !== frame.end) {
        continue;
      }
      each.seen++;
      const expression = claim.holds ?? claim.always;
      const decided = each.verdict === (claim.always === undefined);
      if (expression === undefined || decided || (claim.nth !== undefined && claim.nth !== each.seen)) {
        continue;
      }
      const { value, diagnostics } = this.session.evaluate(expression, frame);
      const scalar = value?.scalar;
      each.verdict = scalar !== undefined && isTrue(scalar);
      each.wrong =
        diagnostics[0]?.message ?? sentence('expression-is-value', { expression, value: value?.display ?? '' });
    }
  }

  private outcome({ claim, place, seen, verdict, wrong }: Watched<C>): ClaimOutcome<C> {
    if (!place) {
      return { claim, passed: false, why: sentence('there-is-no-place-at', { at: claim.at }) };
    }
    if (claim.times !== undefined) {
      const passed = claim.times === seen;
      return passed ? { claim, passed } : { claim, passed, why: sentence('a-run-comes-there-times', { times: seen }) };
    }
    const passed = verdict === true;
    const why = seen === 0 || verdict === undefined ? sentence('a-run-comes-there-times', { times: seen }) : wrong;
    return passed || why === undefined ? { claim, passed } : { claim, passed, why };
  }
}

function isTrue(scalar: Scalar): boolean {
  return scalar.kind === 'pointer'
    ? scalar.address !== 0
    : 'value' in scalar && typeof scalar.value !== 'string' && Number(scalar.value) !== 0;
}
