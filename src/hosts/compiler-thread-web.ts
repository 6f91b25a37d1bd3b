/**
 * Starts the compiling thread of a web extension host. In: the bundle's text, which goes through a blob because the
 * extension may come from another origin. Out: a port to it; undefined where the browser refuses workers within workers.
 */
import type { CompilerPort } from '../editor/platform';
import type { CompilerMessage } from '../facade/compile-jobs';

/** As much of a browser's Worker as is used here. */
interface BrowserWorker {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onmessage: (event: { data: CompilerMessage }) => void;
  onerror: (event: { message?: string }) => void;
  terminate(): void;
}

declare const Worker: (new (url: string) => BrowserWorker) | undefined;

export function startWebCompiler(script: Uint8Array): CompilerPort | undefined {
  if (typeof Worker === 'undefined') {
    return undefined;
  }
  const url = URL.createObjectURL(new Blob([script as BlobPart], { type: 'text/javascript' }));
  const worker = new Worker(url);
  return {
    post: (message, moved) =>
      worker.postMessage(
        message,
        moved.map((bytes) => bytes.buffer as ArrayBuffer),
      ),
    listen: (receive, failed) => {
      worker.onmessage = ({ data }) => receive(data);
      worker.onerror = ({ message }) => failed(new Error(message ?? 'the compiling thread failed'));
    },
    stop: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
