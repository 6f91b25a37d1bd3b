/**
 * The output channel "SockScope": what took how long, what came out of the store, what went wrong, and the conversation
 * with the debug adapter where the setting `sockscope.trace` asks for it.
 *
 * In: sentences in the editor's language, errors. Out: lines of a log channel, which VS Code dates and keeps.
 */
import * as vscode from 'vscode';

export class Log implements vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('SockScope', { log: true });

  info(text: string): void {
    this.channel.info(text);
  }

  /** An error of ours, with where it came from; `what` says what was being done. */
  error(what: string, error: unknown): void {
    this.channel.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  /** Waits for something and logs how long it took. */
  async timed<T>(work: () => Promise<T>, said: (milliseconds: number, result: T) => string): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.info(said(Math.round(performance.now() - began), result));
    return result;
  }

  dispose(): void {
    this.channel.dispose();
  }
}
