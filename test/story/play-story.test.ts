/** The moments of stories in runs: found in order, with the values in focus; what is said when one does not come. */
import { expect, test } from 'vitest';
import { documentStory, playStory, scenarioStory } from '../../src/facade/story';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { SourceFile } from '../../src/source/source-file';
import { openHistory } from '../history/history-session';

async function play(lines: readonly string[], scenario = 'handshake') {
  const text = lines.flatMap((line) => [`//! moment: ${line}`, '//! text.en: One.', '//! text.zh: 一。']).join('\n');
  const { story, diagnostics } = documentStory(new SourceFile('lesson.txt', text));
  expect(diagnostics).toEqual([]);
  const { session, history } = await openHistory(scenario);
  const found = [];
  for await (const each of playStory(history, story.moments)) {
    found.push(each);
  }
  const { clock } = session.stop;
  session.dispose();
  return { found, clock, problems: found.flatMap((each) => each.problems).map((each) => formatDiagnostic(each)) };
}

test('moments come one behind the other, and the run itself stays where it is', async () => {
  const { found, problems, clock } = await play([
    'calls(tcp_v4_conn_request) show sk->num, skb->len',
    'packets where syn && ack show ack',
    'sockets where state == TCP_ESTABLISHED',
    'sockets where state == TCP_ESTABLISHED',
    'tcp_accept:return newsk show newsk->state == TCP_ESTABLISHED',
    'returns(inet_accept) show $ret == 0',
  ]);
  expect(problems).toEqual([]);
  const clocks = found.map(({ row }) => row?.clock ?? -1);
  expect(clocks).toEqual([...clocks].sort((a, b) => a - b));
  expect(new Set(clocks.slice(0, 5)).size).toBe(5);
  expect(found[0]?.row?.values.map(({ value }) => value)).toEqual(['8080', expect.any(String)]);
  expect(found[4]?.row?.values[0]?.value).toBe('1');
  expect(clock).toBe(0);
});

test('nth counts from the moment before', async () => {
  const first = await play(['calls(tcp_v4_rcv)', 'calls(tcp_v4_rcv)', 'calls(tcp_v4_rcv)']);
  const third = await play(['calls(tcp_v4_rcv) nth 3']);
  const behind = await play(['calls(tcp_v4_rcv)', 'calls(tcp_v4_rcv) nth 2']);
  expect(third.found[0]?.row?.clock).toBe(first.found[2]?.row?.clock);
  expect(behind.found[1]?.row?.clock).toBe(first.found[2]?.row?.clock);
});

test('a moment that never comes, or not behind the one before it, is a sentence', async () => {
  const { problems, found } = await play([
    'calls(tcp_close)',
    'calls(tcp_v4_conn_request)',
    'packets where rst',
    'calls(tcp_clos)',
    'tcp_close:nowhere at all',
    'calls(tcp_close) show nobody',
  ]);
  expect(problems).toEqual([
    expect.stringMatching(/^lesson\.txt:4:13: error: this moment comes, but not behind the moment before it/),
    expect.stringMatching(/^lesson\.txt:7:13: error: the run never comes to this moment: 'packets where rst' \(See/),
    expect.stringMatching(
      /^lesson\.txt:10:19: error: this kernel has no function 'tcp_clos' \(did you mean tcp_close/i,
    ),
    expect.stringMatching(/^lesson\.txt:13:13: error: 'tcp_close:nowhere at all' is no place of this kernel/),
    expect.stringMatching(/^lesson\.txt:16:\d+: error: .*nobody/),
  ]);
  expect(found[0]?.row).toBeDefined();
});

test('a scenario tells its story in its own lines, wherever they stand', () => {
  const text = [
    '0 socket(AF_INET, SOCK_STREAM, 0) = 3',
    '//! moment: inet_create',
    '//! text.en: One.',
    '//! text.zh: 一。',
  ];
  const { story, diagnostics } = scenarioStory(new SourceFile('own.pkt', text.join('\n')));
  expect(diagnostics).toEqual([]);
  expect(story.moments.map(({ moment }) => moment)).toEqual(['inet_create']);
});
