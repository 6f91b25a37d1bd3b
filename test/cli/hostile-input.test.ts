/**
 * Inputs that nobody writes and `npm run fuzz` found: each ends with a status and a sentence, in bounded time, and is
 * kept here in its shortest form.
 */
import { describe, test } from 'vitest';
import { check } from './cli-fixture';

/** A hosted program given as text. */
const cc = (text: string, expected: Parameters<typeof check>[1], options = ''): Promise<void> =>
  check(`cc a.c ${options}`, expected, { files: { 'a.c': text } }).then(() => undefined);

describe('programs that never end are ended by their budget', () => {
  const large = 'struct s { char a[3000000]; };';
  test.each([
    ['computed jumps alone', 'int main(void) { void *p = &&here; here: goto *p; }'],
    [
      'a computed jump out of a statement expression',
      'int main(void) { void *p = &&here; int n = 0; here: n += ({ goto *p; 0; }); return n; }',
    ],
    [
      'the library over much memory',
      '#include <string.h>\nstatic char a[10000000]; int main(void) { int n = 0; memset(a, 1, sizeof(a) - 1); for (;;) n += strlen(a); }',
    ],
    [
      'the library moving blocks',
      '#include <stdlib.h>\nint main(void) { char *p = 0; int n = 0; for (;;) p = realloc(p, n++ & 0xffff); }',
    ],
    [
      'the library printing',
      '#include <stdio.h>\nstatic char a[100]; int main(void) { for (;;) { sprintf(a, "%f %d", 2.5, 7); fprintf(stderr, "%s\\n", a); } }',
    ],
    ['the library calculating', '#include <math.h>\nint main(void) { double d = 1; for (;;) d = sin(d) + 1e-9; }'],
    ['large records copied', 'struct s { char a[30000000]; } a, b; int main(void) { for (;;) a = b; }'],
    [
      'large records given and taken',
      `${large} struct s g; struct s f(struct s x) { return x; } int main(void) { for (;;) g = f(g); }`,
    ],
    ['large records cleared', `${large} int main(void) { for (;;) { struct s s = { { 1 } }; s.a[1]++; } }`],
    [
      'many large records copied in one stretch',
      `${large} struct s a, b; int main(void) { ${'a = b;'.repeat(3000)} return 0; }`,
    ],
    ['large frames', 'int f(void) { char a[9000000]; return a[0] = 1; } int main(void) { for (;;) f(); }'],
    [
      'large frames below many small ones',
      'int main(void); int f(void) { char a[15000000]; return a[0] = 1; } int main(void) { return f() + main(); }',
    ],
    ['large blocks of the heap', '#include <stdlib.h>\nint main(void) { for (;;) free(calloc(1, 20000000)); }'],
    ['large blocks of frames', 'int f(int n) { char p[n]; return p[0] = 1; } int main(void) { for (;;) f(20000000); }'],
    [
      'large blocks moved by the library',
      '#include <strings.h>\n#include <string.h>\nchar a[20000000], b[20000000]; int main(void) { for (;;) { bzero(a, 20000000); bcopy(a, b, 20000000); memchr(a, 1, 20000000); } }',
    ],
    [
      'long texts against long sets',
      '#include <string.h>\nchar a[1000000]; int main(void) { int i; for (i = 0; i < 999999; i++) a[i] = i % 255 + 1; for (;;) strspn(a, a); }',
    ],
  ])('%s', (_name, text) => cc(text, { status: 1, err: 'stopped after 300,000 statements' }, '--budget 300000'));
  test('little text before much memory in which no text ends', () =>
    cc(
      '#include <stdio.h>\n#include <string.h>\nstatic char a[60000000], b[9]; int main(void) { memset(a, 120, sizeof(a)); for (;;) sprintf(b, "%.1s", a); }',
      { status: 1, err: 'stopped after 6,000,000 statements' },
      '--budget 6000000',
    ));
});

describe('objects that no memory has room for', () => {
  const use = 'int main(void) { b[7] = 1; return b[7] - 1; }';
  test.each([
    ['a variable', `static char b[1000000000]; ${use}`, "variable 'b' is larger than 67108864 bytes"],
    ['a variable of another file', `extern char b[1000000000]; ${use}`, "'b' has no room: variables may take"],
    ['an initialised variable', `static char b[1000000000] = { 1 }; ${use}`, 'is larger than 67108864 bytes'],
    [
      'many that fit alone',
      `${Array.from({ length: 60 }, (_, i) => `static char b${i}[60000000];`).join('\n')} int main(void) { return b1[0] + b59[0]; }`,
      "variable 'b59' is larger than 14217728 bytes",
    ],
    [
      'many of other files',
      `${Array.from({ length: 60 }, (_, i) => `extern char b${i}[60000000];`).join('\n')} int main(void) { return ${Array.from({ length: 60 }, (_, i) => `b${i}[0]`).join('+')}; }`,
      /'b\d+' has no room: variables may take 134217728 bytes together/,
    ],
    [
      'a record of two gigabytes by value',
      'struct s { char c[2000000000]; }; static struct s f(struct s x) { return x; } int main(void) { struct s *p = 0; f(f(*p)); return 0; }',
      /the stack is used up in main/,
    ],
  ])('%s', (_name, text, err) => cc(text, { status: text.includes('*p') ? 1 : 2, err }));
});

