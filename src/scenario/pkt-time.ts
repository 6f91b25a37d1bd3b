/**
 * When an event happens.
 *
 *   time = "*" | ["+"] seconds ["~" ["+"] seconds] | ["+"] seconds "..." (["+"] seconds | "*")
 *
 * In: a cursor before the time. Out: a time in microseconds, or undefined with a diagnostic.
 */
import { sentence } from '../sentences/sentence';
import type { EventTime } from './pkt-ast';
import type { PktCursor } from './pkt-cursor';

/** How an event is written, for who has left out its beginning. */
export const EVENT_REMEDY = sentence('an-event-begins-with-a-time-0-0-1-1-or-then-a-call-a');

/** No script lasts longer, in microseconds: half of what the kernel's clock can count (2^31 jiffies of 10 ms). */
export const MOST_TIME = 10_737_418 * 1_000_000;

/** Takes a time; undefined with a diagnostic when there is none. */
export function parseTime(cursor: PktCursor): EventTime | undefined {
  const { start } = cursor.peek();
  if (cursor.accept('*')) {
    return { kind: 'any', at: 0, start, end: cursor.previous.end };
  }
  const kind = cursor.accept('+') ? 'relative' : 'absolute';
  if (cursor.peek().kind !== 'number') {
    cursor.fail(
      sentence('expected-something-here-found', { expected: sentence('a-time'), found: cursor.shown() }),
      EVENT_REMEDY,
    );
    return undefined;
  }
  const at = takeTime(cursor);
  let upTo: number | undefined;
  let returns: number | 'any' | undefined;
  if (cursor.accept('~')) {
    cursor.accept('+');
    upTo = takeTime(cursor);
  } else if (cursor.accept('...')) {
    cursor.accept('+');
    returns = cursor.accept('*') ? 'any' : takeTime(cursor);
  }
  const last = upTo ?? returns;
  if (typeof last === 'number' && last < at) {
    cursor.fail(
      sentence('this-time-ends-before-it-begins'),
      sentence('write-the-earlier-time-first'),
      'SS5001',
      cursor.previous,
    );
  }
  return cursor.failed ? undefined : { kind, at, upTo, returns, start, end: cursor.previous.end };
}

function takeTime(cursor: PktCursor): number {
  const token = cursor.peek();
  const value = token.kind === 'number' && !/^0x/i.test(token.text) ? microseconds(token.text) : NaN;
  if (!(value <= MOST_TIME)) {
    cursor.fail(
      token.kind === 'number'
        ? sentence('the-time-must-be-a-number-of-seconds-from-0-to-limit', {
            limit: MOST_TIME / 1_000_000,
            token: token.text,
          })
        : sentence('cursor-is-no-time', { cursor: cursor.shown() }),
      sentence('write-0-2-or-2-0-0-2-for-a-call-that-sleeps-0-when'),
    );
    return 0;
  }
  cursor.next();
  return value;
}

function microseconds(text: string): number {
  return Math.round(Number(text) * 1_000_000);
}

/** `3.000 s`. */
export function seconds(microseconds: number): string {
  return `${(microseconds / 1_000_000).toFixed(3)} s`;
}
