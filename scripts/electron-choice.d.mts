/** Types of `electron-choice.mjs`, which is plain JavaScript because `npm run test:electron` runs it unbuilt. */

export const notRun: 77;

export type Choice =
  | { kind: 'path'; path: string }
  | { kind: 'download'; version: string }
  | { kind: 'none' | 'wrong'; reasons: string[] };

export function chooseVsCode(facts: {
  env: Record<string, string | undefined>;
  platform: string;
  isProgram: (path: string) => boolean;
  answers: boolean;
}): Choice;

export function beginsProgram(bytes: ArrayLike<number>): boolean;
