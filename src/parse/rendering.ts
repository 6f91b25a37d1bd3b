/**
 * The text handed to tree-sitter, and the way back. Since we write that text ourselves from tokens, it is a skeleton:
 * every ordinary name is `v`, every type that is not a struct, union or enum body is `int`, every string is `""`. What a
 * piece of the skeleton stands for is kept beside it: the tokens it covers, and a note where it stands for more than one
 * token says.
 */
import type { Words } from '../sentences/sentence';
import { known } from '../preprocess/atoms';
import type { Pragma } from '../preprocess/token';

/** Something rendered by itself, to be parsed by itself: an argument of an attribute, the operand of `typeof`. */
export interface Fragment {
  readonly kind: 'expression' | 'type';
  readonly rendering: Rendering;
  readonly from: number;
  readonly to: number;
}

export interface AttributeNote {
  /** Token of the attribute's name. */
  readonly name: number;
  readonly args: readonly Fragment[];
}

/** Declaration specifiers, already understood while rendering. */
export interface SpecifiersNote {
  readonly kind: 'specifiers';
  storage: 'typedef' | 'extern' | 'static' | 'auto' | 'register' | undefined;
  inline: boolean;
  const: boolean;
  volatile: boolean;
  restrict: boolean;
  words: string[];
  /** Token of a typedef name (or of an unknown name used as a type). */
  named: number;
  typeof: Fragment | undefined;
  /** It is a struct, union or enum whose tree starts at the piece that has this note. */
  tagged: boolean;
  readonly attributes: AttributeNote[];
  readonly tagAttributes: AttributeNote[];
  first: number;
  last: number;
}

export interface DeclaratorNote {
  readonly kind: 'declarator';
  readonly attributes: AttributeNote[];
  /** Names of the parameters of the function it declares, for the scope of the body. */
  parameters: readonly number[] | undefined;
}

export type SpecialForm =
  'least-alignof' | 'alignof' | 'va-arg' | 'offsetof' | 'types-compatible' | 'generic' | 'label-address';

/** A GNU or C11 form that tree-sitter's grammar lacks; it stands as one placeholder. */
export interface SpecialNote {
  readonly kind: 'special';
  readonly form: SpecialForm;
  readonly parts: readonly Fragment[];
  /** label-address: token of the label. generic: which association is `default`, or -1. */
  readonly extra: number;
}

export interface ErrorNote {
  readonly kind: 'error';
  readonly message: Words;
}

/** On `case`: the end of a GNU range. On the label of `goto *e`: the target. */
export interface FragmentNote {
  readonly kind: 'fragment';
  readonly fragment: Fragment;
}

/** On the empty statement that stands for `__label__ a, b;`: the tokens of the names. */
export interface LocalLabelsNote {
  readonly kind: 'local-labels';
  readonly names: readonly number[];
}

export interface SyntheticNote {
  readonly kind: 'synthetic';
}

/**
 * On the empty statement that stands for an `asm` without instructions: what is assigned to what, and what is evaluated
 * alone.
 */
export interface AssemblerNote {
  readonly kind: 'assembler';
  readonly operands: readonly { readonly target: Fragment; readonly value: Fragment | undefined }[];
}

export type PieceNote =
  | SpecifiersNote
  | DeclaratorNote
  | SpecialNote
  | ErrorNote
  | FragmentNote
  | LocalLabelsNote
  | AssemblerNote
  | SyntheticNote;

/** A stretch that can be given up by itself when it cannot be parsed. */
export interface Region {
  readonly kind: 'statement' | 'expression' | 'member' | 'declaration';
  readonly from: number;
  readonly to: number;
  readonly firstPiece: number;
  readonly endPiece: number;
}

export class Rendering {
  private readonly texts: string[] = [];
  /** First and last token each piece stands for. */
  readonly first: number[] = [];
  readonly last: number[] = [];
  readonly notes = new Map<number, PieceNote>();
  readonly regions: Region[] = [];
  private pieces: Int32Array | undefined;

  /** Adds a piece for tokens `first` to `last`, and gives its index. */
  add(text: string, first: number, last = first, note?: PieceNote): number {
    const index = this.texts.length;
    this.texts.push(text);
    this.first.push(first);
    this.last.push(last);
    if (note) {
      this.notes.set(index, note);
    }
    return index;
  }

  get length(): number {
    return this.texts.length;
  }

  /** Takes back everything from piece `length` on. */
  truncate(length: number): void {
    for (let i = length; i < this.texts.length; i++) {
      this.notes.delete(i);
    }
    this.texts.length = length;
    this.first.length = length;
    this.last.length = length;
    while ((this.regions[this.regions.length - 1]?.endPiece ?? 0) > length) {
      this.regions.pop();
    }
  }

  /** The skeleton, pieces separated by one space. */
  text(from = 0, to = this.texts.length): string {
    return this.texts.slice(from, to).join(' ');
  }

  /** The piece at `offset` of the whole text, or the last one before it. */
  pieceAt(offset: number): number {
    const pieces = (this.pieces ??= this.measure());
    return pieces[Math.min(offset, pieces.length - 1)] ?? 0;
  }

  /** The piece of every offset. */
  private measure(): Int32Array {
    const pieces = new Int32Array(this.texts.reduce((sum, text) => sum + text.length + 1, 0));
    let at = 0;
    this.texts.forEach((text, i) => {
      const end = at + text.length + 1;
      pieces.fill(i, at, end);
      at = end;
    });
    return pieces;
  }
}

/**
 * How tightly `#pragma pack` packs records that start at a token: pairs of token index and bytes (0: not at all),
 * ascending.
 */
export type PackChanges = readonly { readonly index: number; readonly bytes: number }[];

/** Follows `#pragma pack(n)`, `pack()`, `pack(push[, n])` and `pack(pop)`; `text` spells a token. */
export function packChanges(pragmas: readonly Pragma[], text: (atom: number) => string): PackChanges {
  const changes: { index: number; bytes: number }[] = [];
  const stack: number[] = [];
  let bytes = 0;
  for (const pragma of pragmas) {
    const words = pragma.tokens.map((token) => text(token.atom));
    if (words[0] !== 'pack') {
      continue;
    }
    const number = words.find((word) => /^[0-9]+$/.test(word));
    if (words.includes('push')) {
      stack.push(bytes);
    } else if (words.includes('pop')) {
      bytes = stack.pop() ?? 0;
    } else if (number === undefined) {
      bytes = 0;
    }
    if (number !== undefined && !words.includes('pop')) {
      bytes = Number(number);
    }
    changes.push({ index: pragma.index, bytes });
  }
  return changes;
}

/** The packing in force at token `index`. */
export function packAt(changes: PackChanges, index: number): number {
  let bytes = 0;
  for (const change of changes) {
    if (change.index > index) {
      break;
    }
    bytes = change.bytes;
  }
  return bytes;
}

/** The keywords that begin a special form. */
export const operatorForms: ReadonlyMap<number, SpecialForm> = new Map<number, SpecialForm>([
  [known._Alignof, 'least-alignof'],
  [known.__alignof, 'alignof'],
  [known.__alignof__, 'alignof'],
  [known._Generic, 'generic'],
  [known.__builtin_va_arg, 'va-arg'],
  [known.__builtin_offsetof, 'offsetof'],
  [known.__builtin_types_compatible_p, 'types-compatible'],
]);
