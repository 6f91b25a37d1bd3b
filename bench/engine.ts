/**
 * The engine's half of the benchmark: a process that answers requests of scripts/bench.mjs one at a time.
 *
 *   { measure: 'load', kernel }    compiles bench/kernels/KERNEL.c                     → {}
 *   { measure: 'run', argument }   runs it freely                                      → { result, statements, milliseconds }
 *   { measure: 'single-steps' }    stops at every statement of the queue kernel        → { perSecond }
 *   { measure: 'first-stop' }      opens a session on the bundled kernel, twice        → { milliseconds, again }
 *   { measure: 'open', kernel?, store? }   opens a kernel, a tree's or the bundled one → { milliseconds, peakMiB }
 *   { measure: 'sources', kernel?, out }  writes a kernel's files below OUT            → { sources, includePaths, defines }
 *   { measure: 'step-back' }       one step back after a million statements            → { milliseconds, worst }
 *   { measure: 'transfer', kernel?, rounds } 512 KB over loopback, again and again      → { sum, statements, milliseconds: [] }
 *   { measure: 'connections', kernel?, count } connections through one listener         → { connections, statements, milliseconds, peakMiB }
 *   { measure: 'history', statements } questions to the past of a run, and going back  → HistoryFigures
 *   { measure: 'history-memory', statements } what a long run keeps             → { statements, historyMiB }
 *   { measure: 'names', kernel } the index of names of a tree                         → NamesFigures
 *   { measure: 'hovers', kernel } hovers over a tree's sources                        → HoverFigures
 *   { measure: 'inspector', of }  stepping with `of` sockets, 'scrub', 'ladder'          → figures of bench/inspector-figures.ts
 *   { measure: 'document' }        1 MB of Markdown with 200 listings, read               → DocumentFigures
 *
 * In and out: messages of the parent process. What goes wrong is answered as `{ error }`.
 */
import { join } from 'node:path';
import { documentFigures } from './document-figures';
import { KernelProgram } from './kernel-program';
import { historyFigures, historyMemory } from './history-figures';
import { hoverFigures } from './hover-figures';
import { ladderFigures, scrubFigures, steppingFigures } from './inspector-figures';
import { bulkTransfer, connectionFigures } from './load-figures';
import { namesFigures } from './names-figures';
import { firstStop, openCold, stepBack, writeSources } from './session-figures';

type Request =
  | { measure: 'load'; kernel: string }
  | { measure: 'run'; argument: number }
  | { measure: 'single-steps' }
  | { measure: 'first-stop' }
  | { measure: 'open'; kernel?: string; store?: string }
  | { measure: 'sources'; kernel?: string; out: string }
  | { measure: 'step-back' }
  | { measure: 'document' }
  | { measure: 'inspector'; of: number | 'scrub' | 'ladder' }
  | { measure: 'names' | 'hovers'; kernel: string }
  | { measure: 'history' | 'history-memory'; statements: number }
  | { measure: 'transfer'; kernel?: string; rounds: number }
  | { measure: 'connections'; kernel?: string; count: number };

const kernels = join(__dirname, '..', 'bench', 'kernels');
let program: KernelProgram | undefined;

async function answer(request: Request): Promise<object> {
  switch (request.measure) {
    case 'load':
      program = await KernelProgram.load(join(kernels, `${request.kernel}.c`));
      return {};
    case 'run':
      return program!.run(request.argument);
    case 'single-steps': {
      const queue = await KernelProgram.load(join(kernels, 'queue.c'));
      return { perSecond: queue.step(150_000, 5_000_000) };
    }
    case 'first-stop':
      return firstStop();
    case 'open':
      return openCold(request.kernel, request.store);
    case 'sources':
      return writeSources(request.kernel, request.out);
    case 'step-back':
      return stepBack();
    case 'history':
      return historyFigures(request.statements);
    case 'history-memory':
      return historyMemory(request.statements);
    case 'names':
      return namesFigures(request.kernel);
    case 'hovers':
      return hoverFigures(request.kernel);
    case 'inspector':
      return request.of === 'scrub'
        ? scrubFigures()
        : request.of === 'ladder'
          ? ladderFigures()
          : steppingFigures(request.of);
    case 'document':
      return documentFigures();
    case 'transfer':
      return bulkTransfer(request.kernel, request.rounds);
    case 'connections':
      return connectionFigures(request.kernel, request.count);
  }
}

process.on('message', (request: Request) => {
  answer(request).then(
    (result) => process.send!(result),
    (error: unknown) =>
      process.send!({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
