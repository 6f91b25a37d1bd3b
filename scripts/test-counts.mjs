/**
 * Counts of a vitest run.
 *
 * In: the JSON report (undefined when there is none) and vitest's exit status. Out: `{ passed, failed, skipped }`. A
 * file that could not be loaded is one failure. When vitest says the run failed and no test did (no tests, an error
 * between tests, a crash), that is one failure too: nothing can fail without being counted.
 */
export function countTests(report, status) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status: fileStatus, assertionResults } of report?.testResults ?? []) {
    const statuses = assertionResults.map((each) => each.status);
    const failed = statuses.filter((each) => each === 'failed').length;
    counts.passed += statuses.filter((each) => each === 'passed').length;
    counts.failed += failed === 0 && fileStatus === 'failed' ? 1 : failed;
    counts.skipped += statuses.filter((each) => each !== 'passed' && each !== 'failed').length;
  }
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
