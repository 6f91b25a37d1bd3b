/**
 * Standard streams and files of hosted programs. Standard output and error are collected; other files exist only in the
 * memory of the run, so that a program can read back what it wrote and touches nothing outside.
 */
import type { PlainData } from '../machine/service';

/** `FILE *` values: 1 stdin, 2 stdout, 3 stderr, then opened files. */
const STDIN = 1;
export const STDOUT = 2;
const STDERR = 3;

interface OpenFile {
  readonly name: string;
  position: number;
  readonly write: boolean;
  atEnd: boolean;
}

interface StreamState {
  output: string;
  error: string;
  input: string;
  inputAt: number;
  files: { [name: string]: string };
  open: { [handle: number]: OpenFile };
  nextHandle: number;
}

/** Output kept at most; a program that prints without end is cut here. */
const OUTPUT_LIMIT = 64 << 20;

export class Streams {
  private state: StreamState = { output: '', error: '', input: '', inputAt: 0, files: {}, open: {}, nextHandle: 4 };

  get output(): string {
    return this.state.output;
  }

  get error(): string {
    return this.state.error;
  }

  /** A name that no file has. */
  temporaryName(): string {
    return `tmp.${this.state.nextHandle++}`;
  }

  /** Handle of a file, or 0 when it is to be read and does not exist. */
  openFile(name: string, mode: string): number {
    const exists = Object.hasOwn(this.state.files, name);
    if (mode.startsWith('r') && !exists) {
      return 0;
    }
    if (mode.startsWith('w') || !exists) {
      this.state.files[name] = '';
    }
    const handle = this.state.nextHandle++;
    const position = mode.startsWith('a') ? (this.state.files[name] ?? '').length : 0;
    this.state.open[handle] = { name, position, write: !mode.startsWith('r') || mode.includes('+'), atEnd: false };
    return handle;
  }

  closeFile(handle: number): boolean {
    const known = handle in this.state.open || handle <= STDERR;
    delete this.state.open[handle];
    return known;
  }

  /** Number of characters written; -1 on a stream that takes none. */
  write(handle: number, text: string): number {
    if (handle === STDOUT) {
      if (this.state.output.length < OUTPUT_LIMIT) {
        this.state.output += text;
      }
      return text.length;
    }
    if (handle === STDERR) {
      this.state.error += text;
      return text.length;
    }
    const file = this.state.open[handle];
    if (!file?.write) {
      return -1;
    }
    const content = this.state.files[file.name] ?? '';
    this.state.files[file.name] = content.slice(0, file.position) + text + content.slice(file.position + text.length);
    file.position += text.length;
    return text.length;
  }

  /** Up to `count` characters, fewer at the end. */
  read(handle: number, count: number): string {
    if (handle === STDIN) {
      const text = this.state.input.slice(this.state.inputAt, this.state.inputAt + count);
      this.state.inputAt += text.length;
      return text;
    }
    const file = this.state.open[handle];
    if (!file) {
      return '';
    }
    const text = (this.state.files[file.name] ?? '').slice(file.position, file.position + count);
    file.position += text.length;
    file.atEnd = text.length < count;
    return text;
  }

  /** Gives back the last character read. */
  unread(handle: number): void {
    const file = this.state.open[handle];
    if (file && file.position > 0) {
      file.position--;
      file.atEnd = false;
    }
  }

  atEnd(handle: number): boolean {
    return handle === STDIN ? this.state.inputAt >= this.state.input.length : (this.state.open[handle]?.atEnd ?? true);
  }

  save(): PlainData {
    return structuredClone(this.state) as unknown as PlainData;
  }

  restore(state: PlainData): void {
    this.state = structuredClone(state) as unknown as StreamState;
  }
}
