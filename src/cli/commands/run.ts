/**
 * `sockscope run SCENARIO|FILE.pkt [--trace]`: runs a scenario to its end. Out: what happened, one line each, or with
 * `--trace` every statement with its notes and changes, or with `--counts` the statements of each system call. Exit
 * status 0 when all expectations were met, 1 when one was not or the kernel faulted, 2 when the scenario cannot be run.
 */
import { itemAt } from '../../base/checked-access';
import { sentence } from '../../sentences/sentence';
import type { Command } from '../command';
import type { Context, ExitStatus } from '../context';
import { openSession } from '../../facade/open-session';
import type { Program } from '../../facade/program';
import type { SessionApi, Stop } from '../../facade/session';
import { budgetOption, defineOption, definitionsOf, documentOption, profileOption } from '../arguments';
import { showCallCounts } from '../call-counts';
import { rewritesOf } from '../rewrites';
import { scenarioOf } from '../scenario-word';
import { tracedEntry, Tracer, type TracedEvent } from '../trace';
import { eventJson, tracedJson } from '../trace-json';
import { TraceText } from '../trace-text';

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
    { name: 'rewrite', value: 'RULE', repeated: true },
    budgetOption,
    documentOption,
    profileOption,
  ],
  words: [1, 1],
  async run(context) {
    const rewrites = rewritesOf(context);
    const wanted = rewrites && scenarioOf(context, itemAt(context.args.words, 0));
    if (!rewrites || !wanted || context.document === 'failed') {
      return 2;
    }
    const budget = context.args.value('budget');
    if (context.args.flag('counts')) {
      return showCallCounts(context, wanted, rewrites);
    }
    const opened = await openSession({
      media: context.io.media(),
      wasm: context.io.parserWasm(),
      cache: context.cache,
      kernel: context.kernel,
      replacement: context.replacement,
      ...wanted,
      macros: definitionsOf(context.args),
      rewrites,
      stepBudget: budget === undefined ? undefined : Number(budget),
      onPhase: context.profile?.enter,
    });
    context.report(opened.diagnostics);
    context.tellShortened(opened.program);
    if (!opened.session) {
      return 2;
    }
    const { session, program } = opened;
    context.profile?.enter('run');
    try {
      return statusOf(
        context.args.flag('trace')
          ? await trace(context, session, program)
          : await runThrough(context, session, program),
        context,
      );
    } finally {
      session.dispose();
    }
  },
};

/** Statements that a trace shows at most unless `--budget` says otherwise. */
const mostTraced = 5_000_000;

async function trace(context: Context, session: SessionApi, program: Program | undefined): Promise<Stop> {
  const tracer = new Tracer(session, await context.queryOn(program));
  const text = new TraceText(context.language, context.errorNames(program));
  await session.start({ breathe: () => pauseWanted(context) });
  const steps = tracer.follow(() => pauseWanted(context), Number(context.args.value('budget') ?? mostTraced));
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
  const text = new TraceText(context.language, context.errorNames(program));
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
  let stop = await session.start({ breathe: () => pauseWanted(context) });
  if (stop.reason !== 'end' && stop.reason !== 'fault') {
    stop = await session.run('continue', { breathe: () => pauseWanted(context) });
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

async function pauseWanted(context: Context): Promise<boolean> {
  await context.io.breathe();
  return context.io.closed();
}

/** A failed expectation is repeated on stderr as a diagnostic, so that it can be jumped to. */
function statusOf(stop: Stop, context: Context): ExitStatus {
  if (stop.fault) {
    context.report([
      { code: 'SS5006', severity: 'error', path: itemAt(context.args.words, 0), message: stop.fault.message },
    ]);
    return 1;
  }
  if (stop.expectation) {
    const { line, expected, actual } = stop.expectation;
    const message = sentence('line-expected-actual', { line, expected, actual });
    context.report([{ code: 'SS5006', severity: 'error', path: itemAt(context.args.words, 0), message }]);
    return 1;
  }
  return 0;
}
