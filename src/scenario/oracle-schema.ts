/**
 * Oracle files: socket-call cases with the outcome Linux 2.4 gave (schema 1 of ../shared/oracles/README.md).
 *
 * In: the text of a JSON file. Out: the cases that can be read, and diagnostics for the rest; never throws.
 */
import { PROCESS_LIMIT } from '../kernel/processes';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';

export type OracleValue =
  null | boolean | number | string | readonly OracleValue[] | { readonly [key: string]: OracleValue };

export interface OracleOutcome {
  readonly ret?: number | 'fd';
  readonly errno?: string;
  readonly blocks?: boolean;
  readonly addr?: { readonly ip?: string; readonly port?: number | string };
  readonly addrlen?: number;
  readonly data?: string;
  readonly value?: OracleValue;
  /** Least and most milliseconds. */
  readonly elapsed_ms?: readonly [number, number];
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
  readonly expect2416?: OracleOutcome;
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

const REMEDY =
  'See the schema: {"cases": [{"id", "caps", "procs", "setup", "steps": [{"p", "call", "args", "expect24"}]}]}.';

/** Reads an oracle file. */
export function parseOracle(file: SourceFile): OracleFile {
  const diagnostics: Diagnostic[] = [];
  const problem = (message: string): void => {
    diagnostics.push({ code: 'SS5008', severity: 'error', path: file.path, message, remedy: REMEDY });
  };
  let root: unknown;
  try {
    root = JSON.parse(file.text);
  } catch (error) {
    problem(`this is no JSON: ${error instanceof Error ? error.message : String(error)}`);
    return { cases: [], diagnostics };
  }
  const list = Array.isArray(root)
    ? (root as unknown[])
    : isObject(root) && Array.isArray(root['cases'])
      ? (root['cases'] as unknown[])
      : undefined;
  if (!list) {
    problem('this file has no list "cases"');
    return { cases: [], diagnostics };
  }
  const cases: OracleCase[] = [];
  list.forEach((entry, index) => {
    const read = readCase(entry);
    if (typeof read === 'string') {
      problem(`case ${index + 1}: ${read}`);
    } else {
      cases.push(read);
    }
  });
  return { cases, diagnostics };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readCase(entry: unknown): OracleCase | string {
  if (!isObject(entry) || typeof entry['id'] !== 'string') {
    return 'it has no "id"';
  }
  const id = entry['id'];
  const setup = readSteps(entry['setup'] ?? []);
  const steps = readSteps(entry['steps'] ?? []);
  if (typeof setup === 'string' || typeof steps === 'string') {
    return `${id}: ${typeof setup === 'string' ? setup : String(steps)}`;
  }
  const sysctl: { [name: string]: readonly number[] } = {};
  for (const [name, value] of Object.entries(isObject(entry['sysctl']) ? entry['sysctl'] : {})) {
    sysctl[name] = (Array.isArray(value) ? value : [value]).map(Number);
  }
  const procs = strings(entry['procs']);
  if (procs.length > PROCESS_LIMIT) {
    return `${id}: ${procs.length} processes do not fit: at most ${PROCESS_LIMIT} can live at once`;
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

function readSteps(value: unknown): OracleStep[] | string {
  if (!Array.isArray(value)) {
    return 'its steps are no list';
  }
  for (const [index, step] of (value as unknown[]).entries()) {
    if (!isObject(step) || typeof step['call'] !== 'string' || !isObject(step['expect24'])) {
      return `step ${index + 1} needs "call" and "expect24"`;
    }
  }
  return (value as (Omit<OracleStep, 'args'> & { args?: readonly OracleValue[] })[]).map((step) => ({
    ...step,
    args: Array.isArray(step.args) ? step.args : [],
  }));
}
