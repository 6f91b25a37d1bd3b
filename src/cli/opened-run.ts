/**
 * A run as commands open it: the scenario that the first word names, with the kernel, document, macros, rules and budget
 * of the command line; and the exit status of its end.
 *
 * In: the words and options of a command; one that it does not have counts as not given. Out: the opened session, or
 * undefined, and told, when there is none.
 */
import { openSession } from '../facade/open-session';
import type { Stop } from '../facade/session';
import { sentence } from '../sentences/sentence';
import { definitionsOf } from './arguments';
import type { Context, ExitStatus } from './context';
import { rewritesOf } from './rewrites';
import { scenarioOf } from './scenario-word';

type Opened = Awaited<ReturnType<typeof openSession>>;
/** Opened, with the session that there is then. */
export type OpenedRun = Opened & { readonly session: NonNullable<Opened['session']> };

/** Opens the run, of the first word's scenario if none is named; the caller disposes of its session. */
export async function openRun(
  context: Context,
  word: string = context.args.words[0] ?? '',
): Promise<OpenedRun | undefined> {
  const rewrites = rewritesOf(context);
  const wanted = rewrites && scenarioOf(context, word);
  if (!wanted || context.document === 'failed') {
    return undefined;
  }
  const budget = context.args.value('budget');
  const opened = await openSession({
    media: context.io.media(),
    wasm: context.io.parserWasm(),
    cache: context.cache,
    kernel: context.kernel,
    replacement: context.replacement,
    viewFiles: context.viewFiles(),
    ...wanted,
    macros: definitionsOf(context.args),
    rewrites,
    stepBudget: budget === undefined ? undefined : Number(budget),
    onPhase: context.profile?.enter,
  });
  context.report(opened.diagnostics);
  context.tellShortened(opened.program);
  const { session } = opened;
  return session && { ...opened, session };
}

/** What is done with an opened run, whose session ends with it; status 2 where there is none, which was told. */
export async function whileOpen<Run extends { readonly session: OpenedRun['session'] }>(
  opening: Promise<Run | undefined>,
  use: (run: Run) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const opened = await opening;
  if (!opened) {
    return 2;
  }
  try {
    return await use(opened);
  } finally {
    opened.session.dispose();
  }
}

/** The exit status of a run that stands there; a failed expectation is told on stderr, so that it can be jumped to. */
export function statusOf(stop: Stop, context: Context): ExitStatus {
  const path = context.args.words[0];
  if (stop.fault) {
    context.report([{ code: 'SS5006', severity: 'error', path, message: stop.fault.message }]);
    return 1;
  }
  if (stop.expectation) {
    const { line, expected, actual } = stop.expectation;
    const message = sentence('line-expected-actual', { line, expected, actual });
    context.report([{ code: 'SS5006', severity: 'error', path, message }]);
    return 1;
  }
  return 0;
}
