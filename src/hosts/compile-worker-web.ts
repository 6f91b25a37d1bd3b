/**
 * The compiling thread in a browser: a worker of the web extension host. In: one job, with all files it may need. Out:
 * progress and an image.
 */
import { serveCompiler, type EditorMessage } from '../facade/compile-jobs';

const scope = globalThis as unknown as {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onmessage: (event: { data: EditorMessage }) => void;
};
const receive = serveCompiler(
  (message, moved) =>
    scope.postMessage(
      message,
      moved.map((bytes) => bytes.buffer as ArrayBuffer),
    ),
  undefined,
);
scope.onmessage = ({ data }) => receive(data);
