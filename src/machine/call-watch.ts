/**
 * Calls that somebody looks on at, or that are not to run: probes of service modules, and fault injection.
 *
 * In: the program's functions, the modules' probes, orders to return early. Out: whether a function that is entered is
 * one of them. Their first statements have their flags up.
 */
import type { DebugInfo } from '../abi/debug-info';
import type { Interception } from './machine-types';
import type { Probe, ServiceModule } from './service';
import type { StopFlags } from './stop-flags';

export class CallWatch {
  private readonly probes = new Map<number, Probe>();
  private interceptions: Interception[] = [];

  constructor(
    private readonly debug: DebugInfo,
    private readonly flags: StopFlags,
    modules: readonly ServiceModule[],
  ) {
    for (const probe of modules.flatMap((module) => module.probes ?? [])) {
      debug.functions
        .filter((fn) => fn.name === probe.function && fn.statementCount > 0)
        .forEach((fn) => this.probes.set(fn.firstStatement, probe));
    }
    this.raise();
  }

  /** Who looks on at a statement. */
  probeAt(statement: number): Probe | undefined {
    return this.probes.get(statement);
  }

  /** Who looks on at the first statement of a function, when there is no other reason to stop there. */
  onlooker(functionId: number): Probe | undefined {
    const statement = this.debug.functions[functionId]?.firstStatement ?? -1;
    const probe = this.probes.get(statement);
    return this.interceptions.length === 0 && this.flags.isOnlyWatched(statement) && probe?.mayReplace?.() !== true
      ? probe
      : undefined;
  }

  /** Whether a call is to return without running. */
  get hasOrders(): boolean {
    return this.interceptions.length > 0;
  }

  /** Orders a call to return without running. */
  intercept(interception: Interception): void {
    this.interceptions.push(interception);
    this.raise();
  }

  /** The order that strikes at `statement` of a function, which is thereby carried out. */
  struck(functionId: number, statement: number): Interception | undefined {
    const armed = this.interceptions.find((candidate) => candidate.functionId === functionId);
    if (!armed || this.debug.functions[functionId]?.firstStatement !== statement || --armed.left > 0) {
      return undefined;
    }
    this.interceptions = this.interceptions.filter((candidate) => candidate !== armed);
    this.raise();
    return armed;
  }

  save(): Interception[] {
    return this.interceptions.map((one) => ({ ...one }));
  }

  restore(interceptions: readonly Interception[]): void {
    this.interceptions = interceptions.map((one) => ({ ...one }));
    this.raise();
  }

  private raise(): void {
    this.flags.setWatched([
      ...this.probes.keys(),
      ...this.interceptions.map(({ functionId }) => this.debug.functions[functionId]?.firstStatement ?? -1),
    ]);
  }
}
