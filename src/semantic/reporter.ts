/**
 * Collects what is wrong with the C that is checked. Repeated reports at the same place are dropped, and their number is
 * bounded, so that one mistake in a header does not bury the rest.
 */
import { wording } from '../sentences/wording';
import type { Words } from '../sentences/sentence';
import type { Diagnostic, MissingName } from '../source/diagnostic';
import type { DiagnosticCode } from '../source/diagnostic-codes';
import type { Span } from '../source/source-file';

const maximumDiagnostics = 1000;

export class Reporter {
  readonly diagnostics: Diagnostic[] = [];
  /** Reports made, those that were dropped included. */
  reports = 0;
  private readonly seen = new Set<string>();

  /** Something that cannot be given a meaning: the statement around it becomes a stop. */
  error(code: DiagnosticCode, span: Span, message: Words, remedy?: Words, missing?: MissingName): void {
    this.add({ code, severity: 'error', span, message, ...given({ remedy, missing }) }, span);
  }

  /** Something accepted as gcc 2.95 accepts it. */
  warn(span: Span, message: Words, remedy?: Words, missing?: MissingName): void {
    this.add({ code: 'SS3009', severity: 'warning', span, message, ...given({ remedy, missing }) }, span);
  }

  private add(diagnostic: Diagnostic, span: Span): void {
    this.reports++;
    if (this.diagnostics.length >= maximumDiagnostics) {
      return;
    }
    const key = `${span.file.path}:${span.start}:${wording(diagnostic.message, 'en')}`;
    if (!this.seen.has(key)) {
      this.seen.add(key);
      this.diagnostics.push(diagnostic);
    }
  }
}

/** Without what is not there. */
function given<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;
}
