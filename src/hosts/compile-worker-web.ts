/**
 * The compiling thread in a browser: a worker of the web extension host. In: one job, with all files it may need. Out:
 * progress and an image.
 */
import { serveCompiler, type EditorMessage } from '../facade/compile-jobs';

declare function postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
declare function addEventListener(type: 'message', listener: (event: { data: EditorMessage }) => void): void;

const receive = serveCompiler(
  (message, moved) =>
    postMessage(
      message,
      moved.map((bytes) => bytes.buffer as ArrayBuffer),
    ),
  undefined,
);
addEventListener('message', ({ data }) => receive(data));
