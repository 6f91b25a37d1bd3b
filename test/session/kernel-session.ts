/**
 * A script to a session on the bundled kernel, which is compiled once for a test file. In the folder that
 * SOCKSCOPE_TEST_IMAGES names, if it does, it is kept for the next one.
 */
import { openSession, ProgramCache } from '../../src/facade/open-session';
import { diskImageStore } from '../../src/hosts/image-store';
import type { SessionApi } from '../../src/session/session-api';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from '../tree/tree-fixture';

const kept = process.env['SOCKSCOPE_TEST_IMAGES'];
const cache = new ProgramCache(kept === undefined ? undefined : diskImageStore(kept, 'test'));
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
