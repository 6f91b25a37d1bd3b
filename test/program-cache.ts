/**
 * Compiled programs that the test files of a clone share: what one has compiled, the next reads from disk, as a host does.
 *
 * In: nothing; the folder that SOCKSCOPE_TEST_IMAGES names, if it does, is used instead of `test-results/images`. Out: a
 * cache with a store. The store's build is the hash of all sources in `src`: with any other source all is compiled anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentHash } from '../src/base/bytes';
import { ProgramCache } from '../src/facade/open-session';
import { diskImageStore } from '../src/hosts/image-store';

const root = fileURLToPath(new URL('..', import.meta.url));

function hashOfSources(): string {
  const paths = readdirSync(join(root, 'src'), { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.ts'))
    .sort();
  return contentHash(paths.map((path) => `${path}\n${readFileSync(join(root, 'src', path), 'utf8')}`).join('\n'));
}

/** Where they are kept. */
export const imageStore = diskImageStore(
  process.env.SOCKSCOPE_TEST_IMAGES ?? join(root, 'test-results', 'images'),
  hashOfSources(),
);

/** A cache of compiled programs for one test file, or one group of tests. */
export function programCache(): ProgramCache {
  return new ProgramCache(imageStore);
}
