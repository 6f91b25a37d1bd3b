/**
 * What there is to say about a document that was read. In: the document. Out: diagnostics, each with its place and what to
 * do; those of mends with the edit that makes the mend in the text itself.
 */
import { itemAt } from '../base/checked-access';
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { Span } from '../source/source-file';
import type { ReadBlock } from './blocks';
import { mostFunctions } from './find-functions';
import type { AnnotatedDocument, DocumentFunction, Mend, MendKind } from './document-model';
import { type FunctionReason } from './document-model';

/** Told one by one; all others once for each function. */
const single: ReadonlySet<MendKind> = new Set(['dash', 'minus', 'curly-quote', 'full-width', 'full-stop']);
/** In a function with more mends of a kind than this they are told together. */
const mostSingle = 60;

/**
 * Diagnostics in the order of the text; `foreign`: how many functions were of programs; `longest`: what was read of a
 * document at most.
 */
export function diagnosticsOf(
  document: Omit<AnnotatedDocument, 'diagnostics'>,
  blocks: readonly ReadBlock[],
  foreign: number,
  longest: number,
): Diagnostic[] {
  const found = [
    ...mendDiagnostics(document),
    ...document.functions.flatMap((each) => functionDiagnostics(document, each)),
    ...blockDiagnostics(document, blocks),
    ...lengthDiagnostics(document, longest),
    ...numberDiagnostics(document, foreign),
  ].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  return document.functions.length > 0 ? found : [nothingFound(document, foreign), ...found];
}

function nothingFound({ file }: Omit<AnnotatedDocument, 'diagnostics'>, foreign: number): Diagnostic {
  return {
    code: 'SS7005',
    severity: 'error',
    span: { file, start: 0, end: 0 },
    message:
      foreign > 0
        ? sentence('the-functions-in-this-document-belong-to-programs-or')
        : sentence('there-is-no-function-in-this-document'),
    remedy: sentence('set-a-function-of-the-kernel-between-two-lines-of'),
  };
}

function mendDiagnostics({ file, functions, mends }: Omit<AnnotatedDocument, 'diagnostics'>): Diagnostic[] {
  const made = mends.filter(({ inCode }) => inCode);
  const groups = new Map<string, Mend[]>();
  for (const mend of made) {
    const key = `${mend.function ?? -1} ${mend.kind}`;
    const group = groups.get(key);
    if (group) {
      group.push(mend);
    } else {
      groups.set(key, [mend]);
    }
  }
  return [...groups.values()].flatMap((group) => {
    const { kind } = itemAt(group, 0);
    if (single.has(kind) && group.length <= mostSingle) {
      return group.map((mend) => signDiagnostic(file.text, mend));
    }
    const name = functions[itemAt(group, 0).function ?? -1]?.name ?? '';
    return [groupDiagnostic(kind, group, name)];
  });
}

