/**
 * The parser of scenarios: packetdrill's language (google/packetdrill, syntax.md) with the small extension of
 * media/scenarios/README.md.
 *
 *   script  = {option} {event}
 *   option  = "--" word ["=" value]
 *   event   = [word ":"] time action  |  command  |  code
 *   time    = see pkt-time.ts
 *   action  = ("<" | ">") packet  |  word "(" arguments ")" "=" result  |  "inject" words  |  command  |  code
 *             (each event may be followed by variants for Linux trees, see pkt-variants.ts)
 *   result  = "?" | "blocked" | ["-"] number [word] ["(" words ")"]
 *
 * In: a file. Out: a {@link Scenario} and diagnostics; never throws. An event that cannot be read is left out. Shell
 * commands and code are never run: each gives a warning, except that `sysctl -q net.ipv4.NAME=VALUE` lines are read as
 * settings.
 */
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { parseArguments } from './pkt-arguments';
import type { EventTime, ExpectedResult, Scenario, ScenarioEvent, ScenarioOption, Setting } from './pkt-ast';
import { PktCursor } from './pkt-cursor';
import { parseHeader, parseInjection, parseSysctl } from './pkt-header';
import { lexScenario, withDefinitions, type FailureLine } from './pkt-lexer';
import { parsePacket } from './pkt-packets';
import { EVENT_REMEDY, parseTime } from './pkt-time';
import { attachVariants } from './pkt-variants';

const EVENT_LIMIT = 100_000;

export interface ParsedScenario {
  readonly scenario: Scenario;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses a scenario file. `macros` are definitions as by packetdrill's `-D NAME=value`. */
export function parseScenario(file: SourceFile, macros: ReadonlyMap<string, string> = new Map()): ParsedScenario {
  const lexed = lexScenario(file);
  const header = parseHeader(file, lexed.header);
  const diagnostics: Diagnostic[] = [...lexed.diagnostics, ...header.diagnostics];
  const parser = new ScenarioParser(new PktCursor(file, withDefinitions(lexed.tokens, macros), diagnostics), macros);
  parser.run();
  const events = attachVariants(file, parser.events, lexed.variants, diagnostics);
  const scenario: Scenario = {
    file,
    header: header.header,
    options: parser.options,
    sysctls: header.sysctls,
    events,
    failure: announcedFailure(lexed.failures, events),
  };
  return { scenario, diagnostics };
}

/** The event at which the script says it fails: the first behind its comment. */
function announcedFailure(failures: readonly FailureLine[], events: readonly ScenarioEvent[]): Scenario['failure'] {
  const failure = failures[0];
  const event = failure && events.find(({ start }) => start > failure.start);
  return event && { line: event.line, text: failure.text };
}

class ScenarioParser {
  readonly options: ScenarioOption[] = [];
  readonly events: ScenarioEvent[] = [];

  constructor(
    private readonly cursor: PktCursor,
    private readonly macros: ReadonlyMap<string, string>,
  ) {}

  run(): void {
    const { cursor } = this;
    while (cursor.is('-') && cursor.is('-', 1)) {
      this.option();
    }
    while (!cursor.atEnd && this.events.length < EVENT_LIMIT) {
      cursor.failed = false;
      const start = cursor.peek();
      const event = this.event();
      if (event && !cursor.failed) {
        this.events.push(event);
      }
      if (cursor.failed) {
        cursor.skipLine(start);
      } else if (!cursor.atEnd && !cursor.peek().first) {
        cursor.fail(
          `unexpected ${JSON.stringify(cursor.peek().text)} after the end of this event`,
          'Begin the next event on a new line.',
        );
        cursor.skipLine(start);
      }
    }
  }

  private option(): void {
    const { cursor } = this;
    const { start } = cursor.next();
    cursor.next();
    let name = '';
    let value = '';
    while (!cursor.atEnd && !cursor.peek().first && !cursor.is('=')) {
      name += cursor.next().text;
    }
    if (cursor.accept('=')) {
      while (!cursor.atEnd && !cursor.peek().first) {
        value += cursor.next().text;
      }
    }
    this.options.push({ name, value, start, end: cursor.previous.end });
  }

