import { describe, test } from 'vitest';
import { check } from './check-c';

const names =
  'char c; signed char sc; short s; unsigned short us; int i, j; unsigned u; long l; unsigned long ul; long long ll; unsigned long long ull; float fl; double d; int *p, *q; char *cp; void *vp; int a[10];';

describe('conversions', () => {
  test('integer promotions', () => {
    check(names, 'c + s', '((int)c:char + (int)s:short);');
    check(names, '-us', '-(int)us:unsigned short;');
    check(names, '~c', '~(int)c:char;');
    check(names, 'c << ll', '((int)c:char << ll:long long);');
  });
  test('usual arithmetic conversions', () => {
    check(names, 'i + u', '((unsigned int)i + u:unsigned int):unsigned int;');
    check(names, 'u + l', '((unsigned long)u:unsigned int + (unsigned long)l:long):unsigned long;');
    check(names, 'ul + ll', '((long long)ul:unsigned long + ll:long long):long long;');
    check(names, 'll + ull', '((unsigned long long)ll:long long + ull:unsigned long long):unsigned long long;');
    check(names, 'i + fl', '((float)i + fl:float):float;');
    check(names, 'fl * d', '((double)fl:float * d:double):double;');
    check(names, 'i < u', '((unsigned int)i < u:unsigned int);');
  });
  test('bit-fields promote by their width', () => {
    const fields = 'struct { unsigned a:3; unsigned b:32; int c:5; } x;';
    check(fields, 'x.a + 0', '((int)x.a:unsigned int + 0);');
    check(fields, 'x.b - 1', '(x.b:unsigned int - 1:unsigned int):unsigned int;');
  });
  test('assignment', () => {
    check(names, 'c = i', '(c = (char)i);');
    check(names, 'd = i', '(d = (double)i);');
    check(names, 'p = 0', '(p = 0:int *);');
    check(names, 'p = vp', '(p = (int *)vp:void *);');
    check(names, 'i += d', '(i += d:double in double);');
    check(names, 'c += i', '(c += i in int);');
    check(names, 'us <<= ll', '(us <<= ll:long long in int);');
    check(names, 'p += i', '(p += i in int * *4);');
    check(names, 'p++', '(p +4);');
    check(names, '--c', '(-1+ c);');
  });
});

describe('pointers', () => {
  test('arithmetic, subscripts and differences', () => {
    check(names, 'p + i', '(p:int * +4* i):int *;');
    check(names, 'p - c', '(p:int * +-4* (int)c:char):int *;');
    check(names, 'a[i]', '*[(&a:int * +4* i):int *];');
    check(names, '2[a]', '*[(&a:int * +4* 2):int *];');
    check(names, 'p - q', '(p:int * -/4 q:int *);');
    check(names, 'vp + 1', '(vp:void * +1* 1):void *;');
    check(names, '*&i', 'i;');
    check(names, '&*p', 'p:int *;');
    check(names, '&a[3]', '(&a:int * +4* 3):int *;');
    check(names, '&a', '&a:int (*)[10];');
  });
  test('comparison', () => {
    check(names, 'p == 0', '(p:int * == 0:int *);');
    check(names, '0 != p', '(0:int * != p:int *);');
    check(names, 'p < q', '(p:int * < q:int *);');
    check(names, '&i == 0', '0;');
    check(names, 'vp == p', '(vp:void * == (void *)p:int *);');
  });
  test('conditional expressions', () => {
    check(names, 'i ? p : 0', '(i ? p:int * : 0:int *):int *;');
    check(names, 'i ? vp : p', '(i ? vp:void * : (void *)p:int *):void *;');
    check(names, 'i ? c : u', '(i ? (unsigned int)c:char : u:unsigned int):unsigned int;');
    check(names, 'i ?: j', '(i ?  : j);');
    check(names, 'c ?: ll', '((long long)c:char ?  : ll:long long):long long;');
    check(names, '1 ? i : j', 'i;');
    check(names, 'i ? (void)0 : (void)j', '(i ? (void)0 : (void)j):void;');
  });
  test('functions', () => {
    const functions = 'int g(int, char); int (*fp)(int, char); int v(const char *, ...); int k(); float fl; char c;';
    check(functions, 'g(1, 2)', 'g(1, 2:char);');
    check(functions, 'fp(1, c)', 'fp:int (*)(int, char)(1, c:char);');
    check(functions, '(*fp)(1, c)', 'fp:int (*)(int, char)(1, c:char);');
    check(functions, '(***g)(1, c)', 'g(1, c:char);');
    check(functions, 'v("x", fl, c)', 'v((const char *)&.str:char *, (double)fl:float, (int)c:char);');
    check(functions, 'k(fl, c)', 'k((double)fl:float, (int)c:char);');
    check(functions, 'fp = g', '(fp = g);');
    check(functions, 'fp = &g', '(fp = g);');
    check(functions, '!g', '0;');
  });
});

