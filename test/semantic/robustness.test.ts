import { messages as told } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import type { Expr, Initializer, Stmt, TopLevel, TypeSyntax } from '../../src/parse/ast';
import { checkUnit } from '../../src/semantic/check-unit';
import { SourceFile } from '../../src/source/source-file';
import { checkC, functionNamed, messages } from './check-c';

const span = { file: new SourceFile('test.c', 'deep'), start: 0, end: 4 };
const int: TypeSyntax = { kind: 'basic', span, words: ['int'] };
const one: Expr = { kind: 'integer', span, value: 1n, decimal: true, unsigned: false, long: 0 };
const depth = 50_000;

function nest<T>(start: T, wrap: (inner: T) => T): T {
  let result = start;
  for (let i = 0; i < depth; i++) {
    result = wrap(result);
  }
  return result;
}

function inFunction(body: Stmt): TopLevel {
  const type: TypeSyntax = { kind: 'function', span, returns: int, parameters: [], variadic: false, prototype: true };
  return {
    kind: 'function',
    span,
    name: 'f',
    nameSpan: span,
    storage: undefined,
    inline: false,
    type,
    oldStyle: [],
    attributes: [],
    body: { kind: 'block', span, items: [body] },
  };
}

function variable(type: TypeSyntax, initializer?: Initializer): TopLevel {
  return {
    kind: 'declaration',
    span,
    storage: undefined,
    inline: false,
    base: int,
    declarators: [{ span, name: 'x', nameSpan: span, type, initializer, bitWidth: undefined, attributes: [] }],
  };
}

function problems(item: TopLevel): string[] {
  return [...new Set(told(checkUnit('test.c', [item]).diagnostics))];
}

const tooDeep = /nested more than \d+ levels deep/;

describe('nesting without end is told, not followed', () => {
  test('expressions', () => {
    const statement = (value: Expr): TopLevel => inFunction({ kind: 'expression-statement', span, value });
    expect(
      problems(statement(nest<Expr>(one, (operand) => ({ kind: 'unary', span, operator: '-', operand })))).join(),
    ).toMatch(tooDeep);
    expect(
      problems(
        statement(nest<Expr>(one, (right) => ({ kind: 'binary', span, operator: '+', left: one, right }))),
      ).join(),
    ).toMatch(tooDeep);
    expect(
      problems(
        statement(
          nest<Expr>(one, (otherwise) => ({ kind: 'conditional', span, condition: one, then: one, otherwise })),
        ),
      ).join(),
    ).toMatch(tooDeep);
    expect(
      problems(statement(nest<Expr>(one, (operand) => ({ kind: 'cast', span, type: int, operand })))).join(),
    ).toMatch(tooDeep);
    expect(
      problems(
        statement(
          nest<Expr>(one, (operand) => ({
            kind: 'sizeof-type',
            span,
            type: { kind: 'typeof-expression', span, operand },
          })),
        ),
      ).join(),
    ).toMatch(tooDeep);
    expect(
      problems(
        statement(
          nest<Expr>(one, (value) => ({
            kind: 'statement-expression',
            span,
            body: { kind: 'block', span, items: [{ kind: 'expression-statement', span, value }] },
          })),
        ),
      ).join(),
    ).toMatch(tooDeep);
  });
  test('statements', () => {
    expect(
      problems(
        inFunction(nest<Stmt>({ kind: 'empty', span }, (body) => ({ kind: 'block', span, items: [body] }))),
      ).join(),
    ).toMatch(tooDeep);
    expect(
      problems(
        inFunction(nest<Stmt>({ kind: 'empty', span }, (body) => ({ kind: 'while', span, condition: one, body }))),
      ).join(),
    ).toMatch(tooDeep);
    expect(
      problems(
        inFunction(
          nest<Stmt>({ kind: 'empty', span }, (then) => ({
            kind: 'if',
            span,
            condition: one,
            then,
            otherwise: undefined,
          })),
        ),
      ).join(),
    ).toMatch(tooDeep);
  });
  test('types and initialisers', () => {
    expect(problems(variable(nest<TypeSyntax>(int, (to) => ({ kind: 'pointer', span, to })))).join()).toMatch(tooDeep);
    expect(problems(variable(nest<TypeSyntax>(int, (of) => ({ kind: 'array', span, of, size: one })))).join()).toMatch(
      tooDeep,
    );
    expect(
      problems(
        variable(
          { kind: 'array', span, of: int, size: undefined },
          nest<Initializer>({ kind: 'expression', span, value: one }, (value) => ({
            kind: 'list',
            span,
            items: [{ designators: [], value }],
          })),
        ),
      ).join(),
    ).toMatch(tooDeep);
  });
});

describe('long is not deep', () => {
  test('chains that lean to the left, else-if chains and labels in a row', () => {
    const sum = nest<Expr>(one, (left) => ({ kind: 'binary', span, operator: '+', left, right: one }));
    expect(problems(inFunction({ kind: 'expression-statement', span, value: sum }))).toEqual([]);
    const commas = nest<Expr>(one, (left) => ({ kind: 'comma', span, left, right: one }));
    expect(problems(inFunction({ kind: 'expression-statement', span, value: commas }))).toEqual([]);
    const chain = nest<Stmt>({ kind: 'empty', span }, (otherwise) => ({
      kind: 'if',
      span,
      condition: one,
      then: { kind: 'empty', span },
      otherwise,
    }));
    expect(problems(inFunction(chain))).toEqual([]);
  });
});

describe('sizes without end are told, not allocated', () => {
  test('arrays and initialisers', () => {
    expect(messages(checkC('char x[0x7fffffff][0x7fffffff];')).join()).toMatch(/larger than the address space/);
    expect(messages(checkC('struct { char a[0x7fffffff], b[0x7fffffff]; } x;')).join()).toMatch(
      /larger than the address space/,
    );
    expect(messages(checkC('int x[] = { [400000000] = 1 };')).join()).toMatch(/larger than \d+ bytes/);
    expect(messages(checkC('char x[2000000000];')).join()).toMatch(/larger than \d+ bytes/);
    expect(messages(checkC('int x[] = { [0 ... 99999999] = 1 };')).join()).toMatch(/too many elements/);
    expect(messages(checkC('struct { } x[] = { 1 };')).length).toBeGreaterThan(0);
  });
});

test('one file does not give diagnostics without end', () => {
  const result = checkC(`void f(void) { ${Array.from({ length: 3000 }, (_, i) => `x${i};`).join(' ')} }`);
  expect(result.diagnostics.length).toBeLessThanOrEqual(1000);
  expect(functionNamed(result, 'f').body.items.every((item) => item.kind === 'trap')).toBe(true);
});
