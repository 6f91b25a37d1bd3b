/**
 * `sockscope run SCENARIO --counts`: statements per system call. In: a script and the compiled kernel. Out: a line per
 * call, or as JSON one object a line `{process, call, result, statements, withoutLibrary, functions: [{function, file,
 * statements, declarations}]}`.
 */
import { sentence } from '../sentences/sentence';
import { countCalls, scriptToCount, type CallCount } from '../facade/call-counts';
import { findScenario } from '../facade/scenarios';
import { SourceFile } from '../source/source-file';
import { definitionsOf } from './arguments';
import type { Context, ExitStatus } from './context';
import { rewritesOf } from './rewrites';
import { scenarioOf } from './scenario-word';

/** Statements that are counted at most unless `--budget` says otherwise. */
const mostCounted = 100_000_000;

export async function showCallCounts(context: Context): Promise<ExitStatus> {
  const rewrites = rewritesOf(context);
  const wanted = rewrites && scenarioOf(context, context.args.words[0] ?? '');
  if (!wanted || context.document === 'failed') {
    return 2;
  }
  const file =
    'script' in wanted
      ? new SourceFile(wanted.script.path, wanted.script.text)
      : findScenario(context.io.media(), wanted.scenario);
  if ('code' in file) {
    context.report([file]);
    return 2;
  }
  const prepared = scriptToCount(file, { macros: definitionsOf(context.args), rewrites });
  if (context.report(prepared.diagnostics)) {
    return 2;
  }
  const { program, ok } = await context.compiled();
  if (!program || !ok) {
    return 2;
  }
  const { calls, failures, problem } = await countCalls(
    prepared,
    program,
    Number(context.args.value('budget') ?? mostCounted),
  );
  tell(context, calls);
  for (const { line, expected, actual } of failures) {
    context.fail('SS5006', sentence('line-expected-actual', { line, expected, actual }));
  }
  if (problem !== undefined) {
    context.fail('SS5006', problem);
  }
  return failures.length > 0 || problem !== undefined ? 1 : 0;
}

function tell(context: Context, calls: readonly CallCount[]): void {
  if (!context.json) {
    context.line(
      context.say({ en: 'statements  without lib/  functions  call', zh: '语句数      不计 lib/    函数数     调用' }),
    );
  }
  for (const each of calls) {
    const { process, call, result, statements, functions } = each;
    const withoutLibrary = functions
      .filter(({ file }) => !file.startsWith('lib/'))
      .reduce((sum, one) => sum + one.statements, 0);
    if (context.json) {
      context.jsonLine({ process, call, result, statements, withoutLibrary, functions });
    } else {
      context.line(
        `${String(statements).padStart(10)}  ${String(withoutLibrary).padStart(12)}  ${String(functions.length).padStart(9)}  ${process}: ${call}`,
      );
    }
  }
}
