/**
 * What a scenario expects of a real Linux tree where that differs from the bundled kernel: a comment at the end of an
 * event.
 *
 *   variant = "//! linux" [">=" version] ["<" version] ":" effect
 *   effect  = "=" result            the call ends so
 *           | "at" time [reason]    it happens then, or the call returns then
 *           | ">" packet [reason]   this packet comes
 *           | "none" [reason]       the packet does not come
 *           | "faults" [reason]     the kernel goes wrong in this call; the script is over
 *           | "ends" [reason]       the script is over before this event
 *
 * `>=2.4.16` limits a variant to trees from that version on, `<2.4.16` to those before it. Other readers of
 * packetdrill's language see a comment. In: such comments with the events they stand behind, later the version of a
 * tree. Out: events that carry their variants; the scenario as that tree is to be tested.
 */
import { sentence } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import { SourceFile } from '../source/source-file';
import { ERRNO } from './constants';
import type { ExpectedResult, PacketEvent, Range, Scenario, ScenarioEvent, Variant, VariantEffect } from './pkt-ast';
import { PktCursor } from './pkt-cursor';
import { lexScenario } from './pkt-lexer';
import { parsePacket } from './pkt-packets';
import { parseTime } from './pkt-time';
import type { VariantLine } from './pkt-variant-line';

/** Words in parentheses at the end; the parentheses of a packet hold numbers. */
const REASON = /\s*\(([^()]*[A-Za-z]{2}[^()]*)\)$/;
const REMEDY = sentence('write-linux-1-efault-or-faults-behind-a-call-packet');

/** Gives each event the variants that stand behind it on its last line; events and lines are in the order of the text. */
export function attachVariants(
  file: SourceFile,
  events: readonly ScenarioEvent[],
  lines: readonly VariantLine[],
  diagnostics: Diagnostic[],
): readonly ScenarioEvent[] {
  const found = new Map<ScenarioEvent, Variant[]>();
  let next = 0;
  for (const line of lines) {
    while (next < events.length && (events[next] as ScenarioEvent).end <= line.start) {
      next++;
    }
    const event = events[next - 1];
    const here = event && file.positionAt(event.end).line === file.positionAt(line.start).line;
    const effect = event && parseEffect(line, event);
    if (here && effect) {
      const [from, below] = [line.from, line.below].map((version) =>
        version === undefined ? undefined : versionCode(version),
      );
      const variants = found.get(event) ?? [];
      found.set(event, variants);
      variants.push({ from, below, effect });
    } else {
      const message = here
        ? sentence('cannot-read-what-a-linux-tree-does-instead-effect', { effect: line.effect })
        : sentence('there-is-no-event-on-this-line-whose-outcome-could');
      diagnostics.push({
        code: 'SS5001',
        severity: 'error',
        span: { file, start: line.start, end: line.end },
        message,
        remedy: REMEDY,
      });
    }
  }
  return events.map((event) => {
    const variants = found.get(event);
    return variants ? { ...event, variants } : event;
  });
}

/**
 * The scenario as a kernel is to be tested: `version` is a tree's LINUX_VERSION_CODE, undefined for the bundled kernel.
 */
export function scenarioOn(scenario: Scenario, version: number | undefined): Scenario {
  if (version === undefined) {
    return scenario;
  }
  const events: ScenarioEvent[] = [];
  for (const event of scenario.events) {
    const effect = event.variants?.find(
      ({ from, below }) => (from === undefined || version >= from) && (below === undefined || version < below),
    )?.effect;
    if (effect?.kind === 'ends') {
      events.push({
        kind: 'note',
        line: event.line,
        time: event.time,
        told: sentence('a-linux-tree-is-not-tested-further', { reason: effect.reason }),
        start: event.start,
        end: event.end,
      });
      break;
    }
    if (effect?.kind === 'result' && event.kind === 'call') {
      events.push({ ...event, expected: effect.expected });
    } else if (effect?.kind === 'packet' && event.kind === 'packet') {
      events.push({ ...event, packet: effect.packet, text: effect.text });
    } else if (effect?.kind === 'time') {
      events.push({ ...event, time: effect.time });
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
  const [, word = '', rest = ''] = /^(=|>|\w+)\s*(.*)$/.exec(line.effect) ?? [];
  const reason = REASON.exec(rest)?.[1] ?? rest;
  const words = rest.replace(REASON, '');
  switch (word) {
    case '=': {
      const expected = event.kind === 'call' ? parseResult(words, line) : undefined;
      return expected && { kind: 'result', expected };
    }
    case '>':
      return isExpected(event)
        ? parseText(words, (cursor) => {
            const packet = parsePacket(cursor, 'out');
            return packet && { kind: 'packet', packet, text: `> ${words}` };
          })
        : undefined;
    case 'at':
      return parseText(words, (cursor) => {
        const time = parseTime(cursor);
        return time && { kind: 'time', time: { ...time, start: line.start, end: line.end } };
      });
    case 'faults':
      return event.kind === 'call' ? { kind: 'result', expected: { kind: 'fault' } } : undefined;
    case 'none':
      return isExpected(event) ? { kind: 'none' } : undefined;
    case 'ends':
      return { kind: 'ends', reason: reason === '' ? '' : `: ${reason}` };
    default:
      return undefined;
  }
}

function isExpected(event: ScenarioEvent): event is ScenarioEvent & PacketEvent {
  return event.kind === 'packet' && event.direction === 'out';
}

/** What `parse` makes of a text; undefined when it is not all of it, or finds something wrong. */
function parseText(text: string, parse: (cursor: PktCursor) => VariantEffect | undefined): VariantEffect | undefined {
  const file = new SourceFile('', text);
  const lexed = lexScenario(file);
  const cursor = new PktCursor(file, lexed.tokens, []);
  const effect = parse(cursor);
  return lexed.diagnostics.length === 0 && cursor.atEnd && !cursor.failed ? effect : undefined;
}

function parseResult(text: string, range: Range): ExpectedResult | undefined {
  const match = /^(-?\d+)(?:\s+([A-Z]\w*))?$/.exec(text);
  if (!match || (match[2] !== undefined && !(match[2] in ERRNO))) {
    return text === 'blocked' ? { kind: 'blocked' } : undefined;
  }
  return { kind: 'value', value: Number(match[1]), errno: match[2], range: { start: range.start, end: range.end } };
}
