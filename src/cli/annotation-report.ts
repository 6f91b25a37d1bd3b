/**
 * What `sockscope annotations` tells of a whole kernel. In: the packs, the compiled kernel. Out: lists in the order in
 * which somebody would work through them, as lines or as one JSON object.
 *
 * `orphans`, `stale`, `bareStatements` and `unexplained` are about the functions of the socket notes (those that `P01` to
 * `P98` stand in) and what they name; `aboutNothing` is about all entries; `others` has the other notes on statements.
 */
import { checkCatalog, type CatalogCheck } from '../catalog/check-catalog';
import type { Catalog } from '../catalog/catalog';
import type { Claim, Entry } from '../catalog/entry';
import { holds } from '../catalog/holding';
import { sourceOf, macroText, type Program } from '../facade/program';
import { checkStories, type StoryChecked } from '../facade/check-story';
import { runClaims, type ClaimOutcome } from '../facade/run-claims';
import { aboutNothing, gapsIn, type Gaps } from '../query/knowledge-gaps';
import type { Query } from '../query/query';
import { sentence } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { Context, ExitStatus } from './context';

export interface ClaimOf extends Claim {
  readonly entry: string;
}

export interface KernelKnowledge {
  readonly catalog: Catalog;
  readonly functions: readonly string[];
  readonly check: CatalogCheck;
  readonly gaps: Gaps;
  readonly absent: readonly Entry[];
  readonly claims: readonly ClaimOutcome<ClaimOf>[];
  /** Claims about other kernels. */
  readonly claimsElsewhere: number;
  /** Of the shipped scenarios. */
  readonly stories: readonly StoryChecked[];
}

/** Looks at everything; nothing, and told, when the kernel cannot be compiled. */
export async function knowledgeOfKernel(context: Context): Promise<KernelKnowledge | undefined> {
  const catalog = context.catalog();
  const { query, program, ok } = await context.compiled();
  if (!program || !ok) {
    return undefined;
  }
  const reader = await context.reader(program);
  const functions = notedFunctions(catalog);
  const { claims, elsewhere } = claimsOf(query.catalog.entries, query);
  const isPlayed = context.args.flag('check') && !context.packsAreWrong;
  const outcomes = isPlayed ? await playClaims(context, claims) : [];
  const stories: StoryChecked[] = [];
  if (isPlayed) {
    for await (const each of checkStories(playOptions(context))) {
      stories.push(each);
    }
  }
  const files = (query.facts?.debug.files ?? []).flatMap((path) => sourceOf(program, path) ?? []);
  return {
    catalog,
    functions,
    check: checkCatalog(catalog, filesOf(catalog, query, program), {
      wholeKernel: true,
      reader,
      kernel: query.kernel,
    }),
    gaps: gapsIn(functions, query, reader),
    absent: aboutNothing(query, files, (name) => macroText(program, name, '') !== undefined).absent,
    claims: outcomes,
    claimsElsewhere: elsewhere,
    stories,
  };
}

function playOptions({ cache, kernel, io }: Context): Parameters<typeof checkStories>[0] {
  return { media: io.media(), wasm: io.parserWasm(), cache, kernel };
}

/** Whether runs bear the claims out. */
export async function playClaims(context: Context, claims: readonly ClaimOf[]): Promise<ClaimOutcome<ClaimOf>[]> {
  const outcomes: ClaimOutcome<ClaimOf>[] = [];
  for await (const each of runClaims(claims, playOptions(context))) {
    outcomes.push(each);
  }
  return outcomes;
}

/** The functions in which the numbered facts stand. */
function notedFunctions(catalog: Catalog): readonly string[] {
  const numbered = catalog.entries.filter(({ id }) => /^P\d\d$/.test(id));
  return [...new Set(numbered.flatMap(({ anchor }) => anchor?.functions ?? []))];
}

/** Files with functions that notes on statements are about. */
export function filesOf(catalog: Catalog, { facts }: Query, program: Program) {
  const wanted = new Set(catalog.entries.flatMap(({ anchor }) => anchor?.functions ?? []));
  const paths = new Set([...wanted].flatMap((name) => facts?.pathOf(facts.function(name)?.file ?? -1) ?? []));
  return [...paths].flatMap((path) => sourceOf(program, path) ?? []);
}

/** What entries claim of this kernel, and how many claims are about others. */
export function claimsOf(
  entries: readonly Entry[],
  { kernel }: Query,
): { readonly claims: ClaimOf[]; readonly elsewhere: number } {
  const all = entries.flatMap((entry) => entry.claims.map((claim) => ({ ...claim, entry: entry.id })));
  const claims = all.filter(({ when, at }) => {
    const file = kernel.fileOf?.(/^\w+/.exec(at)?.[0] ?? '');
    return when === undefined || holds(when, kernel, file);
  });
  return { claims, elsewhere: all.length - claims.length };
}

/** Tells it. */
export function reportKernel(context: Context, knowledge: KernelKnowledge): ExitStatus {
  const { catalog, check, claims, stories } = knowledge;
  const failed = claims.filter(({ passed }) => !passed);
  const inStories = stories.flatMap(({ problems }) => problems);
  context.report([...check.diagnostics, ...failed.map(claimDiagnostic), ...inStories]);
  const lists = listsOf(knowledge);
  if (context.json) {
    context.printJson(lists);
  } else {
    tell(context, knowledge, lists);
  }
  const wrong =
    context.packsAreWrong ||
    failed.length > 0 ||
    inStories.length > 0 ||
    [...catalog.diagnostics, ...check.diagnostics].some(
      ({ code, severity }) => severity !== 'information' && code !== 'SS6002',
    ) ||
    [lists.orphans, lists.bareStatements, lists.unexplained, lists.aboutNothing].some(({ length }) => length > 0) ||
    lists.others.percent > mostOrphans;
  return context.args.flag('check') && wrong ? 1 : 0;
}

