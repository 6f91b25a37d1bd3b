/**
 * `sockscope doctor DIR`: what a kernel tree is, what it lacks, what was mended, and how far each function of the socket
 * notes can be stepped in it. Exit status 0 when all of them can, 1 when one cannot or only partly, 2 when the folder is
 * no Linux 2.4 tree.
 */
import { itemAt } from '../../base/checked-access';
import { wording } from '../../sentences/wording';
import { doctorLines, examineTree, identifyTree, SEARCHED_FOLDERS, type TreeHealth } from '../../facade/trees';
import { openProgram } from '../../facade/open-session';
import { SourceFile } from '../../source/source-file';
import { profileOption } from '../arguments';
import type { Command } from '../command';
import type { Context } from '../context';

export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'doctor DIR [--profile]',
  options: [profileOption],
  summary: {
    en: 'what a kernel tree is and lacks, and what can be stepped in it',
    zh: '检查内核源码树：版本、缺什么、哪些函数可以单步',
  },
  words: [1, 1],
  async run(context) {
    const name = itemAt(context.args.words, 0);
    const loader = context.measured(context.io.kernelTree(name));
    const kind = identifyTree(loader, name);
    if ('severity' in kind) {
      context.report([kind]);
      return 2;
    }
    const { program, diagnostics } = await openProgram({
      onPhase: context.profile?.enter,
      media: context.io.media(),
      wasm: context.io.parserWasm(),
      cache: context.cache,
      kernel: { loader, name },
    });
    context.profile?.enter('other');
    context.report(diagnostics);
    const health = examineTree(kind, program, diagnostics, conflicted(context, name));
    if (context.json) {
      context.printJson([{ ...health, damages: health.damages.map(inEnglish) }]);
    } else {
      doctorLines(health).forEach((line) => context.line(context.say(line)));
    }
    return health.functions.every(({ steppable }) => steppable === 'yes') ? 0 : 1;
  },
};

/** Sources and headers of the tree that hold conflict markers; what could not be looked at is told. */
function conflicted(context: Context, name: string): SourceFile[] {
  const listings = SEARCHED_FOLDERS.map((folder) => context.io.listFiles(`${name}/${folder}`, ['.c', '.h'], name));
  context.report(listings.flatMap(({ problems }) => problems));
  return listings
    .flatMap(({ files }) => files)
    .slice(0, mostSearched)
    .flatMap((path) => {
      const opened = context.io.openFile(path);
      if ('code' in opened) {
        context.report([opened]);
        return [];
      }
      const { text } = opened;
      return text.includes('<<<<<<<') ? [new SourceFile(path.slice(name.length).replace(/^\/+/, ''), text)] : [];
    });
}

/** Files that are looked through at most. */
const mostSearched = 30_000;

/** A damage as JSON has it, whatever the language of the texts. */
function inEnglish({ cause, ...damage }: TreeHealth['damages'][number]): object {
  return {
    ...damage,
    ...(cause ? { cause: { message: wording(cause.message, 'en'), remedy: wording(cause.remedy, 'en') } } : {}),
  };
}
