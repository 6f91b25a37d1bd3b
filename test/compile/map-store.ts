/** A store of images in memory. */
import type { ImageStore } from '../../src/compile/image-cache';

export class MapStore implements ImageStore {
  readonly build = 'test';
  readonly kept = new Map<string, Uint8Array>();
  read = (key: string): Promise<Uint8Array | undefined> => Promise.resolve(this.kept.get(key)?.slice());
  write = (key: string, value: Uint8Array): Promise<void> => Promise.resolve(void this.kept.set(key, value));
}
