/** `sockscope story`: moments in both languages, as JSON, of documents; what is said when one does not come. */
import { expect, test } from 'vitest';
import { check } from './cli-fixture';

const script = [
  '0 socket(AF_INET, SOCK_STREAM, 0) = 3',
  '+0 close(3) = 0',
  '//! moment: calls(inet_create) show protocol',
  '//! text.en: The socket gets its protocol.',
  '//! text.zh: 这里为 socket 选定协议。',
  '//! predict.en: What is its state afterwards?',
  '//! predict.zh: 之后它处于什么状态？',
  '//! moment: returns(inet_create)',
  '//! text.en: Closed.',
  '//! text.zh: 关闭状态。',
];

test('tells moments with clock, place, text, question and values, in either language', async () => {
  const files = { 'own.pkt': script.join('\n') };
  const { out } = await check(
    'story own.pkt',
    { status: 0, out: /^1\/2 {2}\d+ {2}A {2}net\/ipv4\/af_inet\.c:\d+/ },
    { files },
  );
  expect(out).toMatch(
    /The socket gets its protocol\.\n +protocol = 0 \(IPPROTO_IP\)\n +\? What is its state afterwards\?\n2\/2 /,
  );
  await check('story own.pkt --lang zh', { status: 0, out: '之后它处于什么状态？' }, { files });
  const json = await check('story own.pkt --json', { status: 0 }, { files });
  expect(
    json.out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toMatchObject([
    {
      ...{ number: 1, view: 'cards', place: { function: 'inet_create' } },
      values: [{ expression: 'protocol', value: '0 (IPPROTO_IP)' }],
    },
    { number: 2, text: { zh: '关闭状态。' } },
  ]);
});

test('a moment that never comes has its line, and the others are told', async () => {
  const files = {
    'own.pkt': [...script, '//! moment: packets where rst', '//! text.en: X.', '//! text.zh: 无。'].join('\n'),
  };
  await check(
    'story own.pkt',
    { status: 1, out: '2/3', err: /own\.pkt:11:13: error: the run never comes to this moment/ },
    { files },
  );
});

test('a mistake in a story is told before anything is run', () =>
  check(
    'story own.pkt',
    { status: 2, out: '', err: /own\.pkt:3:13: error: one cannot ask for 'cals'/ },
    { files: { 'own.pkt': script.join('\n').replace('calls', 'cals') } },
  ));

test('no story is a sentence', () =>
  check(
    'story own.pkt',
    { status: 2, err: "'own.pkt' tells no story" },
    { files: { 'own.pkt': script.slice(0, 2).join('\n') } },
  ));
