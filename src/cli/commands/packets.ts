/**
 * `sockscope packets SCENARIO|FILE.pkt`: the packets of a run. Out: a line for each, with the calls between them; as JSON
 * the ladder's life lines and rows; with `--svg` the ladder as a picture, with `--pcapng` a capture file that Wireshark
 * opens, both on stdout or, with `--output`, in a file. Exit status as `run`: 1 when an expectation was not met.
 */
import {
  capturedPackets,
  ladderSvg,
  packetOrigins,
  packetWords,
  pcapng,
  sessionLadder,
  timeText,
  type Ladder,
  type LadderRow,
} from '../../facade/ladder';
import type { SessionApi } from '../../facade/session';
import { budgetOption, defineOption, documentOption, rewriteOption } from '../arguments';
import type { Command } from '../command';
import type { Context, ExitStatus } from '../context';
import { output, outputOption } from '../file-output';
import { openRun, statusOf, whileOpen } from '../opened-run';

export const packetsCommand: Command = {
  name: 'packets',
  usage: 'packets SCENARIO|FILE.pkt [--svg|--pcapng] [--output FILE] [--absolute] [--document FILE] [-D NAME=VALUE]',
  summary: {
    en: 'the packets of a run, with calls, states and times; as a ladder (--svg) or for Wireshark (--pcapng)',
    zh: '一次运行中的报文，连同系统调用、状态和时间；可输出为梯形图（--svg）或供 Wireshark 打开（--pcapng）',
  },
  options: [
    { name: 'svg' },
    { name: 'pcapng' },
    { name: 'absolute' },
    outputOption,
    defineOption,
    rewriteOption,
    budgetOption,
    documentOption,
  ],
  words: [1, 1],
  run(context) {
    return whileOpen(openRun(context), async ({ session }) => {
      return await show(context, session);
    });
  },
};

async function show(context: Context, session: SessionApi): Promise<ExitStatus> {
  const { args, breathe } = context;
  let stop = await session.start({ breathe });
  if (stop.reason !== 'end' && stop.reason !== 'fault') {
    stop = await session.run('continue', { breathe });
  }
  const status = statusOf(stop, context);
  if (args.flag('pcapng')) {
    const journal = [...session.journal()];
    const comments = await packetOrigins(session, journal, breathe);
    const bytes = pcapng(capturedPackets(journal, comments), `sockscope ${context.io.version}`);
    return output(context, bytes) ?? status;
  }
  const ladder = sessionLadder(session);
  if (args.flag('svg')) {
    const language = context.language === 'zh' ? 'zh' : 'en';
    const svg = ladderSvg(ladder, args.words[0] ?? '', { language, absolute: args.flag('absolute') });
    return output(context, new TextEncoder().encode(svg)) ?? status;
  }
  if (context.json) {
    context.printJson(ladder);
  } else {
    ladder.rows.forEach((row) => context.line(lineOf(context, ladder, row)));
  }
  return status;
}

function lineOf(context: Context, { lifelines }: Ladder, row: LadderRow): string {
  const at = lifelines[row.at]?.name ?? '';
  const head = `${timeText(row.time).padStart(10)}  ${String(row.clock).padStart(7)}  `;
  if (row.kind !== 'packet') {
    return `${head}${at}: ${context.say(row.text)}`;
  }
  const again =
    row.repeats === undefined ? '' : context.say({ en: ` (again #${row.repeats})`, zh: `（重传 #${row.repeats}）` });
  const to = lifelines[row.to]?.name ?? '';
  return `${head}#${row.number} ${at} → ${to}  ${packetWords(row, context.args.flag('absolute'))}${again}`;
}
