/** What a command of the command line is: name, arguments, options, and a function that runs it. */
import type { Bilingual } from '../base/bilingual';
import type { OptionSpec } from './arguments';
import type { Context, ExitStatus } from './context';

export interface Command {
  readonly name: string;
  /** Arguments as shown in the usage: `SCENARIO|FILE.pkt [--trace]`. */
  readonly usage: string;
  readonly summary: Bilingual;
  /** More for `help COMMAND`, a line each. */
  readonly details?: readonly Bilingual[];
  readonly options?: readonly OptionSpec[];
  /** Least and most words after the name. */
  readonly words: readonly [number, number];
  run(context: Context): Promise<ExitStatus> | ExitStatus;
}
