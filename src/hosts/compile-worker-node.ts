/**
 * The compiling thread where Node is: a worker of the extension host. In: one job over the port. Out: progress and an
 * image. Trees are read from disk here, so that the extension host never waits for them.
 */
import { parentPort } from 'node:worker_threads';
import { serveCompiler, type EditorMessage } from '../facade/compile-jobs';
import { diskTree } from './disk-tree';

const port = parentPort;
if (port) {
  port.on(
    'message',
    serveCompiler(
      (message, moved) =>
        port.postMessage(
          message,
          moved.map((bytes) => bytes.buffer as ArrayBuffer),
        ),
      diskTree,
    ) as (message: EditorMessage) => void,
  );
}
