/** Numbers of values, values in formats, breakpoints as the client set them, exceptions that are wanted, completions. */
import { describe, expect, test } from 'vitest';
import { BreakpointStore, formatDataId } from '../../src/dap/breakpoint-store';
import { completionsAt } from '../../src/dap/completions';
import { ExceptionFilters, exceptionFilters } from '../../src/dap/exception-filters';
import { SourceNames } from '../../src/dap/source-names';
import { displayOf, frameName } from '../../src/dap/value-format';
import { ListContainer, memoryReferenceOf, ValueHandles } from '../../src/dap/value-handles';
import type { BreakpointResult, SessionApi, Stop } from '../../src/facade/session';
import type { Scalar, StackFrame, ValueNode } from '../../src/values/value-model';
import { plainNode } from '../values/plain-node';
import { FakeSession } from './fake-session';

const integer = (value: number | bigint, constant?: string): Scalar => ({
  kind: 'integer',
  value,
  signed: true,
  constant,
});

describe('numbers of values', () => {
  const list = (...names: string[]): ValueNode[] => names.map((name) => plainNode({ name }));
  const member =
    (prefix: string, count: number) =>
    (start = 0, wanted = count) =>
      Array.from({ length: Math.max(0, Math.min(wanted, count - start)) }, (_, at) =>
        plainNode({ name: `${prefix}${start + at}` }),
      );
  const named = (variables: readonly { readonly name: string }[]): string =>
    variables.map(({ name }) => name).join(' ');

  test('are void when the machine has moved, and not given out again', () => {
    const handles = new ValueHandles('en');
    const first = handles.add(new ListContainer(undefined, () => list('a'), false));
    expect(named(handles.read({ variablesReference: first }))).toBe('a');
    handles.clear();
    expect(() => handles.get(first)).toThrow('earlier stop');
    expect(handles.add(new ListContainer(undefined, () => [], false))).toBe(first + 1);
  });
  test('of a list that is read once, when it is unfolded', () => {
    let reads = 0;
    const container = new ListContainer(
      undefined,
      () => {
        reads++;
        return list('a', 'b', 'c', 'd');
      },
      true,
    );
    expect(reads).toBe(0);
    expect([container.named, container.indexed, container.declared]).toEqual([4, 0, true]);
    expect([container.children(), container.children(1), container.children(1, 2)].map(named)).toEqual([
      'a b c d',
      'b c d',
      'b c',
    ]);
    expect(reads).toBe(1);
  });
  test('parts of what is unfolded: members, then elements, from and so many', () => {
    const handles = new ValueHandles('en');
    const all = member('m', 5);
    const variablesReference = handles.add({ frame: undefined, named: 2, indexed: 3, children: all });
    const read = (more: object): string => named(handles.read({ variablesReference, ...more }));
    expect([
      read({}),
      read({ filter: 'named' }),
      read({ filter: 'indexed' }),
      read({ filter: 'indexed', start: 1, count: 1 }),
      read({ start: 1, count: 3 }),
      read({ start: -1, count: 1 }),
      read({ count: 0 }),
      read({ start: 5 }),
      read({ filter: 'named', start: 1, count: 9 }),
    ]).toEqual(['m0 m1 m2 m3 m4', 'm0 m1', 'm2 m3 m4', 'm3', 'm1 m2 m3', 'm0', 'm0 m1 m2 m3 m4', '', 'm1']);
    const many = handles.add({ frame: undefined, named: 0, indexed: 5000, children: member('', 5000) });
    expect(handles.read({ variablesReference: many })).toHaveLength(1000);
    expect(handles.read({ variablesReference: many, start: 4990, count: 100 })).toHaveLength(10);
  });
  test('a value as DAP has it', () => {
    const handles = new ValueHandles('en');
    const container = { frame: undefined, named: 0, indexed: 0, children: () => [] };
    const variable = (value: ValueNode, declared = false): object =>
      handles.variable(value, { ...container, declared });
    expect(variable(plainNode())).toEqual({
      name: 'n',
      value: '1',
      type: 'int',
      variablesReference: 0,
      presentationHint: { kind: 'data', attributes: ['readOnly'] },
    });
    const whole = plainNode({ expression: 'o.n', address: 0x1000, size: 4, named: 1, indexed: 2 });
    expect(variable(whole, true)).toEqual({
      name: 'n',
      value: '1',
      type: 'int',
      variablesReference: 1,
      namedVariables: 1,
      indexedVariables: 2,
      evaluateName: 'o.n',
      memoryReference: '0x00001000',
      declarationLocationReference: 2,
      presentationHint: { kind: 'data' },
    });
    expect(handles.named(2)).toEqual({ name: 'n', frame: undefined });
    const called: Scalar = { kind: 'pointer', address: 0xc0100000, symbol: 'f' };
    expect(variable(plainNode({ scalar: called, mark: 'function' }))).toMatchObject({
      valueLocationReference: 3,
      memoryReference: '0xc0100000',
    });
    expect(handles.named(3)).toEqual({ name: 'f', frame: undefined });
    for (const other of [
      plainNode({ scalar: called }),
      plainNode({ scalar: { kind: 'pointer', address: 1 }, mark: 'function' }),
    ]) {
      expect(variable(other)).not.toHaveProperty('valueLocationReference');
    }
    handles.clear();
    expect(handles.named(3)).toBeUndefined();
  });
  test('where its memory is: behind a pointer that leads somewhere, else its own', () => {
    const reference = (scalar: Scalar, address?: number): unknown => memoryReferenceOf(plainNode({ scalar, address }));
    expect([
      reference({ kind: 'pointer', address: 0x20 }, 0x10),
      reference({ kind: 'pointer', address: 0 }, 0x10),
      reference(integer(0x20), 0x10),
      reference(integer(0x20)),
    ]).toEqual([
      { memoryReference: '0x00000020' },
      { memoryReference: '0x00000010' },
      { memoryReference: '0x00000010' },
      {},
    ]);
  });
});

