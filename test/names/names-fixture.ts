/**
 * The index of names over texts of C. In: texts by path. Out: the tree, and what it says in words that tests compare.
 */
import { given } from '../../src/base/checked-access';
import { contentHash } from '../../src/base/bytes';
import { TreeCalls } from '../../src/names/calls';
import { Act, Kind, Space } from '../../src/names/roles';
import { TreeSymbols, type Reference } from '../../src/names/symbols';
import { actAt, spaceAt, TreeNames, type Definition } from '../../src/names/tree-names';

export interface Indexed {
  readonly tree: TreeNames;
  readonly symbols: TreeSymbols;
  readonly calls: TreeCalls;
  readonly texts: Readonly<Record<string, string>>;
}

export function indexed(texts: Readonly<Record<string, string>> | string): Indexed {
  const all = typeof texts === 'string' ? { 'a.c': texts } : texts;
  const tree = new TreeNames();
  Object.entries(all).forEach(([path, text]) => tree.read(path, text, contentHash(text)));
  const symbols = new TreeSymbols(tree);
  return { tree, symbols, calls: new TreeCalls(symbols), texts: all };
}

const nameOf = (numbers: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(numbers).find((key) => numbers[key] === value) ?? '?';

/** `bind member call` of every place of a file, in order. */
export function placesOf({ tree }: Indexed, path = 'a.c'): string[] {
  const file = tree.get(path);
  return Array.from(file?.names ?? [], (_, place) => {
    const at = { file: given(file, 'file'), place };
    return `${tree.nameOf(at)} ${nameOf(Space, spaceAt(at))} ${nameOf(Act, actAt(at))}`;
  });
}

/** `function inet_bind` of every definition of a file, locals too; of a nested one with its owner. */
export function definitionsOf({ tree }: Indexed, path = 'a.c'): string[] {
  const file = tree.get(path);
  const all = file ? [...tree.definitionsIn(file)] : [];
  const words = (each: Definition): string => tree.nameOf(each) || '(nameless)';
  return all.map((each) => {
    const owner = all[each.owner];
    return `${nameOf(Kind, each.kind)} ${owner ? `${words(owner)}.` : ''}${words(each)}`;
  });
}

/** `a.c:3 call` of references; `?` behind one that is not sure. */
export function shown({ texts }: Indexed, references: readonly Reference[]): string[] {
  return references.map(({ file, place, act, uncertain }) => {
    const line = (texts[file.path] ?? '').slice(0, file.offsets[place]).split('\n').length;
    return `${file.path}:${line} ${nameOf(Act, act)}${uncertain ? '?' : ''}`;
  });
}

/** References to what the first `name` behind `after` in a file means. */
export function referencesAt(index: Indexed, path: string, after: string, name: string): string[] {
  const text = index.texts[path] ?? '';
  const symbol = index.symbols.at(path, text.indexOf(name, text.indexOf(after)));
  return symbol ? shown(index, index.symbols.referencesTo(symbol)) : [];
}
