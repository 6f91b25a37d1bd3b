/**
 * Arguments of calls in a scenario.
 *
 *   arguments = [argument {"," argument}]
 *   argument  = "..." | part {"|" part} | string | "[" arguments "]" | "{" field {"," field} "}"
 *   part      = ["-" | "+"] number | word | word "(" arguments ")"
 *   field     = word "=" argument | argument
 *
 * In: a cursor behind the opening bracket. Out: arguments; problems are reported through the cursor.
 */
import type { Argument } from './pkt-ast';
import type { PktCursor } from './pkt-cursor';

const NESTING_LIMIT = 16;

/** Arguments up to and including `close`. */
export function parseArguments(cursor: PktCursor, close: string, depth = 0): Argument[] {
  const items: Argument[] = [];
  if (depth > NESTING_LIMIT) {
    cursor.fail('brackets are nested too deeply', 'Write the values flat.');
    return items;
  }
  while (!cursor.failed && !cursor.accept(close)) {
    if (items.length > 0 && !cursor.expect(',', `Separate arguments with commas and close them with ${close}.`)) {
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
    cursor.next();
    return { kind: 'string', value: token.text, ...range() };
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
    return { kind: 'number', value: Number(token.text) * (negative ? -1 : 1), ...range() };
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
    `expected an argument here, found ${token.kind === 'end' ? 'the end of the file' : JSON.stringify(token.text)}`,
    'An argument is a number, a constant, "text", [ ], { } or ...',
  );
  return undefined;
}

function parseFields(cursor: PktCursor, depth: number): { name: string; value: Argument }[] {
  const fields: { name: string; value: Argument }[] = [];
  if (depth > NESTING_LIMIT) {
    cursor.fail('brackets are nested too deeply', 'Write the values flat.');
  }
  while (!cursor.failed && !cursor.accept('}')) {
    if (fields.length > 0 && !cursor.expect(',', 'Separate fields with commas and close them with }.')) {
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
