/**
 * The suite of the extension host in the server's host and in the browser's: the same file that `npm run test:electron` runs
 * in a desktop VS Code.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bundleInHost, inHostFiles } from '../../scripts/in-host.mjs';
import { openWorkbench, startHost } from '../../scripts/vscode-host.mjs';

const extensionPath = resolve(fileURLToPath(new URL('../..', import.meta.url)));

test.each([
  ['the server’s host', {}],
  ['the browser’s host', { 'remote.extensionKind': { 'sockscope.sockscope': ['web'] } }],
])('all steps hold in %s', { timeout: 240_000 }, async (_name, settings) => {
  const folder = await mkdtemp(join(tmpdir(), 'sockscope-in-host-'));
  for (const [name, text] of Object.entries(inHostFiles)) {
    await writeFile(join(folder, name), text);
  }
  const host = await startHost({ extensionPath, folder, settings, testsPath: await bundleInHost() });
  const said: string[] = [];
  let conclude: (status: unknown) => void = () => undefined;
  const concluded = new Promise<unknown>((resolveStatus) => (conclude = resolveStatus));
  const { page, close } = await openWorkbench(host, { exposed: { codeAutomationExit: (status) => conclude(status) } });
  page.on('console', (message) => said.push(message.text()));
  try {
    expect([await concluded, said.filter((line) => /not ok|do not hold/.test(line))]).toEqual([0, []]);
    expect(said.filter((line) => /\bok /.test(line)).length).toBeGreaterThan(6);
  } finally {
    await close();
    host.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