describe('formats', () => {
  test('integers in hexadecimal, of their size, with their constant; nothing else', () => {
    const shown = (more: Partial<ValueNode>, hex = true): string => displayOf(plainNode(more), { hex });
    expect([
      shown({ scalar: integer(-1) }),
      shown({ scalar: integer(-1), size: 2 }),
      shown({ scalar: integer(-1n), size: 8 }),
      shown({ scalar: integer(7, 'TCP_CLOSE'), size: 1 }),
      shown({ scalar: integer(10), display: 'ten' }, false),
      shown({ scalar: { kind: 'pointer', address: 5 }, display: 'five' }),
      displayOf(plainNode({ display: 'x' }), undefined),
    ]).toEqual(['0xffffffff', '0xffff', '0xffffffffffffffff', '0x7 (TCP_CLOSE)', 'ten', 'five', 'x']);
  });
  test('frames with module, parameters and line', () => {
    const session = new FakeSession();
    session.locals = () => [
      plainNode({ name: 'sk', type: 'struct sock *', parameter: true, scalar: { kind: 'pointer', address: 0x1000 } }),
      plainNode({ name: 'n', parameter: true, scalar: integer(10), size: 4, display: '10' }),
      plainNode({ name: 'local' }),
    ];
    const frame = { function: 'f', path: 'net/a.c', line: 7 } as StackFrame;
    const shown = (format: object | undefined, more: Partial<StackFrame> = {}): string =>
      frameName(session, { ...frame, ...more }, format);
    expect([
      shown(undefined),
      shown(undefined, { macro: 'M', partOf: 'g' }),
      shown({}),
      shown({ module: true }),
      shown({ module: true, line: true }, { path: undefined, line: 0 }),
      shown({ line: true }),
      shown({ parameters: true }),
      shown({ parameters: true, hex: true }),
      shown({ parameters: true, parameterTypes: true }),
      shown({ parameters: true, parameterNames: true }),
      shown({ parameters: true, parameterValues: true }),
      shown({ parameters: true, parameterTypes: true, parameterNames: true, parameterValues: true }),
      shown({ includeAll: true }),
    ]).toEqual([
      'f',
      'f ⊂ g [M]',
      'f',
      'net/a.c!f',
      'f',
      'f line 7',
      'f(sk=0x00001000, n=10)',
      'f(sk=0x00001000, n=0xa)',
      'f(struct sock *, int)',
      'f(sk, n)',
      'f(0x00001000, 10)',
      'f(struct sock *sk=0x00001000, int n=10)',
      'net/a.c!f(struct sock *sk=0x00001000, int n=10) line 7',
    ]);
  });
});

