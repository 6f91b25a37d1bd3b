/**
 * `sockscope run SCENARIO|FILE.pkt [--trace]`: runs a scenario to its end. Out: what happened, one line each, or with
 * `--trace` every statement with its notes and changes, or with `--counts` the statements of each system call. Exit
 * status 0 when all expectations were met, 1 when one was not or the kernel faulted, 2 when the scenario cannot be run.
 */
import type { Command } from '../command';
import type { Context } from '../context';
import type { Program } from '../../facade/program';
import { resultsOf, type SessionApi, type Stop } from '../../facade/session';
import { budgetOption, defineOption, documentOption, profileOption, rewriteOption } from '../arguments';
import { showCallCounts } from '../call-counts';
import { tracedEntry, Tracer, type TracedEvent } from '../trace';
import { eventJson, tracedJson } from '../trace-json';
import { TraceText } from '../trace-text';
import { openRun, statusOf, whileOpen } from '../opened-run';

export const runCommand: Command = {
  name: 'run',
  usage:
    'run SCENARIO|FILE.pkt [--trace] [--counts] [--document FILE] [-D NAME=VALUE] [--rewrite wscale=N] [--budget STATEMENTS] [--profile]',
  summary: {
    en: 'run a scenario; --trace prints each statement with its note and what it changed, --counts the statements of each system call',
    zh: '运行场景；--trace 逐条列出执行的语句、注解和变化，--counts 列出每个系统调用的语句数',
  },
  options: [
    { name: 'trace' },
    { name: 'counts' },
    defineOption,
    rewriteOption,
    budgetOption,
    documentOption,
    profileOption,
  ],
  words: [1, 1],
  async run(context) {
    if (context.args.flag('counts')) {
      return showCallCounts(context);
    }
    return whileOpen(openRun(context), async ({ session, program }) => {
      context.profile?.enter('run');
      return statusOf(
        context.args.flag('trace')
          ? await trace(context, session, program)
          : await runThrough(context, session, program),
        context,
      );
    });
  },
};

/** Statements that a trace shows at most unless `--budget` says otherwise. */
const mostTraced = 5_000_000;

async function trace(context: Context, session: SessionApi, program: Program | undefined): Promise<Stop> {
  const tracer = new Tracer(session, await context.queryOn(program));
  const text = new TraceText(context.language, program ? resultsOf(program) : String);
  await session.start({ breathe: context.breathe });
  const steps = tracer.follow(context.breathe, Number(context.args.value('budget') ?? mostTraced));
  for (;;) {
    const step = await steps.next();
    if (step.done) {
      return step.value;
    }
    if (context.json) {
      context.jsonLine(tracedJson(step.value));
    } else {
      text.lines(step.value).forEach((line) => context.line(line));
    }
    if (context.io.closed()) {
      return session.stop;
    }
  }
}

async function runThrough(context: Context, session: SessionApi, program: Program | undefined): Promise<Stop> {
  const text = new TraceText(context.language, program ? resultsOf(program) : String);
  const show = (event: TracedEvent): void =>
    context.json ? context.jsonLine(eventJson(event)) : context.line(text.event(event));
  let began: number | undefined;
  session.onJournal((entry) => {
    let seconds: number | undefined;
    if ('uptime' in entry) {
      began ??= entry.uptime;
      seconds = (entry.uptime - began) / 1_000_000;
    }
    const event = tracedEntry(session, entry, seconds);
    if (entry.event !== 'fault' && (context.json || text.event(event) !== '')) {
      show(event);
    }
  });
  let stop = await session.start({ breathe: context.breathe });
  if (stop.reason !== 'end' && stop.reason !== 'fault') {
    stop = await session.run('continue', { breathe: context.breathe });
  }
  if (stop.fault) {
    const frame = session.stack(stop.thread)[0];
    show({
      kind: 'fault',
      clock: stop.clock,
      process: '',
      depth: 0,
      fault: stop.fault,
      ...(frame && { function: frame.function, file: frame.path, line: frame.line }),
    });
  }
  return stop;
}
