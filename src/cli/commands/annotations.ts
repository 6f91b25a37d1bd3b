/**
 * `sockscope annotations [--check] [--kernel DIR] [FILE…]`: the annotation packs against a kernel, or against the C files
 * named; packs that are named (.yaml) against a kernel, with what they claim of runs. Out: counts of entries, orphans, stale pairs; of the functions of the socket notes also statements and names
 * without a note, and entries about what the kernel does not have; claims that runs do not bear out. `--stamp` renews the
 * stamps of packs on disk. Exit status 1 when `--check` finds something wrong.
 */
import { Catalog } from '../../catalog/catalog';
import { checkCatalog } from '../../catalog/check-catalog';
import { whyUnread } from '../../catalog/load-pack';
import { stampPack } from '../../catalog/pairing';
import type { Diagnostic } from '../../source/diagnostic';
import type { SourceFile } from '../../source/source-file';
import { claimDiagnostic, claimsOf, filesOf, knowledgeOfKernel, playClaims, reportKernel } from '../annotation-report';
import type { Command } from '../command';
import type { Context, ExitStatus } from '../context';

export const annotationsCommand: Command = {
  name: 'annotations',
  usage: 'annotations [--check] [--stamp] [FILE…]',
  summary: {
    en: 'entries, orphans, stale pairs, what has no note, what no run shows',
    zh: '注解条目、找不到位置的、译文过期的、还没有注解的、运行不支持的说法',
  },
  options: [{ name: 'check' }, { name: 'stamp' }],
  words: [0, 1000],
  async run(context) {
    if (context.args.flag('stamp')) {
      return stamp(context);
    }
    if (context.args.words.length === 0) {
      const knowledge = await knowledgeOfKernel(context);
      return knowledge ? reportKernel(context, knowledge) : 2;
    }
    const files = namedFiles(context);
    const packs = files?.filter(({ path }) => isPack.test(path)) ?? [];
    if (files && packs.length > 0 && packs.length < files.length) {
      return context.fail('SS9001', {
        en: 'packs (.yaml) are checked against a kernel, C files against the packs: name only one kind',
        zh: '注解包（.yaml）对照内核检查，C 文件对照注解包检查：一次只给一种',
      });
    }
    return files ? (packs.length > 0 ? checkPacks(context, packs) : checkFiles(context, files)) : 2;
  },
};

const isPack = /\.ya?ml$/;

/** Packs of somebody's own against the kernel: what of them is wrong, what finds no place. */
async function checkPacks(context: Context, packs: readonly SourceFile[]): Promise<ExitStatus> {
  const { query, program } = await context.compiled();
  if (!program) {
    return 2;
  }
  const catalog = Catalog.load([...context.bundledPacks(), ...packs]);
  const own = catalog.entries.filter(({ place }) => packs.includes(place.file));
  const check = checkCatalog(catalog, filesOf(catalog, query, program), {
    wholeKernel: true,
    reader: await context.reader(program),
    kernel: query.kernel,
  });
  const isOwn = ({ span }: Diagnostic): boolean => span !== undefined && packs.includes(span.file);
  const wrong = context.report(check.diagnostics.filter(isOwn));
  const isPlayed = context.args.flag('check') && !wrong;
  const claims = isPlayed ? await playClaims(context, claimsOf(own, query).claims) : [];
  const failed = claims.filter(({ passed }) => !passed);
  context.report(failed.map(claimDiagnostic));
  const idsOf = (entries: typeof own): string[] => entries.filter((each) => own.includes(each)).map(({ id }) => id);
  const placed = own.flatMap((entry) => check.resolved.get(entry) ?? []).length;
  const [orphans, stale] = [idsOf([...check.orphans]), idsOf([...check.stale])];
  if (context.json) {
    const passed = claims.length - failed.length;
    context.printJson({ entries: own.length, placed, orphans, stale, claims: { executed: claims.length, passed } });
  } else {
    const held = claims.length - failed.length;
    context.line(
      context.say({
        en: `${own.length} entries; statements found at ${placed} places; ${orphans.length} orphans; ${stale.length} stale pairs; claims: ${held} of ${claims.length} hold`,
        zh: `${own.length} 条注解；语句注解落在 ${placed} 处；${orphans.length} 条找不到位置；${stale.length} 对译文过期；断言：${claims.length} 条中 ${held} 条成立`,
      }),
    );
  }
  return wrong ? 2 : context.args.flag('check') && orphans.length + failed.length > 0 ? 1 : 0;
}

/** Some files by themselves: what is not in them is not missing. */
async function checkFiles(context: Context, files: readonly SourceFile[]): Promise<ExitStatus> {
  const catalog = context.catalog();
  const check = checkCatalog(catalog, files, { wholeKernel: false, reader: await context.reader() });
  context.report(check.diagnostics);
  const placed = [...check.resolved.values()].flat().length;
  const { orphans, stale } = check;
  if (context.json) {
    const ids = (list: typeof orphans): string[] => list.map(({ id }) => id);
    context.printJson({ entries: catalog.entries.length, placed, orphans: ids(orphans), stale: ids(stale) });
  } else {
    context.line(
      context.say({
        en: `${catalog.entries.length} entries; statements found at ${placed} places; ${orphans.length} orphans; ${stale.length} stale pairs`,
        zh: `${catalog.entries.length} 条注解；语句注解落在 ${placed} 处；${orphans.length} 条找不到位置；${stale.length} 对译文过期`,
      }),
    );
  }
  const wrong = context.packsAreWrong || check.diagnostics.some(({ severity }) => severity !== 'information');
  return context.args.flag('check') && wrong ? 1 : 0;
}

function namedFiles(context: Context): SourceFile[] | undefined {
  const files: SourceFile[] = [];
  for (const path of context.args.words) {
    const opened = context.io.openFile(path);
    if ('code' in opened) {
      context.report([opened]);
      return undefined;
    }
    files.push(opened);
  }
  return files;
}

/** Renews stamps in the packs named, or else in those of the package. */
function stamp(context: Context): ExitStatus {
  const named = context.args.words;
  const packs = `${context.io.packageRoot}/media/annotations`;
  const paths = named.length > 0 ? named : context.io.listFiles(packs, ['.yaml', '.yml']).files;
  let changed = 0;
  for (const path of paths) {
    const opened = context.io.openFile(path);
    if ('code' in opened) {
      context.report([opened]);
      return 2;
    }
    const unread = whyUnread(opened);
    if (unread) {
      context.report([unread]);
      return 2;
    }
    const stamped = stampPack(opened.text);
    if (stamped !== opened.text) {
      const problem = context.io.writeFile(path, stamped);
      if (problem) {
        context.report([problem]);
        return 2;
      }
      changed++;
    }
  }
  context.line(
    context.say({ en: `${paths.length} packs, ${changed} changed`, zh: `${paths.length} 个文件，更新 ${changed} 个` }),
  );
  return 0;
}