describe('breakpoints', () => {
  const source = { path: '/k/a.c' };
  /** A session that numbers from `first`, and a store; what was asked of the session last. */
  function store(): {
    store: BreakpointStore;
    session: (first: number, more?: Partial<BreakpointResult>) => SessionApi;
    asked: unknown[];
  } {
    const asked: unknown[] = [];
    const session = (first: number, more: Partial<BreakpointResult> = {}): SessionApi => {
      const fake = new FakeSession();
      const answer = (requests: readonly unknown[]): BreakpointResult[] => {
        asked.push(requests);
        return requests.map((_, at) => ({ id: first + at, verified: true, line: 10 + at, ...more }));
      };
      fake.setBreakpoints = (path, requests) => answer(requests).map((each) => ({ ...each, path })) as never;
      fake.setFunctionBreakpoints = answer as never;
      fake.setDataBreakpoints = answer as never;
      return fake;
    };
    const names = new SourceNames({ toClientPath: (path) => `/k/${path}`, fromClientPath: (path) => path.slice(3) });
    return { store: new BreakpointStore(names, () => 'en'), session, asked };
  }
  test('at lines: empty texts are none, and two of a place are two', () => {
    const { store: kept, session, asked } = store();
    const told = kept.setLines(session(5), source, [
      { line: 3, condition: '', hitCondition: '', logMessage: '' },
      { line: 3, column: 2, condition: 'c', hitCondition: '2', logMessage: 'm' },
      { line: 3 },
    ]);
    expect(asked).toEqual([
      [{ line: 3 }, { line: 3, column: 2, condition: 'c', hitCondition: '2', logMessage: 'm' }, { line: 3 }],
    ]);
    expect(told.map(({ id, line, source: at }) => [id, line, at?.name])).toEqual([
      [1, 10, 'a.c'],
      [2, 11, 'a.c'],
      [3, 12, 'a.c'],
    ]);
    expect(kept.onWire([5, 6, 7, 8])).toEqual([1, 2, 3, 8]);
    expect(kept.setLines(session(5), {}, [{ line: 3 }])).toMatchObject([{ verified: false, reason: 'failed' }]);
  });
  test('keep their numbers in another session; those that are there otherwise are told', () => {
    const { store: kept, session, asked } = store();
    kept.setLines(session(1), source, [{ line: 3 }]);
    kept.setFunctions(session(2), [{ name: ' f ', condition: '', hitCondition: '3' }]);
    kept.setData(session(3), [{ dataId: '16:4:a:b', accessType: 'read', condition: 'c', hitCondition: '' }]);
    asked.length = 0;
    expect(kept.apply(session(50))).toEqual([]);
    expect(asked).toEqual([
      [{ line: 3 }],
      [{ name: 'f', hitCondition: '3' }],
      [{ address: 16, size: 4, label: 'a:b', access: 'read', condition: 'c' }],
    ]);
    expect(kept.onWire([50])).toEqual([3]);
    expect(
      kept
        .apply(session(60, { verified: false, message: 'gone' }))
        .map(({ id, verified, message, reason }) => [id, verified, message, reason]),
    ).toEqual([
      [1, false, 'gone', 'failed'],
      [2, false, 'gone', 'failed'],
      [3, false, 'gone', 'failed'],
    ]);
    expect(kept.apply(session(60, { line: 99 })).map(({ id, line, reason }) => [id, line, reason])).toEqual([
      [1, 99, undefined],
      [2, 99, undefined],
      [3, 99, undefined],
    ]);
    expect(kept.onWire([50])).toEqual([50]);
  });
  test('on bytes, by an id that says which; ids of others are refused in their place', () => {
    const { store: kept, session, asked } = store();
    expect(formatDataId({ address: 16, size: 4, label: 'a\nb' })).toBe('16:4:a\nb');
    const ids = ['16:4:a\nb', '16:4', 'x:4:a', '12345678901:4:a', '16:12345678:a', ' 16:4:a', '20:1:'];
    const told = kept.setData(
      session(1),
      ids.map((dataId) => ({ dataId })),
    );
    expect(told.map(({ id, verified, reason }) => [id, verified, reason])).toEqual([
      [1, true, undefined],
      ...Array.from({ length: 5 }, () => [undefined, false, 'failed']),
      [2, true, undefined],
    ]);
    expect(asked).toEqual([
      [
        { address: 16, size: 4, label: 'a\nb' },
        { address: 20, size: 1, label: '' },
      ],
    ]);
    for (const accessType of ['read', 'write', 'readWrite'] as const) {
      kept.setData(session(1), [{ dataId: '16:4:a', accessType }]);
      expect(asked.at(-1)).toMatchObject([{ access: accessType }]);
    }
  });
  test('have the number of what was asked for, whatever stands beside it', () => {
    const { store: kept, session } = store();
    const functions = (...names: string[]): unknown[] =>
      kept
        .setFunctions(
          session(1),
          names.map((name) => ({ name })),
        )
        .map(({ id }) => id);
    const data = (...ids: string[]): unknown[] =>
      kept
        .setData(
          session(1),
          ids.map((dataId) => ({ dataId, accessType: 'read' as const })),
        )
        .map(({ id }) => id);
    const lines = (...all: number[]): unknown[] =>
      kept
        .setLines(
          session(1),
          source,
          all.map((line) => ({ line })),
        )
        .map(({ id }) => id);
    expect([functions('f', 'g'), functions('g'), functions('h', 'f')]).toEqual([[1, 2], [2], [3, 1]]);
    expect([data('16:4:a', '20:4:b'), data('20:4:b')]).toEqual([[4, 5], [5]]);
    expect(kept.setData(session(1), [{ dataId: '20:4:b', accessType: 'write' }])[0]?.id).toBe(6);
    expect([lines(3, 4), lines(4), lines(5, 3)]).toEqual([[7, 8], [8], [9, 7]]);
  });
  test('log points of a source', () => {
    const { store: kept, session } = store();
    kept.setLines(session(1), source, [
      { line: 3, logMessage: 'm' },
      { line: 4 },
      { line: 5, condition: 'c', logMessage: 'n' },
    ]);
    expect(kept.logPoints(source)).toEqual([
      { line: 3, path: 'a.c', message: 'm' },
      { line: 5, condition: 'c', path: 'a.c', message: 'n' },
    ]);
    expect([kept.logPoints({ path: '/k/b.c' }), kept.logPoints({})]).toEqual([[], []]);
  });
});

