/**
 * A run as a page for a class.
 *
 * In: a session with its history, a story or none, what is known of the kernel. Out: the page as HTML text. The session is
 * taken to each moment; where there is no story, the moments are what the journal tells of results and packets.
 */
import { bilingual } from '../sentences/wording';
import { sentence } from '../sentences/sentence';
import { pageHtml } from '../page/page-html';
import type { PageCard, PageLanguage, PageLine, PageModel, PageMoment, PageNote } from '../page/page-model';
import type { Bilingual } from '../base/bilingual';
import type { History } from '../history/history';
import type { RowPlace } from '../history/rows';
import type { Query } from '../query/query';
import type { SessionApi } from '../session/session-api';
import type { ObjectCard } from '../values/object-view';
import type { StackFrame } from '../values/value-model';
import { ladderSvg, sessionLadder } from './ladder';
import { playStory, type MomentFound, type StoryMoment } from './story';

export interface ExportInput {
  readonly session: SessionApi;
  readonly history: History;
  readonly title: Bilingual;
  readonly about: Bilingual;
  /** The tree's folder; undefined for the bundled kernel. */
  readonly tree: string | undefined;
  /** The document whose functions run in place of the kernel's. */
  readonly document: string | undefined;
  readonly moments: readonly StoryMoment[];
  /** Where the notes are. */
  readonly query: Query;
  readonly language: PageLanguage;
  /** Called now and then; true ends it. */
  readonly breathe: (clock: number) => Promise<boolean>;
}

/** Lines of source above and below the statement. */
const AROUND = 6;
/** Moments that are made of a journal. */
const MOST_MADE = 40;
/** Objects of a moment, and rows of each. */
const MOST_CARDS = 12;
const MOST_ROWS = 14;
/** Entries of the ladder: more would be a picture that nobody can read. */
const MOST_LADDER_ROWS = 400;

/** The language of a page for a reader's: English where no page has it. */
export function pageLanguage(language: string): PageLanguage {
  return language === 'zh' || language === 'both' ? language : 'en';
}

/** The page; undefined when it would be too large, or somebody ended the work. */
export async function exportRun(input: ExportInput): Promise<string | undefined> {
  const { session, breathe } = input;
  const isMade = input.moments.length === 0;
  const told = isMade ? [] : await toldMoments(input);
  let stop = await session.start({ breathe });
  if (stop.reason !== 'end' && stop.reason !== 'fault') {
    stop = await session.run('continue', { breathe });
  }
  const ladder = sessionLadder(session);
  const moments = isMade ? await madeMoments(input) : told.length > 0 ? await seen(input, told) : [];
  if (await breathe(stop.clock)) {
    return undefined;
  }
  const svg = (language: 'en' | 'zh'): string =>
    ladderSvg(ladder, input.title[language], { language, absolute: false });
  const model: PageModel = {
    title: input.title,
    about: input.about,
    kernel: kernelText(input),
    isMade,
    moments,
    ...(ladder.rows.length > 0 && ladder.rows.length <= MOST_LADDER_ROWS
      ? { ladder: { en: svg('en'), zh: svg('zh') } }
      : {}),
  };
  return pageHtml(model, input.language);
}

async function toldMoments({ history, moments, breathe }: ExportInput): Promise<MomentFound[]> {
  const told: MomentFound[] = [];
  for await (const found of playStory(history, moments, { breathe })) {
    told.push(found);
  }
  return told;
}

/** What is to be seen at each moment of a story. */
async function seen(input: ExportInput, told: readonly MomentFound[]): Promise<PageMoment[]> {
  const moments: PageMoment[] = [];
  for (const [index, { moment, row, problems }] of told.entries()) {
    const next = told[index + 1]?.moment;
    const values = (row?.values ?? []).flatMap(({ expression, value }) =>
      value === undefined ? [] : [{ expression, value }],
    );
    const [problem] = problems;
    const why = problem?.message ?? sentence('the-story-was-stopped');
    moments.push({
      clock: row?.clock ?? -1,
      process: row?.process?.name,
      text: moment.text,
      predict: moment.predict,
      answer: moment.predict && next?.text,
      values,
      ...(row ? await around(input, row.clock, row.place) : { cards: [], notes: [], problem: bilingual(why) }),
    });
  }
  return moments;
}

/** Results and packets of the journal as moments. */
async function madeMoments(input: ExportInput): Promise<PageMoment[]> {
  const { session } = input;
  const entries = session.journal().filter(({ event }) => event === 'return' || event === 'packet');
  const moments: PageMoment[] = [];
  for (const entry of entries.slice(0, MOST_MADE)) {
    moments.push({
      clock: entry.clock,
      text: session.entryText(entry),
      values: [],
      ...(await around(input, Math.max(session.stop.oldest, entry.clock - 1), undefined)),
    });
  }
  return moments;
}

/** Source, objects and notes where the run stands at a clock. */
async function around(
  { session, query, breathe }: ExportInput,
  clock: number,
  place: RowPlace | undefined,
): Promise<Pick<PageMoment, 'source' | 'cards' | 'notes'>> {
  await session.travelTo(clock, { breathe });
  const stack = session.stop.thread < 0 ? [] : session.stack(session.stop.thread);
  const [frame] = stack;
  const cards = session.objectView(stack).cards.slice(0, MOST_CARDS).map(cardOf);
  const where = place ?? (frame?.path === undefined ? undefined : { ...frame, path: frame.path });
  return {
    cards,
    notes: frame ? notesOf(query, frame) : [],
    source: where && {
      function: where.function,
      path: where.path,
      lines: linesAround(session, where.path, where.line, where.endLine),
    },
  };
}

function linesAround(session: SessionApi, path: string, line: number, endLine: number): PageLine[] {
  const file = session.sourceFile(path);
  if (!file) {
    return [];
  }
  const from = Math.max(1, line - AROUND);
  const to = Math.min(file.lineCount, Math.min(endLine, line + AROUND) + AROUND);
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const number = from + index;
    return { number, text: file.lineText(number - 1), isHere: number === line };
  });
}

/** The way to it in C; without the address that it begins with, where it begins with one. */
function titleOf({ expression, typeName }: ObjectCard): string {
  return /^\(struct \w+ \*\) ?0x[0-9a-f]+$/.test(expression)
    ? typeName.replace('struct ', '')
    : expression.replace(/^\(?\(struct (\w+) \*\) ?0x[0-9a-f]+\)?/, '$1');
}

function cardOf(card: ObjectCard): PageCard {
  return {
    title: card.variables[0] ?? titleOf(card),
    type: card.typeName,
    summary: card.summary,
    rows: card.important.slice(0, MOST_ROWS).map(({ id, short, display }) => ({ name: id, value: short ?? display })),
  };
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

/** The tree's folder, or that it is the bundled kernel; the document's file besides. */
function kernelText({ tree, document }: ExportInput): Bilingual {
  const named = (path: string): string => path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');
  const kernel = tree === undefined ? { en: 'bundled kernel', zh: '内置内核' } : { en: named(tree), zh: named(tree) };
  const besides = document === undefined ? '' : ` · ${named(document)}`;
  return { en: `${kernel.en}${besides}`, zh: `${kernel.zh}${besides}` };
}
