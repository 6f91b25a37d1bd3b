/**
 * The thread that indexes the names of a tree, where Node is. In: one {@link NamesJob} over the port. Out: progress, then
 * the index as bytes, or that the one from before still holds.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { indexedEndings, indexedFolders, type IndexedSource } from '../names/build-names';
import { keptNames } from '../names/kept-names';
import { diskTree } from './disk-tree';
import type { NamesAnswer, NamesJob } from './names-thread-node';
import { walkFolder } from './walk-folder';

/** Files between two reports. */
const stride = 50;

const port = parentPort;
port?.once('message', (job: NamesJob) => void run(job, (answer) => port.postMessage(answer)));

async function run({ folder, before }: NamesJob, post: (answer: NamesAnswer) => void): Promise<void> {
  let bytes: Uint8Array | undefined;
  const kept = {
    key: '',
    read: () => Promise.resolve(before),
    write: (_key: string, written: Uint8Array) => Promise.resolve(void (bytes = written)),
  };
  await keptNames(sourcesIn(folder), kept, {
    progress: ({ done, total }) => done % stride === 0 && post({ type: 'progress', done, total }),
  });
  post({ type: 'done', bytes });
}

function sourcesIn(folder: string): IndexedSource[] {
  const tree = diskTree(folder);
  return indexedFolders.flatMap((below) =>
    walkFolder(join(folder, below), indexedEndings, folder).files.map((file) => {
      const path = file.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '');
      const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
      return { path, stamp: `${size} ${mtimeMs}`, text: () => tree.load(path)?.text };
    }),
  );
}
