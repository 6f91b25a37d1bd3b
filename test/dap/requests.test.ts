/** Requests that go to a moment, into one call of several, to a declaration; and what counts as an exception. */
import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { breakAt, openC, path } from '../session/c-session';
import { AdapterClient } from './adapter-client';
import { FakeSession } from './fake-session';

const source = { path: `sockscope-kernel:/${path}` };

const text = `int total;
int add(int by) {
  total += by;
  return total;
}
int twice(int n) { return n + n; }
int (*chosen)(int) = twice;
int run(int count) {
  int i;
  for (i = 0; i < count; i++)
    add(twice(i) + chosen(1));
  return total;
}
`;

/** A client that stands at a line of the program. */
async function at(line: number, count = 3): Promise<AdapterClient> {
  const session = await openC(text, [[['run', count]]]);
  breakAt(session, { line });
  const client = await AdapterClient.launched(session, { stopOnEntry: false });
  await client.request('setBreakpoints', { source, breakpoints: [] });
  return client;
}

const threadId = 2;

async function frames(client: AdapterClient): Promise<{ id: number; name: string; line: number }[]> {
  return (await client.request('stackTrace', { threadId })).stackFrames;
}

async function value(client: AdapterClient, expression: string, args: object = {}): Promise<string> {
  return (await client.request('evaluate', { expression, ...args })).result;
}

describe('step into one call of several', () => {
  test('the calls of a statement, one through a pointer', async () => {
    const client = await at(11);
    const [top] = await frames(client);
    const { targets } = await client.request('stepInTargets', { frameId: given(top, 'top').id });
    expect(targets.map(({ label, line }: { label: string; line: number }) => [label, line])).toEqual([
      ['add()', 11],
      ['twice()', 11],
    ]);
    await client.move('stepIn', { threadId, targetId: targets[0].id });
    expect((await frames(client))[0]).toMatchObject({ name: 'add', line: 3 });
    await expect(client.request('stepIn', { threadId, targetId: 99 })).rejects.toThrow('earlier stop');
  });
});

describe('go to a moment', () => {
  async function goTo(client: AdapterClient, line: number, which: number): Promise<string> {
    const { targets } = await client.request('gotoTargets', { source, line });
    return (await client.move('goto', { threadId, targetId: targets[which].id })).reason;
  }
  test('the next and the last visit of a line, nothing of the run changed', async () => {
    const client = await at(11);
    expect([await goTo(client, 3, 0), await value(client, 'total')]).toEqual(['goto', '0']);
    expect([await goTo(client, 3, 0), await value(client, 'total')]).toEqual(['goto', '2']);
    expect([await goTo(client, 3, 1), await value(client, 'total')]).toEqual(['goto', '0']);
    await client.request('continue', { threadId });
  });
  test('a line that does not run any more: stays, and says so', async () => {
    const client = await at(12);
    expect(await goTo(client, 3, 0)).toBe('goto');
    expect(itemAt(await frames(client), 0).line).toBe(12);
    expect(client.heard('output').at(-1)?.body.output).toContain('does not run again');
    expect((await client.request('gotoTargets', { source, line: 7 })).targets).toEqual([]);
    await expect(client.request('goto', { threadId, targetId: 77 })).rejects.toThrow('earlier stop');
  });
  test('a frame goes back to its first moment', async () => {
    const client = await at(4);
    const [add, run] = await frames(client);
    await client.move('restartFrame', { frameId: given(add, 'add').id });
    expect((await frames(client)).map(({ name, line }) => [name, line])).toEqual([
      ['add', 3],
      ['run', 11],
    ]);
    await client.move('restartFrame', { frameId: itemAt(await frames(client), 1).id });
    expect((await frames(client)).map(({ name, line }) => [name, line])).toEqual([['run', 10]]);
    expect(given(run, 'run').name).toBe('run');
  });
});

