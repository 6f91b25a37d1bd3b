/**
 * The index of a tree, kept from one run of the host to the next. In: the tree's sources, where bytes are kept and under
 * which key, how the work fits into the host. Out: the index, brought up to date; kept again when it changed.
 */
import { buildNames, type IndexedSource, type IndexProgress } from './build-names';
import { decodeNames, encodeNames, NAMES_FORMAT } from './codec';
import type { TreeNames } from './tree-names';

/** Where a host keeps bytes under a name of 16 hex digits. Neither function fails. */
export interface KeptBytes {
  read(key: string): Promise<Uint8Array | undefined>;
  write(key: string, bytes: Uint8Array): Promise<void>;
}

export interface IndexPace {
  readonly progress?: (step: IndexProgress) => void;
  /** Gives the host a turn now and then; false ends the work. */
  readonly breathe?: () => Promise<boolean>;
}

/** Files between two turns of the host. */
const stride = 20;

/** Undefined when the host ended it. */
export async function keptNames(
  sources: readonly IndexedSource[],
  kept: (KeptBytes & { readonly key: string }) | undefined,
  pace: IndexPace = {},
): Promise<TreeNames | undefined> {
  const bytes = await kept?.read(kept.key);
  const before = bytes && decodeNames(bytes);
  const version = before?.version;
  const steps = buildNames(sources, before);
  for (let count = 1; ; count++) {
    const { done, value } = steps.next();
    if (done) {
      if (kept && value.version !== version) {
        await kept.write(kept.key, encodeNames(value));
      }
      return value;
    }
    pace.progress?.(value);
    if (count % stride === 0 && pace.breathe && !(await pace.breathe())) {
      return undefined;
    }
  }
}

/** What a key of the store is made of besides the tree's name. */
export const namesKey = `names ${NAMES_FORMAT}`;
