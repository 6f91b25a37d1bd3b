/** Types of notices.mjs for tests. */
export function notices(modules: string, inputs: readonly string[], copied: readonly string[]): string;
export function packageFolder(input: string): string[];
