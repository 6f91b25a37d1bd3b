/**
 * The text of a file as a C grammar can read it without preprocessing, every character at its place. In: a file, and
 * what its macros stand for. Out: the text in which attribute-like words and conditionals within statements are blank
 * and loops of macros read as loops; the branches that a reader of one branch passes over; the tokens.
 */
import { itemAt } from '../base/checked-access';
import { known } from '../preprocess/atoms';
import type { LexedFile } from '../preprocess/lexed-file';
import { attributeEdits } from './attribute-macros';
import { branchesOf, type Range } from './branches';
import { macroStatementEdits, type MacroText } from './macro-statements';
import { RawTokens } from './raw-tokens';
import { TokenKind } from '../preprocess/token';
import { blank, withEdits, type SameLengthEdit } from './same-length-edits';

export interface ReadableText {
  readonly text: string;
  /** Branches of conditionals that are there but not the first; in order. */
  readonly passedOver: readonly Range[];
}

export function readableText(lexed: LexedFile, textOf: (atom: number) => string, macro: MacroText): ReadableText {
  const branches = branchesOf(lexed);
  const hidden = [...branches.directives, ...branches.blanked].sort((a, b) => a[0] - b[0]);
  const tokens = new RawTokens(lexed, hidden, textOf);
  const own = macrosOf(lexed, textOf);
  const edits = [
    ...branches.blanked.map(([from, to]) => blank(lexed.text, from, to)),
    ...directiveEdits(lexed),
    ...attributeEdits(tokens),
    ...macroStatementEdits(tokens, (name) => own.get(name) ?? macro(name)),
  ];
  return { text: withEdits(lexed.text, edits), passedOver: branches.passedOver };
}

/**
 * In `#define F(a, rest...)` the dots, which the grammar knows as a parameter of their own only; what stands behind
 * `#else` and `#endif`.
 */
function directiveEdits(lexed: LexedFile): SameLengthEdit[] {
  const edits: SameLengthEdit[] = [];
  for (const { name, from, to } of lexed.directives) {
    if ((name === known.else || name === known.endif) && to > from) {
      edits.push(blank(lexed.text, itemAt(lexed.starts, from), itemAt(lexed.ends, to - 1)));
    }
    for (let i = from + 2; name === known.define && i < to && lexed.atoms[i - 1] !== known[')']; i++) {
      if (lexed.atoms[i] === known['...'] && lexed.kinds[i - 1] === TokenKind.identifier) {
        edits.push(blank(lexed.text, itemAt(lexed.starts, i), itemAt(lexed.ends, i)));
      }
    }
  }
  return edits;
}

/** The replacements of the macros that the file itself defines. */
function macrosOf(lexed: LexedFile, textOf: (atom: number) => string): ReadonlyMap<string, string> {
  const macros = new Map<string, string>();
  for (const { name, from, to } of lexed.directives) {
    if (name === known.define && to > from) {
      const macro = textOf(itemAt(lexed.atoms, from));
      const text = lexed.text.slice(itemAt(lexed.ends, from), itemAt(lexed.ends, to - 1)).replace(/\\\r?\n/g, ' ');
      macros.set(macro, text.replace(/^\([^)]*\)/, ''));
    }
  }
  return macros;
}
