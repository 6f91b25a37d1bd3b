/**
 * Questions to the past of a run.
 *
 * In: the parts of a run (its machine, a way to copy it). Out: {@link History}: what fronts ask through the facade. Every
 * answer comes from running a span once more ({@link Replayer}); nothing is recorded beforehand.
 */
import type { Machine } from '../machine/machine';
import { Replayer, type MakeCopy } from './replayer';

export interface HistoryParts {
  readonly machine: Machine;
  readonly makeCopy: MakeCopy;
}

export class History {
  readonly replayer: Replayer;

  constructor(parts: HistoryParts) {
    this.replayer = new Replayer(parts.machine, parts.makeCopy);
  }
}
