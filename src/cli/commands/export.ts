/**
 * `sockscope export SCENARIO|FILE.pkt -o FILE.html`: the run as one HTML page for a class. Out: the file, and nothing else;
 * one that is there already is left as it is, unless `--force` is given. Exit status 2 when it cannot be made.
 */
import { findScenario, scenarioTexts } from '../../facade/scenarios';
import { exportRun, pageLanguage } from '../../facade/export-run';
import { momentsOn } from '../../facade/story';
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
    const html = await exportRun({
      session,
      history,
      title,
      about,
      tree: context.kernel?.name,
      document: context.args.value('document'),
      moments: momentsOn(told.story, context.kernel ? 'linux' : 'bundled'),
      query,
      language: pageLanguage(context.language),
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

function scriptOf(context: Context, word: string): SourceFile {
  const found =
    word.endsWith('.pkt') || word.includes('/') ? context.io.openFile(word) : findScenario(context.io.media(), word);
  return 'code' in found ? new SourceFile(word, '') : found;
}
