/**
 * A run that a command asks about: opened as the command line says, and brought to the moment of `--at`.
 *
 * In: the words and options of a command. Out: the session with its history, or undefined, and told, when there is none.
 */
import type { History, RowPlace } from '../facade/history';
import type { SessionApi, StackFrame } from '../facade/session';
import type { Words } from '../sentences/sentence';
import { type OptionSpec } from './arguments';
import type { Context } from './context';
import { openRun } from './opened-run';

/** A moment: a clock or a place. */
export const atOption: OptionSpec = { name: 'at', value: 'PLACE|CLOCK' };

export interface AskedRun {
  readonly session: SessionApi;
  readonly history: History;
  /** The innermost frame of the moment. */
  readonly frame: StackFrame | undefined;
}

/** With `runs` the session goes to the end of the run first, unless `--at` says where. */
export async function openAsked(context: Context, runs: boolean): Promise<AskedRun | undefined> {
  const opened = await openRun(context);
  if (!opened?.history) {
    return undefined;
  }
  const { session, history } = opened;
  const at = context.args.value('at');
  if (runs || at !== undefined) {
    const { breathe } = context;
    await session.start({ breathe });
    if (!/^\d{1,12}$/.test(at ?? '')) {
      await session.run('continue', { breathe });
    }
    if (at !== undefined && !(await goTo(context, session, history, at))) {
      return undefined;
    }
  }
  const { thread } = session.stop;
  return { session, history, frame: thread < 0 ? undefined : session.stack(thread)[0] };
}

async function goTo(context: Context, session: SessionApi, history: History, at: string): Promise<boolean> {
  if (/^\d{1,12}$/.test(at)) {
    await session.travelTo(Number(at));
    if (session.stop.clock === Number(at)) {
      return true;
    }
    const end = session.stop.clock;
    context.fail(
      'SS9001',
      { en: `the run has no statement ${at}: it ends at ${end}`, zh: `运行没有第 ${at} 条语句：到 ${end} 为止` },
      {
        en: `give a clock from ${session.stop.oldest} to ${end}`,
        zh: `请给 ${session.stop.oldest} 到 ${end} 之间的时刻`,
      },
    );
    return false;
  }
  const { isPlace, clock } = await history.lastVisit(at);
  if (clock === undefined) {
    const message = isPlace
      ? { en: `the run does not come to ${at}`, zh: `运行不会走到 ${at}` }
      : { en: `'${at}' is no place of this kernel`, zh: `“${at}”不是这个内核里的位置` };
    context.fail('SS9001', message, {
      en: 'a place is FILE:LINE or the name of a function; a clock is a number of statements',
      zh: '位置写成 文件:行号 或函数名；时刻是语句数',
    });
    return false;
  }
  await session.travelTo(clock);
  return true;
}

/** Ends a question when nobody reads the answer any more. */
export function asking(context: Context): { readonly breathe: () => Promise<boolean> } {
  return { breathe: context.breathe };
}

/** `net/ipv4/tcp.c:160`. */
export function placeText(place: RowPlace | undefined): string {
  return place ? `${place.path}:${place.line}` : '-';
}

/** What to do about a name that is not known where no function runs, such as the end of a run; undefined in a function. */
export function remedyOutside(frame: StackFrame | undefined): Words | undefined {
  return frame
    ? undefined
    : {
        en: 'no function runs at that moment, so only globals have names: say with --at FUNCTION or --at FILE:LINE where to look from',
        zh: '那一刻没有函数在运行，只认得全局变量：请用 --at 函数名 或 --at 文件:行号 指出从哪里看',
      };
}

/** A problem of an expression or a question, with its place in the text. */
export function refuse(context: Context, text: string, message: Words, at = 0, remedy?: Words): 2 {
  context.errorLine(`  ${text}`);
  context.errorLine(`  ${' '.repeat(at)}^`);
  return context.fail('SS3002', message, remedy);
}
