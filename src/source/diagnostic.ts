/**
 * Problems in what the user gave us (C, scenarios, documents, annotations): plain data with a place, a stable code,
 * and a remedy. They are collected beside a usable result and never thrown.
 */
import { sentence, type Words } from '../sentences/sentence';
import { wording, wordingIn } from '../sentences/wording';
import { startOf, type Span } from './source-file';
import type { DiagnosticCode } from './diagnostic-codes';

export type Severity = 'error' | 'warning' | 'information';

const severityWords: Readonly<Record<Severity, Words>> = {
  error: sentence('severity-error'),
  warning: sentence('severity-warning'),
  information: sentence('severity-information'),
};

/** A name that is not there; `record` is the struct or union that lacks it as a member. */
export interface MissingName {
  readonly name: string;
  readonly record?: string;
}

export interface Diagnostic {
  /** Stable code from the table in `diagnostic-codes.ts`, such as `SS1001`. */
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Where it is; undefined when it concerns no single place (then `path` says which file, if any). */
  readonly span?: Span;
  readonly path?: string;
  /** What is wrong, one sentence. */
  readonly message: Words;
  /** What to do about it, one sentence. */
  readonly remedy?: Words;
  /** What the program would need to have, for whoever can add it. */
  readonly missing?: MissingName;
  readonly related?: readonly { readonly span: Span; readonly message: Words }[];
  /** What a quick fix writes in place of what stands there. */
  readonly fix?: readonly { readonly span: Span; readonly text: string }[];
}

/**
 * `file:line:column: severity: message [code]`, with the remedy after the message: the form of the command line. The
 * language is `en`, `zh`, … or `both`.
 */
export function formatDiagnostic(diagnostic: Diagnostic, language = 'en'): string {
  const { span } = diagnostic;
  const at = span ? startOf(span) : undefined;
  const place = span && at ? `${span.file.path}:${at.line}:${at.column}` : `${diagnostic.path ?? 'sockscope'}:1:1`;
  const remedy = diagnostic.remedy ? ` (${wordingIn(diagnostic.remedy, language)})` : '';
  // In both languages one word is enough, and it is the one that editors look for.
  const severity = wordingIn(severityWords[diagnostic.severity], language === 'both' ? 'en' : language);
  return `${place}: ${severity}: ${wordingIn(diagnostic.message, language)}${remedy} [${diagnostic.code}]`;
}

/** Whether any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** Each problem once: a header's is found again in every file that includes it. The order stays. */
export function withoutRepetition(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const told = new Set<string>();
  return diagnostics.filter(({ code, span, path, message }) => {
    const key = `${code} ${span?.file.path ?? path ?? ''} ${span?.start ?? ''} ${wording(message, 'en')}`;
    return !told.has(key) && told.add(key);
  });
}
