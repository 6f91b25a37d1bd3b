/**
 * Type specifiers made of keywords (C99 6.7.2p2): `unsigned long int`, `char`, nothing at all (implicit int).
 */
import type { CType } from './ctype';
import {
  boolType,
  charType,
  doubleType,
  floatType,
  intType,
  longDoubleType,
  longLongType,
  longType,
  shortType,
  signedCharType,
  unsignedCharType,
  unsignedIntType,
  unsignedLongLongType,
  unsignedLongType,
  unsignedShortType,
  voidType,
} from './types';

/** Signed and unsigned type by what is left when `signed`, `unsigned` and redundant `int` are taken away. */
const integers: Readonly<Record<string, readonly [CType, CType] | undefined>> = {
  '': [intType, unsignedIntType],
  char: [signedCharType, unsignedCharType],
  short: [shortType, unsignedShortType],
  long: [longType, unsignedLongType],
  'long long': [longLongType, unsignedLongLongType],
};

const others: Readonly<Record<string, CType | undefined>> = {
  void: voidType,
  _Bool: boolType,
  float: floatType,
  double: doubleType,
  'double long': longDoubleType,
};

const order: readonly string[] = [
  '_Bool',
  'char',
  'double',
  'float',
  'int',
  'long',
  'short',
  'signed',
  'unsigned',
  'void',
];

/** The type keywords name in any order, or undefined when they make no type. */
export function basicType(words: readonly string[]): CType | undefined {
  if (words.length === 1) {
    const [word] = words;
    if (word === 'int') {
      return intType;
    }
    if (word === 'char') {
      return charType;
    }
  }
  if (words.some((word) => !order.includes(word))) {
    return undefined;
  }
  const sorted = [...words].sort();
  const count = (word: string): number => sorted.filter((other) => other === word).length;
  const signs = count('signed') + count('unsigned');
  if (signs > 1 || count('int') > 1) {
    return undefined;
  }
  const rest = sorted.filter((word) => word !== 'signed' && word !== 'unsigned' && word !== 'int').join(' ');
  if (rest === 'char' && signs === 0 && count('int') === 0) {
    return charType;
  }
  const pair = integers[rest];
  if (pair && !(rest === 'char' && count('int') > 0)) {
    return pair[count('unsigned')];
  }
  return signs === 0 && count('int') === 0 ? others[rest] : undefined;
}
