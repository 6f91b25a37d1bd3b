/**
 * A process that runs many command lines, one after the other, on the command line's own `runCli`: the kernel is compiled
 * once. Bundled and forked by scripts/fuzz/pool.mjs.
 *
 * In: messages `{ folder, words }`. Out, for each: `{ status, out, err, thrown?, processor, resident }`; texts are cut in
 * the middle, `processor` is in seconds, `resident` in bytes.
 */
import { runCli } from '../../src/cli/main';
import { nodeIo } from '../../src/hosts/node-io';
import { ProgramCache } from '../../src/facade/open-session';
import { ListingPrograms } from './listing-programs';

interface Request {
  readonly folder: string;
  readonly words: readonly string[];
  /** The command line's bundle, beside which the package's data lies. */
  readonly bundle: string;
}

/** The beginning and the end of what was printed. */
class Printed {
  private head = '';
  private tail = '';

  add(text: string): void {
    const room = Math.max(0, 60_000 - this.head.length);
    this.head += text.slice(0, room);
    this.tail = (this.tail + text.slice(room)).slice(-20_000);
  }

  get text(): string {
    return this.head + this.tail;
  }
}

const cache = new ListingPrograms();
const treeless = process.argv[2] !== 'trees';
const bytesAsText = new TextDecoder('latin1');
let io: ReturnType<typeof nodeIo> | undefined;

async function answer({ folder, words, bundle }: Request): Promise<Record<string, unknown>> {
  process.chdir(folder);
  const [out, err] = [new Printed(), new Printed()];
  // One object for the process's life: it keeps the shipped data read, and the cache knows the kernel by that.
  io ??= nodeIo(bundle, () => false);
  const began = process.cpuUsage();
  let status: number | undefined;
  let thrown: string | undefined;
  try {
    status = await runCli(
      words,
      {
        ...io,
        // What is compiled is kept here, in memory; runs in processes of their own have the folder.
        ...(treeless ? { imageStore: undefined } : {}),
        stdout: (text) => out.add(text),
        stdoutBytes: (bytes) => out.add(bytesAsText.decode(bytes)),
        stderr: (text) => err.add(text),
      },
      treeless ? cache : new ProgramCache(),
    );
  } catch (error) {
    thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const { user, system } = process.cpuUsage(began);
  return {
    status,
    thrown,
    out: out.text,
    err: err.text,
    processor: (user + system) / 1e6,
    resident: process.memoryUsage.rss(),
  };
}

process.on('message', (request: Request) => {
  void answer(request).then((result) => process.send!(result));
});
process.send!('ready');
