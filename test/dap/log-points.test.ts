/** A log point that is set while the run is under way says what it would have said, before this moment and after it. */
import { itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { openHistory } from '../history/history-session';
import { AdapterClient } from './adapter-client';

test('the lines of the past and those to come, marked; once for each log point', async () => {
  const { session, history } = await openHistory('handshake');
  const client = new AdapterClient({ open: () => Promise.resolve({ session, history, diagnostics: [] }) });
  await client.initialize();
  await client.request('launch', { scenario: 'handshake' });
  const stopped = client.event('stopped');
  await client.request('configurationDone');
  await stopped;
  await client.move('continue', { threadId: 1 });
  const { rows } = await client.request('sockscope/ask', { question: 'calls(tcp_set_state) show state' });
  const calls = rows as { clock: number; line: number; source: { path: string }; values: { value: string }[] }[];
  expect(calls.length).toBeGreaterThan(2);
  await client.move('sockscope/travelTo', { clock: itemAt(calls, 1).clock });
  const { source, line } = itemAt(calls, 0);
  const point = { line, logMessage: 'to {state}', condition: 'state != 12' };
  const heard = client.event('output');
  await client.request('setBreakpoints', { source, breakpoints: [point] });
  const { output, category } = (await heard).body;
  const expected = calls.map(
    ({ clock, values }, index) => `[${index === 0 ? 'past' : 'to come'}, ${clock}] to ${values[0]?.value}\n`,
  );
  expect([category, output]).toEqual(['stdout', expected.join('')]);
  // Another one beside it: that one alone speaks, with its hits counted from the start of the run.
  const again = client.event('output');
  await client.request('setBreakpoints', {
    source,
    breakpoints: [point, { line, logMessage: 'second', hitCondition: '2' }],
  });
  expect((await again).body.output).toBe(`[to come, ${itemAt(calls, 1).clock}] second\n`);
  expect(session.stop.clock).toBe(itemAt(calls, 1).clock);
});
