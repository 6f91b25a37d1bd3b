/** Messages of the adapter as text: whatever was told before, the client reads what was meant. */
import { expect, test } from 'vitest';
import { FrameReader } from '../../src/dap/frame-reader';
import { MessageText } from '../../src/hosts/message-text';

const source = { name: '连接.c "x"', path: '/a b/连接.c' };
const frame = (id: number, name: string): object => ({ id, name, line: id, column: 1, source });
const answer = (seq: number, command: string, body?: object): object => ({
  seq,
  ...{ type: 'response', request_seq: seq, command, success: true },
  ...(body ? { body } : {}),
});

/** What a client reads. */
function read(texts: MessageText, messages: readonly object[]): unknown[] {
  const text = messages.map((message) => texts.of(message)).join('');
  const received = new FrameReader().push(new TextEncoder().encode(text));
  return received.map((each) => ('message' in each ? each.message : each));
}

test('stacks with frames that were told before, in any order', () => {
  const texts = new MessageText();
  const [a, b, c] = [frame(1, 'a'), frame(2, '"stackFrames":[]'), frame(3, '$& $1 中')];
  const messages = [
    answer(1, 'stackTrace', { stackFrames: [a, b], totalFrames: 2 }),
    answer(2, 'stackTrace', { stackFrames: [c, a, b], totalFrames: 3 }),
    answer(3, 'stackTrace', { stackFrames: [], totalFrames: 0 }),
    answer(4, 'stackTrace', { totalFrames: 1, stackFrames: [b] }),
  ];
  expect(read(texts, messages)).toEqual(messages);
  expect(read(texts, messages)).toEqual(messages);
});

test('anything else, and a stack that was refused', () => {
  const messages = [
    { seq: 1, type: 'event', event: 'stopped', body: { description: '单步' } },
    { ...answer(2, 'stackTrace'), success: false, message: 'no', body: { error: { id: 1, format: 'no' } } },
    answer(3, 'threads', { threads: [{ id: 1, name: '进程' }] }),
  ];
  expect(read(new MessageText(), messages)).toEqual(messages);
});
