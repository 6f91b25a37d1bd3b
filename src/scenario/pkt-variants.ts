/**
 * What a scenario expects of a real Linux tree where that differs from the bundled kernel: a comment at the end of an event.
 *
 *   variant = "//! linux" ["<" version] ":" effect
 *   effect  = "=" result            the call ends so
 *           | "none" [reason]       the packet does not come
 *           | "faults" [reason]     the kernel goes wrong in this call; the script is over
 *           | "ends" [reason]       the script is over before this event
 *
 * `<2.4.16` limits a variant to trees before that version. Other readers of packetdrill's language see a comment. In: such comments with the events
 * they stand behind, later the version of a tree. Out: events that carry their variants; the scenario as that tree is to be tested.
 */
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { ERRNO } from './constants';
import type { ExpectedResult, Range, Scenario, ScenarioEvent, Variant, VariantEffect } from './pkt-ast';

/** A `//! linux…: …` comment. */
export interface VariantLine extends Range {
  /** `2.4.16`, or undefined for every tree. */
  readonly below: string | undefined;
  readonly effect: string;
}

const LINE = /^\/\/!\s*linux\s*(?:<\s*(\d+\.\d+\.\d+)\s*)?:\s*(.*?)\s*$/;

/** A comment as a variant; undefined when it is none. */
export function variantLine(comment: string, start: number): VariantLine | undefined {
  const match = LINE.exec(comment);
  return match ? { below: match[1], effect: match[2]!, start, end: start + comment.length } : undefined;
}

/** Gives each event the variants that stand behind it on its last line. */
export function attachVariants(file: SourceFile, events: readonly ScenarioEvent[], lines: readonly VariantLine[], diagnostics: Diagnostic[]): readonly ScenarioEvent[] {
  const attached = [...events];
  for (const line of lines) {
    const index = attached.map(({ end }) => end <= line.start).lastIndexOf(true);
    const event = attached[index];
    const here = event && file.positionAt(event.end).line === file.positionAt(line.start).line;
    const effect = event && parseEffect(line, event);
    if (here && effect) {
      const variant: Variant = { below: line.below === undefined ? undefined : versionCode(line.below), effect };
      attached[index] = { ...event, variants: [...(event.variants ?? []), variant] };
    } else {
      const message = here ? `cannot read what a Linux tree does instead: "${line.effect}"` : 'there is no event on this line whose outcome could differ on a Linux tree';
      diagnostics.push({ code: 'SS5001', severity: 'error', span: { file, start: line.start, end: line.end }, message, remedy: 'Write "//! linux: = -1 EFAULT" or faults behind a call, none behind a packet with >, or ends, as in media/scenarios/README.md.' });
    }
  }
  return attached;
}

/** The scenario as a kernel is to be tested: `version` is a tree's LINUX_VERSION_CODE, undefined for the bundled kernel. */
export function scenarioOn(scenario: Scenario, version: number | undefined): Scenario {
  if (version === undefined) {
    return scenario;
  }
  const events: ScenarioEvent[] = [];
  for (const event of scenario.events) {
    const effect = event.variants?.find(({ below }) => below === undefined || version < below)?.effect;
    if (effect?.kind === 'ends') {
      events.push({ kind: 'note', line: event.line, time: event.time, text: `a Linux tree is not tested further${effect.reason}`, start: event.start, end: event.end });
      break;
    }
    if (effect?.kind === 'result' && event.kind === 'call') {
      events.push({ ...event, expected: effect.expected });
    } else if (effect?.kind !== 'none') {
      events.push(event);
    }
    if (effect?.kind === 'result' && effect.expected.kind === 'fault') {
      break;
    }
  }
  return { ...scenario, events };
}

/** LINUX_VERSION_CODE of `2.4.16`. */
export function versionCode(version: string): number {
  return version.split('.').reduce((code, part) => code * 256 + Number(part), 0);
}

function parseEffect(line: VariantLine, event: ScenarioEvent): VariantEffect | undefined {
  const [, word = '', rest = ''] = /^(=|\w+)\s*(.*)$/.exec(line.effect) ?? [];
  const reason = rest === '' ? '' : `: ${rest.replace(/^\((.*)\)$/, '$1')}`;
  switch (word) {
    case '=': {
      const expected = event.kind === 'call' ? parseResult(rest, line) : undefined;
      return expected && { kind: 'result', expected };
    }
    case 'faults':
      return event.kind === 'call' ? { kind: 'result', expected: { kind: 'fault' } } : undefined;
    case 'none':
      return event.kind === 'packet' && event.direction === 'out' ? { kind: 'none' } : undefined;
    case 'ends':
      return { kind: 'ends', reason };
    default:
      return undefined;
  }
}

function parseResult(text: string, range: Range): ExpectedResult | undefined {
  const match = /^(-?\d+)(?:\s+([A-Z]\w*))?(?:\s+\(.*\))?$/.exec(text);
  if (!match || (match[2] !== undefined && !(match[2] in ERRNO))) {
    return text === 'blocked' ? { kind: 'blocked' } : undefined;
  }
  return { kind: 'value', value: Number(match[1]), errno: match[2], range: { start: range.start, end: range.end } };
}