function signDiagnostic(text: string, mend: Mend): Diagnostic {
  const { start, end } = mend.span;
  const sign = text.slice(start, end).trim();
  const number = `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const meant = mend.replacement.trim();
  const fix = [{ span: mend.span, text: meant }];
  const base = { code: 'SS7001', severity: 'information', span: mend.span, fix } as const;
  return meant === ''
    ? { ...base, message: sentence('sign-number-is-left-out', { sign, number }), remedy: sentence('delete-it') }
    : {
        ...base,
        message: sentence('sign-number-is-read-as-meant', { sign, number, meant }),
        remedy: sentence('write-what-is-meant', { meant }),
      };
}

function groupDiagnostic(kind: MendKind, group: readonly Mend[], name: string): Diagnostic {
  const count = group.length;
  return {
    code: 'SS7001',
    severity: 'information',
    span: itemAt(group, 0).span,
    message: groupMessage(kind, count, name),
    ...(kind === 'prose-between' ? {} : { fix: group.map((mend) => ({ span: mend.span, text: fixOf(mend) })) }),
  };
}

/** What a quick fix writes: what is left out leaves nothing but the line ends that it held. */
function fixOf({ kind, replacement }: Mend): string {
  const kept = kind === 'wide-space' || kind === 'no-break-space' ? replacement : replacement.replace(/[ \t]+/g, '');
  return kind === 'entity' && replacement.trim() === '' ? ' ' : kept;
}

function groupMessage(kind: MendKind, count: number, name: string): Words {
  switch (kind) {
    case 'wide-space':
    case 'no-break-space':
      return sentence('count-unusual-spaces-in-name-are-read-as-blanks', { count, name });
    case 'zero-width':
      return sentence('count-characters-in-name-that-cannot-be-seen-are', { count, name });
    case 'entity':
      return sentence('count-entities-of-html-in-name-are-read-as-the-signs', { count, name });
    case 'tag':
      return sentence('count-tags-of-html-in-name-are-left-out', { count, name });
    case 'line-number':
      return sentence('line-numbers-before-count-lines-of-name-are-left-out', { count, name });
    case 'quote-mark':
      return sentence('quote-marks-before-count-lines-of-name-are-left-out', { count, name });
    case 'prompt':
      return sentence('prompts-before-count-lines-of-name-are-left-out', { count, name });
    case 'caret-escape':
      return sentence('count-control-characters-written-as-m-or-i-in-name', { count, name });
    case 'prose-between':
      return sentence('text-at-count-places-of-name-that-is-not-set-as-a', { count, name });
    default:
      return sentence('count-signs-in-name-that-are-not-those-of-c-are-read', { count, name });
  }
}

function functionDiagnostics(document: Omit<AnnotatedDocument, 'diagnostics'>, each: DocumentFunction): Diagnostic[] {
  const { name, nameSpan, pieces, reason, duplicateOf } = each;
  const found: Diagnostic[] = [];
  if (reason) {
    found.push(reasonDiagnostic(name, reason, reason.span));
  }
  if (pieces.length > 1) {
    found.push({
      code: 'SS7001',
      severity: 'information',
      span: nameSpan,
      message: sentence('name-goes-over-count-listings-which-were-put', { name, count: pieces.length }),
    });
  }
  if (duplicateOf !== undefined) {
    found.push({
      code: 'SS4002',
      severity: 'information',
      span: nameSpan,
      message: sentence('name-is-defined-more-than-once-in-this-document-the', { name }),
      remedy: sentence('choose-another-one-if-that-is-not-the-one-you-mean'),
      related: [{ span: itemAt(document.functions, duplicateOf).nameSpan, message: sentence('the-first-definition') }],
    });
  }
  return found;
}

function reasonDiagnostic(name: string, reason: FunctionReason, span: Span): Diagnostic {
  switch (reason.kind) {
    case 'elided':
    case 'shortened':
      return {
        code: 'SS7003',
        severity: 'information',
        span,
        message: sentence('name-is-shown-and-not-run-code-is-left-out-here', { name }),
        remedy: sentence('write-the-code-in-full-to-run-it-until-then-the'),
      };
    case 'prose':
      return {
        code: 'SS7003',
        severity: 'warning',
        span,
        message: sentence('name-is-shown-and-not-run-this-is-a-sentence-among', { name }),
        remedy: sentence('set-it-as-a-comment'),
      };
    case 'unclosed':
      return {
        code: 'SS7003',
        severity: 'warning',
        span,
        message: sentence('name-is-shown-and-not-run-what-begins-here-does-not', { name }),
        remedy: sentence('write-what-closes-it-or-the-rest-of-the-function'),
      };
    case 'other-version':
      return {
        code: 'SS7004',
        severity: 'warning',
        span,
        message: sentence('name-is-shown-and-not-run-because', { name, reason: reason.text }),
        remedy: sentence('read-its-notes-here-run-the-function-of-a-2-4-kernel'),
      };
  }
}

function blockDiagnostics(
  { file }: Omit<AnnotatedDocument, 'diagnostics'>,
  blocks: readonly ReadBlock[],
): Diagnostic[] {
  return blocks
    .filter(({ block, tokens }) => block.open && tokens.length > 0)
    .map(({ block }) => ({
      code: 'SS7002',
      severity: 'warning',
      span: { file, start: block.mark ?? block.start, end: block.start },
      message: sentence('the-listing-that-begins-here-is-not-closed'),
      remedy: sentence('write-its-closing-mark-where-it-ends'),
    }));
}

function lengthDiagnostics({ file }: Omit<AnnotatedDocument, 'diagnostics'>, longest: number): Diagnostic[] {
  return file.text.length <= longest
    ? []
    : [
        {
          code: 'SS1010',
          severity: 'warning',
          span: { file, start: longest, end: longest },
          message: sentence('only-the-first-longest-characters-of-the-document', { longest }),
          remedy: sentence('split-the-document'),
        },
      ];
}

/** Told where the functions that were read end. */
function numberDiagnostics({ file, functions }: Omit<AnnotatedDocument, 'diagnostics'>, foreign: number): Diagnostic[] {
  const last = functions[functions.length - 1];
  return !last || functions.length + foreign < mostFunctions
    ? []
    : [
        {
          code: 'SS1010',
          severity: 'warning',
          span: { file, start: last.span.end, end: last.span.end },
          message: sentence('only-the-first-most-functions-of-the-document', { most: mostFunctions }),
          remedy: sentence('split-the-document'),
        },
      ];
}
