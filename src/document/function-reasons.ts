/**
 * Why a function of a document does not run. In: what was found missing in it, and what its identifiers tell. Out: the
 * reason in both languages, with its place; undefined for a whole one.
 */
import type { SourceFile } from '../source/source-file';
import type { BodyGap } from './body-gaps';
import type { DocumentVersion, FunctionReason, KernelEra, VersionMark } from './document-model';

const eraNames: Readonly<Record<KernelEra, { readonly en: string; readonly zh: string }>> = {
  'before-2.4': { en: 'a kernel older than 2.4', zh: '早于 2.4 的内核' },
  '2.4': { en: 'a 2.4 kernel', zh: '2.4 内核' },
  'after-2.4': { en: 'a kernel newer than 2.4', zh: '晚于 2.4 的内核' },
};

/** `index`: of the function in the document. */
export function reasonOf(
  file: SourceFile,
  gap: BodyGap | undefined,
  version: DocumentVersion,
  index: number,
): FunctionReason | undefined {
  const mark = foreignMark(version, index, gap !== undefined);
  if (mark) {
    const { en, zh } = eraNames[mark.era];
    return {
      kind: 'other-version',
      span: mark.span,
      text: { en: `'${mark.identifier}' is of ${en}`, zh: `“${mark.identifier}”属于${zh}` },
    };
  }
  if (!gap) {
    return undefined;
  }
  const line = file.positionAt(gap.start).line + 1;
  const span = { file, start: gap.start, end: gap.end };
  switch (gap.kind) {
    case 'elided':
      return {
        kind: 'elided',
        span,
        text: { en: `code is left out at line ${line}`, zh: `第 ${line} 行省略了代码` },
      };
    case 'prose':
      return {
        kind: 'prose',
        span,
        text: { en: `line ${line} is a sentence, not C`, zh: `第 ${line} 行是文字，不是 C` },
      };
    case 'unclosed':
      return {
        kind: 'unclosed',
        span,
        text: { en: `what begins at line ${line} is not closed`, zh: `第 ${line} 行开始的内容没有结束` },
      };
  }
}

/**
 * A mark of another kernel: the function's own, or, where it has none of any, the first of a document that is of another
 * kernel throughout. Of a function that does not run anyway its own marks alone count.
 */
function foreignMark({ says, marks }: DocumentVersion, index: number, hasGap: boolean): VersionMark | undefined {
  const own = marks.filter((each) => each.function === index);
  const foreign = own.find(({ era }) => era !== '2.4');
  if (foreign || hasGap || own.length > 0 || says === undefined || says === '2.4') {
    return foreign;
  }
  return marks.some(({ era }) => era === '2.4') ? undefined : marks[0];
}