describe('what the program is made of', () => {
  test('its files with their text, its units', async () => {
    const client = await at(11);
    const { content } = await client.request('source', { source, sourceReference: 0 });
    expect(content).toBe(text);
    const { modules, totalModules } = await client.request('modules', {});
    expect([modules.length, modules[0].symbolStatus]).toEqual([totalModules, '3 functions']);
    expect((await client.request('modules', { startModule: 1 })).modules).toEqual([]);
    await expect(client.request('source', { sourceReference: 7 })).rejects.toThrow('No file');
  });
  test('a file that the client does not have comes by reference', async () => {
    const session = await openC(text, [[['run', 1]]]);
    const client = new AdapterClient({
      open: () => Promise.resolve({ session, diagnostics: [] }),
      isThere: () => false,
    });
    await client.initialize();
    await client.request('launch', { scenario: 'tcp-socket' });
    const { sources } = await client.request('loadedSources');
    const { sourceReference } = sources[0];
    expect(sourceReference).toBeGreaterThan(0);
    expect((await client.request('source', { sourceReference })).content).toBe(text);
  });
  test('from a function pointer to its C, from a variable to its declaration', async () => {
    const client = await at(11);
    const { valueLocationReference } = await client.request('evaluate', { expression: 'chosen' });
    const place = await client.request('locations', { locationReference: valueLocationReference });
    expect(place).toMatchObject({ source, line: 6 });
    const [top] = await frames(client);
    const { scopes } = await client.request('scopes', { frameId: given(top, 'top').id });
    const { variables } = await client.request('variables', { variablesReference: scopes[0].variablesReference });
    const i = variables.find(({ name }: { name: string }) => name === 'i');
    const declared = await client.request('locations', { locationReference: i.declarationLocationReference });
    expect(declared.line).toBe(9);
    await expect(client.request('locations', { locationReference: 12345 })).rejects.toThrow('earlier stop');
  });
});

test('numbers in hexadecimal, frames with their parameters', async () => {
  const client = await at(3, 20);
  await client.move('goto', {
    threadId,
    targetId: (await client.request('gotoTargets', { source, line: 3 })).targets[0].id,
  });
  expect(await value(client, 'by + 255', { format: { hex: true } })).toBe('0x103');
  expect(await value(client, '-1', { format: { hex: true } })).toBe('0xffffffff');
  const format = { parameters: true, parameterNames: true, parameterValues: true, line: true };
  const { stackFrames } = await client.request('stackTrace', { threadId, format });
  expect(stackFrames.map(({ name }: { name: string }) => name)).toEqual(['add(by=4) line 3', 'run(count=20) line 11']);
});

test('completions heed the line of the caret', async () => {
  const client = await at(11);
  const given = { text: 'first line\nto', line: 2, column: 3 };
  const { targets } = await client.request('completions', given);
  expect(targets.find(({ label }: { label: string }) => label === 'total')).toMatchObject({ start: 11, length: 2 });
});

describe('exceptions', () => {
  test('filters are answered one by one, with what is wrong', async () => {
    const client = await AdapterClient.launched(new FakeSession());
    const { breakpoints } = await client.request('setExceptionBreakpoints', {
      filters: ['fault', 'no such'],
      filterOptions: [
        { filterId: 'errno', condition: 'EADDRINUSE' },
        { filterId: 'bug', condition: 'x' },
      ],
    });
    expect(breakpoints.map(({ verified }: { verified: boolean }) => verified)).toEqual([true, false, true, false]);
  });
  test('where there is no exception, none is told', async () => {
    const client = await AdapterClient.launched(new FakeSession());
    await expect(client.request('exceptionInfo', { threadId: 1 })).rejects.toThrow('did not stop at a fault');
  });
});

test('memory is written in one go, and only what is the program’s', async () => {
  const client = await at(11);
  const { memoryReference } = await client.request('evaluate', { expression: '&total' });
  const data = 'EQAAAA==';
  expect(await client.request('writeMemory', { memoryReference, data })).toEqual({ bytesWritten: 4 });
  expect(await value(client, 'total')).toBe('17');
  await expect(client.request('writeMemory', { memoryReference: '0x10', data })).rejects.toThrow('4 bytes');
  await expect(client.request('readMemory', { memoryReference: '0x10', count: 4 })).rejects.toThrow(
    'no memory of the program',
  );
});

test('nothing to cancel, a second launch: refused', async () => {
  const client = await AdapterClient.launched(new FakeSession());
  await expect(client.request('cancel', { requestId: 1 })).rejects.toThrow('nothing of that number');
  await expect(client.request('launch', { scenario: 'tcp-socket' })).rejects.toThrow('once in a session');
  await expect(client.request('configurationDone')).rejects.toThrow('once in a session');
});

test('a field that may be missing may be null too', async () => {
  const client = await at(11);
  const { happenings } = await client.request('sockscope/happenings', { from: null, to: null, kinds: null });
  expect(Array.isArray(happenings)).toBe(true);
  expect((await client.request('stackTrace', { threadId, startFrame: null, levels: null })).totalFrames).toBe(1);
  const { breakpoints } = await client.request('setBreakpoints', {
    source,
    breakpoints: [{ line: 4, column: null, condition: null, hitCondition: null, logMessage: null }],
  });
  expect(breakpoints[0]).toMatchObject({ verified: true, line: 4 });
});
