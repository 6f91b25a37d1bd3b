/**
 * What compiling a tree found odd in it, for somebody who reads that kernel and did not write it.
 *
 * In: diagnostics. Out: the remarks among them, each once, without advice to the author; and what else there is (errors,
 * missing parts, damage), unchanged.
 */
import { says, sentence } from '../sentences/sentence';
import type { DiagnosticCode } from '../source/diagnostic-codes';
import { withoutRepetition, type Diagnostic } from '../source/diagnostic';

/** Peculiarities of C that compiles all the same. */
const remarks: ReadonlySet<DiagnosticCode> = new Set(['SS1003', 'SS1004', 'SS3009', 'SS4002', 'SS4004']);

const isRemark = ({ code, severity }: Diagnostic): boolean => severity === 'warning' && remarks.has(code);

export function readersHints(diagnostics: readonly Diagnostic[]): {
  readonly hints: readonly Diagnostic[];
  readonly others: readonly Diagnostic[];
} {
  return {
    hints: withoutRepetition(diagnostics.filter(isRemark)).map(forReader),
    others: diagnostics.filter((each) => !isRemark(each)),
  };
}

function forReader(given: Diagnostic): Diagnostic {
  const { remedy: _, ...hint } = given;
  const { message } = given;
  const isElsewhere = says(message, 'symbol-is-declared-but-defined-nowhere-it-starts-as');
  const symbol = isElsewhere && 'id' in message ? message.args?.symbol : undefined;
  return {
    ...hint,
    severity: 'information',
    message: symbol === undefined ? message : sentence('symbol-is-of-a-part-that-does-not-run', { symbol }),
  };
}
