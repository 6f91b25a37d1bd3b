/**
 * Numbers in packets and arguments of a scenario: whole, and from a range that the field has room for.
 *
 * In: a cursor before a number, what the number is and its range. Out: the number; what is out of its range, or no
 * number, is told through the cursor by the name of what it is. As in packetdrill a number without `0x` is decimal even
 * when it begins with 0: that is told, because C reads it otherwise.
 */
import { sentence, type Told, type Words } from '../sentences/sentence';
import type { PktCursor } from './pkt-cursor';

export const MOST_BYTE = 0xff;
export const MOST_SHORT = 0xffff;
export const MOST_LONG = 0xffffffff;

const PACKET_REMEDY = sentence('a-packet-looks-like-s-0-0-0-win-32792-mss-1460');

/** Takes a whole number from `least` to `most`; `what` says what it is, such as "the window". */
export function takeInteger(cursor: PktCursor, what: Told, most: number, least = 0, remedy = PACKET_REMEDY): number {
  const first = cursor.peek();
  const negative = !cursor.failed && cursor.is('-') && cursor.peek(1).kind === 'number';
  if (negative) {
    cursor.next();
  }
  const token = cursor.peek();
  if (cursor.failed || token.kind !== 'number') {
    notANumber(cursor, what, remedy);
    return 0;
  }
  cursor.next();
  const value = Number(token.text) * (negative ? -1 : 1);
  if (!Number.isInteger(value) || value < least || value > most) {
    cursor.fail(
      sentence('name-must-be-a-whole-number-from-least-to-most-not', {
        name: what,
        least: least,
        most: most,
        wrong: `${negative ? '-' : ''}${token.text}`,
      }),
      sentence('write-a-number-in-this-range'),
      'SS5001',
      first,
    );
    return least;
  }
  tellLeadingZero(cursor, token.text, token.start, token.end);
  return value;
}

/** Warns of `010`, which is 10 here and 8 in C. */
export function tellLeadingZero(cursor: PktCursor, text: string, start: number, end: number): void {
  if (/^0\d/.test(text)) {
    cursor.report(
      'warning',
      'SS5001',
      start,
      end,
      sentence('there-are-no-octal-numbers-in-scripts', { text, read: Number(text) }),
      sentence('write-it-without-the-0-in-front-or-with-0x'),
    );
  }
}

function notANumber(cursor: PktCursor, what: Told, remedy: Words): void {
  const token = cursor.peek();
  const name = token.kind === 'word' && /^[A-Z][A-Z0-9_]*$/.test(token.text);
  cursor.fail(
    name
      ? sentence('token-has-no-value-where-what-is-wanted', { token: token.text, what })
      : sentence('expected-a-number-for-what-here-found-cursor', { what, cursor: cursor.shown() }),
    name ? sentence('give-it-one-with-d-token-value-as-packetdrill-takes', { token: token.text }) : remedy,
  );
}
