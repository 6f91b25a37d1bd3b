/**
 * The one way in which hosts list the files below a folder of a person's disk: every folder once, in bounded number,
 * never outside.
 *
 * In: a folder, the endings wanted, the folder that must not be left. Out: paths of regular files, sorted, and what was
 * passed over: links that lead outside, nowhere or back to themselves, devices and pipes, folders that cannot be read.
 * Links to folders are not followed: what they lead to inside is listed where it lies.
 */
import { itemAt } from '../base/checked-access';
import { sentence, type Words } from '../sentences/sentence';
import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import type { FolderListing } from '../cli/cli-io';
import type { Diagnostic } from '../source/diagnostic';

/** Files and folders looked at, at most. A kernel tree has 15,000 files. */
const mostEntries = 200_000;
/** Problems that are told by name. */
const mostProblems = 50;

export function walkFolder(folder: string, endings: readonly string[], inside = folder): FolderListing {
  const walk = new Walk(endings);
  walk.start(folder, inside);
  return { files: walk.files.sort(), problems: walk.told() };
}

class Walk {
  readonly files: string[] = [];
  private readonly problems: Diagnostic[] = [];
  private readonly links: string[] = [];
  private readonly seen = new Set<string>();
  private entries = 0;
  private root = '';

  constructor(private readonly endings: readonly string[]) {}

  start(folder: string, inside: string): void {
    let real: string;
    try {
      this.root = realpathSync(inside);
      real = realpathSync(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ELOOP') {
        this.tell(folder, sentence('a-link-leads-back-to-itself'), sentence('replace-the-link-by-the-file'));
      }
      return;
    }
    if (!this.isInside(real)) {
      this.tell(
        folder,
        sentence('a-link-leads-outside-and-was-not-followed'),
        sentence('copy-the-file-to-where-the-link-is'),
      );
      return;
    }
    const pending = [folder];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      for (const entry of this.entriesOf(at, at === folder)) {
        if (this.entries++ >= mostEntries) {
          this.tell(
            folder,
            sentence('there-are-more-than-most-entries-files-and-folders', { mostEntries }),
            sentence('name-a-smaller-folder'),
          );
          return;
        }
        const path = join(at, entry.name);
        if (entry.isDirectory()) {
          pending.push(path);
        } else if (entry.isSymbolicLink()) {
          this.links.push(path);
        } else if (this.isWanted(path)) {
          this.file(path, entry);
        }
      }
    }
    this.links.sort().forEach((path) => this.link(path));
  }

  /** A problem each, and how many there were besides. */
  told(): readonly Diagnostic[] {
    const more = this.problems.length - mostProblems;
    return more <= 0
      ? this.problems
      : [
          ...this.problems.slice(0, mostProblems),
          { ...itemAt(this.problems, mostProblems), message: sentence('more-more-were-passed-over', { more }) },
        ];
  }

  private entriesOf(folder: string, isFirst: boolean): readonly Dirent[] {
    try {
      return readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      // The first may be a file, or not be there at all: whoever asked for it says so.
      const code = (error as NodeJS.ErrnoException).code;
      if (!isFirst || (code !== 'ENOENT' && code !== 'ENOTDIR')) {
        this.tell(folder, sentence('the-folder-cannot-be-read'), sentence('allow-reading-it'));
      }
      return [];
    }
  }

  private file(path: string, entry: { isFile(): boolean }): void {
    if (entry.isFile()) {
      this.files.push(path);
      this.seen.add(realpathSync(path));
    } else {
      this.tell(
        path,
        sentence('this-is-a-device-a-pipe-or-a-socket-and-was-not-read'),
        sentence('put-a-regular-file-there'),
      );
    }
  }

  /** A link to a wanted file that is not listed already. */
  private link(path: string): void {
    try {
      const real = realpathSync(path);
      const about = statSync(real);
      if (about.isDirectory() ? this.isInside(real) : !this.isWanted(path) || this.seen.has(real)) {
        return;
      }
      if (!this.isInside(real)) {
        this.tell(
          path,
          sentence('a-link-leads-outside-and-was-not-followed'),
          sentence('copy-the-file-to-where-the-link-is'),
        );
      } else {
        this.seen.add(real);
        this.file(path, about);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ELOOP') {
        this.tell(path, sentence('a-link-leads-back-to-itself'), sentence('replace-the-link-by-the-file'));
      } else if (this.isWanted(path)) {
        this.tell(path, sentence('a-link-leads-nowhere'), sentence('replace-the-link-by-the-file'));
      }
    }
  }

  private isInside(real: string): boolean {
    return real === this.root || real.startsWith(this.root.endsWith(sep) ? this.root : this.root + sep);
  }

  private isWanted(path: string): boolean {
    return this.endings.some((ending) => path.endsWith(ending));
  }

  private tell(path: string, message: Words, remedy: Words): void {
    this.problems.push({ code: 'SS1010', severity: 'warning', path, message, remedy });
  }
}
