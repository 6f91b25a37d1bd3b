/**
 * A script made ready to be played: parsed, checked, its expectations rewritten where rules say so.
 *
 * In: a script, definitions and rewrites. Out: the scenario with all that is wrong with it, and the workload that plays
 * it on a kernel of a given version.
 */
import { hasErrors, type Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import type { KernelProgram, MakeWorkload } from './boot-kernel';
import type { Scenario } from './pkt-ast';
import { checkScenario } from './pkt-check';
import { parseScenario } from './pkt-parser';
import { rewriteScenario, type RewriteRule } from './pkt-rewrite';
import { PktRunner } from './pkt-runner';
import { scenarioOn } from './pkt-variants';

export interface ScenarioOptions {
  /** Definitions for the script, as packetdrill's `-D NAME=value`. */
  readonly macros?: ReadonlyMap<string, string> | undefined;
  /** What the script expects is rewritten by these rules (`--rewrite`). */
  readonly rewrites?: readonly RewriteRule[] | undefined;
}

export interface PreparedScenario {
  readonly file: SourceFile;
  readonly scenario: Scenario;
  readonly diagnostics: readonly Diagnostic[];
  /** It cannot be played: one of the diagnostics is an error. */
  readonly isBroken: boolean;
}

export function prepareScenario(file: SourceFile, { macros, rewrites = [] }: ScenarioOptions = {}): PreparedScenario {
  const parsed = parseScenario(file, macros);
  const diagnostics = [...parsed.diagnostics, ...checkScenario(parsed.scenario)];
  return {
    file,
    scenario: rewriteScenario(parsed.scenario, rewrites),
    diagnostics,
    isBroken: hasErrors(diagnostics),
  };
}

/** What plays the scenario on a kernel, with what that kernel's version, or another one, does otherwise. */
export function playing(
  { scenario }: PreparedScenario,
  { entries }: KernelProgram,
  version = entries?.version,
): MakeWorkload<PktRunner> {
  const here = scenarioOn(scenario, version);
  return (kernel, host) => new PktRunner(here, kernel, host);
}
