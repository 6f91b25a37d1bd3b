/**
 * Images that come with the program, in front of those that were kept.
 *
 * In: what was shipped, and the host's own store where it has one. Out: one store; what is shipped is never written.
 */
import type { ImageStore } from './image-cache';

/** Images made by the build: `build` names the compiler that made them. */
export type ShippedImages = Pick<ImageStore, 'build' | 'read'>;

export function withShipped(shipped: ShippedImages, store?: ImageStore): ImageStore {
  return {
    build: shipped.build,
    read: async (key) => (await shipped.read(key)) ?? store?.read(key),
    write: (key, bytes) => store?.write(key, bytes) ?? Promise.resolve(),
    problems: () => store?.problems?.() ?? [],
  };
}
