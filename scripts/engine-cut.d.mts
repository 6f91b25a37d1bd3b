/** Types of engine-cut.mjs for tests. */
import type { BuildOptions, Plugin } from 'esbuild';
export function engineFile(name: string): string;
export function engineText(text: string): string;
export function engineCut(
  esbuild: typeof import('esbuild'),
  root: string,
  load: string,
): { readonly plugin: Plugin; readonly found: ReadonlySet<string> };
export function engineEntry(root: string, modules: Iterable<string>): Pick<BuildOptions, 'stdin'>;
