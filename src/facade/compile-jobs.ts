/**
 * Compiling, as fronts see it: jobs for another thread, the messages between the two sides, the store of images.
 *
 * In: nothing; names of other rooms. Out: what a host needs to start a compiling thread and to keep what it compiled.
 */
import { compileAhead } from '../machine/instantiate';
import { openCompiled as openCompiledImage } from '../trees/compile-job';

export type { CompileProgress } from '../compile/program';
export type { ImageStore } from '../compile/image-cache';
export { isBrokenOff } from '../compile/image-codec';
export { withShipped, type ShippedImages } from '../compile/shipped-images';
export {
  keptAnswer,
  plainReplacement,
  runCompileJob,
  serveCompiler,
  treeLoader,
  type CompileAnswer,
  type CompileJob,
  type CompilerMessage,
  type DiskTree,
  type EditorMessage,
  type TreeSource,
} from '../trees/compile-job';

type Opened = Parameters<typeof openCompiledImage>;

/** The program of an answer, on the side that runs it; its wasm is compiled while the rest is read. */
export function openCompiled(
  answer: Opened[0],
  job: Opened[1],
  tree: Opened[2],
  breathe: Opened[3],
): ReturnType<typeof openCompiledImage> {
  return openCompiledImage(answer, job, tree, breathe, compileAhead);
}
