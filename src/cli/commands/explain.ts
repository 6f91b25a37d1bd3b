/**
 * `sockscope explain SYMBOL|FILE:LINE`: what the editor's hover says. In: a name (`inet_create`, `sock.state`, `EINVAL`,
 * `P05`, `wake-one`) or a place (`af_inet.c:72`). Out: type, offset, definition and notes. Exit status 1 when there is
 * nothing to say about a line, 2 when a name is unknown.
 */
import { itemAt } from '../../base/checked-access';
import { hoverPlain, notePlain } from '../../query/render';
import type { Hover, Note } from '../../query/query-types';
import type { Query } from '../../query/query';
import type { SourceFile } from '../../source/source-file';
import { position0 } from '../../source/position';
import { filesOf, sourceOf, type Program } from '../../facade/program';
import { namesBefore } from '../../facade/scenarios';
import { filesNamed } from '../../source/named-file';
import { suggestion } from '../suggestion';
import { sentence } from '../../sentences/sentence';
import { documentOption } from '../arguments';
import type { Command } from '../command';
import type { Context } from '../context';
import { isAbsolute, treeAround } from '../tree-around';

export const explainCommand: Command = {
  name: 'explain',
  usage: 'explain SYMBOL|FILE:LINE… [--document FILE]',
  summary: {
    en: 'note, type, offset and definition of a name or a line',
    zh: '解释一个名字或一行：注解、类型、偏移、定义',
  },
  options: [documentOption],
  words: [1, 1000],
  async run(context) {
    if (context.document === 'failed') {
      return 2;
    }
    if (!findTree(context)) {
      return 2;
    }
    const { query, program } = await context.compiled({ readsLittle: true });
    const answers = context.args.words.map((word) => explainEither(word, query, program));
    if (context.json) {
      context.printJson(
        answers.map(({ word, now, hover, notes, place }) => ({
          name: word,
          ...(now === undefined ? {} : { in24: now }),
          ...place,
          parts: hover?.parts ?? [],
          notes,
        })),
      );
    }
    answers.forEach((answer, index) => {
      if (!known(answer)) {
        refuse(context, answer, query);
      } else if (!context.json) {
        print(context, answer, index > 0);
      }
    });
    return answers.every(known) ? 0 : answers.some((each) => !known(each) && !each.place) ? 2 : 1;
  },
};

/** A place in somebody's own tree is explained from that tree, and says so. False, and told: it lies in none. */
function findTree(context: Context): boolean {
  const { io, args } = context;
  if (args.value('kernel') !== undefined) {
    return true;
  }
  for (const word of args.words) {
    const path = /^(.+):\d+$/.exec(word)?.[1];
    const isOutside = path !== undefined && (isAbsolute(path) || (path.includes('/') && !io.isMissing(path)));
    const around = isOutside ? treeAround(path, io) : undefined;
    if (around && !around.isBundled) {
      const { folder } = around;
      context.errorLine(context.say({ en: `explained from the tree ${folder}`, zh: `按源码树 ${folder} 解释` }));
      context.useTree(folder);
      return true;
    }
    if (path !== undefined && isAbsolute(path) && !around) {
      const message = sentence(io.isMissing(path) ? 'there-is-no-file-path' : 'path-is-in-no-tree', { path });
      context.fail('SS9001', message, sentence('name-the-tree-or-a-path-below-it'));
      return false;
    }
  }
  return true;
}

interface Answer {
  readonly word: string;
  /** What 2.4 calls it, when the word is of a later kernel. */
  readonly now?: string;
  readonly place?: { readonly file: string; readonly line: number; readonly text: string };
  readonly hover?: Hover;
  readonly notes: readonly Note[];
  /** Files of the program that the word may mean. */
  readonly files: readonly string[];
}

function known({ hover, notes }: Answer): boolean {
  return hover !== undefined || notes.length > 0;
}

