/**
 * Compiling, as fronts see it: jobs for another thread, the messages between the two sides, the store of images.
 *
 * In: nothing; names of other rooms. Out: what a host needs to start a compiling thread and to keep what it compiled.
 */
export type { CompileProgress } from '../compile/program';
export type { ImageStore } from '../compile/image-cache';
export { isImageOfLength } from '../compile/image-codec';
export { withShipped, type ShippedImages } from '../compile/shipped-images';
export {
  keptAnswer,
  openCompiled,
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
