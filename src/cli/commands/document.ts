/**
 * `sockscope document FILE`: what is found in an annotated document. Out: its functions with their lines and whether they
 * run, what was mended, the comments with the statements that they are about, the kernel that its identifiers tell; what
 * the kernel beneath lacks for it, and in what its functions differ from those they take the place of. Exit
 * status 2 when there is no function in it.
 *
 * JSON: one object in a list, `{file, form, version: {says?, marks}, functions, declarations, mends, comments, kernel, notBeneath,
 * missing, moved, differences}`; lines and
 * columns count from 1.
 */
import type { Bilingual } from '../../base/bilingual';
import { itemAt } from '../../base/checked-access';
import type {
  AnnotatedDocument,
  DocumentFunction,
  DocumentNote,
  KernelEra,
  Mend,
  MendKind,
} from '../../document/document-model';
import { runnableDocument } from '../../document/in-place-of';
import { hasErrors } from '../../source/diagnostic';
import { startOf, type Span } from '../../source/source-file';
import type { Command } from '../command';
import type { Context } from '../context';
import { beneathOf, type FunctionBeneath } from '../document-beneath';

export const documentCommand: Command = {
  name: 'document',
  usage: 'document FILE',
  summary: {
    en: 'functions, mends and comments of a text, Markdown or HTML document',
    zh: '文本、Markdown 或 HTML 文档里的函数、修补和注释',
  },
  details: [
    {
      en: 'with --json a list of one object: file, form, version, functions (name, state, runs, beneath, stopsAt, line, endLine, pieces, reason), declarations, mends (kind, line, column, text, replacement, inCode), comments (line, text, voice, placement, because, function, statement), missing (kind, record, name, added), differences (function, file, same, changes)',
      zh: '加 --json 时输出只含一个对象的列表：file、form、version、functions（name、state、runs、beneath、stopsAt、line、endLine、pieces、reason）、declarations、mends（kind、line、column、text、replacement、inCode）、comments（line、text、voice、placement、because、function、statement）、missing（kind、record、name、added）、differences（function、file、same、changes）',
    },
  ],
  words: [1, 1],
  async run(context) {
    const opened = context.io.openFile(itemAt(context.args.words, 0));
    if ('code' in opened) {
      context.report([opened]);
      return 2;
    }
    const { document, replacement, diagnostics } = runnableDocument(opened);
    context.report(context.forReaders(diagnostics));
    const { program } = replacement ? await context.compiledWith({ document, replacement }) : {};
    const beneath = program && beneathOf(context, program);
    // Without a program nothing of it is in the kernel.
    const fates: Fates = {
      of: (name) => beneath?.functions.get(name) ?? 'none',
      stopsAt: (name) => partlyHere(document, beneath?.lacking.get(name) ?? []),
    };
    if (context.json) {
      context.printJson([{ ...documentJson(document, fates), ...beneath?.json }]);
    } else {
      print(context, document, fates);
      beneath?.lines.forEach((line) => context.line(line));
    }
    return hasErrors(document.diagnostics) ? 2 : 0;
  },
};

/** Whether a run comes to the document's own C. */
function isRun(fate: FunctionBeneath): boolean {
  return fate === 'replaces' || fate === 'added';
}

interface Fates {
  of(name: string): FunctionBeneath;
  /** The function, incomplete here and nowhere else, at whose call a run of this one stops. */
  stopsAt(name: string): string | undefined;
}

function partlyHere({ functions }: AnnotatedDocument, called: readonly string[]): string | undefined {
  return called.find((word) => functions.some(({ name, state }) => name === word && state !== 'whole'));
}

/** Whether a run goes through the document's own C. */
function doesRun({ name, runs }: DocumentFunction, fates: Fates): boolean {
  return runs && isRun(fates.of(name)) && fates.stopsAt(name) === undefined;
}

