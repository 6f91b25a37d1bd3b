/** The debug adapter's conversation as lines of a log: what `sockscope.trace` asks for. */
import { expect, test } from 'vitest';
import { traceLevels, tracedMessage } from '../../src/dap/message-trace';
import manifest from '../../package.json';

const request = { type: 'request', seq: 12, command: 'next', arguments: { threadId: 2 } };
const refused = { type: 'response', seq: 30, request_seq: 12, command: 'next', success: false, message: 'no' };
const stopped = { type: 'event', seq: 31, event: 'stopped', body: { reason: 'step' } };

test('nothing, when nothing is wanted', () => {
  expect(tracedMessage('client', request, 'off')).toBeUndefined();
});

test('a line for each message', () => {
  expect(tracedMessage('client', request, 'messages')).toBe('→ next #12');
  expect(tracedMessage('adapter', refused, 'messages')).toBe('← next #12 failed');
  expect(tracedMessage('adapter', { ...refused, success: true }, 'messages')).toBe('← next #12');
  expect(tracedMessage('adapter', stopped, 'messages')).toBe('← stopped');
});

test('the messages themselves, cut where they are long', () => {
  expect(tracedMessage('client', request, 'verbose')).toBe(`→ next #12 ${JSON.stringify(request)}`);
  const long = { type: 'event', event: 'output', body: { output: 'x'.repeat(1_000_000) } };
  expect(tracedMessage('adapter', long, 'verbose')?.length).toBeLessThan(2100);
});

test('the setting offers what is understood', () => {
  expect(manifest.contributes.configuration.properties['sockscope.trace'].enum).toEqual([...traceLevels]);
});
