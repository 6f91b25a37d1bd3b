/**
 * “Did you mean …?” for names on the command line, as scripts have it. In: a name that nothing has, and the names there
 * are. Out: the remedy to tell, or another one when no name is near.
 */
import type { Bilingual } from '../base/bilingual';
import { nearestName } from '../facade/scenarios';

/** The remedy for an unknown name. */
export function suggestion(name: string, candidates: Iterable<string>, otherwise?: Bilingual): Bilingual | undefined {
  const near = name.length > longestName ? undefined : nearestName(name, candidates);
  return near === undefined || !sharesLetter(name, near)
    ? otherwise
    : { en: `did you mean ${near}?`, zh: `是不是想写 ${near}？` };
}

/** Nobody mistypes longer names; comparing them takes time. */
const longestName = 100;

/** Short names are near to anything that is short. */
function sharesLetter(a: string, b: string): boolean {
  return [...a.toLowerCase()].some((letter) => b.toLowerCase().includes(letter));
}