/** A place found with less confidence merely resembles what the note names, and should be looked at. */
const leastLikeness = 0.75;

/** Of the other notes on statements so many in a hundred may find no place in some kernel. */
const mostOrphans = 3;

function listsOf(knowledge: KernelKnowledge) {
  const { catalog, functions, check, gaps, absent, claims, claimsElsewhere, stories } = knowledge;
  const about = new Set(functions);
  const isTheirs = ({ anchor }: Entry): boolean => anchor?.functions.some((name) => about.has(name)) ?? false;
  const ids = (entries: readonly Entry[]): string[] => entries.map(({ id }) => id);
  const statements = catalog.entries.filter(({ anchor }) => anchor !== undefined);
  const others = statements.filter((entry) => !isTheirs(entry));
  const orphans = check.orphans.filter((entry) => !isTheirs(entry));
  return {
    entries: catalog.entries.length,
    placed: [...check.resolved.values()].flat().length,
    functions,
    statements: gaps.statements,
    orphans: ids(check.orphans.filter(isTheirs)),
    stale: ids(check.stale),
    bareStatements: gaps.bareStatements,
    unexplained: gaps.unexplained.map(({ text, function: name, file, line }) => ({
      name: text,
      function: name,
      file,
      line,
    })),
    aboutNothing: ids(absent),
    others: {
      statementNotes: others.length,
      orphans: ids(orphans),
      percent: others.length === 0 ? 0 : Math.round((orphans.length * 1000) / others.length) / 10,
    },
    claims: {
      executed: claims.length,
      passed: claims.filter(({ passed }) => passed).length,
      aboutOtherKernels: claimsElsewhere,
      failed: claims
        .filter(({ passed }) => !passed)
        .map(({ claim }) => ({ entry: claim.entry, scenario: claim.scenario, at: claim.at })),
    },
    stories: {
      told: stories.filter(({ moments }) => moments > 0).length,
      moments: stories.reduce((sum, { moments }) => sum + moments, 0),
      failed: stories.filter(({ problems }) => problems.length > 0).map(({ scenario }) => scenario),
    },
    weak: [...check.resolved]
      .filter(([, found]) => Math.max(...found.map(({ confidence }) => confidence)) < leastLikeness)
      .map(([{ id }]) => id),
    unchecked: gaps.unchecked,
  };
}

/** What a claim is not borne out by, at its place. */
export function claimDiagnostic({ claim, why }: ClaimOutcome<ClaimOf>): Diagnostic {
  const { entry, scenario, at, place } = claim;
  return {
    code: 'SS6006',
    severity: 'warning',
    span: place,
    message: sentence('entry-claims-what-no-run-shows', { entry, scenario, at, why: why ?? '' }),
    remedy: sentence('correct-the-note-or-its-claim'),
  };
}

function tell(context: Context, { functions }: KernelKnowledge, lists: ReturnType<typeof listsOf>): void {
  const { entries, placed, orphans, stale, bareStatements, unexplained, others, claims, stories, unchecked } = lists;
  const say = (en: string, zh: string): void => context.line(context.say({ en, zh }));
  const all = orphans.length + others.orphans.length;
  say(
    `${entries} entries; statements found at ${placed} places; ${all} orphans; ${stale.length} stale pairs`,
    `${entries} 条注解；语句注解落在 ${placed} 处；${all} 条找不到位置；${stale.length} 对译文过期`,
  );
  say(
    `the ${functions.length} functions of the notes have ${lists.statements} statements; without a note: ${bareStatements.length}; names without an explanation: ${unexplained.length}`,
    `笔记所讲的 ${functions.length} 个函数共 ${lists.statements} 条语句；没有注解的：${bareStatements.length}；没有解释的名字：${unexplained.length}`,
  );
  bareStatements.forEach(({ file, line, text }) => context.line(`  ${file}:${line}: ${text.replace(/\s+/g, ' ')}`));
  unexplained.forEach(({ name, file, line }) => context.line(`  ${file}:${line}: ${name}`));
  say(
    `entries about what this kernel does not have: ${lists.aboutNothing.length}`,
    `所讲之物本内核没有的条目：${lists.aboutNothing.length}`,
  );
  lists.aboutNothing.forEach((id) => context.line(`  ${id}`));
  say(
    `other notes on statements: ${others.statementNotes}, without a place ${others.percent} %`,
    `其他语句注解 ${others.statementNotes} 条，找不到位置的占 ${others.percent} %`,
  );
  say(
    `claims: ${claims.passed} of ${claims.executed} hold; about other kernels: ${claims.aboutOtherKernels}`,
    `断言：${claims.executed} 条中 ${claims.passed} 条成立；关于其他内核的：${claims.aboutOtherKernels}`,
  );
  if (context.args.flag('check') && context.packsAreWrong) {
    say('claims and stories are played once the packs have no error', '注解包里的错误改正之后，才会运行断言和故事');
  } else if (context.args.flag('check')) {
    say(
      `stories: ${stories.told} with ${stories.moments} moments; ${stories.failed.length} do not come as they are told`,
      `故事：${stories.told} 个，共 ${stories.moments} 个时刻；${stories.failed.length} 个与运行不符`,
    );
  }
  unchecked.forEach(({ what, why }) =>
    why === 'not compiled'
      ? say(`not checked: ${what} is not compiled from its C`, `未检查：${what} 没有从 C 编译`)
      : say(`names not checked: ${what} has no syntax tree`, `未检查名字：${what} 没有语法树`),
  );
}
