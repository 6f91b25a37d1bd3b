/** What has happened in a run is told from its beginning, also where the journal had no room for it. */
import { expect, test } from 'vitest';
import { openHistory } from '../history/history-session';
import { AdapterClient } from './adapter-client';

async function ranToEnd(journalRoom: number | undefined): Promise<AdapterClient> {
  const { session, history } = await openHistory('connection-life', { journalRoom });
  const client = new AdapterClient({ open: () => Promise.resolve({ session, history, diagnostics: [] }) });
  await client.initialize();
  await client.request('launch', { scenario: 'connection-life' });
  const stopped = client.event('stopped');
  await client.request('configurationDone');
  await stopped;
  await client.move('continue', { threadId: 1 });
  expect((session.journalForgotten ?? 0) > 0).toBe(journalRoom !== undefined);
  return client;
}

test('all of it, spans of it, and some kinds of it are the same with little room', async () => {
  const all = await ranToEnd(undefined);
  const bounded = await ranToEnd(4_000);
  const { happenings } = await all.request('sockscope/happenings', {});
  const told = happenings as { readonly clock: number; readonly event: string }[];
  expect(told.length).toBeGreaterThan(50);
  expect((await bounded.request('sockscope/happenings', {})).happenings).toEqual(told);
  const clocks = [told[0], told[5], told[20], told.at(-30), told.at(-1)].map((entry) => entry?.clock ?? 0);
  for (const [index, from] of clocks.entries()) {
    const span = { from, to: clocks[index + 1] ?? from };
    expect((await bounded.request('sockscope/happenings', span)).happenings).toEqual(
      told.filter(({ clock }) => clock >= span.from && clock <= span.to),
    );
  }
  const packets = await bounded.request('sockscope/happenings', { kinds: ['packet'] });
  expect(packets.happenings).toEqual(told.filter(({ event }) => event === 'packet'));
});
