/** The packetdrill grammar: every annotated line of `packetdrill/*.pkt` gets the scopes written below it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

test('scopes of packetdrill scripts', async () => {
  const tool = at('../../node_modules/vscode-tmgrammar-test/dist/unit.js');
  const args = [tool, '-g', at('../../syntaxes/packetdrill.tmLanguage.json'), at('packetdrill/handshake.pkt')];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: at('../..') });
  expect(stdout).toMatch(/run successful/);
});
