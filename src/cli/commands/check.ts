/**
 * `sockscope check FILE.json`: runs oracle cases, each on a fresh machine. Out: a line for each mismatch and `N passed, N failed` at the
 * end; as JSON `{id, passed, step?, expected?, actual?}`. Exit status 1 when a case failed, 2 when the file is no oracle.
 */
import { OracleRunner, type OracleResult } from '../../scenario/oracle-runner';
import { parseOracle } from '../../scenario/oracle-schema';
import { runWorkload } from '../../scenario/run-workload';
import { SourceFile } from '../../source/source-file';
import type { Command } from '../command';

/** Statements after which a case counts as hanging. */
const caseBudget = 20_000_000;

export const checkCommand: Command = {
  name: 'check',
  usage: 'check FILE.json [--only ID]',
  summary: { en: 'run oracle cases: socket calls with known outcomes', zh: '运行对照用例：结果已知的 socket 调用' },
  options: [{ name: 'only', value: 'ID', repeated: true }],
  words: [1, 1],
  async run(context) {
    const path = context.args.words[0]!;
    const text = context.io.readFile(path);
    if (text === undefined) {
      return context.fail('SS5008', { en: `cannot read '${path}'`, zh: `读不了“${path}”` });
    }
    const { cases, diagnostics } = parseOracle(new SourceFile(path, text));
    if (context.report(diagnostics)) {
      return 2;
    }
    const { program, ok } = await context.compiled();
    if (!program || !ok) {
      return 2;
    }
    const only = new Set(context.args.values('only'));
    const results: OracleResult[] = [];
    for (const each of cases.filter(({ id }) => only.size === 0 || only.has(id))) {
      const { workload, stop } = await runWorkload(program.image, (kernel, host) => new OracleRunner(each, kernel, host), { budget: caseBudget, entries: program.entries });
      const result = workload.result(stop.kind === 'fault' ? stop.fault.message : stop.kind === 'slice' ? `no end after ${caseBudget} statements` : undefined);
      results.push(result);
      if (!result.passed && !context.json) {
        context.line(`${result.id}: ${result.step ?? '?'}: ${context.say({ en: 'expected', zh: '预期' })} ${result.expected ?? '?'}, ${context.say({ en: 'actual', zh: '实际' })} ${result.actual ?? '?'}`);
      }
      await context.io.breathe();
      if (context.io.closed()) {
        break;
      }
    }
    const failed = results.filter(({ passed }) => !passed).length;
    if (context.json) {
      context.printJson(results);
    } else {
      context.line(`${results.length - failed} passed, ${failed} failed`);
    }
    return failed > 0 ? 1 : 0;
  },
};
