/**
 * The suite that runs inside an extension host, ready to be loaded there.
 *
 * In: `test/vscode/in-host/suite.ts`. Out: one CommonJS file in `.vscode-test/in-host`, whose path is what VS Code calls
 * `extensionTestsPath`, and the files that the opened folder must have.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files of the folder that VS Code opens: name to text. */
export const inHostFiles = {
  'refused.pkt': `0     socket(AF_INET, SOCK_STREAM, 0) = 3
+0    connect(3, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr("127.0.0.1")}, 16) = -1 ECONNREFUSED
`,
};

/** Bundles the suite and gives its path. */
export async function bundleInHost() {
  const { build } = await import('esbuild');
  const outfile = join(root, '.vscode-test', 'in-host', 'suite.js');
  await mkdir(join(root, '.vscode-test', 'in-host'), { recursive: true });
  await build({
    entryPoints: [join(root, 'test', 'vscode', 'in-host', 'suite.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}
