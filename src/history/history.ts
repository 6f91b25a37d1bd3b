/**
 * Questions to the past of a run.
 *
 * In: the parts of a run (its machine, a way to copy it). Out: {@link History}: what fronts ask through the facade. Every
 * answer comes from running a span once more ({@link Replayer}); nothing is recorded beforehand.
 */
import type { Machine } from '../machine/machine';
import type { Image } from '../abi/image';
import { Origins } from './origins';
import { Replayer, type MakeCopy } from './replayer';

export interface HistoryParts {
  readonly machine: Machine;
  readonly makeCopy: MakeCopy;
  readonly program: {
    readonly image: Image;
    readonly loader: { load(path: string): { readonly text: string } | undefined };
  };
  /** Name of the process that a task is. */
  readonly processName: (task: number) => string;
}

export class History {
  readonly replayer: Replayer;

  /** Where values come from. */
  readonly origins: Origins;

  constructor(parts: HistoryParts) {
    this.replayer = new Replayer(parts.machine, parts.makeCopy);
    this.origins = new Origins({
      image: parts.program.image,
      replayer: this.replayer,
      textOf: (path) => parts.program.loader.load(path)?.text,
      processName: parts.processName,
    });
  }
}
