/**
 * The `//!` header of a scenario: title and explanation in both languages, privileges, processes, faults to inject.
 *
 * In: header lines. Out: a {@link ScenarioHeader} and diagnostics. packetdrill sees comments there. Keys (see
 * media/scenarios/README.md):
 *
 *   title.en title.zh about.en about.zh     text; several about lines are joined
 *   caps: CAP_NET_RAW, …                    uid: 0         process: A, B         shows: inet_create, …
 *   inject: alloc TARGET [N]                the Nth allocation (1 = next) of a cache, of kmalloc, or of anything (*) gives NULL
 *   inject: return FUNCTION [N] VALUE       the Nth call of FUNCTION returns VALUE without running
 *   sysctl: NAME = NUMBER…
 *   moment, view, text.en, text.zh, …       lines of the story (src/story/read-story.ts)
 */
import { itemAt } from '../base/checked-access';
import { sentence, type Words } from '../sentences/sentence';
import { CAPABILITIES } from '../abi/linux-process';
import { PROCESS_LIMIT } from '../kernel/processes';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { storyKeys } from '../story/story-model';
import { constantValue, nearestName } from './constants';
import { MOST_SHORT } from './pkt-numbers';
import { settingProblem } from './setting-table';
import type { HeaderSetting, Injection, ScenarioHeader } from './pkt-ast';
import type { HeaderLine } from './pkt-lexer';

const DEFAULT_UID = 1000;
/** Keys of `//!` lines. */
export const headerKeys: readonly string[] = [
  ...['title.en', 'title.zh', 'about.en', 'about.zh', 'caps', 'uid', 'process', 'shows', 'inject', 'sysctl'],
  ...storyKeys,
];

export interface ParsedHeader {
  readonly header: ScenarioHeader;
  readonly sysctls: readonly HeaderSetting[];
  readonly diagnostics: readonly Diagnostic[];
}

export function parseHeader(file: SourceFile, lines: readonly HeaderLine[]): ParsedHeader {
  const diagnostics: Diagnostic[] = [];
  const problem: Tell = (line, code, message, remedy, severity = 'error') => {
    diagnostics.push({ code, severity, span: { file, start: line.start, end: line.end }, message, remedy });
  };
  const texts = (key: string): string =>
    lines
      .filter((line) => line.key === key)
      .map((line) => line.value)
      .join(' ');

  checkKeys(lines, problem);
  const capabilities = capabilityNames(namesUnder('caps', lines), problem);
  const injections = injectionsOf(lines, problem);
  const sysctls = settingsIn(file, lines, problem);
  const processes = processNames(namesUnder('process', lines), problem);
  const header: ScenarioHeader = {
    title: { en: texts('title.en'), zh: texts('title.zh') },
    about: { en: texts('about.en'), zh: texts('about.zh') },
    capabilities,
    uid: userId(lines, problem),
    processes: processes.length > 0 ? processes : ['A'],
    injections,
    shows: namesUnder('shows', lines).map(({ name }) => name),
    story: lines.filter(({ key }) => storyKeys.some((each) => each === key)),
  };
  return { header, sysctls, diagnostics };
}

type Tell = (
  line: HeaderLine,
  code: Diagnostic['code'],
  message: Words,
  remedy: Words,
  severity?: Diagnostic['severity'],
) => void;

interface NamedInLine {
  readonly line: HeaderLine;
  readonly name: string;
}

/** Words of all lines of a key. */
function namesUnder(key: string, lines: readonly HeaderLine[]): NamedInLine[] {
  return lines
    .filter((line) => line.key === key)
    .flatMap((line) =>
      line.value
        .split(/[\s,]+/)
        .filter(Boolean)
        .map((name) => ({ line, name })),
    );
}

function checkKeys(lines: readonly HeaderLine[], tell: Tell): void {
  for (const line of lines) {
    if (line.key === '') {
      tell(
        line,
        'SS5001',
        sentence('this-line-has-no-key-with-a-colon'),
        sentence('write-title-en-or-linux-2-4-16-or-for-a-comment'),
      );
    } else if (!headerKeys.includes(line.key)) {
      const near = nearestName(line.key, headerKeys);
      tell(
        line,
        'SS5007',
        sentence('unknown-header-key-key', { key: line.key }),
        near
          ? sentence('did-you-mean-the-name', { near })
          : sentence('known-keys-limit', { limit: headerKeys.join(', ') }),
      );
    }
  }
}

function capabilityNames(named: readonly NamedInLine[], tell: Tell): string[] {
  return named.flatMap(({ line, name }) => {
    if (Object.hasOwn(CAPABILITIES, name)) {
      return [name];
    }
    const near = nearestName(name, Object.keys(CAPABILITIES));
    tell(
      line,
      'SS5003',
      sentence('unknown-capability-name', { name }),
      near
        ? sentence('did-you-mean-the-name', { near })
        : sentence('use-a-name-of-linux-capability-h-such-as-cap-net-raw'),
    );
    return [];
  });
}

