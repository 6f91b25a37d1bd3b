/**
 * What a reader can take in and the compiler can check: no function is long, and types are not talked over.
 *
 * In: the sources of `src/`, as syntax trees. Out: functions, methods and arrow functions of more than
 * {@link mostLines} lines, from the first line to the last, comments and blank lines included (tables are no functions);
 * casts through `unknown`; and how often `!` says that something is there (`base/checked-access` looks instead).
 */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parse, sourceFiles, walk } from './source-tree';

const mostLines = 60;

/**
 * Loops over bytes and instructions read by themselves, the rest looks: this number may only go down. Fields that are
 * set after the constructor (`field!: T`) are not counted.
 */
const mostNonNull = 14;

/** `file:line name lines` of the functions of a file that are too long. */
function longFunctions(path: string): string[] {
  const source = parse(path);
  const found: string[] = [];
  walk(source, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) {
      return;
    }
    const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
    const lines = source.getLineAndCharacterOfPosition(node.end).line - first + 1;
    if (lines > mostLines) {
      found.push(`${path}:${first + 1} ${node.name?.getText(source) ?? '(no name)'} ${lines} lines`);
    }
  });
  return found;
}

describe('functions', () => {
  test(`none has more than ${mostLines} lines`, () => {
    expect(sourceFiles().flatMap(longFunctions)).toEqual([]);
  });
});

describe('types', () => {
  test('no cast goes through unknown', () => {
    const casts = sourceFiles().flatMap((path) => {
      const source = parse(path);
      const found: string[] = [];
      walk(source, (node) => {
        if (ts.isAsExpression(node) && ts.isAsExpression(node.expression)) {
          const { kind } = node.expression.type;
          if (kind === ts.SyntaxKind.UnknownKeyword) {
            found.push(`${path}:${source.getLineAndCharacterOfPosition(node.end).line + 1}`);
          }
        }
      });
      return found;
    });
    expect(casts).toEqual([]);
  });

  test(`"it is there" is said without a look at most ${mostNonNull} times`, () => {
    let count = 0;
    sourceFiles().forEach((path) =>
      walk(parse(path), (node) => {
        count += ts.isNonNullExpression(node) ? 1 : 0;
      }),
    );
    expect(count).toBeLessThanOrEqual(mostNonNull);
  });
});
