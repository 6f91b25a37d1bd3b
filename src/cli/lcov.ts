/**
 * Coverage as an lcov tracefile, which other tools read (geninfo(1) describes the form).
 *
 * In: covered files, and the folder of the kernel. Out: text; a line counts as often as the statement on it that most
 * runs executed.
 */
import type { CoveredFile } from '../facade/coverage-lines';

export function lcovText(files: readonly CoveredFile[], root: string): string {
  return files.map((each) => section(each, root)).join('');
}

function section({ file, functions, statements }: CoveredFile, root: string): string {
  const lines = new Map<number, number>();
  for (const { line, runs } of statements) {
    lines.set(line, Math.max(lines.get(line) ?? 0, runs));
  }
  const hit = (counts: Iterable<number>): number => [...counts].filter((count) => count > 0).length;
  return [
    'TN:',
    `SF:${root}${file}`,
    ...functions.map(({ line, name }) => `FN:${line},${name}`),
    ...functions.map(({ name, runs }) => `FNDA:${runs},${name}`),
    `FNF:${functions.length}`,
    `FNH:${hit(functions.map(({ runs }) => runs))}`,
    ...[...lines].map(([line, runs]) => `DA:${line},${runs}`),
    `LF:${lines.size}`,
    `LH:${hit(lines.values())}`,
    'end_of_record\n',
  ].join('\n');
}
