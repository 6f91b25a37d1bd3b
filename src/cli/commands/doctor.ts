/**
 * `sockscope doctor DIR`: what a kernel tree is, what it lacks, what was mended, and how far each function of the socket notes can be stepped in
 * it. Exit status 0 when all of them can, 1 when one cannot or only partly, 2 when the folder is no Linux 2.4 tree.
 */
import { examineTree, SEARCHED_FOLDERS, type FunctionHealth, type TreeHealth } from '../../session/kernel-doctor';
import { identifyTree } from '../../session/kernel-tree';
import { openProgram } from '../../session/open-session';
import { SourceFile } from '../../source/source-file';
import type { Command } from '../command';
import type { Context } from '../context';

export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'doctor DIR',
  summary: { en: 'what a kernel tree is and lacks, and what can be stepped in it', zh: '检查内核源码树：版本、缺什么、哪些函数可以单步' },
  words: [1, 1],
  async run(context) {
    const name = context.args.words[0]!;
    const loader = context.io.kernelTree(name);
    const kind = identifyTree(loader, name);
    if ('severity' in kind) {
      context.report([kind]);
      return 2;
    }
    const { program, diagnostics } = await openProgram({ media: context.io.media(), wasm: context.io.parserWasm(), cache: context.cache, kernel: { loader, name } });
    context.report(diagnostics);
    const health = examineTree(kind, program, diagnostics, conflicted(context, name));
    if (context.json) {
      context.printJson([health]);
    } else {
      print(context, health);
    }
    return health.functions.every(({ steppable }) => steppable === 'yes') ? 0 : 1;
  },
};

/** Sources and headers of the tree that hold conflict markers. */
function conflicted(context: Context, name: string): SourceFile[] {
  const paths = SEARCHED_FOLDERS.flatMap((folder) => context.io.listFiles(`${name}/${folder}`, ['.c', '.h'])).slice(0, mostSearched);
  return paths.flatMap((path) => {
    const text = context.io.readFile(path);
    return text?.includes('<<<<<<<') ? [new SourceFile(path.slice(name.length).replace(/^\/+/, ''), text)] : [];
  });
}

/** Files that are looked through at most. */
const mostSearched = 30_000;

function print(context: Context, { version, missing, mended, errors, warnings, compiled, whole, functions }: TreeHealth): void {
  const say = (en: string, zh: string): void => context.line(context.say({ en, zh }));
  say(`Linux ${version}: a 2.4 tree, can be stepped`, `Linux ${version}：2.4 源码树，可以单步`);
  say(`${compiled} functions compiled, ${whole} of them without a refused statement; ${errors} errors, ${warnings} warnings`, `编译了 ${compiled} 个函数，其中 ${whole} 个没有被拒绝的语句；错误 ${errors} 个，警告 ${warnings} 个`);
  if (missing.length === 0) {
    say('nothing is missing', '没有缺少的文件');
  } else {
    say(`missing: ${missing.join(', ')}`, `缺少：${missing.join('、')}`);
  }
  for (const { file, conflicts, used } of mended) {
    const count = `${conflicts} merge conflict${conflicts === 1 ? '' : 's'}`;
    say(`mended: ${file}, ${count}, the second side ${used ? 'taken' : 'would be taken; the network stack does not need it'}`, `已修补：${file}，${conflicts} 处合并冲突，取后一方${used ? '' : '（网络栈用不到此文件）'}`);
  }
  functions.forEach((each) => context.line(`${context.say(verdict(each)).padEnd(10)} ${each.name}${each.file === undefined ? '' : `  ${each.file}:${each.line}`}${details(context, each)}`));
}

function verdict({ steppable }: FunctionHealth): { en: string; zh: string } {
  return steppable === 'yes' ? { en: 'steppable', zh: '可单步' } : steppable === 'partly' ? { en: 'partly', zh: '部分可单步' } : { en: 'not there', zh: '没有' };
}

function details(context: Context, { refusedLines, steppable }: FunctionHealth): string {
  return steppable !== 'partly' ? '' : `  (${context.say({ en: `stops at line ${refusedLines.join(', ')}`, zh: `会停在第 ${refusedLines.join('、')} 行` })})`;
}
