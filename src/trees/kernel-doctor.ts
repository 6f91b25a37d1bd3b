/**
 * What a folder with kernel sources is good for. In: the folder's files, and what compiling them gave. Out: kind and
 * version, parts that are missing, merge conflicts that were mended, mistakes, and for each function of the socket notes
 * whether it can be stepped.
 */
import { itemAt } from '../base/checked-access';
import { says, type Told, type Words } from '../sentences/sentence';
import type { DebugDamage, DebugFunction, DebugInfo } from '../abi/debug-info';
import { resolveConflicts } from '../preprocess/conflict-markers';
import type { Diagnostic } from '../source/diagnostic';
import { startOf, type SourceFile } from '../source/source-file';
import type { TreeKind } from './identify-tree';
import type { Program } from '../compile/program';

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

/** A struct or union whose layout is not known, because of one member. */
export interface RecordDamage {
  /** `struct semaphore`. */
  readonly record: string;
  /** Empty when it has no readable name. */
  readonly member: string;
  readonly file: string;
  readonly line: number;
  /** What was told there. */
  readonly cause: { readonly message: Words; readonly remedy: Told } | undefined;
  /** Records that contain it. */
  readonly others: readonly string[];
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
  readonly errorPlaces: {
    readonly compiled: number;
    readonly uncalled: number;
    readonly elsewhere: number;
    /** Functions that nothing calls and that have errors. */
    readonly names: readonly string[];
  };
  readonly warnings: number;
  /** Members that make no sense, each with what it takes along. */
  readonly damages: readonly RecordDamage[];
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
    debug?.functions.filter((each) => each.kind === 'compiled' && !itemAt(debug.files, each.file).startsWith('<')) ??
    [];
  const refused = (each: DebugFunction): number[] => (debug ? refusedLines(each, debug, errors) : []);
  const functions = DOCUMENTED_FUNCTIONS.map((name): FunctionHealth => {
    const found = compiled.find((each) => each.name === name);
    if (!found || !debug) {
      return { name, steppable: 'no', statements: 0, refusedLines: [] };
    }
    const lines = refused(found);
    return {
      name,
      steppable: lines.length > 0 ? 'partly' : 'yes',
      file: itemAt(debug.files, found.file),
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
    errorPlaces: placesOf(errors, compiled, debug),
    damages: damagesIn(debug, errors),
    warnings: diagnostics.filter(({ severity }) => severity === 'warning').length,
    compiled: compiled.length,
    whole: compiled.filter((each) => refused(each).length === 0).length,
    functions,
  };
}

/**
 * Lines of a function that stop a run: those whose statement has no meaning, and those at which an error was told. What
 * a statement lacks may be told elsewhere, where a name that it uses was declared.
 */
export function refusedLines(each: DebugFunction, debug: DebugInfo, errors: readonly Diagnostic[]): number[] {
  const stops = each.resumePoints
    .filter(
      ({ kind, check, statement, message }) =>
        kind === 'fault' && check === 'trap' && statement >= 0 && !says(message, 'goto-to-an-address-that-is-no-label'),
    )
    .map(({ statement }) => itemAt(debug.statements, statement).line);
  const file = debug.files[each.file];
  const told = errors.filter((error) => isWithin(error, { path: file ?? '', start: each.start, end: each.end }));
  return [...new Set([...stops, ...told.flatMap(({ span }) => (span ? [startOf(span).line] : []))])].sort(
    (a, b) => a - b,
  );
}

function isWithin({ span }: Diagnostic, { path, start, end }: { path: string; start: number; end: number }): boolean {
  return span !== undefined && span.file.path === path && span.start >= start && span.end <= end;
}

/** Where the errors stand: in compiled functions, in functions that nothing calls, or in declarations. */
function placesOf(
  errors: readonly Diagnostic[],
  compiled: readonly DebugFunction[],
  debug: DebugInfo | undefined,
): TreeHealth['errorPlaces'] {
  const uncalled = new Set<string>();
  const counts = { compiled: 0, uncalled: 0, elsewhere: 0 };
  for (const error of errors) {
    const path = error.span?.file.path;
    const inside = compiled.some((each) =>
      isWithin(error, { path: debug?.files[each.file] ?? '', start: each.start, end: each.end }),
    );
    const outside = inside ? undefined : debug?.unlinked?.find((each) => each.path === path && isWithin(error, each));
    if (outside) {
      uncalled.add(outside.name);
    }
    counts[inside ? 'compiled' : outside ? 'uncalled' : 'elsewhere']++;
  }
  return { ...counts, names: [...uncalled].sort() };
}

/** Records whose layout is not known, by the member that is at fault. */
function damagesIn(debug: DebugInfo | undefined, errors: readonly Diagnostic[]): RecordDamage[] {
  const found = new Map<string, { damage: DebugDamage; records: Set<string> }>();
  for (const type of debug?.types ?? []) {
    if (type.kind === 'record' && type.damage) {
      const { member, record, file, line } = type.damage;
      const key = JSON.stringify([member, record, file, line]);
      const entry = found.get(key) ?? { damage: type.damage, records: new Set() };
      found.set(key, entry);
      if (type.name !== '') {
        entry.records.add(`${type.tag} ${type.name}`);
      }
    }
  }
  return [...found.values()].map(({ damage: { member, record, file, line }, records }) => {
    const path = debug?.files[file] ?? '';
    const cause = errors.find(({ span }) => span?.file.path === path && startOf(span).line === line);
    const others = [...records].filter((name) => name !== record).sort();
    return {
      record,
      member,
      file: path,
      line,
      cause: cause && { message: cause.message, remedy: cause.remedy ?? '' },
      others,
    };
  });
}

function missingParts(diagnostics: readonly Diagnostic[]): string[] {
  const missing = diagnostics.flatMap(({ code, path, message }) => {
    const header = code === 'SS1001' && 'id' in message ? message.args?.['name'] : undefined;
    return code === 'SS8003' && path !== undefined ? [path] : typeof header === 'string' ? [`include/${header}`] : [];
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
