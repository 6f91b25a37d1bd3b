/**
 * Starts the indexing thread of a Node extension host. In: the bundle's path; a tree's folder and the index from before.
 * Out: the new index. The thread ends with its answer, or when nobody wants it any more.
 */
import { Worker } from 'node:worker_threads';
import type { Platform } from '../editor/platform';

export interface NamesJob {
  readonly folder: string;
  readonly before: Uint8Array | undefined;
}

export type NamesAnswer =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly bytes: Uint8Array | undefined };

export function nodeIndexer(bundle: string): NonNullable<Platform['indexTree']> {
  return (folder, before, { progress, signal }) => {
    const worker = new Worker(bundle);
    return new Promise<Uint8Array | undefined>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('the index is not wanted any more')));
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('the indexing thread ended')));
      worker.on('message', (answer: NamesAnswer) => {
        if (answer.type === 'progress') {
          progress(answer.done, answer.total);
        } else {
          resolve(answer.bytes);
        }
      });
      const job: NamesJob = { folder, before };
      worker.postMessage(job);
    }).finally(() => void worker.terminate());
  };
}
