/** The 95th percentile. In: times. Out: the one below which 95 of 100 lie; 0 of none. */
export function percentile(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
}
