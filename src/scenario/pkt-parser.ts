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
import { itemAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { hasErrors, type Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { askedCall } from './asked-call';
import { CALLS } from './call-table';
import { refuseLater } from './later-features';
import { parseArguments } from './pkt-arguments';
import type { EventTime, ExpectedResult, Scenario, ScenarioEvent, ScenarioOption, Setting } from './pkt-ast';
import { PktCursor } from './pkt-cursor';
import { parseHeader, parseInjection, parseSysctl } from './pkt-header';
import { type FailureLine, PktLexer, type PktToken } from './pkt-lexer';
import { MOST_LONG, takeInteger } from './pkt-numbers';
import { parsePacket } from './pkt-packets';
import { EVENT_REMEDY, parseTime } from './pkt-time';
import { attachVariants } from './pkt-variants';
import { settingProblem } from './setting-table';

const RESULT_REMEDY = sentence('write-0-3-1-einval-or-blocked');
const LEAST_LONG = -0x80000000;
/** Scripts with more events are refused: they would fill the memory. */
const EVENT_LIMIT = 300_000;
/** Problems after which the rest of a script is not looked at. */
const PROBLEM_LIMIT = 200;

export interface ParsedScenario {
  readonly scenario: Scenario;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses a scenario file. `macros` are definitions as by packetdrill's `-D NAME=value`. */
export function parseScenario(file: SourceFile, macros: ReadonlyMap<string, string> = new Map()): ParsedScenario {
  const lexer = new PktLexer(file, macros);
  const found: Diagnostic[] = [];
  const parser = new ScenarioParser(new PktCursor(file, lexer, found), lexer);
  parser.run();
  const header = parseHeader(file, lexer.header);
  const diagnostics: Diagnostic[] = [...lexer.diagnostics, ...header.diagnostics, ...found];
  const events = attachVariants(file, parser.events, lexer.variants, diagnostics);
  if (!events.some(({ kind }) => kind === 'call' || kind === 'packet') && !hasErrors(diagnostics)) {
    diagnostics.push({
      code: 'SS5001',
      severity: 'error',
      span: { file, start: 0, end: 0 },
      message: sentence('this-script-has-no-event-there-is-nothing-to-check'),
      remedy: EVENT_REMEDY,
    });
  }
  const scenario: Scenario = {
    file,
    header: header.header,
    options: parser.options,
    sysctls: header.sysctls,
    events,
    failure: announcedFailure(lexer.failures, events),
  };
  return { scenario, diagnostics };
}

/** The event at which the script says it fails: the first behind its comment. */
function announcedFailure(failures: readonly FailureLine[], events: readonly ScenarioEvent[]): Scenario['failure'] {
  const failure = failures[0];
  const event = failure && events.find(({ start }) => start > failure.start);
  const errno = failure && /errno (\d+)/.exec(failure.text)?.[1];
  return event && { line: event.line, text: failure.text, ...(errno === undefined ? {} : { errno: Number(errno) }) };
}

class ScenarioParser {
  readonly options: ScenarioOption[] = [];
  readonly events: ScenarioEvent[] = [];

  constructor(
    private readonly cursor: PktCursor,
    private readonly lexer: PktLexer,
  ) {}

  run(): void {
    const { cursor } = this;
    while (cursor.is('-') && cursor.is('-', 1)) {
      this.option();
    }
    while (!cursor.atEnd) {
      cursor.failed = false;
      const start = cursor.peek();
      if (this.isTooMuch()) {
        return;
      }
      const event = this.event();
      if (event && !cursor.failed) {
        this.events.push(event);
      }
      if (cursor.failed) {
        cursor.skipEvent(start);
      } else if (!cursor.atEnd && !cursor.peek().first) {
        cursor.fail(
          sentence('unexpected-cursor-after-the-end-of-this-event', { cursor: JSON.stringify(cursor.peek().text) }),
          sentence('begin-the-next-event-on-a-new-line'),
        );
        cursor.skipEvent(start);
      }
    }
  }

  /** Whether the rest is left unread; told when it is. */
  private isTooMuch(): boolean {
    const { cursor, lexer } = this;
    const { start, end } = cursor.peek();
    if (this.events.length >= EVENT_LIMIT) {
      cursor.report(
        'error',
        'SS5001',
        start,
        end,
        sentence('a-script-has-at-most-limit-events-this-one-has-more', { limit: EVENT_LIMIT }),
        sentence('split-it-into-several-scripts'),
      );
      return true;
    }
    if (cursor.diagnostics.length + lexer.diagnostics.length >= PROBLEM_LIMIT) {
      cursor.report(
        'error',
        'SS5001',
        start,
        end,
        sentence('after-limit-problems-the-rest-of-this-script-is-not', { limit: PROBLEM_LIMIT }),
        sentence('mend-the-first-ones'),
      );
      return true;
    }
    return false;
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
      while (!cursor.atEnd && !cursor.peek().first && !(value !== '' && cursor.is('-') && cursor.is('-', 1))) {
        const token = cursor.next();
        value += token.kind === 'string' && value !== '' ? JSON.stringify(token.text) : token.text;
      }
    }
    this.options.push({ name, value, start, end: cursor.previous.end });
    const definition = name === 'define' ? /^(\w+)=(.+)$/.exec(value) : null;
    if (definition) {
      const [, macro = '', text = ''] = definition;
      this.lexer.macros.set(macro, text);
    }
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
      return this.packet(time, first, textFrom);
    }
    if (cursor.is('inject')) {
      return this.inject(time, first.line);
    }
    if (action.kind !== 'word' || !cursor.is('(', 1)) {
      cursor.fail(sentence('cursor-is-no-call-and-no-packet', { cursor: cursor.shown() }), EVENT_REMEDY);
      return undefined;
    }
    if (!CALLS.has(action.text) && refuseLater(cursor)) {
      return undefined;
    }
    cursor.next();
    cursor.next();
    const args = parseArguments(cursor, ')');
    const call = textFrom();
    const asked = askedCall(cursor.file.text, { start: action.start, end: cursor.previous.end }, action.text, args);
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
        ...(asked === call ? {} : { asked }),
        text: textFrom(),
        start: first.start,
        end: cursor.previous.end,
      }
    );
  }

  private packet(time: EventTime, first: PktToken, textFrom: () => string): ScenarioEvent | undefined {
    const { cursor } = this;
    const direction = cursor.next().text === '<' ? 'in' : 'out';
    const packet = parsePacket(cursor, direction);
    const { line, start } = first;
    return (
      packet && { kind: 'packet', line, time, direction, packet, text: textFrom(), start, end: cursor.previous.end }
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
    for (const { name, values } of made) {
      const wrong = settingProblem(name, values);
      if (wrong) {
        const code = wrong.severity === 'error' ? 'SS5001' : 'SS5010';
        cursor.report(wrong.severity, code, token.start, token.end, wrong.message, wrong.remedy);
      }
    }
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
      const what = token.kind === 'command' ? sentence('shell-command') : sentence('this-code');
      cursor.report(
        'warning',
        'SS5005',
        token.start,
        token.end,
        sentence('this-what-is-not-run', { what }),
        token.kind === 'command'
          ? sentence('write-settings-as-sysctl-name-value-nothing-else-of')
          : sentence('write-what-you-expect-as-results-of-calls-such-as'),
      );
    }
    return true;
  }

  private result(): ExpectedResult | undefined {
    const { cursor } = this;
    if (!cursor.expect('=', sentence('every-call-states-its-result-0-3-1-einval-or-when-it'))) {
      return undefined;
    }
    if (cursor.accept('?')) {
      return { kind: 'any' };
    }
    if (cursor.accept('blocked')) {
      return { kind: 'blocked' };
    }
    const from = cursor.peek();
    const value = takeInteger(cursor, sentence('the-result-of-the-call'), MOST_LONG, LEAST_LONG, RESULT_REMEDY);
    const errno = cursor.peek().kind === 'word' && !cursor.peek().first ? cursor.next().text : undefined;
    const range = { start: from.start, end: cursor.previous.end };
    if (errno !== undefined && value !== -1) {
      cursor.fail(sentence('an-error-name-belongs-to-minus-1', { value }), RESULT_REMEDY, 'SS5001', cursor.previous);
    }
    this.note();
    return cursor.failed ? undefined : { kind: 'value', value, errno, range };
  }

  /** Words in brackets behind a result, which say the same for a reader: `(flags O_RDWR)`. */
  private note(): void {
    const { cursor } = this;
    if (!cursor.is('(') || cursor.peek().first) {
      return;
    }
    const open = cursor.next();
    while (!cursor.accept(')')) {
      if (cursor.atEnd || cursor.peek().first) {
        cursor.fail(sentence('this-note-has-no-end'), sentence('close-it-with-on-the-same-line'), 'SS5001', open);
        return;
      }
      cursor.next();
    }
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
        sentence('cannot-read-this-injection'),
        sentence('write-inject-alloc-target-n-or-inject-return'),
      );
      return undefined;
    }
    return { kind: 'inject', line, time, injection, ...range };
  }
}

/** Settings in a shell line: `sysctl -q net.ipv4.x=y`, or words `/proc/sys/net/ipv4/x=y` of whatever command. */
function settingsOf(line: string): Setting[] {
  const sysctl = /^sysctl\s+([^#]*)/.exec(line)?.[1];
  const texts =
    sysctl === undefined
      ? [...line.matchAll(/\/proc\/sys\/net\/ipv4\/(\w+=\d+)\b/g)].map((match) => itemAt(match, 1))
      : (sysctl.match(/[\w./]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']+(?:\s+\d+)*)/g) ?? []);
  return texts.map(parseSysctl).filter((setting) => setting !== undefined);
}
