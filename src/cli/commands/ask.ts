/**
 * `sockscope ask SCENARIO|FILE.pkt QUESTION`: asks a whole run. Out: a line for each row: clock, process, place, what
 * happened, the values asked for. Exit status 1 when no row was found, 2 when the question cannot be asked.
 */
import type { AnswerRow } from '../../facade/history';
import { shownIn } from '../../facade/value-words';
import { defineOption, documentOption } from '../arguments';
import { asking, atOption, openAsked, placeText, refuse, remedyOutside } from '../asked-run';
import type { Command } from '../command';
import type { Context } from '../context';
import { whileOpen } from '../opened-run';

export const askCommand: Command = {
  name: 'ask',
  usage: 'ask SCENARIO|FILE.pkt QUESTION [--at PLACE|CLOCK] [-D NAME=VALUE] [--document FILE]',
  summary: {
    en: "ask a whole run: 'calls(tcp_v4_rcv) where skb->len > 0', 'packets where syn', …",
    zh: '查问整个运行：calls(tcp_v4_rcv) where skb->len > 0、packets where syn 等',
  },
  details: [
    {
      en: 'calls(F), returns(F) [$ret], stops at FILE:LINE: where and show take C, seen from there',
      zh: 'calls(F)、returns(F)（$ret 为返回值）、stops at 文件:行号：where 和 show 后写 C 表达式，在该处求值',
    },
    {
      en: 'writes(X) [$old, $new], packets and drops [syn, ack, sport, len, …], sockets [state, from, num, …],',
      zh: 'writes(X)（$old、$new）、packets 和 drops（syn、ack、sport、len 等）、sockets（state、from、num 等）、',
    },
    {
      en: '  wakeups [pid, by, queue], messages [level]: where and show take these names and constants',
      zh: '  wakeups（pid、by、queue）、messages（level）：where 和 show 后写这些名字和常量',
    },
    {
      en: 'from and to: a clock, a place, start, now or end. --at: the moment that writes(X) names X from',
      zh: 'from 和 to：时刻、位置、start、now 或 end。--at：writes(X) 从哪个时刻看 X',
    },
  ],
  options: [atOption, defineOption, documentOption],
  words: [2, 2],
  async run(context) {
    const question = context.args.words[1] ?? '';
    const writes = /^\s*writes\b/.test(question);
    return whileOpen(openAsked(context, writes), async ({ history, frame }) => {
      const asked = await history.ask(question, frame, asking(context));
      if (!asked.answer) {
        const { message, at, remedy } = asked.problem;
        const outside = writes ? remedyOutside(frame) : undefined;
        return refuse(context, question, message, at, remedy ?? outside);
      }
      const { rows, dropped, span } = asked.answer;
      if (dropped > 0 && !context.json) {
        context.line(context.say({ en: `(${dropped} rows before these)`, zh: `（之前还有 ${dropped} 行）` }));
      }
      rows.forEach((row) => (context.json ? context.jsonLine(row) : context.line(rowText(row, context))));
      if (rows.length === 0) {
        context.errorLine(
          context.say({
            en: `no moment answers: statements ${span.from} to ${span.to} were looked at`,
            zh: `没有符合的时刻：查看了第 ${span.from} 到 ${span.to} 条语句`,
          }),
        );
      }
      return rows.length > 0 ? 0 : 1;
    });
  },
};

function rowText({ clock, process, place, text, values }: AnswerRow, context: Context): string {
  const shown = values.map(({ expression, value, problem }) => {
    return `${expression} = ${value === undefined ? (problem ? context.sentence(problem) : '?') : shownIn(value, context.language)}`;
  });
  const who = process ? `${process.name} (${process.pid})` : '-';
  return [clock, who, ...(place ? [placeText(place)] : []), shownIn(text, context.language), ...shown].join('  ');
}
