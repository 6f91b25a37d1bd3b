/** A script to a session on the bundled kernel. */
import { openSession } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/session/session-api';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from '../tree/tree-fixture';
import { programCache } from '../program-cache';

const cache = programCache();
const media = mediaTexts();

/** A session of the script that has not started. */
export async function openScript(text: string): Promise<SessionApi> {
  const { session, diagnostics } = await openSession({
    media,
    wasm: wasmFiles(),
    cache,
    script: { path: 'test.pkt', text },
  });
  if (!session) {
    throw new Error(diagnostics.map((each) => formatDiagnostic(each)).join('\n'));
  }
  return session;
}
