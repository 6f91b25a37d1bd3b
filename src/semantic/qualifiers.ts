/**
 * Type qualifiers as a bit set. In: the syntax tree's `Qualifiers`. Out: a number that is stored beside a type wherever
 * a name is declared (`LocalVariable`, `GlobalSymbol`, `Field`, typedefs) and in pointer types for what they point to.
 */
import type { Qualifiers } from '../parse/ast';

export const CONST = 1;
const VOLATILE = 2;
const RESTRICT = 4;

/** The bits of a list of qualifiers; 0 for none. */
export function qualifierBits(qualifiers: Qualifiers | undefined): number {
  if (!qualifiers) {
    return 0;
  }
  return (qualifiers.const ? CONST : 0) | (qualifiers.volatile ? VOLATILE : 0) | (qualifiers.restrict ? RESTRICT : 0);
}

/** `const volatile` …, in the order C programmers write them; the empty string for none. */
export function spellQualifiers(bits: number): string {
  const words: string[] = [];
  if (bits & CONST) {
    words.push('const');
  }
  if (bits & VOLATILE) {
    words.push('volatile');
  }
  if (bits & RESTRICT) {
    words.push('restrict');
  }
  return words.join(' ');
}
