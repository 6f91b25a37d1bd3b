/** Stories as they are written: what is read, and what is said of mistakes. */
import { describe, expect, test } from 'vitest';
import { nearestName } from '../../src/scenario/constants';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { SourceFile } from '../../src/source/source-file';
import { readStory, storyLinesOf } from '../../src/story/read-story';

function read(text: string) {
  const file = new SourceFile('lesson.md', text);
  const { story, diagnostics } = readStory(file, storyLinesOf(text), nearestName);
  return { story, problems: diagnostics.map((each) => formatDiagnostic(each)) };
}

const texts = ['//! text.en: One.', '//! text.zh: 一。'];

describe('a story', () => {
  test('has moments with texts, a view and a question', () => {
    const { story, problems } = read(
      [
        '//! moment: calls(tcp_v4_conn_request) show sk, skb->len',
        '//! view: queues',
        '//! text.en: The SYN has arrived;',
        '//! text.en: nobody knows yet.',
        '//! text.zh: SYN 到了，',
        '//! text.zh: 还没有人知道。',
        '//! predict.en: What is sent?',
        '//! predict.zh: 会发出什么？',
        '//! moment: packets where syn && ack',
        ...texts,
      ].join('\n'),
    );
    expect(problems).toEqual([]);
    expect(story.moments.map(({ moment, view, text, predict }) => ({ moment, view, text, predict }))).toEqual([
      {
        moment: 'calls(tcp_v4_conn_request) show sk, skb->len',
        view: 'queues',
        text: { en: 'The SYN has arrived; nobody knows yet.', zh: 'SYN 到了，还没有人知道。' },
        predict: { en: 'What is sent?', zh: '会发出什么？' },
      },
      { moment: 'packets where syn && ack', view: 'packets', text: { en: 'One.', zh: '一。' }, predict: undefined },
    ]);
  });

  test('stands between the lines of a document, behind its marks', () => {
    const { story, problems } = read(
      [
        '# A lesson',
        '//! scenario: handshake',
        'Text in between.',
        '> //! moment: tcp_accept:return newsk',
        '<!-- //! text.en: One. -->',
        ' * //! text.zh: 一。',
        '//! remark: of the author',
      ].join('\n'),
    );
    expect(problems).toEqual([]);
    expect(story.scenario?.name).toBe('handshake');
    expect(story.moments.map(({ moment, text }) => [moment, text.en, text.zh])).toEqual([
      ['tcp_accept:return newsk', 'One.', '一。'],
    ]);
  });
});

describe('mistakes have their place and a way out', () => {
  test.each([
    ['//! text.en: One.', /^lesson\.md:1:1: error: 'text\.en' stands before any moment \(Begin a story/],
    ['//! moment: cals(tcp_v4_rcv)', /^lesson\.md:1:13: error: one cannot ask for 'cals' \(did you mean calls/i],
    ['//! moment: packets wher syn', /^lesson\.md:1:21: error: 'wher' is not expected here \(did you mean where/i],
    ['//! moment: packets from 3', /^lesson\.md:1:26: error: a moment of a story has no from/],
    ['//! moment: writes(sk->state)', /^lesson\.md:1:20: error: writes\(…\) is no moment/],
    ['//! moment: ', /^lesson\.md:1:\d+: error: a moment is missing/],
    ['//! moment: packets nth two', /^lesson\.md:1:25: error: nth takes a number/],
  ])('%s', (line, problem) => {
    const { story, problems } = read([line, ...texts].join('\n'));
    expect(problems[0]).toMatch(problem);
    expect(story.moments).toEqual([]);
  });

  test('a language, a view or an answer that is missing', () => {
    const { problems } = read(
      [
        '//! moment: packets',
        '//! text.en: One.',
        '//! view: queue',
        '//! predict.en: And?',
        '//! predict.zh: 然后？',
      ].join('\n'),
    );
    expect(problems).toEqual([
      expect.stringMatching(/^lesson\.md:1:1: error: this moment has no 'text\.zh'/),
      expect.stringMatching(/^lesson\.md:4:1: error: no moment follows that would answer/),
      expect.stringMatching(/^lesson\.md:3:11: error: 'view' cannot be 'queue' \(did you mean queues/i),
    ]);
  });
});
