/**
 * Small C functions whose IR and wasm are kept as golden files: one for each way in which code is made.
 *
 * The function that is looked at is called as its entry; what stands before it is declarations.
 */
export const programs: Readonly<Record<string, string>> = {
  'loop-sum': `int run(const int *p, int n) {
  int s = 0;
  while (n-- > 0)
    s += *p++;
  return s;
}
`,
  'nested-for': `int cell[4][8];
int run(int limit) {
  int i, j, s = 0;
  for (i = 0; i < 4; i++)
    for (j = 0; j < limit; j++) {
      if (cell[i][j] < 0)
        continue;
      s += cell[i][j];
    }
  return s;
}
`,
  'do-while': `unsigned run(unsigned n) {
  unsigned bits = 0;
  do {
    bits += n & 1;
    n >>= 1;
  } while (n);
  return bits;
}
`,
  'goto-into-loop': `int run(int n) {
  int i = 0;
  if (n > 3)
    goto middle;
  while (i < n) {
    i += 2;
  middle:
    i++;
  }
  return i;
}
`,
  'switch-dense': `int run(int n) {
  switch (n) {
  case 0:
    return 5;
  case 1:
    n += 2;
  case 2:
    n *= 3;
    break;
  case 4 ... 6:
    return n;
  default:
    n = -1;
  }
  return n;
}
`,
  'switch-sparse': `int run(unsigned n) {
  switch (n) {
  case 7:
    return 1;
  case 70000:
    return 2;
  case 0x80000000:
    return 3;
  }
  return 0;
}
`,
  'bit-fields': `struct bits { unsigned low : 3; int middle : 7; unsigned long long high : 40; } bits;
int run(int n) {
  bits.low = n;
  bits.middle += n;
  bits.high = bits.low;
  return bits.middle;
}
`,
  'bit-fields-packed': `struct __attribute__((packed)) bits { unsigned char tag; unsigned wide : 30; } *bits;
int run(int n) {
  bits->wide = n;
  return bits->wide;
}
`,
  'struct-copy': `struct pair { int a; char b[20]; } first, second;
struct pair other(struct pair one, int n);
int run(int n) {
  struct pair local = { 1, "x" };
  first = local;
  second = other(first, n);
  return second.a;
}
`,
  varargs: `int print(const char *text, ...);
int run(int n, ...) {
  __builtin_va_list list;
  long long last;
  __builtin_va_start(list, n);
  last = __builtin_va_arg(list, long long);
  __builtin_va_end(list);
  return print("%d %lld %f", n, last, 0.5f);
}
`,
  'call-through-pointer': `struct operations { int (*open)(void *, int, int, int); } *table;
int run(int which, void *data) {
  if (table[which].open)
    return table[which].open(data, 1, 2, 3);
  return -1;
}
`,
  'addressed-local': `void fill(int *place, unsigned char *byte);
int run(short n) {
  int place = n;
  unsigned char byte = 255;
  fill(&place, &byte);
  return place + byte++;
}
`,
  'short-circuit': `int both(int n);
int run(int a, int b) {
  return (a && both(b)) || (b ? a / b : a % 3);
}
`,
  'wide-numbers': `double scale;
long long run(long long n, float f) {
  unsigned long long u = n;
  scale += f;
  return u / 10 + (n >> 3) + (long long)scale;
}
`,
  'computed-goto': `int run(int n) {
  static void *const way[] = { &&up, &&down };
  goto *way[n & 1];
up:
  return n + 1;
down:
  return n - 1;
}
`,
};
