/** What `npm test` counts: every way a run can fail must show as a failure. */
import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, run unbuilt by npm test
import { countTests } from '../../scripts/test-counts.mjs';

interface FileResult {
  status: string;
  assertionResults: { status: string }[];
}
const count = countTests as (
  report: { testResults: FileResult[] } | undefined,
  status: number,
) => Record<string, number>;

const file = (status: string, ...tests: string[]): FileResult => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test.each([
  ['all pass', { testResults: [file('passed', 'passed', 'passed')] }, 0, { passed: 2, failed: 0, skipped: 0 }],
  ['a test fails', { testResults: [file('failed', 'passed', 'failed')] }, 1, { passed: 1, failed: 1, skipped: 0 }],
  [
    'tests are skipped or to do',
    { testResults: [file('passed', 'pending', 'todo', 'passed')] },
    0,
    { passed: 1, failed: 0, skipped: 2 },
  ],
  [
    'a file cannot be loaded',
    { testResults: [file('failed'), file('passed', 'passed')] },
    1,
    { passed: 1, failed: 1, skipped: 0 },
  ],
  ['an error between tests', { testResults: [file('passed', 'passed')] }, 1, { passed: 1, failed: 1, skipped: 0 }],
  ['no tests', { testResults: [] }, 1, { passed: 0, failed: 1, skipped: 0 }],
  ['a crash without a report', undefined, 134, { passed: 0, failed: 1, skipped: 0 }],
])('%s', (_title, report, status, expected) => {
  expect(count(report, status)).toEqual(expected);
});
