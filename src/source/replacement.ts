/**
 * C that takes the place of functions of a program, as plain data: what a document hands to the compiler.
 *
 * In: nothing. Out: types. The C lies in a file of the document's path and length, at the offsets at which the document
 * has it, with blanks around: so every place in the compiled program is a place in the document.
 */
import type { SourceFile } from './source-file';

/** Functions that take the place of those of the same name, whichever source defines them. */
export interface Replacement {
  /** The C where the document has it; blanks and line ends elsewhere. */
  readonly file: SourceFile;
  /** The document as the person sees it, of the same path and length. */
  readonly shown: SourceFile;
  /** One of each name. */
  readonly functions: readonly ReplacingFunction[];
  /** What it declares outside functions: compiled in where the program beneath lacks it. */
  readonly declarations?: readonly ReplacingDeclaration[] | undefined;
}

/** A structure, an enumeration, a type, a macro or a variable of the document. */
export interface ReplacingDeclaration {
  /** All that it declares: `struct state`, `MAX_STATES`, `state_t`; the first one is what it is called. */
  readonly names: readonly string[];
  /** Text offsets of the whole declaration in the file. */
  readonly start: number;
  readonly end: number;
}

export interface ReplacingFunction {
  readonly name: string;
  /** Text offsets of the whole definition in the file. */
  readonly start: number;
  readonly end: number;
  /** Paths of sources that are named near the function: they decide when several sources have one of its name. */
  readonly mentions?: readonly string[] | undefined;
}

/** A definition that another one has taken the place of. */
export interface ReplacedFunction {
  readonly name: string;
  readonly path: string;
  /** Text offsets of the whole definition that is not compiled. */
  readonly start: number;
  readonly end: number;
}

/** What the program beneath lacks and was given, so that the replacing functions compile. */
export interface Addition {
  /** A `declaration` and a `function` are the document's own. */
  readonly kind: 'member' | 'constant' | 'declaration' | 'function';
  /** For members: `struct sock`. */
  readonly record?: string | undefined;
  readonly name: string;
  /** Of a macro with parameters: `(field)`. */
  readonly parameters?: string | undefined;
  /**
   * Of a member: `unsigned char use_write_queue;`. Of a constant: its value. Of a function that the program's own sources
   * call: the path of the one that it is compiled with.
   */
  readonly text: string;
  /** The Linux that has it like this; undefined when its type follows from its use. */
  readonly from?: string | undefined;
  /** Place of the first use, text offsets in the replacement's file; of what is the document's own, its name there. */
  readonly start: number;
  readonly end: number;
  /** Functions of the document that use it. */
  readonly functions: readonly string[];
}

/** Members from `first` on lie `bytes` further than without an addition; `size` is the record's. */
export interface MovedMembers {
  readonly record: string;
  readonly first?: string | undefined;
  readonly count: number;
  readonly bytes: number;
  readonly sizeBefore: number;
  readonly sizeAfter: number;
}

/** What became of a replacement in one program. */
export interface Replaced {
  readonly functions: readonly ReplacedFunction[];
  readonly additions: readonly Addition[];
  /** Bytes that moved because of all additions together. */
  readonly moves: readonly MovedMembers[];
}

/** A member that some kernel has. */
export interface KnownMember {
  /** `struct sock`. */
  readonly record: string;
  readonly name: string;
  /** As C, with its semicolon. */
  readonly declaration: string;
  readonly from: string;
}

/** A constant that some kernel has. */
export interface KnownConstant {
  readonly name: string;
  /** Of a macro with parameters: `(field)`. */
  readonly parameters?: string | undefined;
  readonly value: string;
  /** Undefined for what has no effect in a simulated kernel. */
  readonly from?: string | undefined;
}