function documentJson(document: AnnotatedDocument, fates: Fates): object {
  const { file, form, version, functions, declarations, mends, notes } = document;
  return {
    file: file.path,
    form,
    version: {
      ...(version.says ? { says: version.says } : {}),
      marks: version.marks.map(({ era, identifier, span }) => ({ era, identifier, line: startOf(span).line })),
    },
    functions: functions.map((each) => ({
      name: each.name,
      state: each.state,
      runs: doesRun(each, fates),
      ...(each.runs ? { beneath: fates.of(each.name), ...stopOf(fates.stopsAt(each.name)) } : {}),
      static: each.isStatic,
      ...linesOf(each.span),
      pieces: each.pieces.map(linesOf),
      ...(each.duplicateOf === undefined
        ? {}
        : { duplicateOf: startOf(itemAt(functions, each.duplicateOf).span).line }),
      ...(each.reason
        ? { reason: { kind: each.reason.kind, line: startOf(each.reason.span).line, text: each.reason.text } }
        : {}),
    })),
    declarations: declarations.map(({ kind, name, span }) => ({ kind, name, ...linesOf(span) })),
    mends: mends.map((mend) => mendJson(document, mend)),
    comments: notes.map((note) => noteJson(document, note)),
  };
}

function stopOf(stopsAt: string | undefined): { readonly stopsAt?: string } {
  return stopsAt === undefined ? {} : { stopsAt };
}

function mendJson(
  { functions }: AnnotatedDocument,
  { kind, span, replacement, inCode, function: index }: Mend,
): object {
  const { line, column } = startOf(span);
  const text = textOf(span);
  return { kind, line, column, text, replacement, inCode, ...nameOf(functions, index) };
}

function noteJson({ functions }: AnnotatedDocument, note: DocumentNote): object {
  const { key, span, text, language, voice, placement, because, statement } = note;
  return {
    key,
    ...linesOf(span),
    text,
    language,
    voice,
    placement,
    because,
    ...nameOf(functions, note.function),
    ...(statement ? { statement: { line: startOf(statement).line, text: textOf(statement) } } : {}),
  };
}

function nameOf(functions: readonly DocumentFunction[], index: number | undefined): { readonly function?: string } {
  return index === undefined ? {} : { function: itemAt(functions, index).name };
}

function linesOf(span: Span): { readonly line: number; readonly endLine: number } {
  const { line } = startOf(span);
  return { line, endLine: startOf({ ...span, start: span.end }).line };
}

function textOf({ file, start, end }: Span): string {
  return file.text.slice(start, end);
}

function print(context: Context, document: AnnotatedDocument, fates: Fates): void {
  const { file, version, functions, mends, notes } = document;
  const running = functions.filter((each) => doesRun(each, fates)).length;
  context.line(
    context.say({
      en: `${file.path}: ${functions.length} functions, ${running} run`,
      zh: `${file.path}：${functions.length} 个函数，可运行 ${running} 个`,
    }),
  );
  if (version.says) {
    const era = eras[version.says];
    context.line(context.say({ en: `  its names are of ${era.en}`, zh: `  名字所属：${era.zh}` }));
  }
  for (const each of functions) {
    const { line, endLine } = linesOf(each.span);
    context.line(`  ${`${line}-${endLine}`.padEnd(11)} ${each.name.padEnd(24)} ${context.say(stateOf(each, fates))}`);
  }
  for (const inCode of [true, false]) {
    const counted = countsOf(mends.filter((mend) => mend.inCode === inCode));
    if (counted.length > 0) {
      const lists = counted.map(([kind, count]) => ({
        en: `${count} ${kinds[kind].en}`,
        zh: `${kinds[kind].zh} ${count} 处`,
      }));
      const en = lists.map((each) => each.en).join(', ');
      const zh = lists.map((each) => each.zh).join('，');
      context.line(
        context.say(
          inCode
            ? { en: `mended in code: ${en}`, zh: `代码中已修补：${zh}` }
            : { en: `left in comments and strings: ${en}`, zh: `注释和字符串中保留：${zh}` },
        ),
      );
    }
  }
  if (notes.length > 0) {
    context.line(context.say({ en: `${notes.length} comments:`, zh: `${notes.length} 条注释：` }));
  }
  for (const note of notes) {
    const { line } = startOf(note.span);
    context.line(`  ${line}: ${note.text.replace(/\s+/g, ' ')} → ${context.say(aboutOf(document, note))}`);
  }
}

