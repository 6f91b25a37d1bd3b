/**
 * What a folder with kernel sources is good for. In: the folder's files, and what compiling them gave. Out: kind and
 * version, parts that are missing, merge conflicts that were mended, mistakes, and for each function of the socket notes
 * whether it can be stepped.
 */
import type { DebugFunction } from '../ir/debug-info';
import { resolveConflicts } from '../preprocess/conflict-markers';
import type { Diagnostic } from '../source/diagnostic';
import { startOf, type SourceFile } from '../source/source-file';
import type { TreeKind } from './kernel-tree';
import type { Program } from './program';

/** The functions that the socket notes explain, in the order in which a connection comes to them. */
const DOCUMENTED_FUNCTIONS: readonly string[] = [
  'inet_create',
  'sock_init_data',
  'tcp_v4_init_sock',
  'raw_init',
  'raw_bind',
  'inet_bind',
  'inet_listen',
  'tcp_listen_start',
  'inet_stream_connect',
  'inet_wait_for_connect',
  'inet_accept',
  'tcp_accept',
  'wait_for_connect',
];

/** How far one function can be stepped. */
export interface FunctionHealth {
  readonly name: string;
  /**
   * yes: every statement; partly: some statements are refused and stop a run; no: it is not there or its C is not
   * understood.
   */
  readonly steppable: 'yes' | 'partly' | 'no';
  readonly file?: string;
  readonly line?: number;
  readonly statements: number;
  /** Lines of its statements that are refused. */
  readonly refusedLines: readonly number[];
}

export interface MendedFile {
  readonly file: string;
  readonly conflicts: number;
  readonly used: boolean;
}

export interface TreeHealth {
  readonly version: string;
  readonly code: number;
  readonly steppable: boolean;
  /** Sources and headers that were looked for and not found. */
  readonly missing: readonly string[];
  /**
   * Files with merge conflicts of which one side is taken, with the number of conflicts; `used`: the network stack needs
   * them.
   */
  readonly mended: readonly MendedFile[];
  readonly errors: number;
  readonly warnings: number;
  /** Functions compiled from the tree's C, of them without any refused statement. */
  readonly compiled: number;
  readonly whole: number;
  readonly functions: readonly FunctionHealth[];
}

/** Folders whose files are looked through for merge conflicts, also those that the network stack does not need. */
export const SEARCHED_FOLDERS: readonly string[] = [
  'include/linux',
  'include/net',
  'net',
  'drivers',
  'kernel',
  'lib',
  'fs',
  'mm',
  'init',
  'ipc',
];

/**
 * Sums up a tree that has been compiled; `program` is undefined when no source could be read; `others` are files with
 * conflict markers that it may not have read.
 */
export function examineTree(
  kind: TreeKind,
  program: Program | undefined,
  diagnostics: readonly Diagnostic[],
  others: readonly SourceFile[] = [],
): TreeHealth {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const debug = program?.image.debug;
  const compiled =
    debug?.functions.filter((each) => each.kind === 'compiled' && !debug.files[each.file]!.startsWith('<')) ?? [];
  const refused = (each: DebugFunction): number[] => refusedLines(each, debug?.files[each.file] ?? '', errors);
  const functions = DOCUMENTED_FUNCTIONS.map((name): FunctionHealth => {
    const found = compiled.find((each) => each.name === name);
    if (!found) {
      return { name, steppable: 'no', statements: 0, refusedLines: [] };
    }
    const lines = refused(found);
    return {
      name,
      steppable: lines.length > 0 ? 'partly' : 'yes',
      file: debug!.files[found.file]!,
      line: found.line,
      statements: found.statementCount,
      refusedLines: lines,
    };
  });
  return {
    version: kind.version,
    code: kind.code,
    steppable: functions.some(({ steppable }) => steppable !== 'no'),
    missing: missingParts(diagnostics),
    mended: mendedFiles(diagnostics, others),
    errors: errors.length,
    warnings: diagnostics.filter(({ severity }) => severity === 'warning').length,
    compiled: compiled.length,
    whole: compiled.filter((each) => refused(each).length === 0).length,
    functions,
  };
}

/** Lines of a function at which an error was told: its statements there stop a run. */
export function refusedLines(each: DebugFunction, file: string, errors: readonly Diagnostic[]): number[] {
  const inside = errors.filter(
    ({ span }) => span?.file.path === file && span.start >= each.start && span.end <= each.end,
  );
  return [...new Set(inside.map(({ span }) => startOf(span!).line))].sort((a, b) => a - b);
}

function missingParts(diagnostics: readonly Diagnostic[]): string[] {
  const missing = diagnostics.flatMap(({ code, path, message }) => {
    const header = code === 'SS1001' ? /'([^']+)'/.exec(message)?.[1] : undefined;
    return code === 'SS8003' && path !== undefined ? [path] : header !== undefined ? [`include/${header}`] : [];
  });
  return [...new Set(missing)].sort();
}

function mendedFiles(diagnostics: readonly Diagnostic[], others: readonly SourceFile[]): MendedFile[] {
  const used = conflictCounts(diagnostics);
  const unused = conflictCounts(
    others.filter(({ path }) => !used.has(path)).flatMap((file) => resolveConflicts(file).diagnostics),
  );
  const told = (counts: ReadonlyMap<string, number>, isUsed: boolean): MendedFile[] =>
    [...counts].map(([file, conflicts]) => ({ file, conflicts, used: isUsed }));
  return [...told(used, true), ...told(unused, false)];
}

function conflictCounts(diagnostics: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { code, span } of diagnostics) {
    if (code === 'SS1009' && span) {
      counts.set(span.file.path, (counts.get(span.file.path) ?? 0) + 1);
    }
  }
  return counts;
}
