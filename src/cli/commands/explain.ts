/**
 * `sockscope explain SYMBOL|FILE:LINE`: what the editor's hover says. In: a name (`inet_create`, `sock.state`, `EINVAL`,
 * `P05`, `wake-one`) or a place (`af_inet.c:72`). Out: type, offset, definition and notes. Exit status 1 when nothing is
 * known.
 */
import { hoverPlain, notePlain } from '../../query/render';
import type { Hover, Note } from '../../query/query-types';
import type { Query } from '../../query/query';
import type { SourceFile } from '../../source/source-file';
import { position0 } from '../../source/position';
import type { Program } from '../../session/program';
import type { Command } from '../command';
import type { Context } from '../context';

export const explainCommand: Command = {
  name: 'explain',
  usage: 'explain SYMBOL|FILE:LINE…',
  summary: {
    en: 'note, type, offset and definition of a name or a line',
    zh: '解释一个名字或一行：注解、类型、偏移、定义',
  },
  words: [1, 1000],
  async run(context) {
    const { query, program } = await context.compiled();
    const answers = context.args.words.map((word) => explain(word, query, program));
    if (context.json) {
      context.printJson(
        answers.map(({ word, hover, notes, place }) => ({ name: word, ...place, parts: hover?.parts ?? [], notes })),
      );
    }
    answers.forEach((answer, index) => {
      if (!known(answer)) {
        context.fail(
          'SS9001',
          { en: `nothing is known about '${answer.word}'`, zh: `没有关于“${answer.word}”的内容` },
          {
            en: 'name a function, struct.field, constant, concept or FILE:LINE of the kernel',
            zh: '请给函数、结构体.成员、常量、概念，或内核的 文件:行号',
          },
        );
      } else if (!context.json) {
        print(context, answer, index > 0);
      }
    });
    return answers.every(known) ? 0 : 1;
  },
};

interface Answer {
  readonly word: string;
  readonly place?: { readonly file: string; readonly line: number; readonly text: string };
  readonly hover?: Hover;
  readonly notes: readonly Note[];
}

function known({ hover, notes }: Answer): boolean {
  return hover !== undefined || notes.length > 0;
}

function explain(word: string, query: Query, program: Program | undefined): Answer {
  const place = /^(.+):(\d+)$/.exec(word);
  const file = place && program ? fileNamed(place[1]!, program) : undefined;
  if (place && file) {
    return explainLine(word, file, Number(place[2]), query);
  }
  const hover = query.hoverOf(word);
  return { word, hover, notes: hover ? [] : query.notesNamed(word) };
}

/** A file of the program by its path or the end of it. */
function fileNamed(name: string, program: Program): SourceFile | undefined {
  const paths = program.image.debug.files;
  const path =
    paths.find((each) => each === name) ??
    paths.find((each) => each.endsWith(`/${name.replace(/^media\/kernel\//, '')}`));
  return program.loader.load(path ?? name);
}

function explainLine(word: string, file: SourceFile, line: number, query: Query): Answer {
  const start = file.offsetAt(position0(line - 1, 0));
  const end = start + file.lineText(line - 1).length;
  const place = { file: file.path, line, text: file.lineText(line - 1).trim() };
  return { word, place, hover: undefined, notes: line <= file.lineCount ? query.notesForRange(file, start, end) : [] };
}

function print(context: Context, { place, hover, notes }: Answer, further: boolean): void {
  if (further) {
    context.line('');
  }
  if (place) {
    context.line(`${place.file}:${place.line}  ${place.text}`);
  }
  if (hover) {
    context.line(hoverPlain(hover, context.language).replaceAll('`', ''));
  }
  notes.forEach((note) => context.line(notePlain(note, context.language).replaceAll('`', '')));
}
