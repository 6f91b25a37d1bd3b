/**
 * One compilation in a thread of its own, which several may wait for and each may leave.
 *
 * In: a job, a platform that starts threads, the store of images. Out: the compiled program and steps on the way. When
 * nobody waits any more the thread is ended, whatever it is doing. Where there are no threads the work is done here, a
 * file at a time.
 */
import type { ImageStore, CompileProgress } from '../facade/compile-jobs';
import type { Compiled } from '../facade/program';
import {
  keptAnswer,
  openCompiled,
  runCompileJob,
  treeLoader,
  type CompileAnswer,
  type CompileJob,
  type CompilerMessage,
} from '../facade/compile-jobs';
import type { Platform } from './platform';

/** Nobody waits any more. */
const left: Compiled = { program: undefined, diagnostics: [], cancelled: true };

export class Compilation {
  private readonly stop = new AbortController();
  private readonly listeners = new Set<(step: CompileProgress) => void>();
  private readonly result: Promise<Compiled>;
  private waiting = 0;
  private settled = false;

  constructor(
    private readonly job: CompileJob,
    private readonly platform: Platform,
    private readonly store: ImageStore,
  ) {
    this.result = this.compile().finally(() => (this.settled = true));
    // Whoever waits hears of a failure; that nobody waits is no failure.
    this.result.catch(() => undefined);
  }

  /** It ended without a program because everybody left. */
  get abandoned(): boolean {
    return this.stop.signal.aborted;
  }

  /** The program; `cancelled` as soon as `signal` says so. */
  async wait(
    signal: AbortSignal | undefined,
    progress: ((step: CompileProgress) => void) | undefined,
  ): Promise<Compiled> {
    if (progress) {
      this.listeners.add(progress);
    }
    this.waiting++;
    try {
      return await (signal ? Promise.race([this.result, aborted(signal)]) : this.result);
    } finally {
      this.waiting--;
      if (progress) {
        this.listeners.delete(progress);
      }
      if (this.waiting === 0 && !this.settled) {
        this.stop.abort();
      }
    }
  }

  private async compile(): Promise<Compiled> {
    const { job, platform } = this;
    const answer = await this.answer();
    if (!answer) {
      return left;
    }
    return openCompiled(answer, job, job.tree && treeLoader(job.tree, job.overlay, platform.diskTree), () =>
      platform.breathe(),
    );
  }

  /** Undefined when everybody left. */
  private async answer(): Promise<CompileAnswer | undefined> {
    const { platform, job, stop } = this;
    const kept = await keptAnswer(job, this.store);
    if (kept || stop.signal.aborted) {
      return kept;
    }
    const port = await platform.startCompiler().catch(() => undefined);
    if (stop.signal.aborted) {
      port?.stop();
      return undefined;
    }
    const elsewhere =
      port &&
      (await this.converse(port).catch((error: unknown) =>
        error instanceof ThreadFailed ? 'no thread' : Promise.reject(error as Error),
      ));
    if (elsewhere !== undefined && elsewhere !== 'no thread') {
      return elsewhere;
    }
    if (stop.signal.aborted) {
      return undefined;
    }
    return runCompileJob(job, this.store, platform.diskTree, {
      progress: (step) => this.tell(step),
      breathe: async () => {
        await platform.breathe();
        return !stop.signal.aborted;
      },
    }).catch((error: unknown) => (stop.signal.aborted ? undefined : Promise.reject(error as Error)));
  }

  private converse(
    port: NonNullable<Awaited<ReturnType<Platform['startCompiler']>>>,
  ): Promise<CompileAnswer | undefined> {
    const { store, stop, job } = this;
    return new Promise<CompileAnswer | undefined>((resolve, reject) => {
      stop.signal.addEventListener('abort', () => resolve(undefined));
      const receive = (message: CompilerMessage): void => {
        switch (message.type) {
          case 'progress':
            return this.tell(message.step);
          case 'read':
            return void store.read(message.key).then((bytes) => port.post({ type: 'entry', bytes }, []));
          case 'write':
            return void store.write(message.key, message.bytes);
          case 'done':
            return resolve(message.answer);
          case 'failed':
            return reject(new Error(message.message));
        }
      };
      port.listen(receive, (error) => reject(new ThreadFailed(String(error))));
      port.post({ type: 'compile', job }, []);
    }).finally(() => port.stop());
  }

  private tell(step: CompileProgress): void {
    for (const listener of this.listeners) {
      listener(step);
    }
  }
}

/** The thread did not start or died: the work can still be done here. */
class ThreadFailed extends Error {}

function aborted(signal: AbortSignal): Promise<Compiled> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(left);
    }
    signal.addEventListener('abort', () => resolve(left));
  });
}
