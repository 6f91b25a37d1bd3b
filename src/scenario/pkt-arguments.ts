/**
 * Arguments of calls in a scenario.
 *
 *   arguments = [argument {"," argument}]
 *   argument  = "..." | part {"|" part} | string {string} | "[" arguments "]" | "{" field {"," field} "}"
 *   part      = ["-" | "+"] number | word | word "(" arguments ")"
 *   field     = word "=" argument | argument
 *
 * In: a cursor behind the opening bracket. Out: arguments; problems are reported through the cursor.
 */
import { sentence } from '../sentences/sentence';
import type { Argument } from './pkt-ast';
import { refuseLater } from './later-features';
import type { PktCursor } from './pkt-cursor';
import { MOST_LONG, tellLeadingZero } from './pkt-numbers';

const NESTING_LIMIT = 16;
const LEAST_LONG = -0x80000000;

/** Says that a list goes on where it should not. */
function tellUnfinished(cursor: PktCursor, close: string): void {
  if (!refuseLater(cursor, cursor.previous.text)) {
    cursor.fail(
      sentence('expected-or-close-here-found-cursor', { close, cursor: cursor.shown() }),
      sentence('separate-arguments-with-commas-and-close-them-with', { close }),
    );
  }
}

/** Arguments up to and including `close`. */
export function parseArguments(cursor: PktCursor, close: string, depth = 0): Argument[] {
  const items: Argument[] = [];
  if (depth > NESTING_LIMIT) {
    cursor.fail(sentence('brackets-are-nested-too-deeply'), sentence('write-the-values-flat'));
    return items;
  }
  while (!cursor.failed && !cursor.accept(close)) {
    if (items.length > 0 && !cursor.accept(',')) {
      tellUnfinished(cursor, close);
      break;
    }
    const item = parseArgument(cursor, depth);
    if (item) {
      items.push(item);
    }
  }
  return items;
}

function parseArgument(cursor: PktCursor, depth: number): Argument | undefined {
  const token = cursor.peek();
  const range = (): { start: number; end: number } => ({ start: token.start, end: cursor.previous.end });
  if (cursor.accept('...')) {
    return { kind: 'ellipsis', ...range() };
  }
  if (token.kind === 'string') {
    let value = '';
    while (cursor.peek().kind === 'string') {
      value += cursor.next().text;
    }
    return { kind: 'string', value, ...range() };
  }
  if (cursor.accept('[')) {
    const items = parseArguments(cursor, ']', depth + 1);
    return { kind: 'array', items, ...range() };
  }
  if (cursor.accept('{')) {
    const fields = parseFields(cursor, depth + 1);
    return { kind: 'struct', fields, ...range() };
  }
  const parts = [parsePart(cursor, depth)];
  while (cursor.accept('|')) {
    parts.push(parsePart(cursor, depth));
  }
  const known = parts.filter((part) => part !== undefined);
  return known.length > 1 ? { kind: 'or', parts: known, ...range() } : known[0];
}

function parsePart(cursor: PktCursor, depth: number): Argument | undefined {
  const first = cursor.peek();
  const negative = cursor.accept('-');
  if (!negative) {
    cursor.accept('+');
  }
  const token = cursor.peek();
  const range = (): { start: number; end: number } => ({ start: first.start, end: cursor.previous.end });
  if (token.kind === 'number') {
    cursor.next();
    const value = Number(token.text) * (negative ? -1 : 1);
    if (!Number.isInteger(value) || value < LEAST_LONG || value > MOST_LONG) {
      cursor.fail(
        sentence('name-must-be-a-whole-number-from-least-to-most-not', {
          name: sentence('an-argument'),
          least: LEAST_LONG,
          most: MOST_LONG,
          wrong: `${negative ? '-' : ''}${token.text}`,
        }),
        sentence('write-a-number-in-this-range'),
        'SS5001',
        first,
      );
    } else {
      tellLeadingZero(cursor, token.text, token.start, token.end);
    }
    return { kind: 'number', value, ...range() };
  }
  if (token.kind === 'word' && !negative) {
    cursor.next();
    if (cursor.accept('(')) {
      const args = parseArguments(cursor, ')', depth + 1);
      return { kind: 'function', name: token.text, args, ...range() };
    }
    return { kind: 'word', name: token.text, ...range() };
  }
  cursor.fail(
    sentence('cursor-is-no-argument', { cursor: cursor.shown() }),
    sentence('an-argument-is-a-number-a-constant-text-or'),
  );
  return undefined;
}

function parseFields(cursor: PktCursor, depth: number): { name: string; value: Argument }[] {
  const fields: { name: string; value: Argument }[] = [];
  if (depth > NESTING_LIMIT) {
    cursor.fail(sentence('brackets-are-nested-too-deeply'), sentence('write-the-values-flat'));
  }
  while (!cursor.failed && !cursor.accept('}')) {
    if (fields.length > 0 && !cursor.accept(',')) {
      tellUnfinished(cursor, '}');
      break;
    }
    const named = cursor.peek().kind === 'word' && cursor.is('=', 1);
    const name = named ? cursor.next().text : '';
    if (named) {
      cursor.next();
    }
    const value = parseArgument(cursor, depth);
    if (value) {
      fields.push({ name, value });
    }
  }
  return fields;
}
