/**
 * Standard streams and files of hosted programs. Standard output and error go to whoever reads them, in pieces of
 * bounded size, or are collected; other files exist only in the memory of the run, so that a program can read back what
 * it wrote and touches nothing outside. How much a program can write in all is bounded.
 */
import { itemAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { ServiceFault } from '../machine/guarded-memory';
import type { PlainData } from '../machine/service';

/** `FILE *` values: 1 stdin, 2 stdout, 3 stderr, then opened files. */
const STDIN = 1;
export const STDOUT = 2;
const STDERR = 3;

type MemoryFile = {
  readonly name: string;
  text: string;
};

type OpenFile = {
  /** Index of the file. */
  readonly file: number;
  position: number;
  readonly write: boolean;
  atEnd: boolean;
};

type StreamState = {
  output: string;
  error: string;
  input: string;
  inputAt: number;
  files: MemoryFile[];
  /** By handle. */
  open: (OpenFile | null)[];
  nextHandle: number;
  /** Bytes written to standard output and error. */
  written: number;
};

/** Takes what a program writes, one character per byte. */
export type OutputSink = (stream: 'output' | 'error', text: string) => void;

/** Bytes a program can write; one that prints without end is stopped here. */
const OUTPUT_LIMIT = 128 << 20;
/** Bytes of all files in memory. */
const FILES_LIMIT = 16 << 20;
/** Bytes that are handed over at once. */
const PIECE = 64 << 10;

export class Streams {
  private state: StreamState = {
    output: '',
    error: '',
    input: '',
    inputAt: 0,
    files: [],
    open: [],
    nextHandle: 4,
    written: 0,
  };
  private readonly names = new Map<string, number>();

  /** Without a sink everything is kept. */
  constructor(private readonly sink?: OutputSink) {}

  /** Hands over what is still held back. */
  flush(): void {
    if (this.sink) {
      for (const stream of ['output', 'error'] as const) {
        const text = this.state[stream];
        this.state[stream] = '';
        if (text !== '') {
          this.sink(stream, text);
        }
      }
    }
  }

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
    const { files, open } = this.state;
    let index = this.names.get(name);
    if (index === undefined) {
      if (mode.startsWith('r')) {
        return 0;
      }
      index = files.push({ name, text: '' }) - 1;
      this.names.set(name, index);
    }
    const file = itemAt(files, index);
    if (mode.startsWith('w')) {
      file.text = '';
    }
    const handle = this.state.nextHandle++;
    const position = mode.startsWith('a') ? file.text.length : 0;
    open[handle] = { file: index, position, write: !mode.startsWith('r') || mode.includes('+'), atEnd: false };
    return handle;
  }

  closeFile(handle: number): boolean {
    const known = this.opened(handle) !== undefined || handle <= STDERR;
    if (this.opened(handle)) {
      this.state.open[handle] = null;
    }
    return known;
  }

  private opened(handle: number): OpenFile | undefined {
    return this.state.open[handle] ?? undefined;
  }

  /** Number of characters written; -1 on a stream that takes none. */
  write(handle: number, text: string): number {
    if (handle === STDOUT || handle === STDERR) {
      this.print(handle === STDOUT ? 'output' : 'error', text);
      return text.length;
    }
    const opened = this.opened(handle);
    const file = opened && this.state.files[opened.file];
    if (!file || !opened.write) {
      return -1;
    }
    const held = this.state.files.reduce((sum, each) => sum + each.text.length, 0);
    if (held + text.length > FILES_LIMIT) {
      return -1;
    }
    file.text = file.text.slice(0, opened.position) + text + file.text.slice(opened.position + text.length);
    opened.position += text.length;
    return text.length;
  }

  private print(stream: 'output' | 'error', text: string): void {
    const { state } = this;
    if (state[stream === 'error' ? 'output' : 'error'] !== '') {
      this.flush();
    }
    state[stream] += text;
    state.written += text.length;
    if (state[stream].length >= PIECE) {
      this.flush();
    }
    if (state.written > OUTPUT_LIMIT) {
      throw new ServiceFault({
        kind: 'budget',
        message: sentence('stopped-after-it-had-written-limit-bytes', { limit: OUTPUT_LIMIT }),
      });
    }
  }

  /** Up to `count` characters, fewer at the end. */
  read(handle: number, count: number): string {
    if (handle === STDIN) {
      const text = this.state.input.slice(this.state.inputAt, this.state.inputAt + count);
      this.state.inputAt += text.length;
      return text;
    }
    const opened = this.opened(handle);
    if (!opened) {
      return '';
    }
    const text = itemAt(this.state.files, opened.file).text.slice(opened.position, opened.position + count);
    opened.position += text.length;
    opened.atEnd = text.length < count;
    return text;
  }

  /** Gives back the last character read. */
  unread(handle: number): void {
    const opened = this.opened(handle);
    if (opened && opened.position > 0) {
      opened.position--;
      opened.atEnd = false;
    }
  }

  atEnd(handle: number): boolean {
    return handle === STDIN ? this.state.inputAt >= this.state.input.length : (this.opened(handle)?.atEnd ?? true);
  }

  save(): PlainData {
    return structuredClone(this.state);
  }

  restore(state: PlainData): void {
    this.state = structuredClone(state) as StreamState;
    this.names.clear();
    this.state.files.forEach(({ name }, index) => this.names.set(name, index));
  }
}
