/**
 * A scenario's run, or a small C program's, with its replayer: the one helper of the history's tests.
 */
import { expect } from 'vitest';
import { openSession, type OpenedSession, type OpenOptions } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import type { History } from '../../src/history/history';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from '../tree/tree-fixture';
import { programCache } from '../program-cache';

const cache = programCache();

export interface OpenedHistory {
  readonly session: SessionApi;
  readonly history: History;
}

/** A bundled scenario or a script, before its first statement. */
export async function openHistory(
  scenario: string | { readonly script: string },
  options: Pick<OpenOptions, 'journalRoom' | 'kernel'> = {},
): Promise<OpenedHistory> {
  const what = typeof scenario === 'string' ? { scenario } : { script: { path: 'history.pkt', text: scenario.script } };
  const opened: OpenedSession = await openSession({
    media: mediaTexts(),
    wasm: wasmFiles(),
    cache,
    ...what,
    ...options,
  });
  expect(opened.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!opened.session || !opened.history) {
    throw new Error('the session was not opened');
  }
  return { session: opened.session, history: opened.history };
}

/** The same, run to its end. */
export async function ranToEnd(scenario: string, kernel?: OpenOptions['kernel']): Promise<OpenedHistory> {
  const opened = await openHistory(scenario, kernel ? { kernel } : {});
  await opened.session.start();
  await opened.session.run('continue');
  return opened;
}
