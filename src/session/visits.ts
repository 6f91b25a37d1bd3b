/**
 * Going to a moment that is told by a place: the next or the last visit of a statement, the first moment of a frame.
 *
 * In: where the machine stands; a place in a file, or a frame. Out: the stop there, or nothing when there is no such
 * moment, and then the machine stands where it stood. Nothing of the run is changed, and breakpoints do not stop the
 * way: the machine runs to the place itself, whose flag is up meanwhile.
 */
import type { Machine } from '../machine/machine';
import { statementsAt, type PlaceInFile } from '../machine/statement-places';
import { inParts } from '../base/parts';
import type { StatementStop, Traveller } from '../machine/traveller';
import type { StackFrame } from '../values/value-model';
import type { RunOptions, Stop, StopReason } from './session-types';
import type { StopPoints } from './stop-points';

export interface VisitsApi {
  next(place: PlaceInFile, options?: RunOptions): Promise<Stop | undefined>;
  last(place: PlaceInFile, options?: RunOptions): Promise<Stop | undefined>;
  /** The first moment of a frame that lives. */
  frameStart(frame: StackFrame, options?: RunOptions): Promise<Stop | undefined>;
}

export interface VisitsParts {
  readonly machine: Machine;
  readonly traveller: Traveller;
  readonly points: StopPoints;
  readonly stepBudget: number;
  /** A move begins. */
  readonly begin: () => void;
  readonly breathe: (options: RunOptions, inThePast?: boolean) => () => Promise<boolean>;
  /** The machine stands still. */
  readonly arrive: (reason: StopReason) => Stop;
}

export class Visits implements VisitsApi {
  constructor(private readonly parts: VisitsParts) {}

  async next(place: PlaceInFile, options: RunOptions = {}): Promise<Stop | undefined> {
    const { machine, traveller, points, stepBudget, begin, breathe, arrive } = this.parts;
    const from = machine.clock;
    const statements = this.at(place);
    if (statements.size === 0 || machine.finished) {
      return undefined;
    }
    begin();
    const result = await points.statements.among(statements, () =>
      traveller.forward((stop) => statements.has(stop.statement), {
        stepping: false,
        budget: stepBudget,
        breathe: breathe(options),
      }),
    );
    if (result.kind === 'wanted' || result.kind === 'paused') {
      return arrive(result.kind === 'wanted' ? 'goto' : 'pause');
    }
    traveller.seek(from);
    arrive('goto');
    return undefined;
  }

  async last(place: PlaceInFile, options: RunOptions = {}): Promise<Stop | undefined> {
    const statements = this.at(place);
    return this.back(statements, ({ statement }) => statements.has(statement), options);
  }

  async frameStart({ address, functionId }: StackFrame, options: RunOptions = {}): Promise<Stop | undefined> {
    const { machine, arrive } = this.parts;
    const first = machine.debug.functions[functionId]?.firstStatement ?? -1;
    if (machine.at?.fp === address && machine.at.statement === first) {
      return arrive('goto');
    }
    return this.back(new Set([first]), ({ fp, statement }) => fp === address && statement === first, options);
  }

  private async back(
    statements: ReadonlySet<number>,
    wanted: (stop: StatementStop) => boolean,
    options: RunOptions,
  ): Promise<Stop | undefined> {
    const { machine, traveller, points, begin, breathe, arrive } = this.parts;
    const from = machine.clock;
    if (statements.size === 0 || from <= traveller.oldest) {
      return undefined;
    }
    begin();
    const done = await points.statements.among(statements, () =>
      inParts(traveller.seekingLast(from, wanted, false), breathe(options, true)),
    );
    if (done === 'stopped') {
      traveller.seek(from);
      return arrive('pause');
    }
    if (!done.result) {
      traveller.seek(from);
    }
    const stop = arrive('goto');
    return done.result ? stop : undefined;
  }

  private at(place: PlaceInFile): ReadonlySet<number> {
    return new Set(statementsAt(this.parts.machine.debug, place));
  }
}
