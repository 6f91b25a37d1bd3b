/**
 * Compiled programs in a folder on disk, for hosts that are Node programs. In: a folder, which is made when something is
 * first kept, and the name of the build that compiles. Out: an `ImageStore`.
 *
 * A file is written under another name, forced to the disk and then renamed, so that no reader meets half of one. The
 * other name says which process writes on which machine; `image-tidying.ts` removes by it what one left behind that was
 * killed, and keeps the folder within its bound. What goes wrong is told by `problems`, once; the program is then compiled
 * and not kept.
 */
import { sameText } from '../base/bilingual';
import { sentence, type Words } from '../sentences/sentence';
import * as nodeFiles from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { contentHash } from '../base/bytes';
import type { ImageStore } from '../facade/compile-jobs';
import type { Diagnostic } from '../source/diagnostic';
import { removeUnfinished, shrinkToBound, type StoreFiles } from './image-tidying';
import { describeProblem, readRegularFile } from './read-file';

const ending = '.image';
/** A real kernel's image has nine million bytes. */
const largestImage = 200_000_000;
/** Tells the machines apart that share a folder. */
const machine = contentHash(hostname()).slice(0, 8);

export function diskImageStore(folder: string, build: string, files: StoreFiles = nodeFiles): ImageStore {
  return new DiskStore(folder, build, files);
}

class DiskStore implements ImageStore {
  private problem: Diagnostic | undefined;
  private written = 0;
  private tidied = false;

  constructor(
    private readonly folder: string,
    readonly build: string,
    private readonly files: StoreFiles,
  ) {}

  problems(): readonly Diagnostic[] {
    return this.problem ? [this.problem] : [];
  }

  read(key: string): Promise<Uint8Array | undefined> {
    if (!this.tidied) {
      this.tidied = true;
      removeUnfinished(this.folder, machine, this.files);
    }
    const place = this.placeOf(key);
    const bytes = readRegularFile(place, largestImage);
    if (bytes instanceof Uint8Array) {
      this.markUsed(place);
      return Promise.resolve(bytes);
    }
    if (bytes.kind !== 'missing') {
      this.tell(describeProblem(place, bytes).message);
    }
    return Promise.resolve(undefined);
  }

  write(key: string, bytes: Uint8Array): Promise<void> {
    const beside = `${this.placeOf(key)}.${machine}.${process.pid}.${this.written++}`;
    try {
      this.makeFolder();
      this.writeWhole(beside, bytes);
      this.files.renameSync(beside, this.placeOf(key));
      shrinkToBound(this.folder, this.placeOf(key), this.files);
    } catch (error) {
      this.tell(reasonOf(error));
      this.quietly(() => this.files.rmSync(beside, { force: true }));
    }
    return Promise.resolve();
  }

  /** On a read-only disk, making folder after folder says that there is none; making the last one says why. */
  private makeFolder(): void {
    try {
      this.files.mkdirSync(this.folder, { recursive: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw error;
      }
      this.files.mkdirSync(this.folder);
    }
  }

  private writeWhole(path: string, bytes: Uint8Array): void {
    const file = this.files.openSync(path, 'wx');
    try {
      for (let at = 0; at < bytes.length;) {
        at += this.files.writeSync(file, bytes, at, bytes.length - at);
      }
      // A full disk may say so only now.
      this.files.fsyncSync(file);
    } finally {
      this.files.closeSync(file);
    }
  }

  /** What was used last goes last. */
  private markUsed(place: string): void {
    this.quietly(() => this.files.utimesSync(place, new Date(), new Date()));
  }

  private placeOf(key: string): string {
    return join(this.folder, `${key}${ending}`);
  }

  private tell(reason: Words): void {
    this.problem ??= {
      code: 'SS9001',
      severity: 'warning',
      path: this.folder,
      message: sentence('the-cache-cannot-be-used-reason-the-run-went-on', { reason }),
      remedy: sentence('name-a-folder-that-can-be-read-and-written-and-has'),
    };
  }

  private quietly(action: () => void): void {
    try {
      action();
    } catch {
      // Nothing hangs on it.
    }
  }
}

function reasonOf(error: unknown): Words {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return sentence('the-disk-is-full');
    case 'EROFS':
      return sentence('the-disk-is-read-only');
    case 'EACCES':
    case 'EPERM':
      return sentence('writing-is-not-allowed');
    case 'ENOTDIR':
    case 'EEXIST':
      return sentence('it-is-no-folder');
    default:
      return code === undefined ? sentence('its-name-is-not-possible') : sameText(code);
  }
}
