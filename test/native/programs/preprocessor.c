/* The preprocessor: variable arguments of both kinds, pasting, stringifying, conditionals, digraphs, pragmas, line numbers. */
#include <stdio.h>
#include <string.h>
#define EMPTY
#define PASTE(a, b) a ## b
#define XPASTE(a, b) PASTE(a, b)
#define STR(x) #x
#define XSTR(x) STR(x)
#define OLD(format, args...) printf(format , ##args)
#define NEW(format, ...) printf(format, ##__VA_ARGS__)
#define ALL(...) #__VA_ARGS__
#define COUNT(...) COUNT_(__VA_ARGS__, 5, 4, 3, 2, 1, 0)
#define COUNT_(a, b, c, d, e, n, ...) n
#define LATER(x) x LATER2
#define LATER2(y) - y
#define SELF SELF + 1
#define A_ B_
#define B_ A_ 2
#define NOARGS() 7
#define ONE(x) <x>
#define MULTI(a, \
              b) \
	((a) + \
	 (b))
#define f(x) x + f(x)
#define g 3
#define obj (2)
#define LINE __LINE__
#define CAT3(a,b,c) a##b##c
#define HASH # x
#define EMPTYPASTE(a, b) [a##b]
#define fcall(x) twice(x)
static int twice(int x) { return 2 * x; }
static int SELF_value = 1;
#define SELF_value SELF_value + 10
static int fn(int x) { return x + 100; }
#define fn(x) fn((x) * 2)
#if defined NOTHING || (0 && 1/0) || 'a' != 97 || -1 > 0u == 0
#error wrong
#elif 1 ? 0 : 1
#error wrong
#elif UNKNOWN
#error wrong
#elif !defined(STR) || defined(UNKNOWN)
#error wrong
#else
static const char branch[] = "else";
#endif
#if 0
 it's "not closed
#elif 1
#if 1
#define INNER 1
#else
#define INNER 2
#endif
#endif /* comment */ 
#ifndef INNER
#error wrong
#endif
#if (0x7fffffffffffffff + 1 < 0) && (1 << 3 == 8) && (~0U == 0xffffffffffffffff) && (10 % 4 == 2) && (5 ^ 1) == 4
#define MATH 1
#else
#define MATH 0
#endif
%:define DIGRAPH(x) %:x
int main(void)
<%
	int a<:3:> = <% 1, 2, 3 %>; /* a comment // with another */ // and one more \
	continued onto this line
	int xy = 5, x1 = 6; char *s = "a" "b\
c" "\x41" "1\101\0end";
	printf("%s %d %d\n", DIGRAPH(di), a<:1:>, XPASTE(x, 1));
	OLD("old\n"); OLD("%d %d\n", 1, 2); NEW("new\n"); NEW("%s\n", "arg");
	printf("%s|%s|%s\n", ALL(a, b,   c), ALL(), STR( "quoted\n" 'c' '\\' ));
	printf("%d %d %d\n", COUNT(a), COUNT(a, b, c), COUNT(a, b, c, d, e));
	printf("%d\n", LATER(10)(3));
	printf("%s %s %s\n", XSTR(SELF), XSTR(A_), XSTR(f(f(1))));
	printf("%s %s\n", XSTR(XPASTE(PASTE(x, y), z)), XSTR(CAT3(a, , b)));
	printf("%d %s %s %s\n", NOARGS(), XSTR(ONE()), XSTR(ONE((a, b))), XSTR(EMPTYPASTE(, )));
	printf("%d %d\n", MULTI(1, 2), MULTI(
		3,
		4));
	printf("%d %d\n", SELF_value, fn(5));
	printf("%s %d\n", branch, MATH);
	printf("%s\n", STR(a  b	c /* gone */ d));
	printf("%s\n", XSTR(-obj -g));
	printf("%d %d\n", xy, x1);
	printf("%d %s\n", (int)strlen(s), s);
	printf("%s %s\n", XSTR(__LINE__), STR(__LINE__));
#line 500
	printf("%d %s\n", __LINE__, strrchr("/" __FILE__, '/') ? "file" : "");
#line 600 "other.c"
	printf("%d %s\n", LINE, __FILE__);
	printf("%s\n", STR(\n) STR('"') STR("\""));
	printf("%s\n", XSTR(HASH));
	printf("%d\n", fcall(fcall(4)));
	printf("%s\n", XSTR(1.5e+3.x 0x1p-3 ..5 ...));
	printf("%s\n", STR(@ ` $));
	printf("%s\n", "tri??/graph" + 3);
	printf("%d %d\n", __COUNTER__, __COUNTER__);
	printf("%s\n", XSTR(EMPTY a EMPTY b EMPTY));
#pragma push_macro("g")
#undef g
#define g 4
	printf("%d ", g);
#pragma pop_macro("g")
	printf("%d\n", g);
#ident "something"
#
	_Pragma("GCC whatever") printf("%s\n", "é\u00e9" "\U000000e9");
	printf("%d\n", (int)sizeof(L"\u00e9x") + (int)sizeof "\u00e9");
	return 0;
%>
