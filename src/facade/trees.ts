/**
 * Kernel trees, as fronts see them: which one a folder holds, and how far it can be used.
 *
 * In: a tree's files, and what compiling them gave. Out: kind, health, and the doctor's lines in both languages.
 */
import type { Bilingual } from '../base/bilingual';
import type { Program } from '../compile/program';
import type { Diagnostic } from '../source/diagnostic';
import { doctorLines } from '../trees/doctor-text';
import { identifyTree } from '../trees/identify-tree';
import { examineTree } from '../trees/kernel-doctor';

export { identifyTree } from '../trees/identify-tree';
export { doctorLines } from '../trees/doctor-text';
export { examineTree, SEARCHED_FOLDERS, type TreeHealth } from '../trees/kernel-doctor';
export { STACK_SOURCES } from '../trees/kernel-tree';
export { readersHints } from '../trees/reader-hints';

/** What the doctor says of a tree that was compiled; nothing where it is none. `name` is how diagnostics call it. */
export function healthLines(program: Program, name: string, diagnostics: readonly Diagnostic[]): readonly Bilingual[] {
  const kind = identifyTree(program.loader, name);
  return 'severity' in kind ? [] : doctorLines(examineTree(kind, program, diagnostics));
}
