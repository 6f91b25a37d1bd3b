/**
 * The tree-sitter queries of a catalogue. In: the catalogue, and the reader that would run them. Out: a diagnostic
 * SS6005 at the place of each that cannot be run, or that cost too much when it was.
 */
import type { Diagnostic } from '../source/diagnostic';
import type { Span } from '../source/source-file';
import type { QueryProblem } from '../parse/live-tree';
import type { Reader } from '../reading/reader';
import type { Catalog } from './catalog';

export function checkQueries(catalog: Catalog, reader: Reader): Diagnostic[] {
  const queries = catalog.entries.flatMap(({ anchor }) => anchor?.places.flatMap(({ query }) => query ?? []) ?? []);
  return queries.flatMap(({ text, place }) => {
    const problem = reader.problemOf(text);
    return problem ? [diagnosticOf(problem, within(place, text, problem.offset))] : [];
  });
}

function diagnosticOf({ fault, word }: QueryProblem, span: Span): Diagnostic {
  const refuse = (message: string, remedy: string): Diagnostic => {
    return { code: 'SS6005', severity: 'error', span, message, remedy };
  };
  switch (fault) {
    case 'too long':
      return refuse('the query is too long', 'ask for the statement and the one thing that tells it from others');
    case 'too deep':
      return refuse(
        'the query is nested too deep',
        'ask for the statement and the one thing that tells it from others',
      );
    case 'too costly':
      return refuse('the query costs too much', 'name the kind of statement first, and fewer alternatives below it');
    case 'captures nothing':
      return refuse('the query captures nothing', 'put a name behind the statement, as in `(return_statement) @here`');
    case 'predicate':
      return refuse(`the predicate \`${word}\` is not run`, 'compare texts with `#eq?`, `#any-of?` and their `not-`');
    case 'syntax':
      return refuse(
        'the query cannot be read from here on',
        'write nodes in parentheses, as in `(return_statement) @here`',
      );
    case 'node name':
      return refuse(`C has no node \`${word}\``, 'take the names of the C grammar of tree-sitter');
    case 'field name':
      return refuse(`C has no field \`${word}\``, 'take the names of the C grammar of tree-sitter');
    case 'capture name':
      return refuse(`nothing is captured as \`@${word}\``, 'put this name behind the node that is meant');
    case 'impossible':
      return refuse('nothing in C can look like this', 'take the shape that the C grammar of tree-sitter gives it');
  }
}

/** The place of a character of a query, where the pack has its text on one stretch. */
function within({ file, start, end }: Span, text: string, offset: number): Span {
  const at = file.text.slice(start, end).indexOf(text);
  return at < 0 ? { file, start, end } : { file, start: start + at + Math.min(offset, text.length), end };
}