describe('exceptions', () => {
  /** Filters that were set, what they answer, and what the session was told. */
  function set(...given: (string | { filterId: string; condition?: string })[]) {
    const session = new FakeSession();
    const told: unknown[] = [];
    session.failedCalls.wait = ((names?: string) => {
      told.push(names);
      return (names ?? '').split(' ').filter((name) => name.startsWith('X'));
    }) as never;
    session.watchUnwrittenReads = (on) => void told.push(on);
    const filters = new ExceptionFilters();
    const answers = filters.set(
      {
        filters: given.filter((each) => typeof each === 'string'),
        filterOptions: given.filter((each) => typeof each !== 'string'),
      },
      session,
      'en',
    );
    return {
      filters,
      answers: answers.map(({ verified }) => verified),
      told,
      texts: answers.map(({ message }) => message),
    };
  }
  const failed = { reason: 'end', expectation: { line: 1, expected: '0', actual: '1' } } as Stop;
  const fault = (kind: string): never => ({ reason: 'fault', fault: { kind } }) as never;
  test('a filter that is refused is not set', () => {
    const { filters, answers, told } = set(
      { filterId: 'bug', condition: 'x' },
      { filterId: 'errno', condition: 'XYZ' },
    );
    expect(answers).toEqual([false, false]);
    expect(filters.wants(fault('bug'))).toBe(false);
    expect(told.at(-2)).toBeUndefined();
    const both = set({ filterId: 'errno', condition: 'XYZ' }, { filterId: 'errno', condition: 'EINVAL' });
    expect([both.answers, both.told.at(-2)]).toEqual([[false, true], 'EINVAL']);
  });
  test('that are wanted unless the client says otherwise', () => {
    const filters = new ExceptionFilters();
    expect(
      ['null', 'bug', 'panic', 'use-after-free', 'double-free', 'corruption', 'uninitialised-read'].map((kind) =>
        filters.wants(fault(kind)),
      ),
    ).toEqual([true, true, true, true, true, true, false]);
    expect(filters.asWanted(failed).expectation).toBeDefined();
    expect(
      exceptionFilters('en').map(({ filter, default: on, supportsCondition }) => [filter, on, supportsCondition]),
    ).toEqual([
      ['fault', true, undefined],
      ['bug', true, undefined],
      ['use-after-free', true, undefined],
      ['expectation', true, undefined],
      ['errno', false, true],
      ['uninitialized', false, undefined],
    ]);
  });
  test('by kind', () => {
    const wanted = (filter: string): boolean[] => {
      const { filters } = set(filter);
      return [
        ...['null', 'bug', 'use-after-free', 'uninitialised-read'].map((kind) => filters.wants(fault(kind))),
        filters.wants({ reason: 'fault' } as never),
        filters.asWanted(failed).expectation !== undefined,
        filters.wants({ reason: 'step' } as never),
      ];
    };
    expect(['fault', 'bug', 'use-after-free', 'uninitialized', 'expectation'].map(wanted)).toEqual([
      [true, false, false, false, true, false, true],
      [false, true, false, false, false, false, true],
      [false, false, true, false, false, false, true],
      [false, false, false, true, false, false, true],
      [false, false, false, false, false, true, true],
    ]);
  });
  test('are answered one by one, and the session is told', () => {
    expect(set('fault', 'nothing')).toMatchObject({ answers: [true, false], told: [undefined, false] });
    expect(set('uninitialized').told).toEqual([undefined, true]);
    expect(set('errno')).toMatchObject({ answers: [true], told: ['', '', false] });
    const both = set({ filterId: 'errno', condition: 'EINVAL' }, { filterId: 'errno', condition: 'EBADF' });
    expect([both.answers, both.told.at(-2)]).toEqual([[true, true], 'EINVAL EBADF']);
    expect(set({ filterId: 'errno', condition: 'X1 X2' }).texts[0]).toContain('X1, X2');
    const conditioned = set(
      { filterId: 'fault', condition: 'x' },
      { filterId: 'bug' },
      { filterId: 'bug', condition: '' },
    );
    expect(conditioned.answers).toEqual([false, true, true]);
    expect(conditioned.texts[0]).toContain('fault');
    expect(set('strange').texts[0]).toContain('strange');
  });
});

