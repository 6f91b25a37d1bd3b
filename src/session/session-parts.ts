/**
 * What a session is made of.
 *
 * In: nothing; types only. Whoever opens a run puts the parts together.
 */
import type { Program } from '../compile/program';
import type { KernelParts } from '../kernel/kernel';
import type { Machine } from '../machine/machine';
import type { CParser } from '../parse/tree-sitter';
import type { ViewSet } from '../values/structure-views';

export interface SessionParts {
  readonly machine: Machine;
  readonly program: Program;
  readonly parser: CParser;
  readonly kernel?: KernelParts;
  /** Functions that are SockScope's own, with the function of Linux that each is a part of. */
  readonly partOf?: ReadonlyMap<string, string>;
  readonly stepBudget: number;
  /** How structures are shown. */
  readonly views?: ViewSet | undefined;
}
