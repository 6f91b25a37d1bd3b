/**
 * Names of shipped files as URIs, for reading and for debugging alike.
 *
 * In: `media/kernel/net/ipv4/af_inet.c` (as in dist/media.json), `net/ipv4/af_inet.c` (as the machine says it), or a
 * URI. Out: the other forms. `sockscope-kernel:/net/ipv4/af_inet.c` is the kernel's tree; scenarios appear beside it as
 * `sockscope-kernel:/scenarios/tcp-socket.pkt`, so that a failed expectation can link to its line, and so do documents.
 */
import * as vscode from 'vscode';
import { joinPath } from '../source/file-loader';

export const kernelScheme = 'sockscope-kernel';

const kernelFolder = 'media/kernel/';
/** Folders of `media/` that appear beside the kernel's. */
const folders = ['scenarios/', 'documents/'] as const;
/** What a user's tree gets from us in place of its own; as paths of the machine's begin. */
const simulatedFolder = '<sim>/';

/** URI of a bundled file by any of its names. */
export function bundledUri(path: string): vscode.Uri {
  const beside = folders.find((each) => path.startsWith(`media/${each}`));
  const short = path.startsWith(kernelFolder)
    ? path.slice(kernelFolder.length)
    : beside
      ? path.slice('media/'.length)
      : path;
  return vscode.Uri.from({ scheme: kernelScheme, path: `/${joinPath('', short)}` });
}

/** Key in dist/media.json of a bundled URI. */
export function mediaPath(uri: vscode.Uri): string {
  const path = joinPath('', uri.path.replace(/^\/+/, ''));
  if (path.startsWith(simulatedFolder)) {
    const below = path.slice(simulatedFolder.length);
    return below.startsWith('fs/') ? kernelFolder + below : `media/asm-sim/${below}`;
  }
  return folders.some((each) => path.startsWith(each)) ? `media/${path}` : kernelFolder + path;
}

/** The machine's path (`net/ipv4/af_inet.c`) of a bundled URI; scenarios keep their key. */
export function machinePath(uri: vscode.Uri): string {
  const path = joinPath('', uri.path.replace(/^\/+/, ''));
  if (path.startsWith(simulatedFolder)) {
    return path;
  }
  const key = mediaPath(uri);
  return key.startsWith(kernelFolder) ? key.slice(kernelFolder.length) : key;
}

/** Whether a path of the machine's is one of the bundled kernel: relative, not absolute and not a URI. */
export function isBundledPath(path: string): boolean {
  return !path.startsWith('/') && !/^[A-Za-z][\w+.-]+:/.test(path);
}
