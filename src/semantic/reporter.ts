/**
 * Collects what is wrong with the C that is checked. Repeated reports at the same place are dropped, and their number is
 * bounded, so that one mistake in a header does not bury the rest.
 */
import type { Diagnostic, Severity } from '../source/diagnostic';
import type { DiagnosticCode } from '../source/diagnostic-codes';
import type { Span } from '../source/source-file';

const maximumDiagnostics = 1000;

export class Reporter {
  readonly diagnostics: Diagnostic[] = [];
  /** Reports made, those that were dropped included. */
  reports = 0;
  private readonly seen = new Set<string>();

  /** Something that cannot be given a meaning: the statement around it becomes a stop. */
  error(code: DiagnosticCode, span: Span, message: string, remedy?: string): void {
    this.add(code, 'error', span, message, remedy);
  }

  /** Something accepted as gcc 2.95 accepts it. */
  warn(span: Span, message: string, remedy?: string): void {
    this.add('SS3009', 'warning', span, message, remedy);
  }

  private add(code: DiagnosticCode, severity: Severity, span: Span, message: string, remedy: string | undefined): void {
    this.reports++;
    if (this.diagnostics.length >= maximumDiagnostics) {
      return;
    }
    const key = `${span.file.path}:${span.start}:${message}`;
    if (!this.seen.has(key)) {
      this.seen.add(key);
      this.diagnostics.push(
        remedy === undefined ? { code, severity, span, message } : { code, severity, span, message, remedy },
      );
    }
  }
}
