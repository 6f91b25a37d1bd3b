/** What a client is told of a stop: one sentence, or a word or two beside the process with the sentence as text. */
import { expect, test } from 'vitest';
import { stoppedBody } from '../../src/dap/stops';
import type { Stop } from '../../src/facade/session';

const stop: Stop = {
  reason: 'step',
  clock: 4,
  frontier: 9,
  oldest: 0,
  thread: 1,
  switched: { from: 0, to: 1, because: 'sleeps' },
};
const name = (thread: number): string => `main (${thread})`;

test('a sentence for clients that show one', () => {
  const { description, text } = stoppedBody(stop, 'en', name);
  expect(description).toBe('past, step 4 of 9; after a step; switched from main (0) to main (1): it sleeps');
  expect(text).toBeUndefined();
});

test('a word or two where there is little room, and the sentence as text, in each language', () => {
  const { description, text } = stoppedBody(stop, 'en', name, true);
  expect([description, text]).toEqual(['past: step', stoppedBody(stop, 'en', name).description]);
  expect(stoppedBody({ ...stop, frontier: 4, reason: 'breakpoint' }, 'zh', name, true).description).toBe('断点');
  expect(stoppedBody({ ...stop, reason: 'end' }, 'en', name, true).description).toBe('past: over');
});
