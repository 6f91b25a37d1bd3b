/** Types of adapter.mjs for the tests. */
export interface AdapterFuzz {
  readonly requests: number;
  readonly faults: readonly string[];
  readonly memory: readonly { readonly early: number; readonly late: number }[];
}

export function fuzzAdapter(options: {
  readonly seed?: number;
  readonly sessions?: number;
  readonly requests?: number;
  readonly environment?: NodeJS.ProcessEnv;
  readonly jobs?: number;
}): Promise<AdapterFuzz>;
