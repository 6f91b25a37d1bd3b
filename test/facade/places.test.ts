/** Places in C as people name them or point at them, on a small program. */
import { given, valueAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { compileProgram } from '../../src/compile/program';
import { placeAt, placeNamed } from '../../src/facade/reach-place';
import { MemoryLoader } from '../../src/source/file-loader';
import { parser } from '../semantic/check-c';

const first = `int total;
int choose(int n)
{
	if (n < 0)
		return -22;
	while (n > 3) {
		n -= total
			+ 1;
		if (n == 7) goto out;
	}
	total = n; total++;
	return total;
out:
	total = 0;
	return
		1;
}
void plain(void)
{
	total = 3;
	total = 30;
}
void leaves(int n)
{
	if (n) return;
	total = 9;
}
int declared(int);
int uses(void) { return declared(1); }
`;
const second =
  'extern int total;\nstatic int choose(int n)\n{\n\treturn n + total;\n}\nint twin(int n) { return choose(n); }\n';
const files = new Map([
  ['net/ipv4/a.c', first],
  ['net/core/b.c', second],
]);
const { program } = compileProgram(
  {
    loader: new MemoryLoader([...files]),
    sources: [...files.keys()],
    includePaths: [],
    defines: {},
    build: { services: new Set() },
  },
  parser,
);

/** `a.c:12` or `a.c:12 label` for the place that is named; what there is to name otherwise. */
function named(word: string): string {
  const found = placeNamed(word, given(program, 'program'));
  if (!found.place) {
    const { spots } = found;
    return spots ? `${spots.function} has ${[...spots.labels, ...spots.returns].join(' ')}` : 'nothing';
  }
  const { file, line, label, function: fn } = found.place;
  return `${file.slice(file.lastIndexOf('/') + 1)}:${line} ${fn}${label === undefined ? '' : ` ${label}`}`;
}

describe('by name', () => {
  test.each([
    ['choose', 'a.c:4 choose'],
    [' choose : ', 'a.c:4 choose'],
    ['choose:out', 'a.c:14 choose out'],
    ['choose:out:', 'a.c:14 choose out'],
    ['choose:out;', 'a.c:14 choose out'],
    ['choose:return', 'a.c:5 choose'],
    ['choose:return 1', 'a.c:5 choose'],
    ['choose:return 2', 'a.c:12 choose'],
    ['choose:return#3', 'a.c:15 choose'],
    ['choose:return:3', 'a.c:15 choose'],
    ['choose:return 4', 'choose has out 5 12 15'],
    ['choose:return total', 'a.c:12 choose'],
    ['choose:return -22', 'a.c:5 choose'],
    ['choose:return0', 'choose has out 5 12 15'],
    ['choose:end', 'a.c:15 choose'],
    ['choose:7', 'a.c:7 choose'],
    ['choose:8', 'a.c:7 choose'],
    ['choose:11', 'a.c:11 choose'],
    ['choose:20', 'choose has out 5 12 15'],
    ['choose:n -= total+1', 'a.c:7 choose'],
    ['choose:total =', 'a.c:11 choose'],
    ['choose:total = 0', 'a.c:14 choose'],
    ['choose:total++', 'a.c:11 choose'],
    ['choose:nowhere', 'choose has out 5 12 15'],
    ['plain', 'a.c:20 plain'],
    ['plain:return', 'a.c:21 plain'],
    ['plain:return 1', 'a.c:21 plain'],
    ['plain:return 2', 'plain has '],
    ['plain:end', 'a.c:21 plain'],
    ['plain:total = 3', 'a.c:20 plain'],
    ['plain:total = 30', 'a.c:21 plain'],
    ['leaves:return', 'a.c:25 leaves'],
    ['leaves:return 2', 'leaves has 25'],
    ['leaves:end', 'a.c:26 leaves'],
    ['declared', 'nothing'],
    ['nowhere', 'nothing'],
    ['', 'nothing'],
    ['choose out', 'nothing'],
  ])('%s', (word, expected) => expect(named(word)).toBe(expected));

  test.each([
    ['a.c:12', 'a.c:12 choose'],
    ['net/ipv4/a.c:12', 'a.c:12 choose'],
    ['linux-2.4.0/net/ipv4/a.c: 12', 'a.c:12 choose'],
    ['b.c:4', 'b.c:4 choose'],
    ['b.c:choose', 'b.c:4 choose'],
    ['a.c:choose:out', 'a.c:14 choose out'],
    ['b.c:plain', 'nothing'],
    ['b.c:choose:out', 'choose has 4'],
    ['c.c:4', 'nothing'],
    ['a.c:1', 'nothing'],
    ['a.c:99', 'nothing'],
  ])('%s', (word, expected) => expect(named(word)).toBe(expected));
});

describe('by offset', () => {
  const at = (marker: string, path = 'net/ipv4/a.c', step = 0): string => {
    const place = placeAt(given(program, 'program'), path, valueAt(files, path).indexOf(marker) + step);
    return place ? `${place.line} ${place.function}` : 'nothing';
  };
  test.each([
    ['total = n', '11 choose'],
    ['total++', '11 choose'],
    ['+ 1;', '7 choose'],
    ['\t\tn -= total', '7 choose'],
    ['goto out', '9 choose'],
    ['n == 7', '9 choose'],
    ['{\n\tif (n < 0)', '4 choose'],
    ['int choose', '4 choose'],
    ['total = 30', '21 plain'],
    ['int declared', 'nothing'],
    ['int total;', 'nothing'],
  ])('at %j', (marker, expected) => expect(at(marker)).toBe(expected));
  test('in the other file', () => {
    expect(at('return n', 'net/core/b.c')).toBe('4 choose');
    expect(placeAt(given(program, 'program'), 'nowhere.c', 5)).toBeUndefined();
  });
  test('two statements of a line are told apart', () => {
    const offset = first.indexOf('total = n');
    const [one, two] = [offset, offset + 12].map(
      (each) => placeAt(given(program, 'program'), 'net/ipv4/a.c', each)!.statement,
    );
    expect(two).toBe(given(one, 'one') + 1);
  });
  test('behind the last statement of a function there is none', () =>
    expect(at('30;\n}', 'net/ipv4/a.c', 4)).toBe('nothing'));
});
