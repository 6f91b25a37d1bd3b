/**
 * Starts the compiling thread of a Node extension host. In: the bundle's path. Out: a port to it.
 */
import { Worker } from 'node:worker_threads';
import type { CompilerPort } from '../editor/platform';
import type { CompilerMessage } from '../facade/compile-jobs';

export function startNodeCompiler(bundle: string): CompilerPort {
  const worker = new Worker(bundle);
  return {
    post: (message, moved) =>
      worker.postMessage(
        message,
        moved.map((bytes) => bytes.buffer as ArrayBuffer),
      ),
    listen: (receive, failed) => {
      worker.on('message', (message: CompilerMessage) => receive(message));
      worker.on('error', failed);
      worker.on('exit', (code) => code !== 0 && failed(new Error(`the compiling thread ended with ${code}`)));
    },
    stop: () => void worker.terminate(),
  };
}
