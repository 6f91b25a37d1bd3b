import { describe, expect, it } from 'vitest';
import { check, run } from './check';

describe('text to tokens', () => {
  it('takes comments as white space, also around and in directives', () => {
    check('a/**/b // c\\\nstill comment\n/* x */ # /* y */ define X /* z\n */ 1\nX', 'a b 1');
  });

  it('joins lines that end in a backslash, also in names, numbers and literals', () => {
    check('#define X 1 \\\n 2\nX ab\\\ncd 12\\\n34 "x\\\ny"', '1 2 abcd 1234 "xy"');
    check('a\\\r\nb c', 'ab c');
  });

  it('keeps string literals of several lines, as old GNU C had them', () => {
    check('asm("one\ntwo"); x', 'asm("one two"); x');
  });

  it('knows all punctuators and the digraphs', () => {
    check('a<<=b>>=c...->++--&&||!=<=>=##', 'a<<=b>>=c...->++--&&||!=<=>=##');
    check('%: define X <: 1 :> <% %>\nX', '[ 1 ] { }');
  });

  it('takes letters outside ASCII into names, and full-width signs apart', () => {
    expect(run('größe 变量 a（b').tokens.length).toBe(5);
  });

  it('takes the second side of conflict markers and tells so', () => {
    const text = 'a\n<<<<<<< HEAD\nours\n||||||| base\nold\n=======\ntheirs\n>>>>>>> other\nb\n=======\nc';
    const { tokens } = check(text, 'a theirs b ======= c', ['2:SS1009']);
    expect(tokens.span(1)).toMatchObject({ start: text.indexOf('theirs'), end: text.indexOf('theirs') + 6 });
  });
});

describe('places', () => {
  it('shows tokens of a macro body at the outermost use, and arguments where they are written', () => {
    const text = '#define inner(x) (x)\n#define outer(y) [inner(y) z]\nv = outer( arg );';
    const { tokens } = run(text);
    const use = { start: text.lastIndexOf('outer'), end: text.length - 1 };
    const shown = Array.from({ length: tokens.length }, (_, i) => {
      const { start, end } = tokens.span(i);
      return `${tokens.text(i)}@${start === use.start && end === use.end ? 'use' : text.slice(start, end)}`;
    });
    expect(shown).toEqual(['v@v', '=@=', '[@use', '(@use', 'arg@arg', ')@use', 'z@use', ']@use', ';@;']);
    expect([0, 2, 4].map((i) => tokens.atomTable.text(tokens.macros[i] as number))).toEqual(['', 'outer', 'outer']);
  });

  it('shows tokens of headers in the header', () => {
    const { tokens } = run('#include "x.h"\ny', { files: { 'include/x.h': '  x' } });
    expect(tokens.file(0).path).toBe('include/x.h');
    expect(tokens.span(0)).toMatchObject({ start: 2, end: 3 });
    expect(tokens.file(1).path).toBe('main.c');
  });
});