/** What a note is about: its statement, or its function. */
function aboutOf({ functions }: AnnotatedDocument, { statement, function: index }: DocumentNote): Bilingual {
  if (statement) {
    const text = `${startOf(statement).line}: ${textOf(statement).replace(/\s+/g, ' ')}`;
    return { en: text, zh: text };
  }
  const name = index === undefined ? '' : itemAt(functions, index).name;
  return { en: `the function ${name}`, zh: `函数 ${name}` };
}

function stateOf({ name, state, runs, pieces, reason, duplicateOf }: DocumentFunction, fates: Fates): Bilingual {
  const more: Bilingual[] = [];
  if (reason) {
    more.push(reason.text);
  }
  if (pieces.length > 1) {
    more.push({ en: `from ${pieces.length} listings`, zh: `由 ${pieces.length} 段代码拼成` });
  }
  if (duplicateOf !== undefined) {
    more.push({ en: 'defined before', zh: '前面已有定义' });
  }
  const stop = fates.stopsAt(name);
  const head: Bilingual = runs
    ? isRun(fates.of(name)) && stop !== undefined
      ? { en: `stops at its call of ${stop}, which is incomplete`, zh: `运行到调用 ${stop} 时停下：它不完整` }
      : beneathWords[fates.of(name)]
    : state === 'whole'
      ? { en: 'not chosen', zh: '未选用' }
      : states[state];
  return {
    en: [head, ...more].map(({ en }) => en).join('; '),
    zh: [head, ...more].map(({ zh }) => zh).join('；'),
  };
}

function countsOf(mends: readonly Mend[]): [MendKind, number][] {
  const counts = new Map<MendKind, number>();
  mends.forEach(({ kind }) => counts.set(kind, (counts.get(kind) ?? 0) + 1));
  return [...counts];
}

const beneathWords: Readonly<Record<FunctionBeneath, Bilingual>> = {
  replaces: { en: 'runs', zh: '可运行' },
  added: { en: 'runs; the kernel beneath has none', zh: '可运行；底下的内核没有这个函数' },
  service: { en: 'not run: a service of the simulator', zh: '不运行：模拟器的服务' },
  none: { en: 'not of this kernel', zh: '不属于这个内核' },
};

const states: Readonly<Record<'partial' | 'refused', Bilingual>> = {
  partial: { en: 'incomplete', zh: '不完整' },
  refused: { en: 'refused', zh: '不采用' },
};

const eras: Readonly<Record<KernelEra, Bilingual>> = {
  'before-2.4': { en: 'a kernel older than 2.4', zh: '早于 2.4 的内核' },
  '2.4': { en: 'a 2.4 kernel', zh: '2.4 内核' },
  'after-2.4': { en: 'a kernel newer than 2.4', zh: '晚于 2.4 的内核' },
};

const kinds: Readonly<Record<MendKind, Bilingual>> = {
  dash: { en: 'dashes', zh: '连接号' },
  minus: { en: 'minus signs', zh: '减号' },
  'curly-quote': { en: 'curly quotes', zh: '弯引号' },
  'full-width': { en: 'full-width signs', zh: '全角符号' },
  'full-stop': { en: 'Chinese full stops', zh: '句号' },
  'wide-space': { en: 'wide spaces', zh: '全角空格' },
  'no-break-space': { en: 'no-break spaces', zh: '不换行空格' },
  'zero-width': { en: 'invisible characters', zh: '不可见字符' },
  entity: { en: 'entities of HTML', zh: 'HTML 实体' },
  tag: { en: 'tags of HTML', zh: 'HTML 标签' },
  'line-number': { en: 'line numbers', zh: '行号' },
  'quote-mark': { en: 'quote marks', zh: '引用符' },
  prompt: { en: 'prompts', zh: '提示符' },
  'caret-escape': { en: 'control characters written out', zh: '写成文字的控制字符' },
  'prose-between': { en: 'pieces of text', zh: '夹杂的文字' },
};
