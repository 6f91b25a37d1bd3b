/** Types of `in-host.mjs`, which is plain JavaScript because `npm run test:electron` runs it unbuilt. */

export const inHostFiles: Readonly<Record<string, string>>;

export function bundleInHost(): Promise<string>;
