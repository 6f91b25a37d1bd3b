/** What a client may ask while the machine stands: threads, stack, scopes, values, memory, completions. */
import { given } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../../src/dap/base64';
import { readLaunchArguments } from '../../src/dap/launch-arguments';
import { SourceNames } from '../../src/dap/source-names';
import { breakAt, openC, path } from '../session/c-session';
import { AdapterClient } from './adapter-client';
import { FakeSession } from './fake-session';

const text = `#define LIMIT 7
enum color { RED, GREEN = 5 };
struct inner { int a; char b; };
struct outer { struct inner one; struct inner *there; int grid[300]; enum color tint; } outer = { { 1, 'x' } };
int total = 0x04030201;
int leaf(struct outer *o, int n) {
  o->one.a += n;
  return o->one.a;
}
int run(int count) {
  int other = 3;
  outer.there = &outer.one;
  total += leaf(&outer, count);
  return total + other;
}
`;

/** A client that stands in `leaf`, and its frames. */
async function inLeaf(): Promise<{ client: AdapterClient; leaf: number; run: number }> {
  const session = await openC(text, [[['run', 2]]]);
  breakAt(session, { line: 7 });
  const client = await AdapterClient.launched(session, { stopOnEntry: false });
  const { stackFrames, totalFrames } = await client.request('stackTrace', { threadId: 2 });
  expect([stackFrames.length, totalFrames]).toEqual([2, 2]);
  return { client, leaf: stackFrames[0].id, run: stackFrames[1].id };
}

type Variable = {
  name: string;
  value: string;
  variablesReference: number;
  evaluateName?: string;
  memoryReference?: string;
};

async function variables(client: AdapterClient, frameId: number, scope = 0): Promise<Variable[]> {
  const { scopes } = await client.request('scopes', { frameId });
  return (await client.request('variables', { variablesReference: scopes[scope].variablesReference })).variables;
}

const evaluate = async (
  client: AdapterClient,
  expression: string,
  frameId?: number,
  context = 'watch',
): Promise<string> => (await client.request('evaluate', { expression, frameId, context })).result;

describe('the stack', () => {
  test('some of its frames', async () => {
    const { client } = await inLeaf();
    const names = async (args: object): Promise<unknown[]> => {
      const { stackFrames, totalFrames } = await client.request('stackTrace', { threadId: 2, ...args });
      return [...stackFrames.map(({ name }: { name: string }) => name), totalFrames];
    };
    expect(await names({ startFrame: 1 })).toEqual(['run', 2]);
    expect(await names({ levels: 1 })).toEqual(['leaf', 2]);
    expect(await names({ levels: 0 })).toEqual(['leaf', 'run', 2]);
    expect(await names({ startFrame: 1, levels: 1 })).toEqual(['run', 2]);
    expect(await names({ startFrame: 5 })).toEqual([2]);
  });
  test('a function of our own is marked with the function of Linux that it is a part of', async () => {
    const session = await openC(text, [[['run', 2]]]);
    breakAt(session, { line: 7 });
    const { stack } = session;
    session.stack = (thread) =>
      stack.call(session, thread).map((frame, index) => (index === 0 ? { ...frame, partOf: 'tcp_close' } : frame));
    const client = await AdapterClient.launched(session, { stopOnEntry: false });
    const { stackFrames } = await client.request('stackTrace', { threadId: 2 });
    expect(stackFrames.map(({ name }: { name: string }) => name)).toEqual(['leaf ⊂ tcp_close', 'run']);
  });
  test('each frame has its own variables and expressions', async () => {
    const { client, leaf, run } = await inLeaf();
    const names = async (frame: number): Promise<string[]> => (await variables(client, frame)).map(({ name }) => name);
    expect([await names(leaf), await names(run)]).toEqual([
      ['o', 'n'],
      ['count', 'other'],
    ]);
    expect([await evaluate(client, 'n', leaf), await evaluate(client, 'other', run)]).toEqual(['2', '3']);
    await expect(evaluate(client, 'other', leaf)).rejects.toThrow("'other' is not declared");
    expect(await evaluate(client, 'n')).toBe('2');
  });
  test('a frame that still lives is known after a step, one that is gone is not', async () => {
    const { client, leaf, run } = await inLeaf();
    await client.move('stepOut', { threadId: 2 });
    expect(await evaluate(client, 'other', run)).toBe('3');
    await expect(evaluate(client, 'n', leaf)).rejects.toThrow('earlier stop');
    await expect(client.request('scopes', { frameId: 99 })).rejects.toThrow('earlier stop');
  });
});

