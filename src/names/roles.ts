/**
 * What the place of a name is: in which of C's name spaces (C99 6.2.3) it is looked up, and what is done with it there.
 * Plain numbers, packed into one small word for each place.
 */

/** In which space a name is looked up. */
export const Space = {
  /** Functions, variables, typedefs, constants; macros stand among them wherever they are used. */
  ordinary: 0,
  /** Behind `struct`, `union`, `enum`. */
  tag: 1,
  /** Behind `.` and `->`, in a struct's body, in a designator. */
  member: 2,
  label: 3,
  /** In directives. */
  macro: 4,
} as const;

/** What is done with it. */
export const Act = {
  read: 0,
  write: 1,
  /** `x++`, `x += 1`. */
  update: 2,
  call: 3,
  /** `&x`. */
  address: 4,
  define: 5,
  /** Without a definition: a prototype, `extern`, `struct sock;`. */
  declare: 6,
} as const;

export type SpaceNumber = (typeof Space)[keyof typeof Space];
export type ActNumber = (typeof Act)[keyof typeof Act];

/** It is declared in the function around it. */
export const isLocal = 64;

export function role(space: SpaceNumber, act: ActNumber, local = 0): number {
  return space | (act << 3) | local;
}

export function spaceOf(packed: number): SpaceNumber {
  return (packed & 7) as SpaceNumber;
}

export function actOf(packed: number): ActNumber {
  return ((packed >> 3) & 7) as ActNumber;
}

/** What a definition defines. */
export const Kind = {
  function: 0,
  macro: 1,
  struct: 2,
  union: 3,
  enum: 4,
  typedef: 5,
  constant: 6,
  variable: 7,
  member: 8,
  /** A parameter or a variable of a function. */
  local: 9,
  /** A prototype, or `extern` of a variable. */
  declaration: 10,
} as const;

export type KindNumber = (typeof Kind)[keyof typeof Kind];

/** How the type of a definition is known. */
export const TypeForm = {
  unknown: 0,
  /** `type` is the number of a tag's name. */
  tag: 1,
  /** `type` is the number of a typedef's name, or of a macro's in its place. */
  name: 2,
  /** `type` is the index of the definition of a struct or union without a tag, in the same file. */
  inline: 3,
} as const;
/** Beside a {@link TypeForm}: only this file sees it. */
export const isStatic = 4;
/** Beside a {@link TypeForm}: a function, or a pointer to one. */
export const isCallable = 8;
