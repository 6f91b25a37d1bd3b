/**
 * Oracle files: socket-call cases with the outcome Linux 2.4 gave (media/scenarios/README.md describes them).
 *
 * In: the text of a JSON file. Out: the cases that can be read, and diagnostics for the rest; never throws.
 */
import { sentence, type Words } from '../sentences/sentence';
import { PROCESS_LIMIT } from '../kernel/processes';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { CAPABILITIES } from '../abi/linux-process';
import { BUFFER_LIMIT } from './call-builder';
import { versionCode } from './pkt-variants';
import { settingProblem } from './setting-table';

export type OracleValue =
  null | boolean | number | string | readonly OracleValue[] | { readonly [key: string]: OracleValue };

export type OracleOutcome = {
  readonly ret?: number | 'fd';
  readonly errno?: string;
  readonly blocks?: boolean;
  readonly addr?: { readonly ip?: string; readonly port?: number | string };
  readonly addrlen?: number;
  readonly data?: string;
  readonly value?: OracleValue;
  /** Least and most milliseconds. */
  readonly elapsed_ms?: readonly [number, number];
};

/** Versions as LINUX_VERSION_CODE: from one on, before another. */
export interface VersionBound {
  readonly from: number | undefined;
  readonly below: number | undefined;
}

/** What a step gives on versions that the case names (`"expect": {">=2.4.18 <2.4.20": {…}}`). */
interface VersionedOutcome {
  readonly bound: VersionBound;
  readonly outcome: OracleOutcome;
}

export interface OracleStep {
  readonly p?: string;
  readonly call: string;
  readonly args: readonly OracleValue[];
  readonly save?: string;
  readonly save_port?: string;
  readonly async?: string;
  readonly skip_ip?: boolean;
  readonly expect24: OracleOutcome;
  /** On 2.4.16 and later. */
  readonly expect2416?: OracleOutcome;
  /** On other versions; the first that fits counts. */
  readonly expect?: readonly VersionedOutcome[];
}

export interface OracleCase {
  readonly id: string;
  readonly title: string;
  readonly caps: readonly string[];
  readonly procs: readonly string[];
  readonly sysctl: { readonly [name: string]: readonly number[] };
  readonly setup: readonly OracleStep[];
  readonly steps: readonly OracleStep[];
}

export interface OracleFile {
  readonly cases: readonly OracleCase[];
  readonly diagnostics: readonly Diagnostic[];
}

const REMEDY = sentence('see-the-schema-cases-id-caps-procs-setup-steps-p');
/** Steps that a case may have. */
const MOST_STEPS = 100_000;

