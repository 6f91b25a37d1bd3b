/** A run that stands at its end or at a clock, with its history: of the bundled kernel, or of the tree that the environment names. */
import { openSession, type History } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import { diskTree } from '../../src/hosts/disk-tree';
import { mediaTexts } from '../cli/cli-fixture';
import { realTree, wasmFiles } from '../tree/tree-fixture';
import { programCache } from '../program-cache';

const cache = programCache();
const media = mediaTexts();
const tree = realTree === undefined ? undefined : { loader: diskTree(realTree), name: 'tree' };

export interface RunAt {
  readonly session: SessionApi;
  readonly history: History;
}

/** Of a bundled scenario by its name, or of a script's text. */
export interface Wanted {
  readonly scenario: string;
  readonly script?: string;
  readonly until?: number;
  /** On the real tree. */
  readonly onTree?: boolean;
}

/** What `use` gives of the run. */
export async function withRun<T>(
  { scenario, script, until, onTree = false }: Wanted,
  use: (run: RunAt) => T | Promise<T>,
): Promise<T> {
  const { session, history, diagnostics } = await openSession({
    media,
    wasm: wasmFiles(),
    cache,
    kernel: onTree ? tree : undefined,
    ...(script === undefined ? { scenario } : { script: { path: `${scenario}.pkt`, text: script } }),
  });
  if (!session || !history) {
    throw new Error(JSON.stringify(diagnostics.slice(0, 3).map(({ code, message }) => [code, message])));
  }
  try {
    await session.start();
    await (until === undefined ? session.run('continue') : session.travelTo(until));
    return await use({ session, history });
  } finally {
    session.dispose();
  }
}
