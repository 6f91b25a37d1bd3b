/** A reader who has nothing but the text of the page finds in it what the pictures show. */
import { given } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import type { InspectorModel } from '../../src/protocol/inspector-model';
import { textTwin } from '../../src/webview/text-twin';
import { wordsOf } from '../../src/webview/strings';
import { SituationRuns, SITUATIONS } from './situations';

const runs = new SituationRuns();

async function read(name: string): Promise<string> {
  const { model, session } = await runs.at(
    given(
      SITUATIONS.find((each) => each.name === name),
      'such item',
    ),
  );
  session.dispose();
  return twin(model);
}

function twin(model: InspectorModel): string {
  return textTwin(wordsOf('en'), model, 'en');
}

/** The lines under a heading, up to an empty one. */
function under(text: string, heading: RegExp): string[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => heading.test(line));
  expect(from, `${heading}`).toBeGreaterThanOrEqual(0);
  const to = lines.indexOf('', from);
  return lines.slice(from + 1, to < 0 ? undefined : to).map((line) => line.trim());
}

describe('from the text alone', () => {
  test('where sk->prot points, and what the last step changed', async () => {
    const text = await read('create');
    expect(under(text, /^sk, struct sock/).find((line) => line.startsWith('prot: '))).toMatch(/<tcp_prot>/);
    expect(under(text, /^What the last move changed/)).toEqual([
      expect.stringMatching(/^sk->backlog_rcv: NULL → 0x\w+ <tcp_v4_do_rcv>$/),
    ]);
  });

  test('who sleeps on the listener', async () => {
    const text = await read('two-acceptors');
    expect(
      under(text, /^sk->socket, struct socket, listener 0\.0\.0\.0:8080/).find((line) => line.startsWith('wait: ')),
    ).toMatch(/pid \d+ A \(WQ_FLAG_EXCLUSIVE\) → pid \d+ B \(WQ_FLAG_EXCLUSIVE\)/);
    expect(under(text, /^Processes/).filter((line) => line.includes('sleeping'))).toHaveLength(2);
  });

  test('which packet was dropped, where and why', async () => {
    const dropped = under(await read('overflow'), /^Events/).filter((line) => line.includes('is dropped'));
    expect(dropped.at(-1)).toMatch(
      /packet \d+ is dropped in tcp_\w+ \(net\/ipv4\/\w+\.c:\d+.*127\.0\.0\.1:\d+ > 127\.0\.0\.1:8080/,
    );
  });

  test('how full the accept queue is', async () => {
    const { opened, build } = await runs.open({ scenario: 'backlog-overflow' });
    const session = given(opened.session, 'session');
    session.setFunctionBreakpoints([{ name: 'tcp_accept' }]);
    await session.run('continue');
    const listener = under(twin(build()), /^sk, struct sock, listener 0\.0\.0\.0:8080/);
    expect(listener).toContain('ack_backlog: 2');
    expect(listener).toContain('max_ack_backlog: 1');
    session.dispose();
  });
});