describe('completions', () => {
  const session = new FakeSession();
  const pointer = plainNode({ scalar: { kind: 'pointer', address: 4 } });
  const record = plainNode({
    named: 2,
    indexed: 1,
    children: (start = 0, count = 3) =>
      ['state', 'sk', '[0]'].slice(start, start + count).map((name) => plainNode({ name })),
  });
  session.evaluate = ((text: string) => ({
    value: ({ p: pointer, '*(p)': record, r: record } as Record<string, ValueNode>)[text],
    diagnostics: [],
  })) as never;
  session.locals = () => [plainNode({ name: 'state' }), plainNode({ name: '' })];
  session.names = () =>
    [
      { name: 'state', kind: 'global' },
      { name: 'start', kind: 'function', type: 'int (void)' },
      { name: 'STATE', kind: 'constant' },
    ] as never;
  const frame = {} as StackFrame;
  const complete = (text: string, column = text.length + 1, line = 1, at: StackFrame | undefined = frame): string[] =>
    completionsAt(session, text, column, line, at).map(
      ({ label, type, detail, start, length }) => `${label} ${type} ${detail} ${start}+${length}`,
    );
  test.each<[string, string[]]>([
    ['st', ['state variable int 0+2', 'start function int (void) 0+2']],
    ['ST', ['STATE enum undefined 0+2']],
    ['1 + sta', ['state variable int 4+3', 'start function int (void) 4+3']],
    ['p->', ['state field int 3+0', 'sk field int 3+0']],
    ['p-> s', ['state field int 4+1', 'sk field int 4+1']],
    ['r.sk', ['sk field int 2+2']],
    ['q->s', []],
    ['x1', []],
  ])('%s', (text, items) => expect(complete(text)).toEqual(items));
  test('heed caret, line and frame', () => {
    expect(complete('sk st', 2)).toEqual(['state variable int 0+1', 'start function int (void) 0+1']);
    expect(complete('a\nbc\nst', 3, 3)).toEqual(['state variable int 5+2', 'start function int (void) 5+2']);
    expect(complete('st\nx', 3, 0)).toEqual(complete('st\nx', 3, 1));
    expect(complete('st', 3, 1, undefined)).toHaveLength(2);
    expect(complete('st', 0)).toEqual(complete('', 1));
    expect(completionsAt(session, 'st', 3, 1, undefined)[0]).toMatchObject({ label: 'state', type: 'global' });
  });
  test('two hundred at most', () => {
    session.names = () => Array.from({ length: 300 }, (_, at) => ({ name: `n${at}`, kind: 'constant' })) as never;
    expect(complete('n')).toHaveLength(200);
  });
});
