/** The inspector's own words, its messages, and the text twin. */
import { describe, expect, test } from 'vitest';
import { dispatch, on, step, travelTo, wire } from '../../src/protocol/messages';
import { sentence } from '../../src/sentences/sentence';
import { wordingIn } from '../../src/sentences/wording';
import { wordsOf, type Words } from '../../src/webview/strings';
import { textTwin } from '../../src/webview/text-twin';
import {
  announcement,
  grouped,
  listed,
  momentText,
  reasonText,
  rowText,
  shortDisplay,
  switchText,
  valueText,
} from '../../src/webview/wording';
import { models } from './models';

const en = wordsOf('en');
const zh = wordsOf('zh');

describe('the two languages', () => {
  test('have the same strings with the same places to fill', () => {
    const places = (text: string): readonly string[] => [...text.matchAll(/\{\d\}/g)].map(([place]) => place).sort();
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as (keyof Words)[]) {
      expect([key, places(zh[key])]).toEqual([key, places(en[key])]);
      expect(zh[key].trim()).not.toBe('');
    }
  });

  test('Chinese strings are Chinese, but for names that are the same everywhere', () => {
    // `language` says which table it is.
    const same = ['language', 'languageEn', 'languageBoth', 'eventPrintk'];
    const foreign = (Object.keys(zh) as (keyof Words)[]).filter(
      (key) => !same.includes(key) && !/\p{Script=Han}/u.test(zh[key]),
    );
    expect(foreign).toEqual([]);
  });
});

describe('wording', () => {
  const { stepped, back, fault } = models();

  test('the moment says whether it is the past', () => {
    expect(momentText(en, stepped.stop)).toBe('present, step 404');
    expect(momentText(en, back.stop)).toBe('past, step 403 of 404');
    expect(momentText(zh, back.stop)).toBe('过去，第 403 步，共 404 步');
    expect(grouped(1234567)).toBe('1\u2009234\u2009567');
  });

  test('a fault says what, where, and the address', () => {
    expect(reasonText(en, fault.stop)).toMatch(
      /^The kernel made a fault: freed memory is used \(sk->state, 0x[0-9a-f]{8}\)$/,
    );
    expect(reasonText(zh, fault.stop)).toMatch(/^内核出错：使用了已释放的内存/);
  });

  test('a stop at a data breakpoint names what has changed', () => {
    const stop = { ...stepped.stop, reason: 'data-breakpoint' as const };
    expect(reasonText(en, { ...stop, watched: ['sk->state', 'sk->err'] })).toBe('Stopped: sk->state, sk->err changed');
    expect(reasonText(zh, { ...stop, watched: ['sk->state'] })).toBe('sk->state 已改变');
    expect(reasonText(en, stop)).toBe('Stopped: watched data changed');
  });

  test('a stop at a data breakpoint for reads says that the bytes were read', () => {
    const stop = { ...stepped.stop, reason: 'data-breakpoint' as const };
    expect(reasonText(en, { ...stop, read: ['sk->state'] })).toBe('Stopped: sk->state read, not changed');
    expect(reasonText(zh, { ...stop, read: ['sk->state', 'sk->err'] })).toBe('sk->state，sk->err 被读取，未改变');
    expect(reasonText(en, { ...stop, watched: ['a'], read: ['b'] })).toBe('Stopped: a changed, b read');
    expect(reasonText(zh, { ...stop, watched: ['a'], read: ['b'] })).toBe('a 已改变，b 被读取');
  });

  test('a step into another process says why it left the first', () => {
    const same = { en: 'A (pid 100)', zh: 'A（pid 100）' };
    const switched = {
      from: same,
      to: { en: 'interrupt (pid 0)', zh: '中断（pid 0）' },
      because: { en: 'it sleeps', zh: '它在睡眠' },
    };
    expect(switchText(en, { ...stepped.stop, switched })).toBe(
      'Switched from A (pid 100) to interrupt (pid 0): it sleeps',
    );
    expect(switchText(zh, { ...stepped.stop, switched })).toBe('从 A（pid 100） 切换到 中断（pid 0）：它在睡眠');
  });

  test('an unknown kind of fault is told by its message', () => {
    expect(
      reasonText(en, { ...fault.stop, fault: { kind: 'from-the-future', message: { en: 'odd', zh: '怪' } } }),
    ).toBe('The kernel made a fault: odd');
  });

  test('a stop is announced with its place and its first changes', () => {
    expect(announcement(en, stepped)).toBe(
      'Stepped. present, step 404. in tcp_listen_start, line 5: sk->prot->hash(sk);. sk->state: 10 (TCP_LISTEN), was 7 (TCP_CLOSE)',
    );
  });

  test("marks are said in the reader's language, in the row and in the tree", () => {
    const row = {
      id: 'prot',
      name: 'prot',
      type: 'struct proto *',
      display: '0x6b6b6b6b (freed memory)',
      short: '0x6b6b6b6b',
      mark: 'freed',
      address: 0,
      size: 4,
    } as const;
    expect([shortDisplay(zh, row), rowText(zh, row)]).toEqual([
      '0x6b6b6b6b 已释放的内存',
      'prot: 0x6b6b6b6b，已释放的内存',
    ]);
    expect(
      shortDisplay(en, { ...row, display: '0xc0100010 <tcp_v4_do_rcv>', short: 'tcp_v4_do_rcv()', mark: 'function' }),
    ).toBe('tcp_v4_do_rcv()');
  });

  test('memory that was never written has the same word in a card as among the variables', () => {
    expect(valueText(en, '0x5a5a5a5a (uninitialised)')).toBe('0x5a5a5a5a (uninitialised)');
    expect(valueText(zh, '0x5a5a5a5a (uninitialised)')).toBe(
      `0x5a5a5a5a (${wordingIn(sentence('value-never-written'), 'zh')})`,
    );
  });

  test('what is listed has the commas of its language', () => {
    expect(listed(en, ['a', undefined, '', 'b'])).toBe('a, b');
    expect(listed(zh, ['甲', undefined, '乙'])).toBe('甲，乙');
    expect(textTwin(zh, stepped, 'zh')).toContain('state: 10 (TCP_LISTEN)，');
    expect(announcement(zh, stepped)).not.toMatch(/[,.] /);
  });

  test('the text twin has every card and every row', () => {
    const text = textTwin(en, stepped, 'zh');
    expect(text).toContain('sk, struct sock, TCP_LISTEN');
    expect(text).toContain('state: 10 (TCP_LISTEN), changed, was 7 (TCP_CLOSE)');
    expect(text).toContain('从这条赋值起');
    expect(text).not.toContain('From this assignment');
  });
});

describe('messages', () => {
  test('reach the handler of their method', () => {
    const got: unknown[] = [];
    const handlers = [on(step, ({ kind }) => got.push(kind)), on(travelTo, ({ clock }) => got.push(clock))];
    expect(dispatch(wire(travelTo, { clock: 7 }), handlers)).toBe(true);
    expect(dispatch(wire(step, { kind: 'back-over' }), handlers)).toBe(true);
    expect(got).toEqual([7, 'back-over']);
  });

  test('that are malformed or unknown are ignored', () => {
    const handlers = [
      on(step, () => {
        throw new Error('called');
      }),
    ];
    for (const data of [
      undefined,
      null,
      7,
      'step',
      {},
      { method: 7 },
      { method: 'step' },
      { method: 'step', params: null },
      { method: 'other', params: {} },
    ]) {
      expect(dispatch(data, handlers)).toBe(false);
    }
  });
});
