/**
 * Conflict markers left by a version control system. Goes in: the text of a file; comes out: a text of the same length
 * in which the markers and the first side ("ours", and the common ancestor where it is shown) are spaces, so that every
 * offset stays; and a diagnostic for each block.
 */
import { sentence } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';

const markerPattern = /^(<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$).*$/gm;

/** Takes the second side of each complete `<<<<<<<` … `=======` … `>>>>>>>` block; anything else stays as it is. */
export function resolveConflicts(file: SourceFile): { text: string; diagnostics: Diagnostic[] } {
  const { text } = file;
  const diagnostics: Diagnostic[] = [];
  if (!text.includes('<<<<<<<')) {
    return { text, diagnostics };
  }
  const pieces: string[] = [];
  let done = 0;
  let open = -1;
  let middle = -1;
  const blank = (from: number, to: number): void => {
    pieces.push(text.slice(done, from), text.slice(from, to).replace(/[^\r\n]/g, ' '));
    done = to;
  };
  for (const match of text.matchAll(markerPattern)) {
    const start = match.index;
    const end = start + match[0].length;
    switch (match[0][0]) {
      case '<':
        open = start;
        middle = -1;
        break;
      case '=':
        if (open >= 0 && middle < 0) {
          middle = end;
        }
        break;
      case '>':
        if (open >= 0 && middle >= 0) {
          blank(open, middle);
          blank(start, end);
          diagnostics.push({
            code: 'SS1009',
            severity: 'warning',
            span: { file, start: open, end: text.indexOf('\n', open) < 0 ? text.length : text.indexOf('\n', open) },
            message: sentence('the-file-holds-an-unresolved-merge-conflict-its'),
            remedy: sentence('resolve-the-conflict-in-the-file'),
          });
        }
        open = -1;
        middle = -1;
        break;
      default:
        break;
    }
  }
  pieces.push(text.slice(done));
  return { text: pieces.join(''), diagnostics };
}
