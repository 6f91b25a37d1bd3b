/**
 * `sockscope check FILE|FOLDER…`: runs oracle cases (`.json`) and scripts (`.pkt`; of a folder all below it), each on a
 * fresh machine. Out: a line for each mismatch and `N passed, N failed` at the end, with the number of refused scripts
 * where there are any; as JSON `{id, passed, refused?, step?, expected?, actual?, calls?}`. Exit status 1 when one
 * failed or was refused, 2 when nothing can be run.
 */
import { OracleRunner, type AppliedFact, type OracleResult } from '../../scenario/oracle-runner';
import { documentDifferences } from '../../query/document-differences';
import { parseOracle, type OracleCase } from '../../scenario/oracle-schema';
import { versionFacts, type VersionFact } from '../../scenario/oracle-versions';
import { versionCode } from '../../scenario/pkt-variants';
import { runWorkload } from '../../scenario/run-workload';
import type { Program } from '../../compile/program';
import { formatDiagnostic, type Diagnostic } from '../../source/diagnostic';
import type { SourceFile } from '../../source/source-file';
import { budgetOption, defineOption, definitionsOf, documentOption } from '../arguments';
import { rewritesOf, runScript, type ScriptOptions, type ScriptResult } from '../check-script';
import { suggestion } from '../suggestion';
import type { Command } from '../command';
import type { Context } from '../context';

/** Statements that a case executes at most. */
const caseBudget = 20_000_000;

export const checkCommand: Command = {
  name: 'check',
  usage:
    'check FILE.json|FILE.pkt|FOLDER… [--only ID] [--document FILE] [-D NAME=VALUE] [--rewrite wscale=N] [--budget STATEMENTS]',
  summary: {
    en: 'run oracle cases and packet scripts: socket calls with known outcomes, by kernel version where they differ (media/scenarios/README.md)',
    zh: '运行对照用例和报文脚本：结果已知的 socket 调用，因内核版本而异的按版本判断（见 media/scenarios/README.md）',
  },
  options: [
    { name: 'only', value: 'ID', repeated: true },
    defineOption,
    { name: 'rewrite', value: 'RULE', repeated: true },
    budgetOption,
    documentOption,
  ],
  words: [1, 1000],
  async run(context) {
    const rewrites = rewritesOf(context);
    const work = rewrites && workOf(context);
    const chosen = work && chosenOf(context, work);
    if (!rewrites || !chosen) {
      return 2;
    }
    const { program, ok } = await context.compiled();
    if (!program || !ok) {
      return 2;
    }
    const facts = versionFacts(context.io.media()['media/oracle-versions.json']);
    const given = context.args.value('budget');
    const budget = given === undefined ? undefined : Number(given);
    const options: ScriptOptions = { macros: definitionsOf(context.args), rewrites, budget };
    const results: ScriptResult[] = [];
    for (const each of chosen) {
      const run = (version: number | undefined): Promise<ScriptResult> =>
        each.script
          ? runScript(each.script, program, { ...options, version })
          : runCase(each.oracle!, program, facts, budget ?? caseBudget, version);
      const result = each.unread ? unread(each.id, each.unread) : await verdict(run, program);
      results.push(result);
      context.report(result.warnings ?? []);
      if (!context.json) {
        if (!result.passed) {
          context.line(mismatch(context, result));
        }
        (result.versions ?? []).forEach((fact) => context.line(byVersion(context, result, fact)));
        if (result.asVersion !== undefined) {
          context.line(byDocument(context, result, program));
        }
      }
      await context.io.breathe();
      if (context.io.closed()) {
        break;
      }
    }
    return tell(context, results);
  },
};

function unread(id: string, problem: Diagnostic): ScriptResult {
  return { id, passed: false, refused: true, actual: formatDiagnostic(problem), problem };
}

/** Versions whose outcomes are tried where functions of a document, of whatever version, run. */
const VERSIONS = ['2.4.0', '2.4.16', '2.4.37'];

/**
 * The verdict by what the kernel's own version does; where a document's functions run in it and that is not met, by what
 * another version does, if it does that.
 */
async function verdict(
  run: (version: number | undefined) => Promise<ScriptResult>,
  program: Program,
): Promise<ScriptResult> {
  const own = await run(program.entries?.version);
  if (own.passed || own.refused || !program.replaced) {
    return own;
  }
  for (const asVersion of VERSIONS) {
    const result = await run(versionCode(asVersion));
    if (result.passed) {
      return { ...result, asVersion };
    }
  }
  return own;
}

