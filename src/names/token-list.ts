/**
 * Tokens as parallel arrays that grow. In: atoms and offsets in order. Out: the same, by index; which bracket belongs to
 * which. An index outside of the list gives {@link tokenOther}.
 */
import { itemAt } from '../base/checked-access';
import { known, knownCount } from '../preprocess/atoms';
import { wordClass, WordClass } from '../parse/keywords';

/** In place of an atom: what is no word and no sign of C. */
export const tokenOther = -1;
export const tokenNumber = -2;
/** A string or a character constant. */
export const tokenText = -3;

/** Of the atoms that are fixed, those that may name something: `error` is a directive's name and a member's. */
const mayName = new Uint8Array(knownCount);
for (const [spelling, atom] of Object.entries(known)) {
  mayName[atom] = /^[A-Za-z_]/.test(spelling) && wordClass(atom) === WordClass.none ? 1 : 0;
}

export class TokenList {
  length = 0;
  private atoms: Int32Array;
  private offsets: Int32Array;

  constructor(guess: number) {
    this.atoms = new Int32Array(guess + 16);
    this.offsets = new Int32Array(guess + 16);
  }

  add(atom: number, start: number): void {
    if (this.length === this.atoms.length) {
      const atoms = new Int32Array(this.length * 2);
      atoms.set(this.atoms);
      this.atoms = atoms;
      const offsets = new Int32Array(this.length * 2);
      offsets.set(this.offsets);
      this.offsets = offsets;
    }
    this.atoms[this.length] = atom;
    this.offsets[this.length++] = start;
  }

  /** The atom of a word or sign; a negative number for everything else. */
  atom(i: number): number {
    return i >= 0 && i < this.length ? (this.atoms[i] as number) : tokenOther;
  }

  /** Offset of its first character. */
  start(i: number): number {
    return i < this.length ? (this.offsets[i] ?? 0) : (this.offsets[this.length - 1] ?? 0);
  }

  /** An identifier that is no keyword of C. */
  isName(i: number): boolean {
    const atom = this.atom(i);
    return atom >= knownCount || (atom >= 0 && mayName[atom] === 1);
  }

  /** For each bracket the index of the one that belongs to it, or -1. */
  partners(text: string): Int32Array {
    const strict = this.pair(text, false);
    return strict.isWhole ? strict.partner : this.pair(text, true).partner;
  }

  /**
   * `byColumn`: a closing brace that begins a line ends all that is open, as it does in a file laid out by hand; for
   * files whose braces do not balance.
   */
  private pair(text: string, byColumn: boolean): { readonly partner: Int32Array; readonly isWhole: boolean } {
    const partner = new Int32Array(this.length).fill(-1);
    const open: number[] = [];
    let isWhole = true;
    for (let i = 0; i < this.length; i++) {
      const atom = this.atoms[i];
      if (atom === known['('] || atom === known['['] || atom === known['{']) {
        open.push(i);
      } else if (atom === known[')'] || atom === known[']'] || atom === known['}']) {
        const opener = atom === known[')'] ? known['('] : atom === known[']'] ? known['['] : known['{'];
        const endsAll = byColumn && opener === known['{'] && isAtLineStart(text, this.offsets[i] ?? 0);
        let at = endsAll ? open.findIndex((each) => this.atoms[each] === opener) : open.length - 1;
        while (at >= 0 && this.atoms[itemAt(open, at)] !== opener) {
          at--;
        }
        isWhole &&= at === open.length - 1 && at >= 0;
        if (at >= 0) {
          partner[i] = itemAt(open, at);
          partner[itemAt(open, at)] = i;
          open.length = at;
        }
      }
    }
    return { partner, isWhole: isWhole && open.length === 0 };
  }
}

function isAtLineStart(text: string, offset: number): boolean {
  return offset === 0 || text.charCodeAt(offset - 1) === 10;
}