describe('scopes and variables', () => {
  test('what the last step changed is a scope of its own', async () => {
    const { client } = await inLeaf();
    await client.move('next', { threadId: 2 });
    const { stackFrames } = await client.request('stackTrace', { threadId: 2 });
    const { scopes } = await client.request('scopes', { frameId: stackFrames[0].id });
    expect(scopes.map(({ name, expensive }: { name: string; expensive: boolean }) => `${name} ${expensive}`)).toEqual([
      'Locals false',
      'Changed by the last step false',
      'Globals of this file true',
      'Globals of the program true',
    ]);
    const changed = await variables(client, stackFrames[0].id, 1);
    expect(changed.map(({ name, value }) => `${name}: ${value}`)).toEqual(['outer.one.a: 3 (was 1)']);
  });
  test('globals of the file and of the program', async () => {
    const { client, leaf } = await inLeaf();
    for (const scope of [1, 2]) {
      expect((await variables(client, leaf, scope)).map(({ name }) => name)).toEqual(['outer', 'total']);
    }
  });
  test('long arrays come in parts', async () => {
    const { client, leaf } = await inLeaf();
    const [outer] = await variables(client, leaf, 1);
    const members = (
      await client.request('variables', { variablesReference: given(outer, 'outer').variablesReference })
    ).variables;
    expect(
      members.map(({ name, indexedVariables }: { name: string; indexedVariables?: number }) => [
        name,
        indexedVariables,
      ]),
    ).toEqual([
      ['one', undefined],
      ['there', undefined],
      ['grid', 300],
      ['tint', undefined],
    ]);
    const part = async (args: object): Promise<string[]> => {
      const found = await client.request('variables', { variablesReference: members[2].variablesReference, ...args });
      return [found.variables.length, found.variables[0]?.evaluateName, found.variables.at(-1)?.evaluateName];
    };
    expect(await part({})).toEqual([300, 'outer.grid[0]', 'outer.grid[299]']);
    expect(await part({ start: 298 })).toEqual([2, 'outer.grid[298]', 'outer.grid[299]']);
    expect(await part({ filter: 'indexed', start: 100, count: 3 })).toEqual([3, 'outer.grid[100]', 'outer.grid[102]']);
    expect(await part({ start: 300, count: 3 })).toEqual([0, undefined, undefined]);
    expect(await part({ filter: 'named' })).toEqual([0, undefined, undefined]);
    const named = await client.request('variables', {
      variablesReference: given(outer, 'outer').variablesReference,
      filter: 'indexed',
    });
    expect(named.variables).toEqual([]);
  });
  test('a pointer’s memory is where it leads, another value’s where it lies', async () => {
    const { client, leaf } = await inLeaf();
    const [o, n] = await variables(client, leaf);
    const where = (await client.request('evaluate', { expression: '&outer', frameId: leaf })).memoryReference;
    expect(given(o, 'o').memoryReference).toBe(where);
    expect(given(n, 'n').memoryReference).not.toBe(where);
    const answer = await client.request('evaluate', { expression: 'n + 1', frameId: leaf });
    expect(answer).toEqual({
      result: '3',
      type: 'int',
      variablesReference: 0,
      presentationHint: { attributes: ['readOnly'] },
    });
  });
});

test('a member has its type as its struct spells it', async () => {
  const session = await openC(
    'typedef unsigned int u32;\nstruct s { u32 a; struct s *next; } one, *p = &one;\nint run(int n) {\n  one.next = p;\n  return n;\n}\n',
    [[['run', 1]]],
  );
  breakAt(session, { line: 5 });
  const client = await AdapterClient.launched(session, { stopOnEntry: false });
  const typeOf = async (expression: string): Promise<string> =>
    ((await client.request('evaluate', { expression })) as { type: string }).type;
  const asked = ['one.a', 'p->a', 'one.next->a', ' p->next->next->a ', 'p->next', '(*p).a', 'one'];
  expect(await Promise.all(asked.map(typeOf))).toEqual([
    ...['u32', 'u32', 'u32', 'u32', 'struct s *', 'unsigned int', 'struct s'],
  ]);
});

