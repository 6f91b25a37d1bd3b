/**
 * `sockscope coverage [FUNCTION…]`: statements of each function that the bundled scenarios execute. As JSON `{function,
 * file, statements, executed, missed: [{line, reason?}]}`; the reason is the compiler's, where it knows that nothing
 * leads there, or what the executed statements around show. With a document and no names: its functions.
 */
import type { DebugFunction, DebugInfo } from '../../abi/debug-info';
import type { Bilingual } from '../../base/bilingual';
import { reasonMissed } from '../../session/missed-reasons';
import type { Program } from '../../compile/program';
import { coverScenarios } from '../../session/scenario-coverage';
import { documentOption } from '../arguments';
import type { Command } from '../command';
import type { Context } from '../context';

interface FunctionCoverage {
  readonly function: string;
  readonly file: string;
  readonly statements: number;
  readonly executed: number;
  readonly missed: readonly { readonly line: number; readonly reason?: string }[];
  /** The same reasons for a reader. */
  readonly told: readonly { readonly line: number; readonly reason?: Bilingual | undefined }[];
}

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
    if (!program || !ok || !context.functionsExist(program.image.debug)) {
      return 2;
    }
    const { debug } = program.image;
    const covered = new Uint8Array(debug.statements.length);
    let [scenarios, unfinished] = [0, 0];
    const breathe = async (): Promise<boolean> => {
      await context.io.breathe();
      return context.io.closed();
    };
    for await (const each of coverScenarios(context.io.media(), program, {
      breathe,
      report: (diagnostics) => context.report(diagnostics),
    })) {
      each.covered.forEach((bit, index) => (covered[index]! |= bit));
      scenarios++;
      if (each.problem !== undefined) {
        unfinished++;
        context.report([
          {
            code: 'SS5006',
            severity: 'warning',
            path: each.name,
            message: context.say({
              en: `the scenario did not run as written: ${each.problem}`,
              zh: `场景没有照脚本运行：${each.problem}`,
            }),
          },
        ]);
      }
    }
    const own = (program.replaced?.functions ?? []).map(({ name }) => name);
    const names = new Set(context.args.words.length > 0 ? context.args.words : own);
    const chosen = debug.functions.filter(
      (each) => each.kind === 'compiled' && each.statementCount > 0 && (names.size === 0 || names.has(each.name)),
    );
    const results = [...copiesOf(chosen).values()].map((copies) => coverageOf(copies, debug, covered, program));
    if (context.json) {
      context.printJson(results.map(({ told: _told, ...result }) => result));
      return 0;
    }
    for (const each of results) {
      const lines =
        each.missed.length > 0
          ? `  ${context.say({ en: 'missed lines', zh: '未执行的行' })}: ${[...new Set(each.missed.map(({ line }) => line))].join(' ')}`
          : '';
      context.line(
        `${percent(each.executed, each.statements).padStart(6)}  ${each.function}  ${each.file}  ${each.executed}/${each.statements}${lines}`,
      );
      if (names.size > 0) {
        reasonsOf(context, each).forEach((line) => context.line(`        ${line}`));
      }
    }
    const sum = (key: 'statements' | 'executed'): number => results.reduce((total, each) => total + each[key], 0);
    context.line(
      `${percent(sum('executed'), sum('statements')).padStart(6)}  ${context.say({ en: 'all', zh: '合计' })}  ${sum('executed')}/${sum('statements')}`,
    );
    if (unfinished > 0) {
      context.line(
        context.say({
          en: `${unfinished} of ${scenarios} scenarios did not run as written: what they would execute is not counted`,
          zh: `${scenarios} 个场景中有 ${unfinished} 个没有照脚本运行：它们本会执行的语句未计入`,
        }),
      );
    }
    return 0;
  },
};

/** An inline function of a header is compiled into every file that uses it: its copies count as one function. */
function copiesOf(functions: readonly DebugFunction[]): Map<string, DebugFunction[]> {
  const copies = new Map<string, DebugFunction[]>();
  for (const each of functions) {
    const key = `${each.file}:${each.start}:${each.statementCount}`;
    copies.set(key, [...(copies.get(key) ?? []), each]);
  }
  return copies;
}

function coverageOf(
  copies: readonly DebugFunction[],
  debug: DebugInfo,
  covered: Uint8Array,
  { loader }: Program,
): FunctionCoverage {
  const fn = copies[0]!;
  const statements = debug.statements.slice(fn.firstStatement, fn.firstStatement + fn.statementCount);
  const text = loader.load(debug.files[fn.file] ?? '')?.text ?? '';
  const executed = (index: number): boolean => copies.some((copy) => covered[copy.firstStatement + index]);
  const told = statements.flatMap(({ line }, index) =>
    executed(index) ? [] : [{ line, reason: reasonMissed(statements, index, executed, text) }],
  );
  return {
    function: fn.name,
    file: debug.files[fn.file] ?? '',
    statements: statements.length,
    executed: statements.length - told.length,
    missed: told.map(({ line, reason }) => (reason === undefined ? { line } : { line, reason: reason.en })),
    told,
  };
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
