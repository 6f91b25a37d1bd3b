/**
 * The places that an answer speaks of, each with the statement that stands there.
 *
 * In: an answer as JSON has it, a way to read sources. Out: file, line and statement of every object in it that names
 * a file and a line (`path` or `file`, and `line`), and of every `file.c:LINE` in its texts; each place once.
 */
import type { SourceFile } from '../source/source-file';

export interface Citation {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** The source text from there to the statement's end, at most some lines of it. */
  readonly statement: string;
}

const mostLines = 6;
const mostCitations = 40;

export function citationsOf(answer: unknown, load: (path: string) => SourceFile | undefined): readonly Citation[] {
  const found = new Map<string, Citation>();
  const add = (file: string, line: number, endLine = line): void => {
    const text = load(file)?.text;
    if (text !== undefined && !found.has(`${file}:${line}`) && found.size < mostCitations) {
      const lines = text.split('\n').slice(line - 1, Math.min(endLine, line + mostLines - 1));
      found.set(`${file}:${line}`, { file, line, statement: lines.map((each) => each.trim()).join(' ') });
    }
  };
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const [, file = '', line] of value.matchAll(/\b((?:[\w-]+\/)+[\w-]+\.[chS]):(\d+)/g)) {
        add(file, Number(line));
      }
    } else if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (typeof value === 'object' && value !== null) {
      const { path, file, line, endLine } = value as Readonly<Record<string, unknown>>;
      const name = typeof path === 'string' ? path : file;
      if (typeof name === 'string' && typeof line === 'number' && line > 0) {
        add(name, line, typeof endLine === 'number' ? endLine : line);
      }
      Object.values(value).forEach(visit);
    }
  };
  visit(answer);
  return [...found.values()];
}
