/**
 * `sockscope symbols LETTERS`: definitions of the kernel's sources whose name has these letters. In: a name or a part of
 * it. Out: what each is, its name (a member with its struct) and place, the nearest first. Exit status 1 when there is
 * none.
 */
import type { Command } from '../command';
import { foundDefinition, type FoundKind } from '../../names/found';
import { searchNames } from '../../names/search';
import { placeOf, treeIndex } from '../tree-index';

/** More are not listed: nobody reads them. */
const most = 200;

const kinds: Readonly<Record<FoundKind, { readonly en: string; readonly zh: string }>> = {
  function: { en: 'function', zh: '函数' },
  macro: { en: 'macro', zh: '宏' },
  struct: { en: 'struct', zh: '结构体' },
  union: { en: 'union', zh: '共用体' },
  enum: { en: 'enum', zh: '枚举' },
  typedef: { en: 'typedef', zh: '类型别名' },
  constant: { en: 'constant', zh: '枚举常量' },
  variable: { en: 'variable', zh: '变量' },
  member: { en: 'member', zh: '成员' },
  local: { en: 'local', zh: '局部变量' },
  declaration: { en: 'declaration', zh: '声明' },
};

export const symbolsCommand: Command = {
  name: 'symbols',
  usage: 'symbols LETTERS',
  summary: { en: 'definitions in the sources by a part of their name', zh: '按名字的一部分查找源码中的定义' },
  options: [],
  words: [1, 1],
  async run(context) {
    const index = await treeIndex(context);
    if (!index) {
      return 2;
    }
    const found = searchNames(index.names, context.args.words[0] ?? '', most).map((each) => {
      const { name, kind, path, start, owner } = foundDefinition(index.names, each);
      return { name, kind, owner, file: path, line: placeOf(index, path, start).line };
    });
    if (context.json) {
      context.printJson(found);
    } else {
      found.forEach(({ name, kind, owner, file, line }) =>
        context.line(`${context.say(kinds[kind])}  ${owner === undefined ? '' : `${owner}.`}${name}  ${file}:${line}`),
      );
    }
    return found.length > 0 ? 0 : 1;
  },
};
