/** Forms in which values are shown, written where a value is set: what C of the same value is. */
import { expect, test } from 'vitest';
import { writtenForm } from '../../src/values/displayed-form';

const state = { record: 'sock', path: 'state' };
const fragment = { record: 'iphdr', path: 'frag_off' };

test.each([
  // A number with what is shown behind it.
  ['7 (TCP_CLOSE)', '7'],
  [' 7 (TCP_CLOSE) ', '7'],
  ['-22 (-EINVAL)', '-22'],
  ["65 'A'", '65'],
  ['0xC0101590 <tcp_v4_connect>', '0xC0101590'],
  ['0xc0200000 <names> "lo"', '0xc0200000'],
  ['0x1f90 (8080 (http))', '0x1f90'],
  // Addresses lie in memory in the order in which they are written.
  ['10.0.0.1', '0x0100000a'],
  ['255.254.1.16', '0x1001feff'],
  ['10.0.0.256', '10.0.0.256'],
  ['10.0.0', '10.0.0'],
  // Names of errors.
  ['EINPROGRESS', '115'],
  ['-EINPROGRESS', '-115'],
  ['- EINVAL', '-22'],
  ['ENOSUCH', 'ENOSUCH'],
  // Anything else is C.
  ['7', '7'],
  ['sk->state', 'sk->state'],
  ['7 (TCP_CLOSE) + 1', '7 (TCP_CLOSE) + 1'],
  ['7 (TCP', '7 (TCP'],
  ['f (x)', 'f (x)'],
  ['TCP_CLOSE', 'TCP_CLOSE'],
  ['A | B', 'A | B'],
])('%s', (written, text) => expect(writtenForm(written, undefined, {})).toEqual({ text, isFirst: false }));

test.each([
  ['TCP_CLOSE', '7'],
  ['CLOSE', '7'],
  ['LISTEN', '10'],
  // Two names end so.
  ['WAIT', 'WAIT'],
  ['NOSTATE', 'NOSTATE'],
  ['toString', 'toString'],
  ['sk->state', 'sk->state'],
])('of a field with names: %s', (written, text) =>
  expect(writtenForm(written, state, {})).toEqual({ text, isFirst: false }),
);

test.each([
  ['IP_DF', String(0x0040)],
  ['DF | MF', String(0x0060)],
  ['IP_DF | 0x10', String(0x1040)],
  ['16', String(0x1000)],
  ['IP_DF | x', 'IP_DF | x'],
])('of bits in network byte order, before C: %s', (written, text) =>
  expect(writtenForm(written, fragment, {})).toEqual({ text, isFirst: true }),
);

test('a field that nobody describes', () => {
  expect(writtenForm('TCP_CLOSE', { record: 'sock', path: 'nothing' }, {}).text).toBe('TCP_CLOSE');
  expect(writtenForm('TCP_CLOSE', { record: 'nothing', path: 'state' }, {}).text).toBe('TCP_CLOSE');
});
