/**
 * Questions that may take long: each hears its client meanwhile, tells how far it is, and can be cancelled.
 *
 * In: work that breathes now and then, the number of the request that asked for it. Out: its result; or the refusal that
 * it was cancelled, by the number of the request or of its progress.
 */
import type { Breathing } from './adapter-context';
import { errors } from './errors';
import type { Progress } from './progress';
import { say, texts, type Language } from './texts';

export interface LongWorkParts {
  readonly progress: Progress;
  readonly breathe: () => Promise<void>;
  readonly language: () => Language;
}

export class LongWork {
  private readonly underWay = new Map<number, () => void>();

  constructor(private readonly parts: LongWorkParts) {}

  async run<T>(seq: number, work: (asking: Breathing) => Promise<T>): Promise<T> {
    const { progress, language } = this.parts;
    let isCancelled = false;
    const cancel = (): void => {
      isCancelled = true;
    };
    const breathe = async (clock?: number): Promise<boolean> => {
      const where = clock === undefined ? '' : say(texts.atStatement(clock), language());
      progress.breath(say(texts.looking, language()), where, cancel);
      await this.parts.breathe();
      return isCancelled;
    };
    this.underWay.set(seq, cancel);
    try {
      const result = await work({ breathe });
      if (isCancelled) {
        throw errors.questionCancelled();
      }
      return result;
    } finally {
      this.underWay.delete(seq);
      progress.end();
    }
  }

  /** Ends the work of a request, when it is under way. */
  cancel(seq: number): boolean {
    const cancel = this.underWay.get(seq);
    cancel?.();
    return cancel !== undefined;
  }
}
