/**
 * Which notes correct a comment of a document. In: the comment, the function that it is in or about, the statement that
 * it is about. Out: entries of kind `correction`. They are found by function, statement and what the comment says, so
 * that they hold for every text that says the same there.
 */
import type { Catalog } from './catalog';
import type { Entry } from './entry';
import { normalise } from '../reading/outline';

export interface RemarkAbout {
  readonly function: string;
  /** C of the statement; undefined for a comment on the function. */
  readonly statement: string | undefined;
  readonly text: string;
}

/** Corrections of a comment, in the order of the packs. */
export function correctionsOf(catalog: Catalog, { function: name, statement, text }: RemarkAbout): readonly Entry[] {
  const said = plain(text);
  const normal = statement === undefined ? '' : normalise(statement);
  return catalog.correctionsIn(name).filter(({ correction }) => {
    const { says = [], on = [] } = correction ?? {};
    return (
      says.some((words) => said.includes(plain(words))) &&
      (on.length === 0 || on.some((part) => ` ${normal} `.includes(` ${normalise(part)} `)))
    );
  });
}

/** Without spaces, in one case, with full-width signs as ordinary ones. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}
