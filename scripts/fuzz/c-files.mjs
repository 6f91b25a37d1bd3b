/**
 * Mutated C files: our kernel's C (compiled by `cc` with a `main` that refers to each of its functions, and read raw by
 * the search for annotations) and the programs of the tests. Programs run with a budget of statements: what never ends
 * is no fault of ours.
 */
import { mutate } from './mutate-text.mjs';
import { once, root, textsBelow } from './sources.mjs';

const kernel = once(() => textsBelow('media/kernel', '.c'));
const programs = once(() => [
  ...textsBelow('test/native/programs', '.c').map(({ path, text }) => ({
    path,
    text: `#include <stdio.h>\n${text}\nint main(void) { return 0; }\n`,
  })),
  ...textsBelow('bench/kernels', '.c'),
  ...textsBelow('media/hosted/lib', '.c'),
  ...ownPrograms.map((text, index) => ({ path: `own ${index + 1}`, text })),
]);

/** Programs whole in themselves, so that mutants of them also run. */
const ownPrograms = [
  `#include <stdio.h>
#include <string.h>
struct point { int x, y; char name[8]; };
static struct point table[4] = { { 1, 2, "one" }, { 3, 4, "two" }, [3] = { .y = 7 } };
static int sum(const struct point *p, int n) { int s = 0; while (n-- > 0) { s += p[n].x * p[n].y; } return s; }
int main(void)
{
	char text[40];
	int i;
	for (i = 0; i < 4; i++) {
		sprintf(text, "%d %s %5.2f", table[i].x, table[i].name, i / 3.0);
		printf("%s %u\\n", text, (unsigned)strlen(text));
	}
	return sum(table, 4) == 14 ? 0 : 1;
}
`,
  `#include <stdio.h>
#include <stdlib.h>
#include <stdarg.h>
typedef int (*step)(int);
enum kind { ADD, DOUBLE, NEGATE = 7 };
static int add(int x) { return x + 3; }
static int twice(int x) { return x << 1; }
static int negate(int x) { return -x; }
static step steps[] = { add, twice, negate };
static int total(int n, ...)
{
	va_list list;
	int s = 0;
	va_start(list, n);
	while (n-- > 0)
		s += va_arg(list, int);
	va_end(list);
	return s;
}
static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
int main(void)
{
	int *list = malloc(10 * sizeof(*list)), i;
	for (i = 0; i < 10; i++)
		list[i] = steps[i % 3](i * 17 % 11);
	qsort(list, 10, sizeof(*list), compare);
	switch (total(3, 1, 2, 4)) {
	case NEGATE: puts("seven"); break;
	default: goto out;
	}
	for (i = 0; i < 10; i++)
		printf("%d,", list[i]);
out:
	free(list);
	return 0;
}
`,
  `#include <stdio.h>
#define JOIN(a, b) a##b
#define TEXT(x) #x
#define LOOP(n, body) do { int i_; for (i_ = 0; i_ < (n); i_++) { body; } } while (0)
union word { unsigned int all; struct { unsigned int low : 4, middle : 20, high : 8; } part; unsigned char byte[4]; };
static long long wide(unsigned long long x, int by) { return (long long)(x >> by) ^ (long long)(x * 3u); }
int main(int argc, char **argv)
{
	union word JOIN(the, Word) = { 0x12345678 };
	double d = 1.0;
	int rows = 3, grid[rows][4], r, c;
	LOOP(5, d = d * 1.5 - i_);
	for (r = 0; r < rows; r++)
		for (c = 0; c < 4; c++)
			grid[r][c] = ({ int t = r * c; t * t; });
	printf("%x %x %g %lld %s %d\\n", theWord.part.middle, theWord.byte[1], d, wide(1ull << 40, 7), TEXT(a + b), grid[2][3]);
	return argc == 1 && argv[0][0] ? 0 : 1;
}
`,
];

const includes = ['-I', `${root}/media/kernel/include`, '-D', '__KERNEL__=1'];

/** A `main` that keeps every function of the file, so that all are compiled to the end. */
function keepingAll(text) {
  const names = [...text.matchAll(/^[a-z][\w \t*]*?\b(\w+)\([^;{]*\)\s*\{/gm)].map((match) => match[1]);
  const table = [...new Set(names)].map((name) => `(void *)${name}`).join(', ');
  return `\nvoid *keep_all[] = { ${table || '0'} };\nint main(void) { return keep_all[0] == 0; }\n`;
}

/** @returns the case of this number: files, and the command lines to run on them */
export function makeCase(random) {
  const fromKernel = random.chance(0.5);
  const { path, text } = random.pick(fromKernel ? kernel() : programs());
  const { data, about } = mutate(text, random);
  const budget = ['--budget', '20000000'];
  const file = 'input.c';
  if (!fromKernel) {
    return { about: `${about} of ${path}`, file, data, runs: [['cc', file, ...budget]] };
  }
  return random.chance(0.15)
    ? { about: `${about} of ${path}`, file, data, runs: [['annotations', '--check', file]] }
    : {
        about: `${about} of ${path}`,
        file,
        data: Buffer.concat([data, Buffer.from(keepingAll(text))]),
        runs: [['cc', file, ...includes, ...budget]],
      };
}
