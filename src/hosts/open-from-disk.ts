/**
 * Opens a run for a host that reads from disk: the debug adapter on stdio.
 *
 * In: the package's root folder and launch arguments. Out: an opened session, or diagnostics. The files of a copy
 * of the bundled kernel (it has a kernel.json) take the place of the bundled ones; any other folder is a Linux tree.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { OpenedSession } from '../dap/adapter-host';
import type { LaunchArguments } from '../dap/launch-arguments';
import { runnableDocument, type RunnableDocument } from '../document/in-place-of';
import { openSession, type ProgramCache } from '../facade/open-session';
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import { diskTree, sourceOf } from './disk-tree';
import type { SourceFile } from '../source/source-file';
import { describeProblem, readRegularFile } from './read-file';
import { walkFolder } from './walk-folder';

/** Texts of `media/` by path, from the built index. */
export function readMedia(root: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(root, 'dist', 'media.json'), 'utf8')) as Record<string, string>;
}

/** Opens the scenario or script of the arguments. */
export async function openFromDisk(
  root: string,
  launch: LaunchArguments,
  cache: ProgramCache,
  media = readMedia(root),
): Promise<OpenedSession> {
  const refuse = (diagnostic: Diagnostic): OpenedSession => ({ diagnostics: [diagnostic] });
  const bytes = (name: string): Uint8Array => readFileSync(join(root, 'dist', name));
  const { program: path } = launch;
  const read = path === undefined ? undefined : readRegularFile(path);
  if (read && !(read instanceof Uint8Array)) {
    return refuse({ ...describeProblem(path ?? '', read), code: 'SS5004' });
  }
  const script = read && path !== undefined && { path, text: Buffer.from(read).toString('utf8') };
  const own = launch.document === undefined ? undefined : documentFromDisk(resolve(launch.document));
  if (own && !own.replacement) {
    return { diagnostics: own.diagnostics };
  }
  const tree = launch.kernel === undefined ? undefined : diskTree(launch.kernel);
  const isCopy = tree?.load('kernel.json') !== undefined;
  const wasm = { runtime: bytes('web-tree-sitter.wasm'), grammar: bytes('tree-sitter-c.wasm') };
  const overlay = isCopy ? copiedFiles(tree, media) : undefined;
  const kernel = tree && !isCopy ? { name: launch.kernel ?? '', loader: tree } : undefined;
  const opened = await openSession({
    media,
    wasm,
    overlay,
    kernel,
    cache,
    scenario: launch.scenario,
    script: script || undefined,
    replacement: own?.replacement,
    viewFiles: viewFiles(),
    stepBudget: launch.stepBudget,
  });
  return { ...opened, diagnostics: [...(own?.diagnostics ?? []), ...opened.diagnostics] };
}

/** Files of the present folder that say how structures are shown; what cannot be read is passed over. */
function viewFiles(): SourceFile[] {
  return walkFolder('.sockscope/views', ['.yaml', '.yml'], '.').files.flatMap((path) => {
    const read = readRegularFile(path);
    return read instanceof Uint8Array ? [sourceOf(path, read)] : [];
  });
}

function documentFromDisk(path: string): Omit<RunnableDocument, 'document'> {
  const read = readRegularFile(path);
  return read instanceof Uint8Array
    ? runnableDocument(sourceOf(path, read))
    : { replacement: undefined, diagnostics: [describeProblem(path, read)] };
}

/** Files of a copy of the bundled kernel, by path below it. */
function copiedFiles(copy: FileLoader, media: Readonly<Record<string, string>>): Record<string, string> {
  const prefix = 'media/kernel/';
  const paths = Object.keys(media)
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length));
  return Object.fromEntries(
    paths
      .map((path) => [path, copy.load(path)?.text])
      .filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
