/**
 * What a person sees while a run is prepared: nothing when it is quick, else a notification with the file at hand, files
 * done of files known, the time left, and a Cancel.
 *
 * In: the work, which takes a signal and reports steps. Out: its result; it is the work that notices the signal.
 */
import * as vscode from 'vscode';
import type { CompileProgress } from '../facade/compile-jobs';
import { strings } from './strings';

/** How the work is watched and ended. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly progress: (step: CompileProgress) => void;
  /** What is being done, in words, where there are no steps to count. */
  readonly say: (text: string) => void;
}

/** Work that takes no longer shows nothing. */
const patienceMilliseconds = 400;
/** The time left is told after so many seconds and files: before, it would be a guess. */
const patienceForPace = 1;
const fewFiles = 3;

/** Runs the work; `given` ends it from outside. */
export async function withOpeningProgress<T>(
  given: AbortSignal,
  title: string,
  work: (watch: Watch) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  given.addEventListener('abort', () => stop.abort());
  let report: vscode.Progress<{ message?: string; increment?: number }> | undefined;
  const pace = new Pace(performance.now());
  let told = 0;
  let message = '';
  const show = (percent: number): void => {
    report?.report({ message, increment: Math.max(0, percent - told) });
    told = Math.max(told, percent);
  };
  const result = work({
    signal: stop.signal,
    progress: ({ done, total, path }) => {
      message = path === undefined ? strings.linking() : pace.told(strings.compilingOf(path, done, total), done, total);
      show((100 * done) / total);
    },
    say: (text) => {
      message = text;
      show(told);
    },
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (progress, cancel) => {
      cancel.onCancellationRequested(() => stop.abort());
      report = progress;
      const percent = told;
      told = 0;
      show(percent);
      await result.catch(() => undefined);
    });
  }, patienceMilliseconds);
  try {
    return await result;
  } finally {
    clearTimeout(timer);
  }
}

/** How long the rest takes, as long as files take about the same time each. */
class Pace {
  private first: number | undefined;

  constructor(private began: number) {}

  told(text: string, done: number, total: number): string {
    const now = performance.now();
    if (this.first === undefined) {
      this.first = done;
      this.began = now;
    }
    const [seconds, files] = [(now - this.began) / 1000, done - this.first];
    return seconds < patienceForPace || files < fewFiles
      ? text
      : strings.secondsLeft(text, Math.max(1, Math.round((seconds / files) * (total - done))));
  }
}