describe('constants', () => {
  test('fold in the width of their type', () => {
    check('', '2147483647 + 1', '-2147483648;');
    check('', '0xffffffffu + 1', '0:unsigned int;');
    check('', '-1 > 0u', '1;');
    check('', '1 << 31', '-2147483648;');
    check('', '-7 / 2', '-3;');
    check('', '-7 % 3', '-1;');
    check('', '-8 >> 1', '-4;');
    check('', '(char)300', '44:char;');
    check('', '(unsigned char)-1', '255:unsigned char;');
    check('', '(_Bool)256', '1:_Bool;');
    check('', '1.5 + 2', '3.5:double;');
    check('', '(int)3.99', '3;');
    check('', '0.1f', '0.10000000149011612:float;');
    check('', '1 ? 2 : 3.0', '2:double;');
    check('', '!5 || 3 && 0', '0;');
    check('', '1LL << 40', '1099511627776:long long;');
    check('', "'a' + L'b'", '195:long;');
  });
  test('literals take the first type that holds them', () => {
    check('', '2147483648', '2147483648:unsigned long;');
    check('', '2147483648', '2147483648:long long;', { dialect: 'c99' });
    check('', '0x80000000', '2147483648:unsigned int;');
    check('', '1L', '1:long;');
    check('', '1ull', '1:unsigned long long;');
    check('', '0x100000000', '4294967296:long long;');
  });
  test('sizes and offsets', () => {
    const records = 'struct s { char c; int i[3]; struct { short x, y; } in; }; struct s v, *p;';
    check(records, 'sizeof(struct s)', '20:unsigned int;');
    check(records, 'sizeof v.i', '12:unsigned int;');
    check(records, 'sizeof "abc"', '4:unsigned int;');
    check(records, 'sizeof(*p)', '20:unsigned int;');
    check(records, 'sizeof p->i / sizeof p->i[0]', '3:unsigned int;');
    check(records, '(unsigned long)&((struct s *)0)->in.y', '18:unsigned long;');
    check(records, '__builtin_offsetof(struct s, i[2])', '12:unsigned int;');
    check(records, '__builtin_offsetof(struct s, in.y)', '18:unsigned int;');
    check(records, 'sizeof(void)', '1:unsigned int;');
    check(records, '__alignof__(short)', '2:unsigned int;');
  });
  test('arms that are never reached are dropped, but checked', () => {
    check('void never(void); int i;', '1 ? i : (never(), 2)', 'i;');
    check('int never(void);', '0 && never()', '0;');
    check('int never(void); int i;', '__builtin_constant_p(i) ? never() : i', 'i;');
    check('', '__builtin_constant_p(3 * 4)', '1;');
  });
  test('division by zero is left to the machine', () => {
    check('', '1 / 0', '(1 / 0); // warning [1 / 0] division by zero');
  });
});

describe('members', () => {
  const records =
    'struct s { int a; union { int b; char c[4]; }; struct { int d; } e; }; struct s v, *p; const struct s k; struct s g(void);';
  test('of places and pointers, through anonymous members', () => {
    check(records, 'v.a', 'v.a;');
    check(records, 'p->b', '*[p:struct s *].?.b;');
    check(records, 'p->c', '&*[p:struct s *].?.c:char *;');
    check(records, '(&v)->e.d = 3', '(v.e.d = 3);');
  });
  test('of values, which get a temporary', () => {
    check(records, 'g().a', '{g():struct s}.a;');
    check(records, '(v = *p).a', '{(v = *[p:struct s *]:struct s)}.a;');
  });
});

describe('GNU C', () => {
  test('statement expressions, typeof', () => {
    check('int i;', '({ typeof(i) t = i; t + 1; })', '({ t := i; => (t + 1) });');
    check('int i;', '({ i++; })', '(i +1);');
    check('', '({ int x; })', '({  }):void;');
  });
  test('places of old GNU C', () => {
    check('int i, j; int a[4];', '(i, j)++', '(*[((void)i, &j:int *)] +1);');
    check('int i, j, k;', '(i ? j : k) = 2', '(*[(i ? &j:int * : &k:int *):int *] = 2);');
    check('char *p;', '((int *)p)++', '(*[(int **)&p:char **] +4);');
    check(
      'char *p; int i;',
      '(i, p) = 0; (int)i = 2',
      '(*[((void)i, &p:char **)] = 0:char *); (*[&i:int *] = 2);'.replace('*[&i:int *]', 'i'),
    );
    check(
      'int i, j;',
      '(i, j)++',
      'TRAP; // error [i, j] the target of an assignment must be a variable, a member or something pointed to',
      { dialect: 'c99' },
    );
  });
  test('builtins', () => {
    check('int i;', '__builtin_expect(i, 0)', '(long)i;');
    check('', '__builtin_types_compatible_p(int, long)', '0;');
    check('', '__builtin_types_compatible_p(char *, char *)', '1;');
    check('int i; char *p;', '__builtin_choose_expr(1, i, p)', 'i;');
    check('', '__builtin_return_address(0)', '__builtin_return_address(0:unsigned int):void *;');
    check(
      '',
      '__builtin_nonsense(1)',
      "TRAP; // error [__builtin_nonsense] '__builtin_nonsense' is not a builtin of this compiler",
    );
  });
  test('cast to union, compound literals', () => {
    check('union u { int i; char *p; } x; int i;', 'x = (union u)i', '(x = (literal zero 0=i):union u);');
    check('struct s { int a, b; } x;', 'x = (struct s){ .b = 2 }', '(x = (literal zero 4=2):struct s);');
    check('int *p;', 'p = (int[]){1, 2}', '(p = &(literal 0=1 4=2):int *);');
  });
  test('_Generic', () => {
    check('int i; const char *s; char *t; double d;', '_Generic(i + 2, long: 1, int: 2, default: 3)', '2;');
    check('const char *s;', '_Generic(s, char *: 1, const char *: 2, default: 3)', '2;');
    check('double d;', '_Generic(d, int: 1, default: 3)', '3;');
    check('', '_Generic("a", char *: 1, default: 3)', '1;');
  });
  test('function names are strings', () => {
    check('', '__func__', '&.str:char *;');
    check('', 'sizeof __FUNCTION__', '2:unsigned int;');
  });
});

describe('increments bind tighter than prefix operators', () => {
  test('!x++', () => {
    check('int x;', '!x++', '!(x +1);');
    check('int x;', '-x--', '-(x +-1);');
    check('int *p;', '*p++', '*[(p +4)];');
    check('char c;', '(int)c++', '(int)(c +1);');
  });
});
