/**
 * Values of named constants in C files: macros without parameters and enumerators, whatever their expressions are made
 * of.
 *
 * In: a place to include from, a text that makes the names known (a row of `#include`, or a whole C file), names. Out:
 * the value of each name that is an integer constant there, as 32 bits without sign. Algorithm: behind the text an
 * `enum` is put for each name, whose one member has the name's value; our own front end reads that, and a member that
 * is no constant costs only itself.
 */
import { given } from '../../src/base/checked-access';
import { parseUnit } from '../../src/parse/parse-unit';
import type { CParser } from '../../src/parse/tree-sitter';
import { preprocess } from '../../src/preprocess/preprocess';
import { TokenCache } from '../../src/preprocess/token-cache';
import { checkUnit } from '../../src/semantic/check-unit';
import type { FileLoader } from '../../src/source/file-loader';
import { SourceFile } from '../../src/source/source-file';

/** Where headers are looked for, and what is defined before the first line. */
export interface IncludePlace {
  readonly loader: FileLoader;
  readonly includePaths: readonly string[];
  readonly defines: Readonly<Record<string, string>>;
}

const PROBE = '__value_of_';
const comments = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** Names that a file gives to numbers, or to what may be one: macros without parameters and with a body, enumerators. */
export function namesIn(text: string): string[] {
  const plain = text.replace(comments, ' ').replace(/\\\r?\n/g, ' ');
  const macros = [...plain.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+\S/gm)].map(([, name]) =>
    given(name, 'name'),
  );
  const enumerators = [...plain.replace(/^[ \t]*#.*$/gm, '').matchAll(/\benum\b[^{};()]*\{([^}]*)\}/g)].flatMap(
    ([, body]) =>
      given(body, 'body')
        .split(',')
        .map((member) => /^\s*(\w+)/.exec(member)?.[1])
        .filter((name) => name !== undefined),
  );
  return [...new Set([...macros, ...enumerators])];
}

/** The values of `names` at the end of a text. */
export function valuesAtEnd(
  text: string,
  names: readonly string[],
  place: IncludePlace,
  parser: CParser,
  cache = new TokenCache(),
): Map<string, number> {
  const probes = names.map((name) => `enum { ${PROBE}${name} = (${name}) };`).join('\n');
  const { tokens } = preprocess(new SourceFile('<probe>/values.c', `${text}\n${probes}\n`), { ...place, cache });
  const { unit } = checkUnit('<probe>/values.c', parseUnit(tokens, parser).items);
  const values = new Map<string, number>();
  for (const [name, { value }] of unit.scope.enumerators) {
    if (name.startsWith(PROBE)) {
      values.set(name.slice(PROBE.length), Number(BigInt.asUintN(32, BigInt(value))));
    }
  }
  return values;
}
