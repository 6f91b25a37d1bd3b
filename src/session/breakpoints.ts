/**
 * Breakpoints: from lines and function names to statements, with conditions, hit counts and log messages. Hits are counted
 * from the start of the run, so that they do not depend on when a breakpoint was set or how a moment was reached.
 */
import type { DebugInfo } from '../abi/debug-info';
import { statementsAt } from '../machine/statement-places';
import type { StopFlags } from '../machine/stop-flags';
import { hitConditionHolds, hitConditionProblem } from './hit-condition';
import { HitHistory } from './hit-history';
import type { BreakpointRequest, BreakpointResult } from './session-types';
import { sentence } from '../sentences/sentence';

interface Breakpoint {
  readonly id: number;
  readonly statements: readonly number[];
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
  readonly byFunction: boolean;
  readonly hits: HitHistory;
}

/** What a breakpoint at a statement asks for when it is reached. */
export interface BreakpointHit {
  readonly ids: readonly number[];
  readonly byFunction: boolean;
}

export class Breakpoints {
  private readonly byPath = new Map<string, Breakpoint[]>();
  private functions: Breakpoint[] = [];
  private nextId = 1;

  constructor(
    private readonly debug: DebugInfo,
    private readonly flags: StopFlags,
  ) {}

  setLines(path: string, requests: readonly BreakpointRequest[]): BreakpointResult[] {
    const made: Breakpoint[] = [];
    const results = requests.map((request): BreakpointResult => {
      const id = this.nextId++;
      const statements = statementsAt(this.debug, { ...request, path });
      const first = this.debug.statements[statements[0] ?? -1];
      if (!first) {
        return {
          id,
          verified: false,
          path,
          line: request.line,
          message: sentence('no-statement-begins-on-this-line-or-below'),
        };
      }
      const message = hitConditionProblem(request.hitCondition);
      if (message) {
        return { id, verified: false, path, line: first.line, message };
      }
      made.push({
        id,
        statements,
        condition: request.condition,
        hitCondition: request.hitCondition,
        logMessage: request.logMessage,
        byFunction: false,
        hits: new HitHistory(),
      });
      return { id, verified: true, path, line: first.line, column: first.column, endLine: first.endLine };
    });
    this.byPath.set(path, made);
    this.raiseFlags();
    return results;
  }

  setFunctions(
    requests: readonly { readonly name: string; readonly condition?: string; readonly hitCondition?: string }[],
  ): BreakpointResult[] {
    const made: Breakpoint[] = [];
    const results = requests.map((request): BreakpointResult => {
      const id = this.nextId++;
      const found = this.debug.functions.filter((fn) => fn.name === request.name.trim());
      const compiled = found.filter((fn) => fn.kind === 'compiled' && fn.statementCount > 0);
      const [first] = compiled;
      if (!first) {
        return {
          id,
          verified: false,
          message:
            found.length > 0
              ? sentence('name-has-no-statements-to-stop-at', { name: request.name })
              : sentence('no-function-is-called-name', { name: request.name }),
        };
      }
      const message = hitConditionProblem(request.hitCondition);
      if (message) {
        return { id, verified: false, message };
      }
      made.push({
        id,
        statements: compiled.map((fn) => fn.firstStatement),
        condition: request.condition,
        hitCondition: request.hitCondition,
        byFunction: true,
        hits: new HitHistory(),
      });
      const at = this.debug.statements[first.firstStatement];
      return { id, verified: true, path: this.debug.files[first.file], line: at?.line, column: at?.column };
    });
    this.functions = made;
    this.raiseFlags();
    return results;
  }

  /** Puts up the flags of all breakpoints, and no others. */
  raiseFlags(): void {
    this.flags.clearBreakpoints();
    for (const breakpoint of this.all()) {
      breakpoint.statements.forEach((statement) => this.flags.setBreakpoint(statement, true));
    }
  }

  /** Runs something while the flags of some statements are up besides those of breakpoints. */
  async among<Result>(statements: Iterable<number>, run: () => Promise<Result>): Promise<Result> {
    for (const statement of statements) {
      this.flags.setBreakpoint(statement, true);
    }
    try {
      return await run();
    } finally {
      this.raiseFlags();
    }
  }

  /** Statements before which a breakpoint may stop; those of log points are none. */
  get statements(): readonly number[] {
    return this.all().flatMap(({ statements, logMessage }) => (logMessage === undefined ? statements : []));
  }

  private all(): Breakpoint[] {
    return [...[...this.byPath.values()].flat(), ...this.functions];
  }

  /**
   * Asks the breakpoints at a statement whether to stop at a clock. `holds` evaluates a condition in the stopped frame;
   * `log` gets the messages of log points. The hits before that clock must be known ({@link counted}).
   */
  check(
    statement: number,
    clock: number,
    holds: (condition: string) => boolean,
    log: (message: string) => void,
  ): BreakpointHit | undefined {
    if (!this.flags.isBreakpoint(statement)) {
      return undefined;
    }
    const hit = this.all().filter((breakpoint) => {
      if (!breakpoint.statements.includes(statement) || (breakpoint.condition && !holds(breakpoint.condition))) {
        return false;
      }
      breakpoint.hits.add(clock);
      if (breakpoint.hitCondition && !hitConditionHolds(breakpoint.hitCondition, breakpoint.hits.upTo(clock))) {
        return false;
      }
      if (breakpoint.logMessage !== undefined) {
        log(breakpoint.logMessage);
        return false;
      }
      return true;
    });
    return hit.length > 0
      ? { ids: hit.map(({ id }) => id), byFunction: hit.every(({ byFunction }) => byFunction) }
      : undefined;
  }

  /** Up to where the hits of all are known that have a hit count; Infinity when none has. */
  get counted(): number {
    return this.counting().reduce((least, { hits }) => Math.min(least, hits.known), Infinity);
  }

  /** Everything up to a clock was looked at. */
  passed(clock: number): void {
    this.counting().forEach(({ hits }) => hits.passed(clock));
  }

  /** The present was changed: what comes after it is another future. */
  forgetAfter(clock: number): void {
    this.all().forEach(({ hits }) => hits.forgetAfter(clock));
  }

  private counting(): Breakpoint[] {
    return this.all().filter(({ hitCondition }) => hitCondition);
  }

  locations(
    path: string,
    line: number,
    endLine: number,
  ): { line: number; column: number; endLine: number; endColumn: number }[] {
    const file = this.debug.files.indexOf(path);
    return this.debug.statements
      .filter((statement) => statement.file === file && statement.line >= line && statement.line <= endLine)
      .map(({ line: at, column, endLine: lastLine, endColumn }) => ({
        line: at,
        column,
        endLine: lastLine,
        endColumn,
      }));
  }
}
