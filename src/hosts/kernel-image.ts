/**
 * The build's own compiler run: the bundled kernel's image, so that nobody who installs SockScope waits for it.
 *
 * In: `node kernel-image.js DIST BUILD`, where DIST has media.json and the parser's wasm, and BUILD names the compiler.
 * Out: DIST/images/KEY.image, named as a store of that compiler asks for it. Where the C has an error there is none, and
 * the exit status is 1: hosts then compile and tell.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCompileJob, type ImageStore } from '../facade/compile-jobs';
import type { MediaFiles } from '../source/media-files';

const [dist = 'dist', build = ''] = process.argv.slice(2);
const bytes = (name: string): Uint8Array => new Uint8Array(readFileSync(join(dist, name)));

const images: ImageStore = {
  build,
  read: () => Promise.resolve(undefined),
  write: (key, image) => {
    mkdirSync(join(dist, 'images'), { recursive: true });
    const place = join(dist, 'images', `${key}.image`);
    writeFileSync(`${place}.${process.pid}`, image);
    renameSync(`${place}.${process.pid}`, place);
    process.stdout.write(key);
    return Promise.resolve();
  },
};

void runCompileJob(
  {
    media: JSON.parse(readFileSync(join(dist, 'media.json'), 'utf8')) as MediaFiles,
    grammar: { runtimeWasm: bytes('web-tree-sitter.wasm'), grammarWasm: bytes('tree-sitter-c.wasm') },
    overlay: {},
    build,
  },
  images,
  undefined,
  {},
).then(({ image }) => (process.exitCode = image ? 0 : 1));
