/**
 * `sockscope compare SCENARIO|FILE.pkt`: the run as it is, and as it would be with changes: the first statement, the
 * packets and the results of calls that differ. Exit status 0 when nothing differs, 1 when something does, 2 when it
 * cannot be run.
 */
import { comparisonLines, type Comparison, type Order } from '../../facade/branch-words';
import type { SessionApi } from '../../facade/session';
import type { Told } from '../../sentences/sentence';
import { defineOption, documentOption, type OptionSpec } from '../arguments';
import type { Command } from '../command';
import type { Context } from '../context';
import { openRun, whileOpen } from '../opened-run';

const option = (name: string, value: string, pattern: RegExp): OptionSpec => ({
  name,
  value,
  repeated: true,
  form: { pattern, shown: { en: value, zh: value } },
});

const changeForm = /^(.+?)=(?!=)(.+)@([^@]+)$/;
const delayForm = /^(\d{1,9}):(\d{1,9})(us|ms|s)$/;
const allocationForm = /^(\d{1,9})(?::(\S+))?$/;
const microseconds: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000 };

export const compareCommand: Command = {
  name: 'compare',
  usage:
    'compare SCENARIO|FILE.pkt [--change EXPR=VALUE@PLACE] [--drop-packet N] [--delay-packet N:200ms] [--fail-allocation N[:CACHE]] [--run-first PID] [-D NAME=VALUE] [--document FILE]',
  summary: {
    en: 'a run as it is and with changes: what differs',
    zh: '比较原来的运行与改动后的运行：有何不同',
  },
  details: [
    {
      en: 'PLACE is a function, FILE:LINE or a clock; packets are counted over the whole run, allocations from its start',
      zh: 'PLACE 是函数、文件:行号或某个时刻；报文按整个运行计数，分配从运行开始计数',
    },
  ],
  options: [
    option('change', 'EXPR=VALUE@PLACE', changeForm),
    option('drop-packet', 'N', /^\d{1,9}$/),
    option('delay-packet', 'N:200ms', delayForm),
    option('fail-allocation', 'N[:CACHE]', allocationForm),
    option('run-first', 'PID', /^\d{1,9}$/),
    defineOption,
    documentOption,
  ],
  words: [1, 1],
  run(context) {
    return whileOpen(openRun(context), async ({ session }) => {
      await session.start({ breathe: context.breathe });
      const problem = await changeAll(context, session);
      if (problem !== undefined) {
        return context.fail('SS9001', typeof problem === 'string' ? { en: problem, zh: problem } : problem);
      }
      return await tell(context, session);
    });
  },
};

/** Makes the changes; answers what is wrong with one. */
async function changeAll(context: Context, session: SessionApi): Promise<Told | undefined> {
  for (const order of ordersOf(context)) {
    const ordered = await session.branches.order(order);
    if (ordered.kind === 'refused') {
      return ordered.why;
    }
  }
  for (const text of context.args.values('change')) {
    const [, target = '', value = '', place = ''] = changeForm.exec(text) ?? [];
    if (!(await goTo(session, place.trim()))) {
      return { en: `the run does not come to ${place}`, zh: `运行不会走到 ${place}` };
    }
    const { diagnostics, value: set } = session.assign(target, value, session.stack(session.stop.thread)[0]);
    if (!set) {
      return diagnostics[0]?.message ?? text;
    }
  }
  return undefined;
}

function ordersOf({ args }: Context): Order[] {
  return [
    ...args.values('fail-allocation').map((text): Order => {
      const [, nth, target = '*'] = allocationForm.exec(text) ?? [];
      return { kind: 'allocation', nth: Number(nth), target };
    }),
    ...args.values('run-first').map((pid): Order => ({ kind: 'run-first', pid: Number(pid) })),
    ...args.values('drop-packet').map((packet): Order => ({ kind: 'packet', packet: Number(packet), by: undefined })),
    ...args.values('delay-packet').map((text): Order => {
      const [, packet, time, unit = 'ms'] = delayForm.exec(text) ?? [];
      return { kind: 'packet', packet: Number(packet), by: Number(time) * (microseconds[unit] ?? 1) };
    }),
  ];
}

/** To a clock, or to the first visit from here on of a function or a line. */
async function goTo(session: SessionApi, place: string): Promise<boolean> {
  if (/^\d{1,12}$/.test(place)) {
    const clock = Number(place);
    return (await session.travelTo(clock)).clock === clock;
  }
  const [, path, line] = /^(.+):(\d{1,7})$/.exec(place) ?? [];
  const file =
    path === undefined ? undefined : session.files.find((each) => each === path || each.endsWith(`/${path}`));
  const points =
    file === undefined
      ? session.setFunctionBreakpoints([{ name: place }])
      : session.setBreakpoints(file, [{ line: Number(line) }]);
  const stop = points[0]?.verified === true ? await session.run('continue') : session.stop;
  session.setFunctionBreakpoints([]);
  if (file !== undefined) {
    session.setBreakpoints(file, []);
  }
  return stop.reason === 'breakpoint' || stop.reason === 'function-breakpoint';
}

async function tell(context: Context, session: SessionApi): Promise<0 | 1 | 2> {
  const [first, ...others] = session.branches.list();
  const last = others.at(-1) ?? first;
  const compared = await session.branches.compare(first?.name ?? '', last?.name ?? '', {
    breathe: context.breathe,
  });
  if (typeof compared === 'string' || !('calls' in compared)) {
    return 2;
  }
  if (context.json) {
    context.printJson(compared);
  } else {
    for (const { indent, text } of comparisonLines(compared)) {
      context.line(' '.repeat(indent) + context.sentence(text));
    }
  }
  return differs(compared) ? 1 : 0;
}

function differs({ statement, packets, calls }: Comparison): boolean {
  return statement !== undefined || packets.length > 0 || calls.length > 0;
}
