/**
 * The tree-sitter queries of a catalogue. In: the catalogue, and the reader that would run them. Out: a diagnostic
 * SS6005 at the place of each that cannot be run, or that cost too much when it was.
 */
import { sentence, type Words } from '../sentences/sentence';
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
  const refuse = (message: Words, remedy: Words): Diagnostic => {
    return { code: 'SS6005', severity: 'error', span, message, remedy };
  };
  switch (fault) {
    case 'too long':
      return refuse(sentence('the-query-is-too-long'), sentence('ask-for-the-statement-and-the-one-thing-that-tells'));
    case 'too deep':
      return refuse(
        sentence('the-query-is-nested-too-deep'),
        sentence('ask-for-the-statement-and-the-one-thing-that-tells'),
      );
    case 'too costly':
      return refuse(sentence('the-query-costs-too-much'), sentence('name-the-kind-of-statement-first-and-fewer'));
    case 'captures nothing':
      return refuse(sentence('the-query-captures-nothing'), sentence('put-a-name-behind-the-statement-as-in-return'));
    case 'predicate':
      return refuse(
        sentence('the-predicate-word-is-not-run', { word }),
        sentence('compare-texts-with-eq-any-of-and-their-not'),
      );
    case 'syntax':
      return refuse(
        sentence('the-query-cannot-be-read-from-here-on'),
        sentence('write-nodes-in-parentheses-as-in-return-statement'),
      );
    case 'node name':
      return refuse(
        sentence('c-has-no-node-word', { word }),
        sentence('take-the-names-of-the-c-grammar-of-tree-sitter'),
      );
    case 'field name':
      return refuse(
        sentence('c-has-no-field-word', { word }),
        sentence('take-the-names-of-the-c-grammar-of-tree-sitter'),
      );
    case 'capture name':
      return refuse(
        sentence('nothing-is-captured-as-word', { word }),
        sentence('put-this-name-behind-the-node-that-is-meant'),
      );
    case 'impossible':
      return refuse(
        sentence('nothing-in-c-can-look-like-this'),
        sentence('take-the-shape-that-the-c-grammar-of-tree-sitter'),
      );
  }
}

/** The place of a character of a query, where the pack has its text on one stretch. */
function within({ file, start, end }: Span, text: string, offset: number): Span {
  const at = file.text.slice(start, end).indexOf(text);
  return at < 0 ? { file, start, end } : { file, start: start + at + Math.min(offset, text.length), end };
}
