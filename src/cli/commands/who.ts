/**
 * `sockscope who SCENARIO|FILE.pkt EXPRESSION`: the statement that made a variable, field, element or some bytes what they
 * are at a moment; with `--all` every change up to there. Exit status 1 when nothing ever wrote them, 2 when the question
 * cannot be asked.
 */
import type { ChangeRow, NearestRow } from '../../facade/history';
import { shownIn } from '../../facade/value-words';
import { defineOption, documentOption } from '../arguments';
import { asking, atOption, openAsked, placeText, refuse, remedyOutside, type AskedRun } from '../asked-run';
import type { Command } from '../command';
import type { Context, ExitStatus } from '../context';
import { whileOpen } from '../opened-run';

export const whoCommand: Command = {
  name: 'who',
  usage: 'who SCENARIO|FILE.pkt EXPRESSION [--at PLACE|CLOCK] [--all] [-D NAME=VALUE] [--document FILE]',
  summary: {
    en: 'the statement that last wrote a variable, field or element; --all lists every change',
    zh: '找出最后写入某变量、成员或元素的语句；--all 列出每次变化',
  },
  details: [
    {
      en: '--at: the moment to look from, the last visit to FILE:LINE or FUNCTION, or a clock; the end of the run otherwise',
      zh: '--at：从哪个时刻看，即最后一次到达 文件:行号 或函数时，或某个时刻；不给则为运行结束时',
    },
  ],
  options: [atOption, { name: 'all' }, defineOption, documentOption],
  words: [2, 2],
  run(context) {
    return whileOpen(openAsked(context, true), async (opened) => {
      return await answer(context, opened);
    });
  },
};

async function answer(context: Context, { history, frame }: AskedRun): Promise<ExitStatus> {
  const expression = context.args.words[1] ?? '';
  const { target, problem } = readTarget(history.target(expression, frame));
  if (!target) {
    return refuse(context, expression, problem ?? { en: expression, zh: expression }, 0, remedyOutside(frame));
  }
  if (context.args.flag('all')) {
    const { rows, dropped } = await history.allChanges(target, asking(context));
    if (context.json) {
      rows.forEach((row) => context.jsonLine(row));
    } else {
      if (dropped > 0) {
        context.line(context.say({ en: `(${dropped} changes before these)`, zh: `（之前还有 ${dropped} 次变化）` }));
      }
      rows.forEach((row) => context.line(rowText(row, context)));
    }
    return rows.length > 0 ? 0 : 1;
  }
  return tell(context, expression, await history.whoWrote(target, asking(context)));
}

function readTarget(found: ReturnType<AskedRun['history']['target']>) {
  return found.target ? { target: found.target } : { problem: found.problem };
}

function tell(context: Context, expression: string, found: NearestRow): ExitStatus {
  if (context.json) {
    context.jsonLine(found);
  } else if (found.kind === 'change') {
    context.line(rowText(found.row, context));
  } else if (found.kind === 'since-entry') {
    const { clock, place } = found.row;
    const where = `${place?.function ?? '?'} (${placeText(place)}, ${clock})`;
    context.line(
      context.say({
        en: `${expression} is as it was when ${where} was called`,
        zh: `${expression} 自 ${where} 被调用以来没有变过`,
      }),
    );
  } else {
    context.line(context.say({ en: `nothing has changed ${expression}`, zh: `${expression} 从未变过` }));
  }
  return found.kind === 'change' || found.kind === 'since-entry' ? 0 : 1;
}

/** `10348263  A (100)  tcp_set_state  net/ipv4/tcp.c:164  sk->state: 1 (TCP_ESTABLISHED) → 7 (TCP_CLOSE)`. */
function rowText({ clock, process, place, members, by, service }: ChangeRow, context: Context): string {
  const who =
    by === 'scenario'
      ? context.say({ en: 'outside the C', zh: 'C 之外' })
      : by === 'hand'
        ? context.say({ en: 'by hand', zh: '手工修改' })
        : (place?.function ?? '?') + (service === undefined ? '' : ` > ${service}`);
  const what = shownIn(members.map(({ name, from, to }) => `${name}: ${from} → ${to}`).join(', '), context.language);
  return [clock, process ? `${process.name} (${process.pid})` : '-', who, placeText(place), what].join('  ');
}