/** What `--only` leaves; undefined, and told, when nothing has one of its names. */
function chosenOf(context: Context, work: readonly Work[]): readonly Work[] | undefined {
  const only = context.args.values('only');
  const ids = new Set(work.map(({ id }) => id));
  const unknown = only.filter((id) => !ids.has(id));
  unknown.forEach((id) =>
    context.fail(
      'SS9001',
      { en: `there is no case '${id}'`, zh: `没有用例“${id}”` },
      suggestion(id, ids, { en: 'name a case of the files', zh: '请给出这些文件里的用例' }),
    ),
  );
  return unknown.length > 0 ? undefined : work.filter(({ id }) => only.length === 0 || only.includes(id));
}

interface Work {
  readonly id: string;
  readonly oracle?: OracleCase;
  readonly script?: SourceFile;
  /** Why the script was not read. */
  readonly unread?: Diagnostic;
}

/** Everything that the words name; undefined when one of them cannot be read. */
function workOf(context: Context): Work[] | undefined {
  const work: Work[] = [];
  for (const word of context.args.words) {
    const opened = context.io.openFile(word);
    if (!('code' in opened)) {
      const found = word.endsWith('.pkt') ? [{ id: word, script: opened }] : casesOf(context, opened);
      if (!found) {
        return undefined;
      }
      found.forEach((item) => work.push(item));
      continue;
    }
    const { files, problems } = context.io.listFiles(word, ['.pkt']);
    context.report(problems);
    if (files.length === 0) {
      context.report([opened]);
      return undefined;
    }
    for (const path of files) {
      const script = context.io.openFile(path);
      work.push('code' in script ? { id: path, unread: script } : { id: path, script });
    }
  }
  return work;
}

function casesOf(context: Context, file: SourceFile): Work[] | undefined {
  const { cases, diagnostics } = parseOracle(file);
  return context.report(diagnostics) ? undefined : cases.map((oracle) => ({ id: oracle.id, oracle }));
}

async function runCase(
  oracle: OracleCase,
  program: Program,
  facts: readonly VersionFact[],
  budget: number,
  version: number | undefined,
): Promise<OracleResult> {
  const { workload, stop } = await runWorkload(
    program.image,
    (kernel, host) => new OracleRunner(oracle, kernel, host, version, facts),
    { budget, entries: program.entries },
  );
  return workload.result(
    stop.kind === 'fault'
      ? stop.fault.message
      : stop.kind === 'slice'
        ? `no end after ${budget} statements`
        : undefined,
  );
}

function mismatch(context: Context, { id, refused, problem, step, expected, actual }: ScriptResult): string {
  if (problem) {
    return `${id}: ${context.say({ en: 'refused', zh: '拒绝运行' })}: ${context.formatted(problem)}`;
  }
  if (refused) {
    return `${id}: ${context.say({ en: 'refused', zh: '拒绝运行' })}: ${step === undefined ? '' : `${step}: `}${context.sentence(actual ?? '')}`;
  }
  return `${id}: ${step ?? '?'}: ${context.say({ en: 'expected', zh: '预期' })} ${expected ?? '?'}, ${context.say({ en: 'actual', zh: '实际' })} ${actual ?? '?'}`;
}

/** That a step was judged by what the tree's version does otherwise than 2.4.0. */
function byVersion(
  context: Context,
  { id, passed }: ScriptResult,
  { step, from, function: where, en, zh }: AppliedFact,
): string {
  const verdict = passed ? { en: 'passed', zh: '通过' } : { en: 'judged', zh: '判断' };
  const words = context.say({
    en: `${verdict.en}, as ${from} and later: ${en}`,
    zh: `按 ${from} 及以后版本${verdict.zh}：${zh}`,
  });
  return `${id}: ${step}: ${words} (${where})`;
}

/** That a script was judged by another version than the kernel's, because functions of a document run in it. */
function byDocument(context: Context, { id, asVersion }: ScriptResult, program: Program): string {
  const names = program.replacement
    ? documentDifferences(program.replacement, program.replaced!, (path) => program.loader.load(path))
        .filter(({ same }) => !same)
        .map(({ name }) => name)
    : [];
  const words = context.say({
    en: `passed, by what Linux ${asVersion} does: the document's functions that run here differ from the kernel's (${names.join(', ')})`,
    zh: `按 Linux ${asVersion} 的结果判断，通过：这里运行的是文档里的函数，与内核的不同（${names.join('、')}）`,
  });
  return `${id}: ${words}`;
}

function tell(context: Context, results: readonly ScriptResult[]): 0 | 1 {
  const passed = results.filter((each) => each.passed).length;
  const refused = results.filter((each) => each.refused).length;
  if (context.json) {
    context.printJson(
      results.map(({ problem: _problem, warnings, ...result }) => ({
        ...result,
        ...(warnings ? { warnings: warnings.map(formatDiagnostic) } : {}),
      })),
    );
  } else {
    context.line(
      `${passed} passed, ${results.length - passed - refused} failed${refused > 0 ? `, ${refused} refused` : ''}`,
    );
  }
  return passed < results.length ? 1 : 0;
}
