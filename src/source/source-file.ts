/**
 * A source file in memory and places in it. Paths are forward-slash strings that mean something to the
 * {@link FileLoader} that gave them (a bundled path such as `net/ipv4/af_inet.c`, an absolute path, a URI);
 * nothing below `src/hosts` and `src/editor` takes them apart for any other purpose than include look-up.
 */
import { position0, toPosition1, type Position0, type Position1 } from './position';
import type { Encoding } from './text-encoding';

export class SourceFile {
  private starts: number[] | undefined;

  constructor(
    readonly path: string,
    readonly text: string,
    /** What the text was read as: says which bytes a literal has. */
    readonly encoding: Encoding = 'utf-8',
  ) {}

  /** Offsets at which each line starts. */
  private lineStarts(): number[] {
    if (!this.starts) {
      const starts = [0];
      for (let i = this.text.indexOf('\n'); i >= 0; i = this.text.indexOf('\n', i + 1)) {
        starts.push(i + 1);
      }
      this.starts = starts;
    }
    return this.starts;
  }

  get lineCount(): number {
    return this.lineStarts().length;
  }

  /** Zero-based position of a text offset; offsets past the end give the end. */
  positionAt(offset: number): Position0 {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return position0(low, Math.min(offset, this.text.length) - (starts[low] ?? 0));
  }

  /** Offset of a zero-based position, clipped to the text. */
  offsetAt(position: Position0): number {
    const starts = this.lineStarts();
    if (position.line >= starts.length) {
      return this.text.length;
    }
    const start = starts[Math.max(0, position.line)] ?? 0;
    const end = starts[position.line + 1] ?? this.text.length + 1;
    return Math.min(start + position.column, end - 1);
  }

  /** Text of the zero-based line, without its line end. */
  lineText(line: number): string {
    const starts = this.lineStarts();
    const start = starts[line];
    if (start === undefined) {
      return '';
    }
    return this.text.slice(start, (starts[line + 1] ?? this.text.length + 1) - 1).replace(/\r$/, '');
  }
}

/** The half-open range `[start, end)` of UTF-16 offsets in a file. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** One-based position of the start of a span. */
export function startOf(span: Span): Position1 {
  return toPosition1(span.file.positionAt(span.start));
}