describe('text functions on large memory', () => {
  test('see all of it, and where it ends', () =>
    cc(
      `#include <stdio.h>
       #include <string.h>
       static char a[3000000], b[3000000];
       int main(void)
       {
         memset(a, 'x', 2500000);
         strcpy(b, a);
         strcat(b, "yz");
         strncpy(a + 2999990, b + 2499999, 10);
         printf("%u %u %d %d %d ", (unsigned)strlen(a), (unsigned)strnlen(b, 7), strcmp(a, b), strncmp(a, b, 2500000), strcmp(b, b));
         printf("%d %d %s\\n", (int)(strchr(b, 'y') - b), (int)(strchr(b, 0) - b), a + 2999990);
         return strchr(b, 'q') != 0;
       }`,
      { status: 0, out: '2500000 7 -1 0 0 2500000 2500002 xyz\n' },
    ));
  test('say what is wrong where the text leaves what it may see', () =>
    cc('#include <string.h>\nint main(void) { return strlen((char *)0xfffffff0); }', {
      status: 1,
      err: 'strlen: nothing is at 0xfffffff0',
    }));
  test('blocks of alloca in a hundred thousand frames', () =>
    cc(
      '#include <alloca.h>\nstatic int f(int depth) { char *a = alloca(3), *b = alloca(5); a[0] = b[0] = 1; return depth ? f(depth - 1) + a[0] - b[0] : 0; }\nint main(void) { return f(100000) + f(100000); }',
      { status: 0 },
    ));
});

describe('more of one thing than a call takes arguments', () => {
  const many = 130_000;
  const numbered = (text: (i: number) => string, between = ' '): string =>
    Array.from({ length: many }, (_, i) => text(i)).join(between);
  test.each([
    ['letters of a text', `int main(void) { return sizeof "${'套'.repeat(many)}" != ${3 * many + 1}; }`, 0],
    ['variables of a block', `int main(void) { int ${numbered((i) => `v${i}`, ',')}; return v1 = 0; }`, 0],
    ['lines that are wrong', numbered(() => '#nothing', '\n'), 2],
    ['attributes', `int main(void) { return 0; } int x __attribute__((${numbered(() => 'unused', ',')}));`, 0],
  ])('%s', (_name, text, status) => cc(text, { status }));
  test('keys of a pack, and errors in it', async () => {
    const wrong = `entries:\n${'- a\n'.repeat(9000)}${': \n'.repeat(30_000)}- field: a.b\n${']'.repeat(50_000)}`;
    const files = { '.sockscope/annotations/input.yaml': wrong, 'a.c': '' };
    await check('annotations --check a.c', { status: 1, err: 'input.yaml' }, { files });
  });
});

describe('programs and functions larger than can be compiled', () => {
  const tooLarge =
    /[ab]\.[ch]:\d+:\d+: error: the source is too large: .* \(leave out what is not needed, or split it\)/;
  test.each([
    ['many declarations', Array.from({ length: 180_000 }, (_, i) => `int a${i};`).join('\n')],
    [
      'many uses of a macro',
      `#define F(x) int x##a, x##b, x##c, x##d;\n${Array.from({ length: 70_000 }, (_, i) => `F(f${i})`).join(' ')}`,
    ],
    ['a header included again and again', '#include "b.h"\n'.repeat(600)],
  ])('%s are told where they become too many', async (_name, text) => {
    await check(
      'cc a.c',
      { status: 2, err: tooLarge },
      { files: { 'a.c': text, 'b.h': 'extern int a;\n'.repeat(300) } },
    );
  });
  test('several files count together', async () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [`${name}.c`, `extern int ${name};\n`.repeat(50_000)]),
    );
    await check('cc a.c b.c c.c', { status: 2, err: /c\.c:\d+:\d+: error: the source is too large/ }, { files });
  });
  test('a function of more places than an engine takes', () =>
    cc(`int main(void) { int x = 0; ${'x++;'.repeat(70_000)} return 0; }`, {
      status: 2,
      err: "a.c:1:5: error: function 'main' is too large to be run (make several functions of it)",
    }));
});

describe('long functions', () => {
  test('values that wait for loops in the middle of an expression are kept', () =>
    cc(
      `#include <stdio.h>
       static int f(int n) { return n * 3 + 1; }
       int main(void)
       {
         int k, sum = 0;
         for (k = 0; k < 50; k++)
           sum += f(k) * f(1) + ({ int i, s = 0; for (i = 0; i < 40; i++) s += f(i) - f(k) * (f(i) & 1 ? f(2) : f(s & 3)); s; }) * f(2) - f(sum & 7);
         printf("%d\\n", sum);
         return 0;
       }`,
      { status: 0, out: '-6028737\n' },
      '--budget 1000000',
    ));
});
