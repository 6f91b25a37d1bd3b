/**
 * What is compiled to a program: files, where they are looked for, how they are linked. In: nothing. Out: types.
 */
import type { KernelEntries } from '../abi/kernel-entries';
import { type OnPhase } from '../base/phases';
import type { CheckOptions } from '../semantic/check-unit';
import type { FileLoader } from '../source/file-loader';
import type { KnownConstant, KnownMember, Replacement } from '../source/replacement';
import type { BuildOptions } from '../wasm/build-image';
import type { KeptFiles } from './kept-files';

export interface ProgramSource {
  readonly loader: FileLoader;
  /** Paths of the C files, in link order. */
  readonly sources: readonly string[];
  readonly includePaths: readonly string[];
  readonly defines: Readonly<Record<string, string>>;
  /** Old GNU C by default. */
  readonly dialect?: CheckOptions['dialect'];
  readonly build: BuildOptions;
  /** Told of each phase of the compilation as it begins. */
  readonly onPhase?: OnPhase | undefined;
  /** Tokens that all units may have together: with more, nothing is compiled. */
  readonly mostTokens?: number;
  /** How the simulator enters this kernel, when it is not the bundled one's way. */
  readonly entries?: KernelEntries;
  /** Of an earlier compilation of files that this one reads too. */
  readonly kept?: KeptFiles | undefined;
  /** Functions that take the place of those of the same name. */
  readonly replacement?: Replacement | undefined;
  /** Members that kernels like this one have: what may be added for a replacement. */
  readonly knownMembers?: readonly KnownMember[];
  /** The same of constants, by name. */
  readonly knownConstants?: ReadonlyMap<string, KnownConstant>;
}
