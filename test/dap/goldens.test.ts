/** Whole conversations with the adapter over real runs of small C programs, compared with golden files. */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { openC, path, type Call } from '../session/c-session';
import { AdapterClient } from './adapter-client';

const source = { path: `sockscope-kernel:/${path}` };

/** A client that has begun; how it began is in another golden file. */
async function begun(text: string, calls?: readonly (readonly Call[])[]): Promise<AdapterClient> {
  const client = await AdapterClient.launched(await openC(text, calls));
  client.lines.splice(0);
  return client;
}

/** Name and reference of each variable of the innermost frame's first scope. */
async function locals(client: AdapterClient): Promise<{ name: string; variablesReference: number }[]> {
  const { stackFrames } = await client.request('stackTrace', { threadId: 2 });
  const { scopes } = await client.request('scopes', { frameId: stackFrames[0].id });
  const { variables } = await client.request('variables', { variablesReference: scopes[0].variablesReference });
  return variables;
}

test('breakpoints, steps, values', async () => {
  const client = await begun(`struct point { int x; short y[2]; } where = { 1, { 2, 3 } };
int move(struct point *p, int by) {
  p->x += by;
  return p->x;
}
int run(void) {
  int i, far = 0;
  for (i = 0; i < 3; i++)
    far = move(&where, i);
  return far;
}
`);
  await client.request('setBreakpoints', {
    source,
    breakpoints: [
      { line: 3, condition: 'by == 2' },
      { line: 4, logMessage: 'x is {p->x}' },
    ],
  });
  await client.move('continue', { threadId: 2 });
  const [point] = await locals(client);
  expect(given(point, 'point').name).toBe('p');
  await client.request('variables', { variablesReference: given(point, 'point').variablesReference });
  await client.move('next', { threadId: 2, granularity: 'line' });
  await client.request('evaluate', { expression: 'p->x * 2', context: 'watch' });
  await client.move('stepOut', { threadId: 2 });
  await client.move('continue', { threadId: 2 });
  await client.check('breakpoints-and-values');
});

test('a fault, the way back, a changed value, and on', async () => {
  const client = await begun(`int total;
int run(void) {
  int *p = 0;
  total = 5;
  *p = 1;
  return total;
}
`);
  await client.move('continue', { threadId: 2 });
  await client.request('exceptionInfo', { threadId: 2 });
  await client.move('stepBack', { threadId: 2 });
  await client.request('setExpression', { expression: 'p', value: '&total' });
  const { dataId } = await client.request('dataBreakpointInfo', { name: 'total' });
  await client.request('setDataBreakpoints', { breakpoints: [{ dataId }] });
  await client.move('continue', { threadId: 2 });
  await client.move('sockscope/travelTo', { clock: 0 });
  await client.move('continue', { threadId: 2 });
  await client.move('reverseContinue', { threadId: 2 });
  await client.check('fault-and-back');
});

test('two processes, one of which sleeps', async () => {
  const client = await begun(
    `int sleep_here(void);
void wake(int n, int value);
int sleeper(void) {
  int why = sleep_here();
  return why;
}
int waker(int n, int value) {
  wake(n, value);
  return 0;
}
`,
    [[['sleeper']], [['waker', 1, 7]]],
  );
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'waker' }, { name: 'nowhere' }] });
  await client.request('threads');
  await client.move('next', { threadId: 2 });
  await client.request('threads');
  await client.request('stackTrace', { threadId: 2 });
  await client.move('next', { threadId: 2 });
  await locals(client);
  await client.move('stepBack', { threadId: 2 });
  await client.move('continue', { threadId: 2 });
  await client.move('continue', { threadId: 2 });
  await client.check('two-processes');
});
