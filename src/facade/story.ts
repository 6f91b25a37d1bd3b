/**
 * Stories for fronts: which a scenario or a document tells, and when their moments come in a run.
 *
 * In: a script or a document; the history of a run. Out: moments with clocks, places and the values in focus, one after the
 * other: each is the first of its kind behind the one before it. The run is looked at on a copy and does not move.
 */
import type { History } from '../history/history';
import type { AnswerRow } from '../history/ask';
import { nearestName } from '../scenario/constants';
import { parseScenario } from '../scenario/pkt-parser';
import { sentence } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { readStory, storyLinesOf, type ReadStory } from '../story/read-story';
import type { Story, StoryMoment } from '../story/story-model';

export { storyKeys, documentStoryKeys, storyViews } from '../story/story-model';
export type { Story, StoryMoment, StoryView } from '../story/story-model';
export type { ReadStory } from '../story/read-story';

/** The story that a scenario tells; without moments when it tells none. */
export function scenarioStory(file: SourceFile): ReadStory {
  return readStory(file, parseScenario(file).scenario.header.story, nearestName);
}

/** The story that a document tells; without moments when it tells none. */
export function documentStory(file: SourceFile): ReadStory {
  return readStory(file, storyLinesOf(file.text), nearestName);
}

/** The moments that a kernel has. */
export function momentsOn({ moments }: Story, kernel: 'bundled' | 'linux'): readonly StoryMoment[] {
  return moments.filter((each) => each.kernel === undefined || each.kernel === kernel);
}

/** A moment looked for: where it was found, or what is wrong. */
export type MomentFound =
  | { readonly moment: StoryMoment; readonly row: AnswerRow; readonly problems: readonly Diagnostic[] }
  | {
      readonly moment: StoryMoment;
      readonly row?: undefined;
      readonly problems: readonly Diagnostic[];
      /** It will not be found another time either: nobody ended the search. */
      readonly isFinal: boolean;
    };

export interface StoryOptions {
  /** Called between slices; true ends the search. */
  readonly breathe?: ((clock: number) => Promise<boolean>) | undefined;
  /** What `sockscope ask` would be given, for remedies. */
  readonly scenario?: string | undefined;
}

/** Looks for one moment behind a clock. */
export async function findMoment(
  history: History,
  moment: StoryMoment,
  after: number,
  { breathe, scenario = 'SCENARIO' }: StoryOptions = {},
): Promise<MomentFound> {
  const found = await history.moment(moment.moment, after, { breathe });
  if (!found.answer) {
    const { message, at, remedy } = found.problem;
    const { file, start, end } = moment.place;
    const span = { file, start: Math.min(start + at, end), end };
    return { moment, isFinal: true, problems: [{ code: 'SS5011', severity: 'error', span, message, remedy }] };
  }
  const [row] = found.answer.rows;
  if (row) {
    return { moment, row, problems: withoutValue(moment, row) };
  }
  const isEarlier =
    !found.answer.cancelled &&
    after >= 0 &&
    (await history.moment(moment.moment, -1, { breathe })).answer?.rows.length === 1;
  const message = found.answer.cancelled
    ? sentence('the-story-was-stopped')
    : isEarlier
      ? sentence('the-moment-comes-before-the-one-before-it', { moment: moment.moment })
      : sentence('the-moment-never-comes', { moment: moment.moment });
  const remedy = isEarlier
    ? sentence('put-the-moments-in-order')
    : sentence('see-what-there-is-with-ask', { scenario, question: questionOf(moment) });
  const problem: Diagnostic = { code: 'SS5011', severity: 'error', span: moment.place, message, remedy };
  return { moment, isFinal: !found.answer.cancelled, problems: [problem] };
}

/** Looks for the moments of a story one after the other, each behind the last that was found. */
export async function* playStory(
  history: History,
  moments: readonly StoryMoment[],
  options: StoryOptions = {},
): AsyncGenerator<MomentFound> {
  let after = -1;
  for (const moment of moments) {
    const found = await findMoment(history, moment, after, options);
    after = found.row?.clock ?? after;
    yield found;
  }
}

/** Expressions in focus that have no value there. */
function withoutValue({ place }: StoryMoment, { values }: AnswerRow): Diagnostic[] {
  return values
    .filter(({ value }) => value === undefined)
    .map(({ expression, problem }) => {
      const why = problem ?? sentence('no-reason-is-known');
      const at = place.file.text.indexOf(expression, place.start);
      const start = at < 0 || at >= place.end ? place.start : at;
      return {
        code: 'SS5011',
        severity: 'error',
        span: { file: place.file, start, end: place.end },
        message: sentence('focus-has-no-value-there', { expression, why }),
        remedy: sentence('show-what-the-frame-there-has'),
      };
    });
}

/** The moment as a question to `ask`, without its condition. */
function questionOf({ moment }: StoryMoment): string {
  return moment.replace(/\s+(?:where|nth|show)\s.*$/s, '');
}
