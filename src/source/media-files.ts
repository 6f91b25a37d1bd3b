/**
 * The shipped data as the hosts hand it over: every file of `media/kernel`, `media/scenarios`, `media/annotations` (and
 * headers for hosted programs) by its path below the extension's folder.
 */
import { MemoryLoader } from './file-loader';

/** Path (`media/kernel/net/socket.c`, `media/scenarios/tcp-socket.pkt`) → text. */
export type MediaFiles = Readonly<Record<string, string>>;

/**
 * Loader for one folder of the media; paths are below that folder. `overlay` replaces texts (an editor's unsaved
 * changes).
 */
export function mediaLoader(
  media: MediaFiles,
  folder: string,
  overlay: Readonly<Record<string, string>> = {},
): MemoryLoader {
  const prefix = `media/${folder}/`;
  const entries = Object.entries(media)
    .filter(([path]) => path.startsWith(prefix))
    .map(([path, text]) => [path.slice(prefix.length), overlay[path.slice(prefix.length)] ?? text] as const);
  return new MemoryLoader(entries);
}
