/** What is shown behind a note's text: drawing, code, moments of runs, related notes, whose part a function is. */
import { expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { noteOf } from '../../src/query/notes';
import { hoverMarkdown, notePlain } from '../../src/query/render';
import { SourceFile } from '../../src/source/source-file';

const catalog = Catalog.load([
  new SourceFile(
    'p.yaml',
    `entries:
- concept: queue
  title: {en: A queue, zh: 队列}
  picture: |2
      a → b
    c
  en: First in, first out.
  zh: 先进先出。
  code: [skb_dequeue]
  see: [function:skb_eat, concept:nothing]
  source: [RFC 793 section 3.4]
  claims:
  - {scenario: handshake, at: tcp_accept, times: 1}
- function: skb_eat
  part-of: skb_dequeue
  en: Takes one.
  zh: 取一个。
`,
  ),
]);

const noteNamed = (id: string) => noteOf(catalog.get(id)!, 1, catalog);

test('a concept leads on', () => {
  expect(notePlain(noteNamed('concept:queue'), 'en').split('\n')).toEqual([
    'A queue',
    'First in, first out.',
    '  a → b',
    'c',
    'In the code: skb_dequeue',
    'In a run: handshake, tcp_accept',
    'Related: skb_eat (function:skb_eat)',
    'See: RFC 793 section 3.4',
  ]);
});

test('a drawing is no markup', () => {
  const note = noteNamed('concept:queue');
  const hover = { start: 0, end: 0, subject: '', parts: [{ kind: 'note', note }] } as const;
  expect(hoverMarkdown(hover, 'zh')).toContain('```text\n  a → b\nc\n```');
});

test('a function of our own says whose part it is', () => {
  expect(notePlain(noteNamed('function:skb_eat'), 'en')).toContain("SockScope's own function, a part of: skb_dequeue");
});