/** Says that there is nothing, and what was meant perhaps. */
function refuse(context: Context, { word, place, files }: Answer, query: Query): void {
  if (place) {
    context.fail(
      'SS9001',
      { en: `nothing is known about ${place.file}:${place.line}`, zh: `没有关于 ${place.file}:${place.line} 的内容` },
      { en: 'name a line with a statement that has a note, or a definition', zh: '请给有注解的语句或定义所在的行' },
    );
    return;
  }
  const several = files.length > 1;
  const remedy = several
    ? { en: `it may be any of ${files.join(', ')}`, zh: `可能是其中之一：${files.join('、')}` }
    : suggestion(word, candidates(word, query), {
        en: 'name a function, struct.field, constant, concept or FILE:LINE of the kernel',
        zh: '请给函数、结构体.成员、常量、概念，或内核的 文件:行号',
      });
  context.fail('SS9001', { en: `nothing is known about '${word}'`, zh: `没有关于“${word}”的内容` }, remedy);
}

/** What can be explained and has a name of the word's kind. */
function candidates(word: string, { catalog, facts }: Query): Iterable<string> {
  const line = /:\d+$/.exec(word)?.[0];
  if (line !== undefined) {
    const short = !word.includes('/');
    return (facts?.debug.files ?? []).map((path) => (short ? path.slice(path.lastIndexOf('/') + 1) : path) + line);
  }
  const struct = /^(?:(?:struct|union)\s+)?(\w+)\./.exec(word)?.[1];
  const fields = struct === undefined ? [] : (facts?.record(struct)?.fields ?? []);
  return new Set([
    ...fields.map(({ name }) => `${struct}.${name}`),
    ...(facts?.names() ?? []),
    ...catalog.entries.flatMap(({ id, kind, name }) => (kind === 'statement' ? [id] : [name])),
  ]);
}

/** A name of a later kernel is explained as what it is in 2.4. */
function explainEither(word: string, query: Query, program: Program | undefined): Answer {
  const answer = explain(word, query, program);
  const others = known(answer) ? [] : namesBefore(word).map((now) => ({ ...explain(now, query, program), word, now }));
  return others.find(known) ?? answer;
}

function explain(word: string, query: Query, program: Program | undefined): Answer {
  const place = /^(.+):(\d+)$/.exec(word);
  const paths = program ? filesOf(program) : [];
  const files = place ? filesNamed(itemAt(place, 1), paths) : [];
  const file = program && files.length === 1 ? sourceOf(program, itemAt(files, 0)) : undefined;
  if (place && file && Number(place[2]) >= 1 && Number(place[2]) <= file.lineCount) {
    return explainLine(word, file, Number(place[2]), query);
  }
  const hover = query.hoverOf(word);
  return { word, files, hover, notes: hover ? [] : query.notesNamed(word) };
}

function explainLine(word: string, file: SourceFile, line: number, query: Query): Answer {
  const start = file.offsetAt(position0(line - 1, 0));
  const end = start + file.lineText(line - 1).length;
  const place = { file: file.path, line, text: file.lineText(line - 1).trim() };
  const notes = query.notesForRange(file, start, end);
  const hover = query.definitionOn(file, line);
  if (hover || notes.length > 0) {
    return { word, place, files: [file.path], hover, notes };
  }
  // A line of a table says what its names are; any other one belongs to its function.
  const around = query.functionAround(file, line);
  const named = around ? undefined : joined(query.namesOn(file, line));
  return { word, place, files: [file.path], hover: around ?? named, notes };
}

/** Several hovers as one. */
function joined(hovers: readonly Hover[]): Hover | undefined {
  const [first] = hovers;
  return first && { ...first, parts: hovers.flatMap(({ parts }) => parts) };
}

function print(context: Context, { word, now, place, hover, notes }: Answer, further: boolean): void {
  if (further) {
    context.line('');
  }
  if (now !== undefined) {
    context.line(
      context.say({
        en: `${word} is a name of later kernels; in 2.4 it is ${now}:`,
        zh: `${word} 是后来内核里的名字，在 2.4 里是 ${now}：`,
      }),
    );
  }
  if (place) {
    context.line(`${place.file}:${place.line}  ${place.text}`);
  }
  if (hover) {
    context.line(hoverPlain(hover, context.language).replaceAll('`', ''));
  }
  notes.forEach((note) => context.line(notePlain(note, context.language).replaceAll('`', '')));
}
