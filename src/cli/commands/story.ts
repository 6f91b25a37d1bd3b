/**
 * `sockscope story SCENARIO|FILE.pkt`: the moments of a story, as they come in the run. Out: for each its clock, place,
 * text, question, and the values of what is in focus; as JSON one object a line. With a document that tells a story, that
 * one; the document may name the scenario. Exit status 1 when a moment does not come, 2 when there is no story to play.
 */
import type { AnswerRow } from '../../facade/history';
import { momentsOn, playStory, type MomentFound } from '../../facade/story';
import { defineOption, documentOption } from '../arguments';
import { placeText } from '../asked-run';
import type { Command } from '../command';
import type { Context, ExitStatus } from '../context';
import { openRun } from '../opened-run';
import { storyOfWords } from '../story-words';

export const storyCommand: Command = {
  name: 'story',
  usage: 'story [SCENARIO|FILE.pkt] [--document FILE] [-D NAME=VALUE]',
  summary: {
    en: 'the moments of a story, with clock, place, text and the values of what is in focus',
    zh: '一个故事的各个时刻：时间、位置、文字，以及所关注对象的值',
  },
  details: [
    {
      en: 'a story stands in the scenario or the document: //! moment: …, //! text.en: …, //! text.zh: … (media/scenarios/README.md)',
      zh: '故事写在场景或文档里：//! moment: …、//! text.en: …、//! text.zh: …（见 media/scenarios/README.md）',
    },
  ],
  options: [defineOption, documentOption],
  words: [0, 1],
  async run(context) {
    const told = storyOfWords(context);
    if (!told) {
      return 2;
    }
    const { story, word } = told;
    const opened = await openRun(context, word);
    if (!opened?.history) {
      return 2;
    }
    const moments = momentsOn(story, context.kernel ? 'linux' : 'bundled');
    try {
      let status: ExitStatus = 0;
      let number = 0;
      for await (const found of playStory(opened.history, moments, { breathe: context.breathe, scenario: word })) {
        tell(context, found, ++number, moments.length);
        if (context.report(found.problems)) {
          status = 1;
        }
      }
      return status;
    } finally {
      opened.session.dispose();
    }
  },
};

function tell(context: Context, { moment, row }: MomentFound, number: number, count: number): void {
  const { text, predict, view } = moment;
  if (context.json) {
    const { clock, place, process, values = [], text: happened } = row ?? {};
    const where = place && { function: place.function, file: place.path, line: place.line };
    context.jsonLine({
      number,
      moment: moment.moment,
      view,
      text,
      ...(predict ? { predict } : {}),
      ...(row ? { clock, place: where, process: process?.name, happened } : {}),
      values: values.map(({ expression, value }) => ({ expression, value })),
    });
    return;
  }
  context.line(`${number}/${count}  ${row ? headOf(row) : moment.moment}`);
  context.line(`     ${context.say(text)}`);
  (row?.values ?? [])
    .filter(({ value }) => value !== undefined)
    .forEach(({ expression, value }) => context.line(`     ${expression} = ${value}`));
  if (predict) {
    context.line(`     ? ${context.say(predict)}`);
  }
}

function headOf({ clock, process, place, text }: AnswerRow): string {
  return [clock, process?.name ?? '-', ...(place ? [placeText(place)] : []), text].join('  ');
}
