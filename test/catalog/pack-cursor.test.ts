/** What is being written in a pack at a place: keys of which map, values of which key. */
import { expect, it } from 'vitest';
import { packCursorAt } from '../../src/catalog/pack-cursor';

/** The cursor at `|`. */
function at(text: string): string {
  const offset = text.indexOf('|');
  const cursor = packCursorAt(text.replace('|', ''), offset);
  return cursor ? `${cursor.key ?? 'key'} of ${cursor.map || 'entry'}: ${cursor.written}` : 'nothing';
}

it('keys are those of the map around', () => {
  expect(at('entries:\n  - |')).toBe('key of entry: ');
  expect(at('entries:\n  - function: f\n    e|')).toBe('key of entry: e');
  expect(at('entries:\n  - statement:\n      te|\n    in: f\n')).toBe('key of statement: te');
  expect(at('entries:\n  - statement: a\n    title:\n      z|')).toBe('key of title: z');
  expect(at('entries:\n  - statement: a\n    claims:\n      - sc|')).toBe('key of claims: sc');
  expect(at('entries:\n  - statement: a\n    claims:\n      - scenario: handshake\n        ho|')).toBe(
    'key of claims: ho',
  );
  expect(at('entries:\n  - statement: a\n    title: {e|')).toBe('key of title: e');
});

it('values are those of their key, in lists of either form too', () => {
  expect(at('entries:\n  - function: inet_|')).toBe('function of entry: inet_');
  expect(at('entries:\n  - statement: a\n    in: [inet_bind, "tcp|')).toBe('in of entry: tcp');
  expect(at('entries:\n  - statement: a\n    see:\n      - concept:a\n      - conc|')).toBe('see of entry: conc');
  expect(at('entries:\n  - statement: a\n    claims: [{scenario: hand|')).toBe('scenario of claims: hand');
  expect(at('entries:\n  - statement:\n      - sk->za|\n    in: inet_create\n')).toBe('statement of entry: sk->za');
});

it('the other values of the entry are at hand, those of its neighbours are not', () => {
  const text =
    'entries:\n  - function: f\n    en: a\n  - statement: sk|\n    in: [g, "h"]\n    en: b\n  - function: i\n';
  const cursor = packCursorAt(text.replace('|', ''), text.indexOf('|'));
  expect(cursor?.entry.get('in')).toEqual(['g', 'h']);
  expect(cursor?.entry.get('function')).toBeUndefined();
});

it('there is nothing to complete outside of entries and in comments', () => {
  expect(at('|')).toBe('nothing');
  expect(at('# entries\n|')).toBe('nothing');
  expect(at('entries:\n  # a|')).toBe('nothing');
});
