/** What a statement is about: the objects that its expressions go through, and the bytes that they name. */
import { expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import { contextOf } from '../../src/values/graph-roots';
import { touchedBy } from '../../src/values/touched';
import { addressOf, breakAt, started } from '../session/c-session';

const text = `struct part { short low; int high; };
struct node { struct node *next; struct part part; int count; };
struct node second, first = { &second, { 1, 2 }, 3 };
int total;
int run(void) {
  struct node *p = &first, *none = 0, own = { 0 };
  int n = 4;
  total = n + p->count + own.count;
  { int n = 5; total = n; }
  return total;
}
`;

async function touched(statement: string): Promise<string[]> {
  const session = await started(text);
  breakAt(session, { line: 8 });
  await session.run('continue');
  const frame = given(session.stack(1)[0], 'frame');
  const where = (address: number): string => {
    const names = ['first', 'second', 'p', 'none', 'own', 'n'];
    const found = names.flatMap((name) => {
      const { value } = session.evaluate(name, frame);
      const offset = address - (value?.address ?? NaN);
      return offset >= 0 && offset < (value?.size ?? 0) ? [offset === 0 ? name : `${name}+${offset}`] : [];
    });
    return found[0] ?? '?';
  };
  expect(where(addressOf(session, 'first'))).toBe('first');
  const { objects, bytes } = touchedBy(contextOf(session.reader), frame, statement);
  return [
    ...objects.map(({ expression, access, address, unsure }) =>
      [expression, access, where(address), ...(unsure === true ? ['unsure'] : [])].join(' '),
    ),
    ...bytes.map(({ address, size }) => `${where(address)}:${size}`),
  ];
}

test.each<[string, string[]]>([
  ['n = 3', ['n:4']],
  ['p->count++', ['p -> first unsure', 'first+12:4']],
  ['p -> part . high = n', ['p -> first unsure', 'first+8:4', 'n:4']],
  ['p->next->count', ['p -> first unsure', 'p->next -> second unsure', 'second+12:4']],
  ['p->next', ['p -> first unsure', 'p->next -> second unsure', 'first:4']],
  ['f(p, own)', ['p -> first unsure', 'own . own', 'p:4', 'own:16']],
  ['own.count', ['own+12:4']],
  ['own.part', ['own+4:8']],
  ['none->count', []],
  ['none', ['none:4']],
  ['p->nothing', ['p -> first unsure']],
  ['n->count', []],
  ['own.nothing', []],
  ['total + other', []],
  ['p->count + p->count', ['p -> first unsure', 'first+12:4', 'first+12:4']],
  ['printk("n %d", total) /* p */; // own', []],
  ["c == 'n'", []],
  ["n == '\\''", ['n:4']],
  ['"\\"n"', []],
])('%s', async (statement, expected) => expect(await touched(statement)).toEqual(expected));
