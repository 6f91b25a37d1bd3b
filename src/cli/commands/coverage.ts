/**
 * `sockscope coverage [FUNCTION…]`: statements of each function that the bundled scenarios execute. As JSON `{function,
 * file, statements, executed, missed: [{line, reason?}]}`; the reason is the compiler's, where it knows that nothing
 * leads there, or what the executed statements around show. With a document and no names: its functions.
 */
import { sentence } from '../../sentences/sentence';
import { coverScenarios, functionCoverage, type FunctionCoverage } from '../../facade/scenario-coverage';
import { documentOption } from '../arguments';
import type { Replaced } from '../../source/replacement';
import type { Command } from '../command';
import type { Context } from '../context';

export const coverageCommand: Command = {
  name: 'coverage',
  usage: 'coverage [FUNCTION…] [--document FILE]',
  summary: {
    en: 'statements of each function that the bundled scenarios execute',
    zh: '内置场景执行到的语句，按函数统计',
  },
  options: [documentOption],
  words: [0, 1000],
  async run(context) {
    const { program, ok } = await context.compiled();
    if (!program || !ok || !context.functionsExist(program)) {
      return 2;
    }
    const all: Uint8Array[] = [];
    let unfinished = 0;
    for await (const each of coverScenarios(context.io.media(), program, {
      breathe: context.breathe,
      report: (diagnostics) => context.report(diagnostics),
    })) {
      all.push(each.covered);
      if (each.problem !== undefined) {
        unfinished++;
        context.report([
          {
            code: 'SS5006',
            severity: 'warning',
            path: each.name,
            message: sentence('the-scenario-did-not-run-as-written', { problem: each.problem }),
          },
        ]);
      }
    }
    const own = program.replaced ? runningFunctions(program.replaced) : [];
    const names = new Set(context.args.words.length > 0 ? context.args.words : own);
    const results = functionCoverage(program, all, names);
    if (context.json) {
      context.printJson(results.map(({ told: _told, ...result }) => result));
      return 0;
    }
    printCoverage(context, results, names.size > 0);
    if (unfinished > 0) {
      context.line(
        context.say({
          en: `${unfinished} of ${all.length} scenarios did not run as written: what they would execute is not counted`,
          zh: `${all.length} 个场景中有 ${unfinished} 个没有照脚本运行：它们本会执行的语句未计入`,
        }),
      );
    }
    return 0;
  },
};

/** Functions of the document that are compiled. */
function runningFunctions({ functions, additions }: Replaced): string[] {
  return [...functions, ...additions.filter(({ kind }) => kind === 'function')].map(({ name }) => name);
}

function printCoverage(context: Context, results: readonly FunctionCoverage[], withReasons: boolean): void {
  for (const each of results) {
    const lines =
      each.missed.length > 0
        ? `  ${context.say({ en: 'missed lines', zh: '未执行的行' })}: ${[...new Set(each.missed.map(({ line }) => line))].join(' ')}`
        : '';
    context.line(
      `${percent(each.executed, each.statements).padStart(6)}  ${each.function}  ${each.file}  ${each.executed}/${each.statements}${lines}`,
    );
    if (withReasons) {
      reasonsOf(context, each).forEach((line) => context.line(`        ${line}`));
    }
  }
  const sum = (key: 'statements' | 'executed'): number => results.reduce((total, each) => total + each[key], 0);
  context.line(
    `${percent(sum('executed'), sum('statements')).padStart(6)}  ${context.say({ en: 'all', zh: '合计' })}  ${sum('executed')}/${sum('statements')}`,
  );
}

/** A line for each line that was missed. */
function reasonsOf(context: Context, { told }: FunctionCoverage): string[] {
  const lines = told.flatMap(({ line, reason }) =>
    reason === undefined ? [] : [`${line}: ${context.sentence(context.say(reason))}`],
  );
  return [...new Set(lines)];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)}%`;
}