/** Reads an oracle file. */
export function parseOracle(file: SourceFile): OracleFile {
  const diagnostics: Diagnostic[] = [];
  const problem = (message: Words): void => {
    diagnostics.push({ code: 'SS5008', severity: 'error', path: file.path, message, remedy: REMEDY });
  };
  let root: unknown;
  try {
    root = JSON.parse(file.text);
  } catch (error) {
    problem(sentence('this-is-no-json', { error: error instanceof Error ? error.message : String(error) }));
    return { cases: [], diagnostics };
  }
  const list = Array.isArray(root)
    ? (root as unknown[])
    : isObject(root) && Array.isArray(root['cases'])
      ? (root['cases'] as unknown[])
      : undefined;
  if (!list) {
    problem(sentence('this-file-has-no-list-cases'));
    return { cases: [], diagnostics };
  }
  const cases: OracleCase[] = [];
  list.forEach((entry, index) => {
    const read = readCase(entry);
    if (read instanceof Unreadable) {
      problem(sentence('case-number-problem', { number: index + 1, problem: read.why }));
    } else {
      cases.push(read);
    }
  });
  return { cases, diagnostics };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Why a case, or a part of it, cannot be read. */
class Unreadable {
  constructor(readonly why: Words) {}
}

function readCase(entry: unknown): OracleCase | Unreadable {
  if (!isObject(entry) || typeof entry['id'] !== 'string') {
    return new Unreadable(sentence('it-has-no-id'));
  }
  const id = entry['id'];
  const unreadable = (problem: Words): Unreadable => new Unreadable(sentence('id-problem', { id, problem }));
  const setup = readSteps(entry['setup'] ?? []);
  const steps = readSteps(entry['steps'] ?? []);
  if (setup instanceof Unreadable) {
    return unreadable(setup.why);
  }
  if (steps instanceof Unreadable) {
    return unreadable(steps.why);
  }
  const sysctl: { [name: string]: readonly number[] } = Object.create(null) as { [name: string]: readonly number[] };
  for (const [name, value] of Object.entries(isObject(entry['sysctl']) ? entry['sysctl'] : {})) {
    const values = (Array.isArray(value) ? value : [value]).map(Number);
    const wrong = settingProblem(name, values);
    if (wrong) {
      return unreadable(wrong.message);
    }
    sysctl[name] = values;
  }
  const procs = strings(entry['procs']);
  if (procs.length > PROCESS_LIMIT) {
    return unreadable(
      sentence('count-processes-do-not-fit-at-most-limit-can-live-at', { count: procs.length, limit: PROCESS_LIMIT }),
    );
  }
  const unknown = strings(entry['caps']).find((name) => !Object.hasOwn(CAPABILITIES, name));
  if (unknown !== undefined) {
    return unreadable(sentence('unknown-capability-name', { name: unknown }));
  }
  return {
    id,
    title: typeof entry['title'] === 'string' ? entry['title'] : id,
    caps: strings(entry['caps']),
    procs: procs.length > 0 ? procs : ['A'],
    sysctl,
    setup,
    steps,
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function readSteps(value: unknown): OracleStep[] | Unreadable {
  if (!Array.isArray(value)) {
    return new Unreadable(sentence('its-steps-are-no-list'));
  }
  if (value.length > MOST_STEPS) {
    return new Unreadable(sentence('it-has-more-steps-than-are-played', { count: value.length, limit: MOST_STEPS }));
  }
  const steps: OracleStep[] = [];
  for (const [index, step] of (value as unknown[]).entries()) {
    if (!isObject(step) || typeof step['call'] !== 'string' || !isObject(step['expect24'])) {
      return new Unreadable(sentence('step-number-needs-call', { number: index + 1 }));
    }
    const expect = readVersions(step['expect']);
    const tooLong = sizeProblem(step['call'], step['args']);
    const wrong = expect instanceof Unreadable ? expect.why : tooLong;
    if (wrong !== undefined) {
      return new Unreadable(sentence('step-number-problem', { number: index + 1, problem: wrong }));
    }
    const { expect: _expect, args, ...rest } = step;
    steps.push({
      ...(rest as Omit<OracleStep, 'args' | 'expect'>),
      args: Array.isArray(args) ? args : [],
      ...(Array.isArray(expect) && expect.length > 0 ? { expect } : {}),
    });
  }
  return steps;
}

const BOUND = /^(?:>=\s*(\d+\.\d+\.\d+))?\s*(?:<\s*(\d+\.\d+\.\d+))?$/;

/** Outcomes by version, as the scripts' `//! linux >=2.4.16 <2.4.20:` lines bound them. */
function readVersions(value: unknown): VersionedOutcome[] | Unreadable {
  if (value === undefined) {
    return [];
  }
  if (!isObject(value)) {
    return new Unreadable(sentence('its-expect-is-no-table'));
  }
  const outcomes: VersionedOutcome[] = [];
  for (const [text, outcome] of Object.entries(value)) {
    const match = BOUND.exec(text.trim());
    const [from, below] = (match ?? []).slice(1).map((version) => (version ? versionCode(version) : undefined));
    if (!match || (from === undefined && below === undefined)) {
      return new Unreadable(sentence('cannot-read-the-versions', { text: JSON.stringify(text) }));
    }
    if (from !== undefined && below !== undefined && from >= below) {
      return new Unreadable(sentence('no-version-is-in', { text: JSON.stringify(text) }));
    }
    if (!isObject(outcome)) {
      return new Unreadable(sentence('what-it-expects-is-no-outcome', { text: JSON.stringify(text) }));
    }
    outcomes.push({ bound: { from, below }, outcome });
  }
  return outcomes;
}

/** Whether a call asks for a buffer that cannot be made. */
function sizeProblem(call: string, args: unknown): Words | undefined {
  const list = Array.isArray(args) ? (args as unknown[]) : [];
  const size = call === 'recv' ? list[1] : call === 'send' || call === 'sendto' ? String(list[1] ?? '').length : 0;
  return typeof size === 'number' && size > BUFFER_LIMIT
    ? sentence('bytes-do-not-fit-a-buffer', { size, limit: BUFFER_LIMIT })
    : undefined;
}
