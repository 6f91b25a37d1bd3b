/**
 * How long functions get: a step that has a name of its own is a function of its own.
 *
 * In: the sources of `src/`. Out: functions, methods and arrow functions of more than {@link mostLines} lines, from the
 * first line to the last, comments and blank lines included. Tables are no functions.
 */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parse, sourceFiles, walk } from './source-tree';

const mostLines = 60;

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
