/**
 * `sockscope export SCENARIO|FILE.pkt -o FILE.html`: the run as one HTML page for a class. Out: the file, and nothing else;
 * one that is there already is left as it is, unless `--force` is given. Exit status 2 when it cannot be made.
 */
import type { Bilingual } from '../../base/bilingual';
import { findScenario, scenarioTexts } from '../../facade/scenarios';
import { exportRun, type PageNote } from '../../facade/export-run';
import type { StackFrame } from '../../facade/session';
import { momentsOn } from '../../facade/story';
import type { Query } from '../../query/query';
import { sentence } from '../../sentences/sentence';
import { SourceFile } from '../../source/source-file';
import { defineOption, documentOption } from '../arguments';
import type { Command } from '../command';
import type { Context, ExitStatus } from '../context';
import { openRun } from '../opened-run';
import { readOf } from '../story-words';

export const exportCommand: Command = {
  name: 'export',
  usage: 'export [SCENARIO|FILE.pkt] -o FILE.html [--force] [--document FILE] [-D NAME=VALUE]',
  summary: {
    en: 'a run as one HTML page for a class: story, sources, objects, notes and packets, to be opened without a server',
    zh: '把一次运行导出为课堂用的单个 HTML 页面：故事、源码、对象、注解和报文，无需服务器即可打开',
  },
  options: [{ name: 'output', letter: 'o', value: 'FILE' }, { name: 'force' }, defineOption, documentOption],
  words: [0, 1],
  async run(context) {
    const output = context.args.value('output');
    if (output === undefined || !/\.html?$/i.test(output)) {
      return context.fail('SS9001', sentence('say-which-file-to-write'), sentence('write-output-with-a-name-in-html'));
    }
    const there = context.io.openFile(output);
    if (!context.args.flag('force') && !('code' in there && context.io.isMissing(output))) {
      return context.fail(
        'SS9001',
        sentence('the-file-is-there-already', { path: output }),
        sentence('give-force-or-another-name'),
      );
    }
    return make(context, output);
  },
};

async function make(context: Context, output: string): Promise<ExitStatus> {
  const told = readOf(context);
  if (!told || context.report(told.diagnostics)) {
    return 2;
  }
  const { query } = await context.compiled();
  const opened = await openRun(context, told.word);
  if (!opened?.history) {
    return 2;
  }
  const { session, history } = opened;
  try {
    const name = told.word.replace(/^.*\//, '').replace(/\.pkt$/, '');
    const file = scriptOf(context, told.word);
    const { title, about } = scenarioTexts(file, name);
    const document = context.args.value('document');
    const html = await exportRun({
      session,
      history,
      title,
      about,
      kernel: kernelText(context.kernel?.name, document),
      moments: momentsOn(told.story, context.kernel ? 'linux' : 'bundled'),
      notesFor: (frame) => notesOf(query, frame),
      language: context.language === 'zh' ? 'zh' : 'en',
      breathe: context.breathe,
    });
    if (html === undefined) {
      return context.fail('SS9001', sentence('the-page-would-be-too-large'), sentence('leave-some-out'));
    }
    const problem = context.io.writeFile(output, html);
    return problem && context.report([problem]) ? 2 : 0;
  } finally {
    session.dispose();
  }
}

/** The tree's folder, or that it is the bundled kernel; the document's file besides. */
function kernelText(tree: string | undefined, document: string | undefined): Bilingual {
  const named = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '');
  const kernel = tree === undefined ? { en: 'bundled kernel', zh: '内置内核' } : { en: named(tree), zh: named(tree) };
  const besides = document === undefined ? '' : ` · ${named(document)}`;
  return { en: `${kernel.en}${besides}`, zh: `${kernel.zh}${besides}` };
}

function scriptOf(context: Context, word: string): SourceFile {
  const found =
    word.endsWith('.pkt') || word.includes('/') ? context.io.openFile(word) : findScenario(context.io.media(), word);
  return 'code' in found ? new SourceFile(word, '') : found;
}

/** Notes on the frame's statement, else on its function. */
function notesOf(query: Query, { path, start, end, function: name }: StackFrame): readonly PageNote[] {
  if (path === undefined) {
    return [];
  }
  const onStatement = query.notesForStatement(path, start, end);
  const notes = onStatement.length > 0 ? onStatement : query.notesNamed(name).slice(0, 1);
  return notes.map(({ title, text, source }) => ({
    title: { en: title.en, zh: title.zh },
    text: { en: text.en, zh: text.zh },
    ...(source.length > 0 ? { source: source.join('; ') } : {}),
  }));
}
