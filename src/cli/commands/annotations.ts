/**
 * `sockscope annotations [--check] [FILE…]`: the annotation packs against the kernel, or against the files named. Out:
 * counts of entries, orphans, stale pairs, statements and identifiers without a note. `--stamp` renews the stamps of
 * packs on disk. Exit status 1 when `--check` finds an orphan, a stale pair or a malformed pack.
 */
import type { Catalog } from '../../catalog/catalog';
import { checkCatalog, type CatalogCheck } from '../../catalog/check-catalog';
import { whyUnread } from '../../catalog/load-pack';
import { stampPack } from '../../catalog/pairing';
import type { ProgramFacts } from '../../query/program-facts';
import { SourceFile } from '../../source/source-file';
import type { Command } from '../command';
import type { Context, ExitStatus } from '../context';

export const annotationsCommand: Command = {
  name: 'annotations',
  usage: 'annotations [--check] [--stamp] [FILE…]',
  summary: {
    en: 'entries, orphans, stale pairs, what has no note',
    zh: '注解条目、找不到位置的、译文过期的、还没有注解的',
  },
  options: [{ name: 'check' }, { name: 'stamp' }],
  words: [0, 1000],
  async run(context) {
    if (context.args.flag('stamp')) {
      return stamp(context);
    }
    const catalog = context.catalog();
    const files = context.args.words.length > 0 ? namedFiles(context) : bundledFiles(context);
    if (!files) {
      return 2;
    }
    const check = checkCatalog(catalog, files, {
      wholeKernel: context.args.words.length === 0,
      reader: await context.reader(),
    });
    const bare =
      context.args.words.length === 0 ? withoutNote(catalog, (await context.compiled()).query.facts) : undefined;
    return report(context, catalog, check, bare);
  },
};

interface WithoutNote {
  readonly functions: readonly string[];
  readonly fields: readonly string[];
  readonly statements: number;
}

/** Structs whose members each deserve a note: those that the documented functions work on. */
const notedStructs = [
  'socket',
  'sock',
  'tcp_opt',
  'raw_opt',
  'inet_opt',
  'proto',
  'proto_ops',
  'sk_buff_head',
  'sk_buff',
  'timer_list',
  'open_request',
  'tcp_listen_opt',
  'sockaddr_in',
  '__wait_queue_head',
  '__wait_queue',
];

function withoutNote(catalog: Catalog, facts: ProgramFacts | undefined): WithoutNote {
  const functions = (facts?.debug.functions ?? [])
    .map(({ name }) => name)
    .filter((name) => !catalog.about('function', name));
  const fields = notedStructs.flatMap((struct) =>
    (facts?.record(struct)?.fields ?? [])
      .filter(({ name }) => name !== '' && !catalog.field(struct, name))
      .map(({ name }) => `${struct}.${name}`),
  );
  return { functions: [...new Set(functions)].sort(), fields, statements: facts?.debug.statements.length ?? 0 };
}

function bundledFiles(context: Context): SourceFile[] {
  return Object.entries(context.io.media())
    .filter(([path]) => path.startsWith('media/kernel/') && path.endsWith('.c'))
    .map(([path, text]) => new SourceFile(path, text));
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

function report(context: Context, catalog: Catalog, check: CatalogCheck, bare: WithoutNote | undefined): ExitStatus {
  context.report(check.diagnostics);
  const placed = [...check.resolved.values()].flat().length;
  const summary = {
    entries: catalog.entries.length,
    placed,
    orphans: check.orphans.map(({ id }) => id),
    stale: check.stale,
    ...(bare ? { functionsWithoutNote: bare.functions, fieldsWithoutNote: bare.fields } : {}),
  };
  if (context.json) {
    context.printJson(summary);
  } else {
    context.line(
      context.say({
        en: `${summary.entries} entries; statements found at ${placed} places; ${summary.orphans.length} orphans; ${check.stale} stale pairs`,
        zh: `${summary.entries} 条注解；语句注解落在 ${placed} 处；${summary.orphans.length} 条找不到位置；${check.stale} 对译文过期`,
      }),
    );
    if (bare) {
      context.line(
        context.say({
          en: `functions without a note: ${bare.functions.length}; fields without a note: ${bare.fields.length}`,
          zh: `没有注解的函数：${bare.functions.length}；没有注解的成员：${bare.fields.length}`,
        }),
      );
      [...bare.functions, ...bare.fields].forEach((name) => context.line(`  ${name}`));
    }
  }
  const wrong = context.packsAreWrong || check.diagnostics.some(({ severity }) => severity !== 'information');
  return context.args.flag('check') && wrong ? 1 : 0;
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
