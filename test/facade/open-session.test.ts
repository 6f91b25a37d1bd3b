/** What a front gets besides a session: where the script ends. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSession } from '../../src/facade/open-session';
import { mediaTexts } from '../cli/cli-fixture';

const root = fileURLToPath(new URL('../../', import.meta.url));
const wasm = (path: string): Uint8Array => new Uint8Array(readFileSync(`${root}node_modules/${path}`));

test.each([
  [
    'a script ends at its last event, not at the comments behind it',
    '// a\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 close(3) = 0\n\n//! moment: end\n//! text.en: Over.\n',
    3,
  ],
  ['an event over several lines ends at its last', '0 socket(..., SOCK_STREAM,\n  IPPROTO_TCP) = 3\n// b\n', 2],
])('%s', async (_name, text, line) => {
  const opened = await openSession({
    media: mediaTexts(),
    wasm: { runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'), grammar: wasm('tree-sitter-c/tree-sitter-c.wasm') },
    script: { path: 'own.pkt', text },
  });
  expect(opened.diagnostics).toEqual([]);
  expect(opened.scenarioLastLine).toBe(line);
});