function injectionsOf(lines: readonly HeaderLine[], tell: Tell): Injection[] {
  return lines
    .filter(({ key }) => key === 'inject')
    .flatMap((line) => {
      const injection = parseInjection(line.value.split(/\s+/), line);
      if (!injection) {
        tell(
          line,
          'SS5001',
          sentence('cannot-read-the-injection-line', { line: line.value }),
          sentence('write-alloc-target-n-or-return-function-n-value'),
        );
      }
      return injection ?? [];
    });
}

function settingsIn(file: SourceFile, lines: readonly HeaderLine[], tell: Tell): ParsedHeader['sysctls'] {
  return lines
    .filter(({ key }) => key === 'sysctl')
    .flatMap((line) => {
      const setting = parseSysctl(line.value);
      if (!setting) {
        tell(
          line,
          'SS5001',
          sentence('cannot-read-the-setting-line', { line: line.value }),
          sentence('write-name-number-such-as-tcp-syn-retries-2'),
        );
      }
      const wrong = setting && settingProblem(setting.name, setting.values);
      if (wrong) {
        tell(line, wrong.severity === 'error' ? 'SS5001' : 'SS5010', wrong.message, wrong.remedy, wrong.severity);
      }
      return setting ? { ...setting, line: file.positionAt(line.start).line + 1 } : [];
    });
}

/** Names of processes, each once and no more than there is room for. */
function processNames(found: readonly NamedInLine[], tell: Tell): string[] {
  for (const [index, { line, name }] of found.entries()) {
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      tell(
        line,
        'SS5001',
        sentence('name-is-no-name-of-a-process', { name: JSON.stringify(name) }),
        sentence('use-letters-digits-and'),
      );
    } else if (found.findIndex((other) => other.name === name) < index) {
      tell(line, 'SS5001', sentence('the-process-name-is-named-twice', { name }), sentence('name-each-once'));
    }
  }
  const last = found[PROCESS_LIMIT];
  if (last) {
    tell(
      last.line,
      'SS5001',
      sentence('count-processes-do-not-fit-at-most-limit-can-live-at', { count: found.length, limit: PROCESS_LIMIT }),
      sentence('name-at-most-limit-what-more-of-them-do-can-be-done', { limit: PROCESS_LIMIT }),
    );
  }
  return found.map(({ name }) => name);
}

function userId(lines: readonly HeaderLine[], tell: Tell): number {
  const line = lines.filter(({ key }) => key === 'uid').at(-1);
  if (line && !(/^\d{1,5}$/.test(line.value) && Number(line.value) <= MOST_SHORT)) {
    tell(
      line,
      'SS5001',
      sentence('name-must-be-a-whole-number-from-least-to-most-not', {
        name: sentence('the-user-id'),
        least: 0,
        most: MOST_SHORT,
        wrong: JSON.stringify(line.value),
      }),
      sentence('write-a-number-in-this-range'),
    );
  }
  return line ? Number(line.value) || 0 : DEFAULT_UID;
}

/** `alloc TARGET [N]` or `return FUNCTION [N] VALUE`. */
export function parseInjection(
  words: readonly string[],
  range: { readonly start: number; readonly end: number },
): Injection | undefined {
  const [kind, target, ...rest] = words;
  if (kind === 'alloc' && target && rest.length <= 1) {
    const nth = Number(rest[0] ?? 1);
    return Number.isInteger(nth) && nth >= 1 ? { kind: 'allocation', target, nth } : undefined;
  }
  if (kind === 'return' && target && (rest.length === 1 || rest.length === 2)) {
    const value = injectedValue(itemAt(rest, rest.length - 1));
    const nth = rest.length === 2 ? Number(rest[0]) : 1;
    return value !== undefined && Number.isInteger(nth) && nth >= 1
      ? { kind: 'return', function: target, nth, value, range: { start: range.start, end: range.end } }
      : undefined;
  }
  return undefined;
}

/** `-105`, `-ENOBUFS`, `0`. */
function injectedValue(text: string): number | undefined {
  const [, sign, name] = /^(-?)(\w+)$/.exec(text) ?? [];
  const magnitude = name === undefined ? undefined : /^\d/.test(name) ? Number(name) : constantValue(name);
  return magnitude === undefined || Number.isNaN(magnitude) ? undefined : sign === '-' ? -magnitude : magnitude;
}

/** `tcp_syn_retries = 2`, `net.ipv4.ip_local_port_range="20000 29999"`. */
export function parseSysctl(text: string): { name: string; values: number[] } | undefined {
  const match = /^(?:net[./](?:ipv4|core)[./])?(\w+)\s*=\s*["']?([\d\s]+?)["']?$/.exec(text.trim());
  const [, name, values] = match ?? [];
  return name === undefined ? undefined : { name, values: (values ?? '').trim().split(/\s+/).map(Number) };
}
