/**
 * `sockscope references NAME…`: every place where a name of the kernel is meant, read from its sources as they are
 * written. In: `inet_bind`, `struct sock`, `sock.state`, `proto_ops.bind`. Out: file, line, what is done there, the
 * function around it; for a function also calls through members that hold it, for a member what is put into it.
 */
import { suggestion } from '../suggestion';
import type { Command } from '../command';
import type { Context } from '../context';
import { TreeCalls, type Slot } from '../../names/calls';
import { referencesFound, type FoundAct, type FoundReference } from '../../names/found';
import { TreeSymbols, type TreeSymbol } from '../../names/symbols';
import type { TreeNames } from '../../names/tree-names';
import { placeOf, treeIndex, type TreeIndex } from '../tree-index';

const acts: Readonly<Record<FoundAct, { readonly en: string; readonly zh: string }>> = {
  read: { en: 'read', zh: '读' },
  write: { en: 'write', zh: '写' },
  update: { en: 'read and write', zh: '读写' },
  call: { en: 'call', zh: '调用' },
  address: { en: 'address taken', zh: '取地址' },
  define: { en: 'definition', zh: '定义' },
  declare: { en: 'declaration', zh: '声明' },
};

export const referencesCommand: Command = {
  name: 'references',
  usage: 'references NAME…',
  summary: {
    en: 'every place where a function, member, struct or constant of the sources is used',
    zh: '函数、成员、结构体或常量在源码中的全部使用之处',
  },
  options: [],
  words: [1, 100],
  async run(context) {
    const index = await treeIndex(context);
    if (!index) {
      return 2;
    }
    const symbols = new TreeSymbols(index.names);
    const calls = new TreeCalls(symbols);
    const found = context.args.words.map((word) => ({ word, symbol: symbols.named(word) }));
    const known = found.flatMap(({ word, symbol }) => (symbol ? [{ word, symbol }] : []));
    if (context.json) {
      const rows = known.flatMap(({ word, symbol }) => rowsOf(word, symbol, index, symbols, calls));
      context.printJson(rows);
    } else {
      known.forEach(({ symbol }) => print(context, symbol, index, symbols, calls));
    }
    for (const { word, symbol } of found) {
      if (!symbol) {
        refuse(context, word, index.names);
      }
    }
    return known.length === found.length ? 0 : 2;
  },
};

function rowsOf(name: string, symbol: TreeSymbol, index: TreeIndex, symbols: TreeSymbols, calls: TreeCalls): object[] {
  return [
    ...referencesFound(symbols, calls, symbol).map(({ path, start, act, function: around, through, uncertain }) => {
      const { line, column } = placeOf(index, path, start);
      return { name, file: path, line, column, kind: act, function: around, through, certain: !uncertain };
    }),
    ...slotsOf(symbol, calls).map(({ value, function: target, table }) => {
      const { line, column } = placeOf(index, value.file.path, value.file.offsets[value.place] ?? 0);
      const inTable = table && index.names.nameOf(table);
      return { name, file: value.file.path, line, column, kind: 'target', target, table: inTable, certain: true };
    }),
  ];
}

function slotsOf(symbol: TreeSymbol, calls: TreeCalls): readonly Slot[] {
  return symbol.kind === 'member' ? calls.slotsOf(symbol.members) : [];
}

function print(context: Context, symbol: TreeSymbol, index: TreeIndex, symbols: TreeSymbols, calls: TreeCalls): void {
  const references = referencesFound(symbols, calls, symbol);
  references.filter(({ uncertain }) => !uncertain).forEach((each) => printReference(context, each, index));
  for (const { value, function: target, table } of slotsOf(symbol, calls)) {
    const { line, text } = placeOf(index, value.file.path, value.file.offsets[value.place] ?? 0);
    const holder = table ? `${index.names.nameOf(table)}.${symbol.name}` : text;
    context.line(`${value.file.path}:${line}  ${context.say({ en: 'holds', zh: '存放' })} ${target}  ${holder}`);
  }
  const unsure = references.filter(({ uncertain }) => uncertain).length;
  const sure = references.length - unsure;
  context.line(context.say({ en: `${sure} places`, zh: `共 ${sure} 处` }));
  if (unsure > 0) {
    context.line(
      context.say({
        en: `${unsure} more of a member of this name whose struct is not known`,
        zh: `另有 ${unsure} 处同名成员，无法确定属于哪个结构体`,
      }),
    );
  }
}

function printReference(context: Context, each: FoundReference, index: TreeIndex): void {
  const { line, column, text } = placeOf(index, each.path, each.start);
  const through =
    each.through === undefined ? '' : context.say({ en: ` through ${each.through}`, zh: `（经 ${each.through}）` });
  const around = each.function === undefined ? '' : `  ${each.function}`;
  context.line(`${each.path}:${line}:${column}  ${context.say(acts[each.act])}${through}${around}  ${text.trim()}`);
}

function refuse(context: Context, word: string, names: TreeNames): void {
  const all = names.files.flatMap((file) => [...names.definitionsIn(file)].map((each) => names.nameOf(each)));
  context.fail(
    'SS9001',
    { en: `nothing in the sources is called '${word}'`, zh: `源码里没有叫“${word}”的` },
    suggestion(word, new Set(all), {
      en: 'name a function, struct, struct.member, constant or macro',
      zh: '请给函数、结构体、结构体.成员、常量或宏',
    }),
  );
}
