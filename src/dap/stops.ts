/**
 * A stop of the machine as DAP's `stopped` event and `exceptionInfo` answer.
 *
 * In: a `Stop`, the language, and process names. Out: plain protocol bodies. The description says when the machine
 * stands in the past ("past, step n of N"), because clients have no indicator of their own for that.
 */
import { bilingual, wordingIn } from '../sentences/wording';
import type { Bilingual } from '../base/bilingual';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type SessionApi, type Stop, type StopReason, faultMeaning, faultTitle } from '../facade/session';
import { errors, sentences } from './errors';
import { briefStops, type Language, say, texts } from './texts';

/** Thread ids on the wire are the session's plus one: some clients take 0 for "none". */
export const toWireThread = (thread: number): number => thread + 1;
export const fromWireThread = (thread: number): number => thread - 1;

/** The thread shown when no process is left. */
export const overThread = toWireThread(-1) + 1_000_000;

const reasons: Readonly<Record<StopReason, { readonly dap: string; readonly text: Bilingual }>> = {
  entry: { dap: 'entry', text: texts.entry },
  step: { dap: 'step', text: texts.step },
  breakpoint: { dap: 'breakpoint', text: texts.breakpoint },
  'function-breakpoint': { dap: 'function breakpoint', text: texts.functionBreakpoint },
  'data-breakpoint': { dap: 'data breakpoint', text: texts.dataBreakpoint },
  'failed-call': { dap: 'exception', text: texts.failedCall },
  goto: { dap: 'goto', text: texts.travelled },
  pause: { dap: 'pause', text: texts.paused },
  start: { dap: 'step', text: texts.beginning },
  end: { dap: 'step', text: texts.end },
  fault: { dap: 'exception', text: texts.faultFilter },
};

/** The stop that the launch asked for by `stopAt`: nobody has set a breakpoint there. */
function isFirstStop({ reason, breakpointIds }: Stop): boolean {
  return reason === 'function-breakpoint' && breakpointIds === undefined;
}

/** Refuses a thread that does not exist. */
export function requireThread(session: SessionApi, threadId: number): void {
  if (!session.threads().some(({ id }) => toWireThread(id) === threadId)) {
    throw errors.unknownThread(threadId);
  }
}

/** One line that says why the machine stands still and where in time. */
function describeStop(stop: Stop, language: Language, threadName: (thread: number) => string): string {
  const parts: Bilingual[] = [];
  if (stop.clock < stop.frontier) {
    parts.push(texts.past(stop.clock, stop.frontier));
  }
  parts.push(mainText(stop));
  if (stop.switched) {
    parts.push(texts.switched(threadName(stop.switched.from), threadName(stop.switched.to), stop.switched.because));
  }
  return parts.map((part) => say(part, language)).join('; ');
}

function mainText(stop: Stop): Bilingual {
  if (stop.failedCall !== undefined) {
    const { failedCall } = stop;
    return { en: `${failedCall}: ${texts.failedCall.en}`, zh: `${failedCall}：${texts.failedCall.zh}` };
  }
  if (isFirstStop(stop)) {
    return texts.begun;
  }
  if (stop.reason === 'start' && stop.clock > stop.oldest) {
    return texts.entry;
  }
  if (stop.fault) {
    return faultTitle(stop.fault);
  }
  if (stop.expectation) {
    const { line, expected, actual } = stop.expectation;
    return texts.expectation(line, bilingual(expected), bilingual(actual));
  }
  const touched = [
    ...(stop.watched ? [texts.changed(stop.watched)] : []),
    ...(stop.read ? [texts.wasRead(stop.read)] : []),
  ];
  const text = touched.length > 0 ? inOne(touched) : reasons[stop.reason].text;
  if (!stop.badCondition) {
    return text;
  }
  const { text: condition, problem } = stop.badCondition;
  const why = texts.badCondition(condition, sentences(problem));
  return { en: `${text.en}: ${why.en}`, zh: `${text.zh}：${why.zh}` };
}

function inOne(texts: readonly Bilingual[]): Bilingual {
  return { en: texts.map(({ en }) => en).join(', '), zh: texts.map(({ zh }) => zh).join('，') };
}

/** The same in a word or two. */
function briefStop(stop: Stop, language: Language): string {
  const text = stop.expectation
    ? texts.briefExpectation
    : stop.read && !stop.watched
      ? texts.briefRead
      : briefStops[stop.reason];
  return say(stop.clock < stop.frontier ? texts.briefPast(text) : text, language);
}

/** `isBrief`: the sentence is the text, and the description a word or two. */
export function stoppedBody(
  stop: Stop,
  language: Language,
  threadName: (thread: number) => string,
  isBrief = false,
): DebugProtocol.StoppedEvent['body'] {
  const isException = stop.fault !== undefined || stop.expectation !== undefined || stop.failedCall !== undefined;
  return {
    reason: isFirstStop(stop) ? 'entry' : isException ? 'exception' : reasons[stop.reason].dap,
    description: isBrief ? briefStop(stop, language) : describeStop(stop, language, threadName),
    threadId: stop.thread < 0 ? overThread : toWireThread(stop.thread),
    allThreadsStopped: true,
    ...(isBrief
      ? { text: describeStop(stop, language, threadName) }
      : isException
        ? { text: say(mainText(stop), language) }
        : {}),
    ...(stop.breakpointIds ? { hitBreakpointIds: [...stop.breakpointIds] } : {}),
  };
}

/** What a client shows beside the line of a fault or of a failed expectation; undefined for other stops. */
export function exceptionInfo(stop: Stop, language: Language): DebugProtocol.ExceptionInfoResponse['body'] | undefined {
  const { fault } = stop;
  if (fault) {
    return {
      exceptionId: fault.kind,
      description: `${say(faultTitle(fault), language)}\n${say(faultMeaning(fault), language)}`,
      breakMode: 'always',
      details: { message: wordingIn(fault.message, language), typeName: fault.kind, evaluateName: fault.expression },
    };
  }
  if (stop.failedCall !== undefined) {
    const [errorName = 'error'] = /E[A-Z0-9]+/.exec(stop.failedCall.slice(stop.failedCall.lastIndexOf('='))) ?? [];
    return {
      exceptionId: errorName,
      description: say(mainText(stop), language),
      breakMode: 'always',
      details: { message: stop.failedCall, typeName: errorName },
    };
  }
  if (stop.expectation) {
    const description = say(mainText(stop), language);
    return {
      exceptionId: 'expectation',
      description,
      breakMode: 'always',
      details: { message: description, typeName: 'expectation' },
    };
  }
  return undefined;
}

/** As a program that checks the scenario would exit. */
export function exitCodeOf({ fault, expectation }: Stop): number {
  return fault || expectation ? 1 : 0;
}
