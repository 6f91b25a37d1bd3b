/**
 * What a document is on the kernel beneath it: what that lacks for it, and in what its functions differ. In: a document
 * that runs, compiled. Out: plain data for JSON, lines for a reader.
 */
import { changeLines, documentDifferences, differenceText, type StatementPlace } from '../query/document-differences';
import { functionNames, sourceOf, type Program } from '../facade/program';
import { startOf } from '../source/source-file';
import type { Replaced, Replacement } from '../source/replacement';
import type { Context } from './context';

/** What becomes of a function that could run. */
export type FunctionBeneath = 'replaces' | 'added' | 'service' | 'none';

export interface Beneath {
  readonly json: object;
  readonly lines: readonly string[];
  /** By function name. */
  readonly functions: ReadonlyMap<string, FunctionBeneath>;
  /** Functions that nothing here has, by the functions of the document that call them. */
  readonly lacking: ReadonlyMap<string, readonly string[]>;
}

export function beneathOf(context: Context, program: Program): Beneath {
  const { replaced, replacement } = program;
  if (!replaced || !replacement) {
    return { json: {}, lines: [], functions: new Map(), lacking: new Map() };
  }
  const differences = documentDifferences(replacement, replaced, (path) => sourceOf(program, path));
  const place = (at: StatementPlace | undefined): object | undefined => at && { line: at.line, text: at.text };
  const functions = functionsBeneath(replacement, replaced, program);
  return {
    functions,
    lacking: lackingCalls(replacement, program),
    json: {
      kernel: context.kernel?.name ?? 'bundled',
      notBeneath: replacement.functions.map(({ name }) => name).filter((name) => functions.get(name) === 'none'),
      missing: replaced.additions.map((each) => ({
        kind: each.kind,
        ...(each.record === undefined ? {} : { record: each.record }),
        name: each.name,
        ...(each.text === '' ? {} : { added: each.text }),
        ...(each.from === undefined ? {} : { from: each.from }),
        line: startOf({ file: replacement.file, start: each.start, end: each.end }).line,
        functions: each.functions,
      })),
      moved: replaced.moves,
      differences: differences.map((each) => ({
        function: each.name,
        file: each.path,
        line: startOf({ file: replacement.file, ...each.document }).line,
        same: each.same,
        shortened: each.shortened,
        statements: each.statements,
        text: differenceText(each),
        changes: each.changes.map(({ kind, document, kernel }) => ({
          kind,
          document: place(document),
          kernel: place(kernel),
        })),
      })),
    },
    lines: [
      context.say({ en: 'against the kernel beneath:', zh: '与底下的内核相比：' }),
      ...differences.flatMap((each) => [
        `  ${each.name}: ${context.say(differenceText(each))}`,
        ...changeLines(each).map((line) => `    ${line}`),
      ]),
    ],
  };
}

function functionsBeneath(
  { functions }: Replacement,
  replaced: Replaced,
  program: Program,
): Map<string, FunctionBeneath> {
  const services = new Set(functionNames(program, 'services'));
  const own = new Set(replaced.functions.map(({ name }) => name));
  const added = new Set(replaced.additions.filter(({ kind }) => kind === 'function').map(({ name }) => name));
  return new Map(
    functions.map(({ name }) => [
      name,
      services.has(name) ? 'service' : own.has(name) ? 'replaces' : added.has(name) ? 'added' : 'none',
    ]),
  );
}

function lackingCalls({ file, functions }: Replacement, program: Program): Map<string, readonly string[]> {
  const nowhere = new Set(functionNames(program, 'nowhere'));
  return new Map(
    functions.map(({ name, start, end }) => {
      const code = file.text.slice(start, end).replace(/\/\*[^]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"/g, ' ');
      const called = Array.from(code.matchAll(/\b([A-Za-z_]\w*)\s*\(/g), ([, word = '']) => word);
      return [name, [...new Set(called)].filter((word) => nowhere.has(word))];
    }),
  );
}
