/**
 * `sockscope origin SCENARIO|FILE.pkt EXPRESSION`: where the value of a variable, field or element came from, hop by hop, to
 * a constant, an argument of a system call, a packet of the script, or what was computed. Exit status 2 when the question
 * cannot be asked.
 */
import { originLines } from '../../facade/branch-words';
import { defineOption, documentOption } from '../arguments';
import { asking, atOption, openAsked, refuse } from '../asked-run';
import type { Command } from '../command';
import { whileOpen } from '../opened-run';

export const originCommand: Command = {
  name: 'origin',
  usage: 'origin SCENARIO|FILE.pkt EXPRESSION [--at PLACE|CLOCK] [-D NAME=VALUE] [--document FILE]',
  summary: {
    en: 'where a value came from: back through copies, calls, other processes and the wire',
    zh: '某个值从哪里来：逐跳追溯，经过复制、调用、其他进程和网线',
  },
  details: [
    {
      en: '--at: the moment of the value, the last visit to FILE:LINE or FUNCTION, or a clock; the end of the run otherwise',
      zh: '--at：取哪个时刻的值，即最后一次到达 文件:行号 或函数时，或某个时刻；不给则为运行结束时',
    },
  ],
  options: [atOption, defineOption, documentOption],
  words: [2, 2],
  run(context) {
    return whileOpen(openAsked(context, true), async ({ session, history, frame }) => {
      const expression = context.args.words[1] ?? '';
      const { value, diagnostics } = session.evaluate(expression, frame);
      if (value?.address === undefined || !value.size) {
        const noPlace = { en: `${expression} has no place in memory`, zh: `${expression} 不在内存中` };
        return refuse(context, expression, diagnostics[0]?.message ?? noPlace);
      }
      const { address, size } = value;
      const target = history.valueNamed(expression, { address, size }, frame);
      const origin = await history.origins.of(target, asking(context));
      if (context.json) {
        context.printJson(origin);
      } else {
        for (const { indent, text } of originLines(origin)) {
          context.line(' '.repeat(indent) + context.sentence(text));
        }
      }
      return 0;
    });
  },
};