describe('setting', () => {
  test('a variable, a member, by their names', async () => {
    const { client, leaf } = await inLeaf();
    const { scopes } = await client.request('scopes', { frameId: leaf });
    const set = (name: string, value: string): Promise<{ value: string; type: string }> =>
      client.request('setVariable', { variablesReference: scopes[0].variablesReference, name, value });
    expect(await set('n', '40 + LIMIT')).toMatchObject({ value: '47', type: 'int' });
    expect(await evaluate(client, 'n', leaf)).toBe('47');
    await expect(set('nowhere', '1')).rejects.toThrow('nowhere has no place in memory');
    await expect(set('n', 'nowhere')).rejects.toThrow("'nowhere' is not declared");
    const answer = await client.request('setExpression', { expression: 'o->tint', value: 'GREEN', frameId: leaf });
    expect(answer.value).toBe('5 (GREEN)');
    await expect(client.request('setExpression', { expression: '3', value: '4', frameId: leaf })).rejects.toThrow();
    expect(client.heard('invalidated')).toHaveLength(2);
  });
  test('only the console calls and assigns', async () => {
    const { client, leaf } = await inLeaf();
    for (const context of ['watch', 'hover', 'variables', 'clipboard']) {
      await expect(evaluate(client, 'n = 5', leaf, context)).rejects.toThrow('would change the program');
    }
    expect(await evaluate(client, 'n = 5', leaf, 'repl')).toBe('5');
    expect(client.heard('invalidated')).toHaveLength(1);
    expect(await evaluate(client, 'n', leaf, 'repl')).toBe('5');
    expect(client.heard('invalidated')).toHaveLength(1);
  });
  test('a copy has all members, indented', async () => {
    const { client, leaf } = await inLeaf();
    expect((await evaluate(client, 'outer.one', leaf, 'clipboard')).split('\n')).toEqual([
      "{a = 1, b = 120 'x'}",
      '  a = 1',
      "  b = 120 'x'",
    ]);
    const lines = (await evaluate(client, 'outer', leaf, 'clipboard')).split('\n');
    expect(lines.filter((line) => /^ {2}\S/.test(line)).map((line) => line.trim().split(' ')[0])).toEqual([
      'one',
      'there',
      'grid',
      'tint',
    ]);
    expect(lines.filter((line) => line.startsWith('    [')).length).toBe(200);
    expect(await evaluate(client, 'n', leaf, 'clipboard')).toBe('2');
  });
});

describe('memory', () => {
  const read = async (
    client: AdapterClient,
    args: object,
  ): Promise<{ address: string; bytes: number[]; unreadableBytes?: number }> => {
    const { address, data, unreadableBytes } = await client.request('readMemory', args);
    return { address, bytes: [...(fromBase64(data) ?? [])], ...(unreadableBytes ? { unreadableBytes } : {}) };
  };
  test('is read and written where a reference and an offset lead', async () => {
    const { client, leaf } = await inLeaf();
    const { memoryReference } = await client.request('evaluate', { expression: 'total', frameId: leaf });
    expect(await read(client, { memoryReference, count: 4 })).toEqual({
      address: memoryReference,
      bytes: [1, 2, 3, 4],
    });
    expect((await read(client, { memoryReference, offset: 1, count: 2 })).bytes).toEqual([2, 3]);
    expect((await read(client, { memoryReference: ` ${Number(memoryReference)} `, count: 1 })).bytes).toEqual([1]);
    expect(
      await client.request('writeMemory', { memoryReference, offset: 2, data: toBase64(Uint8Array.of(9, 8)) }),
    ).toEqual({
      bytesWritten: 2,
    });
    expect(await evaluate(client, 'total', leaf)).toBe(String(0x08090201));
    expect(client.heard('invalidated')).toHaveLength(1);
  });
  test('references that are none', async () => {
    const { client } = await inLeaf();
    for (const memoryReference of ['', 'total', '0x', '0x123456789', '12345678901', '1 2']) {
      await expect(client.request('readMemory', { memoryReference, count: 4 })).rejects.toThrow('not an address');
    }
    await expect(client.request('writeMemory', { memoryReference: '0x1000', data: '?' })).rejects.toThrow();
  });
});