  private event(): ScenarioEvent | undefined {
    const { cursor } = this;
    if (this.foreign()) {
      return undefined;
    }
    const first = cursor.peek();
    const process = first.kind === 'word' && cursor.is(':', 1) ? cursor.next().text : undefined;
    if (process !== undefined) {
      cursor.next();
    }
    const time = parseTime(cursor);
    if (!time || this.foreign(time)) {
      return undefined;
    }
    const action = cursor.peek();
    const textFrom = (): string => cursor.file.text.slice(action.start, cursor.previous.end).replace(/\s+/g, ' ');
    if (cursor.is('<') || cursor.is('>')) {
      cursor.next();
      const packet = parsePacket(cursor, this.macros);
      const direction = action.text === '<' ? 'in' : 'out';
      return (
        packet && {
          kind: 'packet',
          line: first.line,
          time,
          direction,
          packet,
          text: textFrom(),
          start: first.start,
          end: cursor.previous.end,
        }
      );
    }
    if (cursor.is('inject')) {
      return this.inject(time, first.line);
    }
    if (action.kind !== 'word' || !cursor.is('(', 1)) {
      cursor.fail(`expected a call or a packet here, found ${JSON.stringify(action.text)}`, EVENT_REMEDY);
      return undefined;
    }
    cursor.next();
    cursor.next();
    const args = parseArguments(cursor, ')');
    const call = textFrom();
    const expected = cursor.failed ? undefined : this.result();
    return (
      expected && {
        kind: 'call',
        line: first.line,
        time,
        process,
        name: action.text,
        nameRange: { start: action.start, end: action.end },
        args,
        expected,
        call,
        text: textFrom(),
        start: first.start,
        end: cursor.previous.end,
      }
    );
  }

  /** Shell and code, with or without a time in front; true when one was there. */
  private foreign(time?: EventTime): boolean {
    const { cursor } = this;
    const token = cursor.peek();
    if (token.kind !== 'command' && token.kind !== 'code') {
      return false;
    }
    cursor.next();
    const lines =
      token.kind === 'command'
        ? token.text
            .split(/[\n;]|&&/)
            .map((line) => line.trim())
            .filter((line) => line !== '' && !line.startsWith('#'))
        : [];
    const settings = lines.map(settingsOf);
    const made = settings.flat();
    if (made.length > 0) {
      const range = { start: token.start, end: token.end };
      this.events.push({
        kind: 'setting',
        line: token.line,
        time: time ?? { kind: 'any', at: 0, ...range },
        settings: made,
        ...range,
      });
    }
    const left = token.kind === 'code' ? 1 : settings.filter((found) => found.length === 0).length;
    if (left > 0) {
      const what = token.kind === 'command' ? 'shell command' : 'code';
      cursor.report(
        'warning',
        'SS5005',
        token.start,
        token.end,
        `this ${what} is not run`,
        token.kind === 'command'
          ? 'Write settings as "//! sysctl: NAME = VALUE"; nothing else of the shell exists here.'
          : 'Write what you expect as results of calls, such as getsockopt.',
      );
    }
    return true;
  }

  private result(): ExpectedResult | undefined {
    const { cursor } = this;
    if (!cursor.expect('=', 'Every call states its result: = 0, = 3, = -1 EINVAL, or = ? when it does not matter.')) {
      return undefined;
    }
    if (cursor.accept('?')) {
      return { kind: 'any' };
    }
    if (cursor.accept('blocked')) {
      return { kind: 'blocked' };
    }
    const from = cursor.peek();
    const negative = cursor.accept('-');
    const token = cursor.expectKind(
      'number',
      'the result of the call',
      'Write = 0, = 3, = -1 EINVAL, = ? or = blocked.',
    );
    if (!token) {
      return undefined;
    }
    const errno = cursor.peek().kind === 'word' && !cursor.peek().first ? cursor.next().text : undefined;
    const range = { start: from.start, end: cursor.previous.end };
    if (cursor.is('(') && !cursor.peek().first) {
      while (!cursor.atEnd && !cursor.accept(')')) {
        cursor.next();
      }
    }
    return { kind: 'value', value: Number(token.text) * (negative ? -1 : 1), errno, range };
  }

  private inject(time: EventTime, line: number): ScenarioEvent | undefined {
    const { cursor } = this;
    const { start } = cursor.next();
    const from = cursor.peek().start;
    while (!cursor.atEnd && !cursor.peek().first) {
      cursor.next();
    }
    const range = { start, end: cursor.previous.end };
    const injection = parseInjection(cursor.file.text.slice(from, range.end).trim().split(/\s+/), range);
    if (!injection) {
      cursor.report(
        'error',
        'SS5001',
        range.start,
        range.end,
        'cannot read this injection',
        'Write "inject alloc TARGET [N]" or "inject return FUNCTION [N] VALUE".',
      );
      return undefined;
    }
    return { kind: 'inject', line, time, injection, ...range };
  }
}

/** Settings in a shell line: `sysctl -q net.ipv4.x=y`, or words `/proc/sys/net/ipv4/x=y` of whatever command. */
function settingsOf(line: string): Setting[] {
  const sysctl = /^sysctl\s+(?:-[qw]+\s+)*([^#]*)/.exec(line)?.[1]?.trim();
  const texts =
    sysctl === undefined
      ? [...line.matchAll(/\/proc\/sys\/net\/ipv4\/(\w+=\d+)\b/g)].map((match) => match[1]!)
      : [sysctl];
  return texts.map(parseSysctl).filter((setting) => setting !== undefined);
}
