/**
 * A document's functions as a replacement: what the compiler puts in place of the kernel's functions of the same names.
 *
 * In: a document that was read. Out: its C at its own offsets with blanks around, the functions that run, and for each
 * the sources that the text before it names, the nearest first.
 */
import { sentence } from '../sentences/sentence';
import { hasErrors, type Diagnostic } from '../source/diagnostic';
import type { Replacement, ReplacingFunction } from '../source/replacement';
import { SourceFile } from '../source/source-file';
import type { AnnotatedDocument, DocumentDeclaration, DocumentFunction } from './document-model';
import { readDocument } from './read-document';

/** Characters before a function in which sources are looked for. */
const SEARCHED = 4000;

/** What of a document runs; undefined when nothing does. */
function replacementOf(document: AnnotatedDocument): Replacement | undefined {
  const { file, functions } = document;
  const running = functions.filter(({ runs, state }) => runs && state === 'whole');
  if (running.length === 0) {
    return undefined;
  }
  const own = document.declarations.filter(({ kind }) => kind !== 'prototype');
  return {
    file: cOf(
      document,
      [...running, ...own].sort((a, b) => a.span.start - b.span.start),
    ),
    shown: file,
    functions: running.map(({ name, span }): ReplacingFunction => {
      const before = Math.max(
        0,
        span.start - SEARCHED,
        ...functions.map((each) => each.span.end).filter((end) => end <= span.start),
      );
      return { name, start: span.start, end: span.end, mentions: sourcesNamed(file.text.slice(before, span.start)) };
    }),
    declarations: own.map((each) => ({ names: namesOf(each), start: each.span.start, end: each.span.end })),
  };
}

/** A document that was read to be run. */
export interface RunnableDocument {
  readonly document: AnnotatedDocument;
  /** Undefined when nothing of it can run; then one of the diagnostics is an error. */
  readonly replacement: Replacement | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a document to be run. */
export function runnableDocument(file: SourceFile): RunnableDocument {
  const document = readDocument(file);
  const replacement = replacementOf(document);
  const { diagnostics } = document;
  return {
    document,
    replacement,
    diagnostics: replacement || hasErrors(diagnostics) ? diagnostics : [...diagnostics, nothingRuns(file.path)],
  };
}

/** That a document has no function that can be run. */
function nothingRuns(path: string): Diagnostic {
  return {
    code: 'SS7012',
    severity: 'error',
    path,
    message: sentence('no-function-of-this-document-can-run'),
    remedy: sentence('name-a-text-with-whole-c-functions-of-the-linux-2-4'),
  };
}

/** The C of some functions at the document's own offsets, blanks and ends of lines elsewhere. */
export function cOf(
  { file }: AnnotatedDocument,
  functions: readonly Pick<DocumentFunction, 'span' | 'code'>[],
): SourceFile {
  const parts: string[] = [];
  let at = 0;
  for (const { span, code } of functions) {
    if (span.start >= at) {
      parts.push(blank(file.text.slice(at, span.start)), code);
      at = span.end;
    }
  }
  return new SourceFile(file.path, [...parts, blank(file.text.slice(at))].join(''), file.encoding);
}

/** All that a declaration declares. */
function namesOf({ kind, name, code }: DocumentDeclaration): string[] {
  const tag = /^(?:typedef\s+)?(struct|union|enum)\s+(\w+)\s*\{/.exec(code);
  const tagged = tag ? [`${tag[1]} ${tag[2]}`] : [];
  const listed = /\benum\b[^{;]*\{([^}]*)\}/.exec(code.replace(/\/\*[^]*?\*\/|\/\/.*/g, ' '));
  const constants = (listed?.[1] ?? '').split(',').flatMap((each) => /^\s*(\w+)/.exec(each)?.[1] ?? []);
  const own = kind === 'struct' || kind === 'union' || kind === 'enum' ? tagged : [name, ...tagged];
  return [...new Set([...own, ...constants])];
}

/** Everything but ends of lines as blanks. */
function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** Names of C files in a text, the last one first. */
function sourcesNamed(text: string): string[] {
  const names = Array.from(text.matchAll(/(?:[\w-]+\/)*[\w-]+\.c\b/g), ([name]) => name);
  return [...new Set(names.reverse())];
}