describe('watching', () => {
  test('a variable by expression, a member by its place in the list, an address', async () => {
    const { client, leaf } = await inLeaf();
    const info = (args: object): Promise<{ dataId: string | null; description: string }> =>
      client.request('dataBreakpointInfo', args);
    const total = await info({ name: 'total', frameId: leaf });
    expect(total.dataId).toMatch(/^\d+:4:total$/);
    expect(total).toMatchObject({ accessTypes: ['read', 'write', 'readWrite'], canPersist: false });
    expect((await info({ name: 'total', frameId: leaf, bytes: 1 })).dataId).toMatch(/:1:total$/);
    const { scopes } = await client.request('scopes', { frameId: leaf });
    expect((await info({ name: 'n', variablesReference: scopes[0].variablesReference })).dataId).toMatch(/:4:n$/);
    expect((await info({ name: '0x1000', asAddress: true })).dataId).toBe('4096:4:0x00001000');
    expect((await info({ name: '4096', asAddress: true, bytes: 2 })).dataId).toBe('4096:2:0x00001000');
    for (const nothing of ['n + 1', 'nowhere', 'run']) {
      expect((await info({ name: nothing, frameId: leaf })).dataId).toBe(null);
    }
    expect((await info({ name: 'no such', variablesReference: scopes[0].variablesReference })).dataId).toBe(null);
    // Emacs' dape names a member by its evaluateName.
    const { variablesReference } = await client.request('evaluate', { expression: 'outer', context: 'watch' });
    expect((await info({ name: 'outer.there', variablesReference })).dataId).toMatch(/:4:outer\.there$/);
  });
  test('ids that are none of ours', async () => {
    const { client } = await inLeaf();
    const ids = ['4096:4:x', '4096:4', ':4:x', 'a4096:4:x', '4096:4:a:b\nc', '99999999999:4:x'];
    const { breakpoints } = await client.request('setDataBreakpoints', {
      breakpoints: ids.map((dataId) => ({ dataId })),
    });
    expect(
      breakpoints.map(({ verified, reason }: { verified: boolean; reason?: string }) => reason ?? verified),
    ).toEqual([true, 'failed', 'failed', 'failed', true, 'failed']);
    const wrong = { breakpoints: [{ dataId: '4096:4:x', accessType: 'execute' }] };
    await expect(client.request('setDataBreakpoints', wrong)).rejects.toThrow(
      'accessType" must be of type "read" | "write"',
    );
  });
});

describe('completion', () => {
  async function complete(typed: string): Promise<string[]> {
    const { client, leaf } = await inLeaf();
    const { targets } = await client.request('completions', { text: typed, column: typed.length + 1, frameId: leaf });
    return targets.map(({ label, start, length }: { label: string; start: number; length: number }) => {
      expect([start, length]).toEqual([typed.length - length, typed.length - start]);
      return label;
    });
  }
  test.each([
    ['o->', ['one', 'there', 'grid', 'tint']],
    ['o->t', ['there', 'tint']],
    ['outer.one.', ['a', 'b']],
    ['o->there->b', ['b']],
    ['1 + outer. gr', ['grid']],
    ['(&outer)->on', ['one']],
    ['leaf(o->t', ['there', 'tint']],
    ['outer.grid[o->one.', ['a', 'b']],
    ['(o)->there->', ['a', 'b']],
    [')->', []],
    ['->', []],
    ['n.', []],
    ['nowhere->x', []],
    ['tot', ['total']],
    ['n', ['n']],
    ['le', ['leaf']],
    ['GRE', ['GREEN']],
    ['who o->t', ['there', 'tint']],
    ['p/x outer.one.', ['a', 'b']],
    ['ask writes(o->th', ['there']],
  ])('%s', async (typed, expected) => expect(await complete(typed)).toEqual(expected));
  test('of nothing: everything that has a name, each once, locals first', async () => {
    const all = await complete('');
    expect(all.slice(0, 2)).toEqual(['o', 'n']);
    expect(all).toEqual(expect.arrayContaining(['total', 'outer', 'leaf', 'run', 'GREEN']));
    expect(new Set(all).size).toBe(all.length);
  });
  test('what stands behind the caret does not matter', async () => {
    const { client, leaf } = await inLeaf();
    const { targets } = await client.request('completions', { text: 'tot + o->', column: 4, frameId: leaf });
    expect(targets).toEqual([expect.objectContaining({ label: 'total', type: 'variable', start: 0, length: 3 })]);
  });
});

