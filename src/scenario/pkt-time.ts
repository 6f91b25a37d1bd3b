/**
 * When an event happens.
 *
 *   time = "*" | ["+"] seconds ["~" ["+"] seconds] | ["+"] seconds "..." (["+"] seconds | "*")
 *
 * In: a cursor before the time. Out: a time in microseconds, or undefined with a diagnostic.
 */
import type { EventTime } from './pkt-ast';
import type { PktCursor } from './pkt-cursor';

/** How an event is written, for who has left out its beginning. */
export const EVENT_REMEDY = 'An event begins with a time: 0, 0.1, +.1 or *; then a call, a packet (< or >), or inject.';

/** Takes a time; undefined with a diagnostic when there is none. */
export function parseTime(cursor: PktCursor): EventTime | undefined {
  const { start } = cursor.peek();
  if (cursor.accept('*')) {
    return { kind: 'any', at: 0, start, end: cursor.previous.end };
  }
  const kind = cursor.accept('+') ? 'relative' : 'absolute';
  const token = cursor.expectKind('number', 'a time', EVENT_REMEDY);
  if (!token) {
    return undefined;
  }
  const at = microseconds(token.text);
  let upTo: number | undefined;
  let returns: number | 'any' | undefined;
  if (cursor.accept('~')) {
    cursor.accept('+');
    upTo = microseconds(cursor.expectKind('number', 'the end of the time range', EVENT_REMEDY)?.text);
  } else if (cursor.accept('...')) {
    cursor.accept('+');
    returns = cursor.accept('*')
      ? 'any'
      : microseconds(
          cursor.expectKind(
            'number',
            'the time at which the call returns',
            'Write 0...0.2, or 0...* when it does not matter when.',
          )?.text,
        );
  }
  return { kind, at, upTo, returns, start, end: cursor.previous.end };
}

function microseconds(text: string | undefined): number {
  return Math.round(Number(text ?? 0) * 1_000_000);
}
