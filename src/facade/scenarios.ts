/**
 * Scenarios and scripts, as fronts see them: which there are, what is wrong with one, what can be written in one.
 *
 * In: shipped texts, a script's text. Out: plain data. Nothing here runs anything.
 */
import { CALLS } from '../scenario/call-table';
import { parseScenario } from '../scenario/pkt-parser';
import type { ScenarioEvent } from '../scenario/pkt-ast';
import { prepareScenario } from '../scenario/prepared-scenario';
import type { Bilingual } from '../base/bilingual';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { scenarioStory } from './story';

export { namesBefore } from '../abi/linux-later-names';
export { CONSTANTS, errorName, nearestName } from '../scenario/constants';
export { headerKeys } from '../scenario/pkt-header';
export {
  findScenario,
  listScenarios,
  scenariosByTheme,
  showingBest,
  type ScenarioEntry,
  type Theme,
} from '../scenario/scenario-list';
export { parseRewrite, type RewriteRule } from '../scenario/pkt-rewrite';

/** A system call that scripts can make, and how it is written. */
export interface ScriptCall {
  readonly name: string;
  readonly usage: string;
}

export function scriptCalls(): readonly ScriptCall[] {
  return [...CALLS.values()].map(({ name, usage }) => ({ name, usage }));
}

/** All that is wrong with a script and its story. */
export function scriptProblems(file: SourceFile): readonly Diagnostic[] {
  return [...prepareScenario(file).diagnostics, ...scenarioStory(file).diagnostics];
}

/** Title and explanation of a script; one without titles has its name. */
export function scenarioTexts(
  file: SourceFile,
  name: string,
): { readonly title: Bilingual; readonly about: Bilingual } {
  const { title, about } = parseScenario(file).scenario.header;
  return { title: { en: title.en || name, zh: title.zh || title.en || name }, about };
}

/** An event of a script, for an outline: offsets, and what it is called. */
export interface ScriptEvent {
  readonly isCall: boolean;
  readonly name: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function scriptEvents(file: SourceFile): readonly ScriptEvent[] {
  return parseScenario(file).scenario.events.map((event: ScenarioEvent) => ({
    isCall: event.kind === 'call',
    name: event.kind === 'call' ? event.name : event.kind,
    text: 'text' in event ? event.text : '',
    start: event.start,
    end: Math.max(event.start, event.end),
  }));
}