test('threads: what they do, and one for a run that is over', async () => {
  const session = new FakeSession();
  const client = await AdapterClient.launched(session);
  const named = async (thread: object): Promise<string[]> => {
    session.threads = () => [{ id: 0, pid: 1, name: 'A', state: 'running', ...thread }] as never;
    return (await client.request('threads')).threads.map(({ name }: { name: string }) => name);
  };
  expect(await named({})).toEqual(['A (1)']);
  expect(await named({ call: 'accept(3)' })).toEqual([expect.stringMatching(/^A \(1\).*accept\(3\)/)]);
  expect(await named({ call: 'accept(3)', sleepsIn: 'f' })).toEqual([expect.stringMatching(/^A \(1\).* in f$/)]);
  expect(await named({ state: 'exited', call: 'accept(3)' })).toEqual([expect.stringMatching(/^A \(1\).*(exit|end)/)]);
  await client.move('continue');
  const over = await named({});
  expect(over).toHaveLength(2);
  const { threads } = await client.request('threads');
  expect((await client.request('stackTrace', { threadId: threads[1].id })).stackFrames).toEqual([]);
});

test('launch arguments: what is picked, what is wrong, what is missing', () => {
  const all = {
    scenario: 's',
    program: 'p',
    kernel: 'k',
    stopOnEntry: false,
    stopAt: 'f',
    stepBudget: 5,
    language: 'zh',
    noDebug: true,
  };
  expect(readLaunchArguments({ ...all, __sessionId: 'x', type: 'sockscope' })).toEqual({ launch: all });
  expect(readLaunchArguments({ scenario: 's', language: 'auto', stopAt: '', kernel: null })).toEqual({
    launch: { scenario: 's' },
  });
  for (const nothing of [undefined, null, 3, {}, { scenario: '' }, { kernel: 'k' }]) {
    expect(readLaunchArguments(nothing)).toEqual({ missing: 'scenario' });
  }
  expect(readLaunchArguments({ program: 'p.pkt' })).toEqual({ launch: { program: 'p.pkt' } });
  for (const [wrong, value, expected] of [
    ['scenario', 7, 'string'],
    ['stopOnEntry', 'yes', 'boolean'],
    ['stepBudget', 0, 'positive integer'],
    ['stepBudget', 1.5, 'positive integer'],
    ['stepBudget', '5', 'positive integer'],
    ['language', 'de', 'language'],
    ['noDebug', 1, 'boolean'],
  ] as const) {
    expect(readLaunchArguments({ program: 'p', [wrong]: value })).toEqual({ wrong, expected });
  }
});

test('sources by path', () => {
  const names = new SourceNames({ toClientPath: (each) => `/k/${each}`, fromClientPath: (each) => each.slice(3) });
  names.setFiles(['net/a.c', 'b.c']);
  expect(names.all()).toEqual([
    { name: 'a.c', path: '/k/net/a.c' },
    { name: 'b.c', path: '/k/b.c' },
  ]);
  expect([names.path({ path: '/k/b.c' }), names.path({ path: '/k/other.c' }), names.path({ name: 'x' })]).toEqual([
    'b.c',
    'other.c',
    undefined,
  ]);
  names.setFiles([]);
  expect(names.all()).toEqual([]);
});

test('Base64, both ways', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  expect([toBase64(Uint8Array.of()), toBase64(Uint8Array.of(1)), toBase64(Uint8Array.of(1, 2))]).toEqual([
    '',
    'AQ==',
    'AQI=',
  ]);
  expect(fromBase64('')).toEqual(new Uint8Array(0));
  for (const wrong of ['A', 'AAAAA', 'A?==', 'A===', '=AAA', ' AQ=']) {
    expect(fromBase64(wrong), wrong).toBeUndefined();
  }
});

test('breakpoint places and loaded sources', async () => {
  const client = await AdapterClient.launched(await openC(text));
  const source = { path: `sockscope-kernel:/${path}` };
  const places = async (args: object): Promise<number[]> =>
    (await client.request('breakpointLocations', { source, ...args })).breakpoints.map(
      ({ line }: { line: number }) => line,
    );
  expect(await places({ line: 7 })).toEqual([7]);
  expect(await places({ line: 7, endLine: 8 })).toEqual([7, 8]);
  expect((await client.request('breakpointLocations', { source: {}, line: 7 })).breakpoints).toEqual([]);
  expect((await client.request('loadedSources')).sources).toEqual([{ name: path, path: source.path }]);
  const { breakpoints } = await client.request('setBreakpoints', { source, lines: [7, 99] });
  expect(breakpoints.map(({ verified }: { verified: boolean }) => verified)).toEqual([true, false]);
  const unknown = await client.request('setBreakpoints', { source: {}, breakpoints: [{ line: 7 }] });
  expect(unknown.breakpoints).toMatchObject([{ verified: false, reason: 'failed' }]);
});
