/**
 * `sockscope check FILE|FOLDER…`: runs oracle cases (`.json`) and scripts (`.pkt`; of a folder all below it), each on a
 * fresh machine. Out: a line for each mismatch and `N passed, N failed` at the end, with the number of refused scripts
 * where there are any; as JSON `{id, passed, refused?, step?, expected?, actual?, calls?}`. Exit status 1 when one
 * failed or was refused, 2 when nothing can be run.
 */
import { given } from '../../base/checked-access';
import { wording } from '../../sentences/wording';
import { checkOracle, parseOracle, versionFacts, type AppliedFact, type OracleCase } from '../../facade/check-oracle';
import { judged, playScript, type ScriptOptions, type ScriptResult } from '../../facade/check-script';
import { checkStory } from '../../facade/check-story';
import { coveredFiles } from '../../facade/coverage-lines';
import { sourceOf, type Program } from '../../facade/program';
import { sentence, type Told } from '../../sentences/sentence';
import { documentDifferences } from '../../query/document-differences';
import { formatDiagnostic, type Diagnostic } from '../../source/diagnostic';
import type { SourceFile } from '../../source/source-file';
import { budgetOption, defineOption, definitionsOf, documentOption, profileOption, rewriteOption } from '../arguments';
import { reporters, reportOf, type Reporter } from '../check-reports';
import { lcovText } from '../lcov';
import { rewritesOf } from '../rewrites';
import { suggestion } from '../suggestion';
import type { Command } from '../command';
import type { Context } from '../context';

/** Statements that a case executes at most. */
const caseBudget = 20_000_000;

export const checkCommand: Command = {
  name: 'check',
  usage:
    'check FILE.json|FILE.pkt|FOLDER… [--only ID] [--document FILE] [-D NAME=VALUE] [--rewrite wscale=N] [--reporter junit|tap] [--coverage lcov] [--coverage-file FILE] [--budget STATEMENTS] [--profile]',
  summary: {
    en: 'run oracle cases and packet scripts: socket calls with known outcomes, by kernel version where they differ (media/scenarios/README.md)',
    zh: '运行对照用例和报文脚本：结果已知的 socket 调用，因内核版本而异的按版本判断（见 media/scenarios/README.md）',
  },
  options: [
    { name: 'only', value: 'ID', repeated: true },
    defineOption,
    rewriteOption,
    { name: 'reporter', value: 'FORM', choices: reporters },
    { name: 'coverage', value: 'FORM', choices: ['lcov'] },
    { name: 'coverage-file', value: 'FILE' },
    budgetOption,
    documentOption,
    profileOption,
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
    const most = context.args.value('budget');
    const budget = most === undefined ? undefined : Number(most);
    const options: ScriptOptions = { macros: definitionsOf(context.args), rewrites, budget };
    const results: ScriptResult[] = [];
    const covered: Uint8Array[] = [];
    const isPlain = !context.json && !context.args.value('reporter');
    const play = async (script: SourceFile, version: number | undefined): Promise<ScriptResult> => {
      const played = await playScript(script, program, { ...options, version });
      covered.push(played.covered);
      return played.result;
    };
    context.profile?.enter('run');
    for (const each of chosen) {
      const run = (version: number | undefined): Promise<ScriptResult> =>
        each.script
          ? play(each.script, version)
          : checkOracle(given(each.oracle, 'case'), program, facts, budget ?? caseBudget, version);
      const played = each.unread ? unread(each.id, each.unread) : await judged(run, program);
      const result = each.script && played.passed ? await withStory(context, each.script, played) : played;
      results.push(result);
      context.report(result.warnings ?? []);
      if (isPlain) {
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
    return keepCoverage(context, program, covered) ?? tell(context, results);
  },
};

/** The verdict with that on the script's story. What takes a document's functions is judged without it. */
async function withStory(context: Context, script: SourceFile, played: ScriptResult): Promise<ScriptResult> {
  if (context.document !== undefined) {
    return played;
  }
  const { problems } = await checkStory(script, {
    media: context.io.media(),
    wasm: context.io.parserWasm(),
    cache: context.cache,
    kernel: context.kernel,
    macros: definitionsOf(context.args),
    rewrites: rewritesOf(context),
  });
  context.report(problems);
  const [first] = problems;
  return first
    ? { ...played, passed: false, expected: sentence('the-moments-of-the-story'), actual: first.message }
    : played;
}

/** Writes the coverage that was asked for; a status when that was not possible. */
function keepCoverage(context: Context, program: Program, covered: readonly Uint8Array[]): 2 | undefined {
  if (!context.args.value('coverage')) {
    return undefined;
  }
  const folder = context.args.value('kernel') ?? `${context.io.packageRoot}/media/kernel`;
  const text = lcovText(coveredFiles(program, covered), `${folder.replace(/\/$/, '')}/`);
  const problem = context.io.writeFile(context.args.value('coverage-file') ?? 'lcov.info', text);
  return problem && context.report([problem]) ? 2 : undefined;
}

function unread(id: string, problem: Diagnostic): ScriptResult {
  return { id, passed: false, refused: true, actual: formatDiagnostic(problem), problem };
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

function mismatch(context: Context, { id, refused, problem, step, expected, actual }: ScriptResult): string {
  if (problem) {
    return `${id}: ${context.say({ en: 'refused', zh: '拒绝运行' })}: ${context.formatted(problem)}`;
  }
  if (refused) {
    return `${id}: ${context.say({ en: 'refused', zh: '拒绝运行' })}: ${step === undefined ? '' : `${context.sentence(step)}: `}${context.sentence(actual ?? '')}`;
  }
  return `${id}: ${context.sentence(step ?? '?')}: ${context.say({ en: 'expected', zh: '预期' })} ${context.sentence(expected ?? '?')}, ${context.say({ en: 'actual', zh: '实际' })} ${context.sentence(actual ?? '?')}`;
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
  const { replacement, replaced } = program;
  const names =
    replacement && replaced
      ? documentDifferences(replacement, replaced, (path) => sourceOf(program, path))
          .filter(({ same }) => !same)
          .map(({ name }) => name)
      : [];
  const words = context.say({
    en: `passed, by what Linux ${asVersion} does: the document's functions that run here differ from the kernel's (${names.join(', ')})`,
    zh: `按 Linux ${asVersion} 的结果判断，通过：这里运行的是文档里的函数，与内核的不同（${names.join('、')}）`,
  });
  return `${id}: ${words}`;
}

/** What JSON says, whatever the language of the texts. */
function inEnglish(told: Readonly<Record<string, Told | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(told).flatMap(([name, each]) => (each === undefined ? [] : [[name, wording(each, 'en')]])),
  );
}

function tell(context: Context, results: readonly ScriptResult[]): 0 | 1 {
  const passed = results.filter((each) => each.passed).length;
  const refused = results.filter((each) => each.refused).length;
  const reporter = context.args.value('reporter') as Reporter | undefined;
  if (reporter) {
    context.io.stdout(reportOf(reporter, results, (told) => context.sentence(told)));
  } else if (context.json) {
    context.printJson(
      results.map(({ problem: _problem, warnings, step, expected, actual, ...result }) => ({
        ...result,
        ...inEnglish({ step, expected, actual }),
        ...(warnings ? { warnings: warnings.map((each) => formatDiagnostic(each)) } : {}),
      })),
    );
  } else {
    context.line(
      `${passed} passed, ${results.length - passed - refused} failed${refused > 0 ? `, ${refused} refused` : ''}`,
    );
  }
  return passed < results.length ? 1 : 0;
}
