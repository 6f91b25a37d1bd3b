/**
 * `sockscope functions`: every function of the program and how it comes to run: compiled from C, a service, missing,
 * refused.
 */
import { itemAt } from '../../base/checked-access';
import { listFunctions, type ListedFunction } from '../../facade/program';
import { STACK_SOURCES } from '../../facade/trees';
import { functionKinds } from '../../query/words';
import { profileOption } from '../arguments';
import type { Command } from '../command';

const kinds = ['compiled', 'service', 'missing', 'refused'] as const;

export const functionsCommand: Command = {
  name: 'functions',
  usage: 'functions [--kind compiled|service|missing|refused] [--profile]',
  summary: {
    en: 'every function: compiled, service or missing, with file and line',
    zh: '全部函数：由 C 编译、由服务提供，还是缺失，及其位置',
  },
  options: [{ name: 'kind', value: 'KIND', choices: kinds }, profileOption],
  words: [0, 1000],
  async run(context) {
    const { query, program, diagnostics, ok } = await context.compiled();
    if (!program || !context.functionsExist(program)) {
      return 2;
    }
    const wanted = context.args.value('kind');
    const names = new Set(context.args.words);
    const chosen = listFunctions(program, diagnostics)
      .filter((each) => (wanted === undefined || each.kind === wanted) && (names.size === 0 || names.has(each.name)))
      .map(({ reason, ...each }) => ({ ...each, reason: reason && context.say(reason) }));
    if (context.json) {
      context.printJson(chosen);
      return ok ? 0 : 2;
    }
    for (const { name, kind, file, line, reason } of chosen) {
      const note = query.catalog.about('function', name);
      const place = file === '' ? '' : `  ${file}:${line}`;
      context.line(
        `${kind.padEnd(8)}  ${name}${place}${reason ? `  (${reason})` : note ? `  ${context.say(note.text).replaceAll('`', '')}` : ''}`,
      );
    }
    context.line(
      kinds
        .map((kind) => `${chosen.filter((each) => each.kind === kind).length} ${context.say(shortKind(kind))}`)
        .join(', '),
    );
    if (context.kernel !== undefined && wanted === undefined && names.size === 0) {
      const stack = chosen.filter((each) => STACK_SOURCES.includes(each.file));
      const whole = stack.filter(({ kind, reason }) => kind === 'compiled' && reason === undefined).length;
      context.line(
        context.say({
          en: `network stack (${STACK_SOURCES.length} files): ${whole} of ${stack.length} functions compiled whole`,
          zh: `网络栈（${STACK_SOURCES.length} 个文件）：${stack.length} 个函数中 ${whole} 个完整编译`,
        }),
      );
    }
    return ok ? 0 : 2;
  },
};

function shortKind(kind: ListedFunction['kind']): { en: string; zh: string } {
  const { en, zh } = functionKinds[kind];
  return { en: itemAt(en.split(':'), 0), zh: itemAt(zh.split('：'), 0) };
}
