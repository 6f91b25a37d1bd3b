/**
 * Definitions whose name a person has written in part. In: letters, `tcp_rcv` or `rcvest`. Out: definitions, the nearest
 * first: the name itself, names that begin so, that have it, that have the letters in this order. Locals are not among
 * them; members only when nothing else is.
 */
import { itemAt } from '../base/checked-access';
import { definitionAt, definitionCount } from './file-names';
import { Kind } from './roles';
import type { Definition, TreeNames } from './tree-names';

export function searchNames(tree: TreeNames, letters: string, most: number): readonly Definition[] {
  const wanted = letters.toLowerCase();
  const ranks = ranksOf(tree, wanted);
  const found: { readonly definition: Definition; readonly rank: number }[] = [];
  for (const file of tree.files) {
    for (let index = 0; index < definitionCount(file); index++) {
      const { place, kind } = definitionAt(file, index);
      const rank = place < 0 || kind === Kind.local ? 0 : (ranks.get(itemAt(file.names, place)) ?? 0);
      if (rank > 0) {
        const further = kind === Kind.member ? 8 : kind === Kind.declaration ? 4 : 0;
        found.push({ definition: { file, ...definitionAt(file, index) }, rank: rank + further });
      }
    }
  }
  const isElse = found.some(({ rank }) => rank < 8);
  return found
    .filter(({ rank }) => rank < 8 || !isElse)
    .sort((a, b) => a.rank - b.rank || tree.nameOf(a.definition).length - tree.nameOf(b.definition).length)
    .slice(0, most)
    .map(({ definition }) => definition);
}

/** How near each name is: 1 the nearest; absent: not at all. */
function ranksOf({ table }: TreeNames, wanted: string): Map<number, number> {
  const ranks = new Map<number, number>();
  for (let name = 0; name < table.size; name++) {
    const text = table.text(name).toLowerCase();
    const at = text.indexOf(wanted);
    if (at >= 0) {
      ranks.set(name, text.length === wanted.length ? 1 : at === 0 ? 2 : 3);
    } else if (hasInOrder(text, wanted)) {
      ranks.set(name, 3.5);
    }
  }
  return ranks;
}

function hasInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (let i = 0; i < text.length && at < letters.length; i++) {
    at += text[i] === letters[at] ? 1 : 0;
  }
  return at === letters.length;
}
