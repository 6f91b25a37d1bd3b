/** Hit conditions, texts of log points and failed calls, each by itself. */
import { expect, test } from 'vitest';
import type { Happening, JournalEntry, Microseconds } from '../../src/machine/journal-entry';
import { sentence } from '../../src/sentences/sentence';
import { FailedCalls } from '../../src/session/failed-calls';
import { hitConditionHolds } from '../../src/session/hit-condition';
import { logText } from '../../src/session/log-text';

test.each<[string, number[]]>([
  ['3', [3]],
  [' 3 ', [3]],
  ['= 3', [3]],
  ['==3', [3]],
  ['> 3', [4, 5, 6]],
  ['>= 3', [3, 4, 5, 6]],
  ['< 3', [1, 2]],
  ['<= 3', [1, 2, 3]],
  ['% 2', [2, 4, 6]],
  ['% 0', []],
  // What has no known form keeps nothing from stopping.
  ['about 3', [1, 2, 3, 4, 5, 6]],
  ['3 times', [1, 2, 3, 4, 5, 6]],
  ['!= 3', [1, 2, 3, 4, 5, 6]],
  ['', [1, 2, 3, 4, 5, 6]],
])('hit condition "%s"', (text, hits) => {
  expect([1, 2, 3, 4, 5, 6].filter((count) => hitConditionHolds(text, count))).toEqual(hits);
});

test('a log point says values in braces, and in both languages why there is none', () => {
  const say = (message: string) =>
    logText(message, (expression) =>
      expression === 'n'
        ? { value: { display: '7' }, diagnostics: [] }
        : expression === 'x'
          ? {
              diagnostics: [
                { code: 'SS3001', severity: 'error', message: sentence('name-is-not-declared', { name: 'x' }) },
              ],
            }
          : { diagnostics: [] },
    );
  expect(say('n is {n}, {n}')).toBe('n is 7, 7');
  expect(say('no braces')).toBe('no braces');
  expect(say('{none}')).toBe('{none: }');
  const told = say('{n} {x}');
  const { en, zh } = typeof told === 'object' && 'zh' in told ? told : { en: '', zh: '' };
  expect(en).toMatch(/^7 \{x: .*not declared.*\}$/);
  expect(zh).toMatch(/^7 \{x: .*\p{Script=Han}.*\}$/u);
});

test('only calls fail, and only with error numbers', () => {
  const happened: readonly Happening[] = [
    { event: 'inject', function: 'get_unused_fd', value: -22 },
    ...[-1, -4095, -4096, 0, 5].map((value): Happening => ({
      ...{ event: 'return', pid: 1, process: 'A', text: 'f()', entry: 'sys_f' },
      ...{ value, uptime: 0 as Microseconds },
    })),
  ];
  const journal = happened.map((each, index): JournalEntry => ({ ...each, clock: 10 * (index + 1), thread: 1 }));
  const calls = new FailedCalls();
  expect([calls.active, calls.first(journal, -1, 1000)]).toEqual([false, undefined]);
  calls.wait('');
  expect([calls.first(journal, -1, 1000)?.clock, calls.last(journal, 1000)?.clock]).toEqual([19, 29]);
  // After one moment, up to another, both borders told apart.
  const first = (after: number, until: number): number | undefined => calls.first(journal, after, until)?.clock;
  expect([first(18, 19), first(19, 28), first(19, 29), first(29, 1000)]).toEqual([19, undefined, 29, undefined]);
  expect([calls.last(journal, 30)?.clock, calls.last(journal, 29)?.clock, calls.last(journal, 19)]).toEqual([
    29,
    19,
    undefined,
  ]);
  expect(calls.first(journal, -1, 1000)?.text).toBe('f() = -1 (-EPERM)');
  expect(calls.last(journal, 1000)?.text).toBe('f() = -4095');
  expect([calls.wait('EPERM'), calls.last(journal, 1000)?.clock]).toEqual([[], 19]);
  expect(calls.wait('eperm | -EINVAL, 22 ENONE 99999')).toEqual(['ENONE', '99999']);
  calls.wait(undefined);
  expect(calls.active).toBe(false);
});
