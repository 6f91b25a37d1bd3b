/**
 * Every function of a program and how it comes to run: compiled from C, a service, missing, refused, each with the
 * reason where there is one.
 *
 * In: a compiled program and what was wrong with its sources. Out: entries in order of file, line and name.
 */
import type { Bilingual } from '../base/bilingual';
import type { DebugFunction } from '../abi/debug-info';
import { createKernel } from '../kernel/kernel';
import type { Diagnostic } from '../source/diagnostic';
import { refusedLines } from './kernel-doctor';
import type { Program } from '../compile/program';

export interface ListedFunction {
  readonly name: string;
  readonly kind: DebugFunction['kind'];
  readonly file: string;
  /** One-based; 0 when there is no C. */
  readonly line: number;
  readonly reason: Bilingual | undefined;
}

export function listFunctions({ image: { debug } }: Program, diagnostics: readonly Diagnostic[]): ListedFunction[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const services = new Map(
    createKernel().modules.flatMap((module) =>
      module.services.map((service) => [service.name, service.reason] as const),
    ),
  );
  const reasonOf = (each: DebugFunction): ListedFunction['reason'] => {
    const lines = each.kind === 'compiled' ? refusedLines(each, debug, errors) : [];
    if (lines.length > 0) {
      return {
        en: `stops at line ${lines.join(', ')}, which is not understood`,
        zh: `会停在看不懂的第 ${lines.join('、')} 行`,
      };
    }
    if (each.reason !== undefined) {
      return { en: each.reason, zh: each.reason };
    }
    return each.kind === 'service' ? services.get(each.name) : each.kind === 'compiled' ? undefined : notDefined;
  };
  return debug.functions
    .map((each) => ({
      name: each.name,
      kind: each.kind,
      file: debug.files[each.file] ?? '',
      line: each.line,
      reason: reasonOf(each),
    }))
    .sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.name, b.name));
}

/** Why a function is missing. */
const notDefined = {
  en: 'declared, and defined in none of the sources that are compiled',
  zh: '只有声明，参与编译的源文件里没有定义',
};

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
