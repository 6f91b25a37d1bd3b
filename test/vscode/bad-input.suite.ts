/**
 * Bad input in a real VS Code: problems with place and remedy, an endless loop that stops at the budget, a script of
 * one's own.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dismissDialog, editorLine, statusText, stopDebugging } from './debugging';
import { type Workbench, openSuite } from './workbench';

const kernel = fileURLToPath(new URL('../../media/kernel/', import.meta.url));

/** The bundled kernel as files of the workspace, below `folder`. */
function kernelFiles(folder: string): Record<string, string> {
  const paths = (readdirSync(kernel, { recursive: true }) as string[]).filter((path) =>
    statSync(join(kernel, path)).isFile(),
  );
  return Object.fromEntries(paths.map((path) => [`${folder}/${path}`, readFileSync(join(kernel, path), 'utf8')]));
}

function changed(files: Record<string, string>, path: string, from: string, to: string): Record<string, string> {
  const text = files[path] ?? '';
  expect(text).toContain(from);
  return { ...files, [path]: text.replace(from, to) };
}

let workbench: Workbench;
beforeAll(async () => {
  const broken = changed(
    kernelFiles('broken'),
    'broken/net/ipv4/af_inet.c',
    'sock->state = SS_UNCONNECTED;',
    'sock->state = = SS_UNCONNECTED;',
  );
  const endless = changed(
    kernelFiles('endless'),
    'endless/net/ipv4/af_inet.c',
    'sock->state = SS_UNCONNECTED;',
    'for (;;) sock->flags++;',
  );
  const configuration = (name: string, more: object) => ({ type: 'sockscope', request: 'launch', name, ...more });
  workbench = await openSuite({
    files: {
      ...broken,
      ...endless,
      'unknown-call.pkt': '0 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3\n+0 bnid(3, ..., ...) = 0\n',
      '.vscode/launch.json': JSON.stringify({
        version: '0.2.0',
        configurations: [
          configuration('broken', { scenario: 'tcp-socket', kernel: 'broken' }),
          configuration('endless', {
            scenario: 'tcp-socket',
            kernel: 'endless',
            stopOnEntry: false,
            stepBudget: 300000,
          }),
          configuration('unknown scenario', { scenario: 'no-such-thing' }),
        ],
      }),
    },
  });
});
afterAll(() => workbench.close());

async function start(name: string): Promise<void> {
  await workbench.runCommand('Debug: Select and Start Debugging');
  await workbench.pick(name);
}

async function problems(): Promise<string> {
  return workbench.page
    .locator('.markers-panel-container')
    .innerText()
    .catch(() => '');
}

test('an unknown call in a script is a problem with a remedy', async () => {
  const { page } = workbench;
  await page.getByRole('treeitem', { name: /unknown-call\.pkt/ }).dblclick();
  await workbench.runCommand('View: Focus Problems');
  await expect.poll(problems).toMatch(/bnid[\s\S]*bind/);
  await workbench.screenshot('script-problem');
});

test('an unknown scenario is refused with a sentence that says what to do', async () => {
  await start('unknown scenario');
  await dismissDialog(workbench, 'no-such-thing');
});

test('a syntax error in the C is a problem at its place', async () => {
  await start('broken');
  await expect.poll(problems).toMatch(/af_inet\.c[\s\S]*SS2001/);
  await workbench.screenshot('c-problem');
  // The problems are told before the run stands at its first statement.
  await expect.poll(() => editorLine(workbench)).not.toBe('');
  await stopDebugging(workbench);
});

test('an endless loop stops at the budget and can be inspected', async () => {
  await start('endless');
  await expect.poll(() => editorLine(workbench)).toContain('af_inet.c');
  await expect.poll(() => statusText(workbench)).toMatch(/step/);
  await expect
    .poll(() =>
      workbench
        .webview('SockScope')
        .locator('.reason')
        .innerText()
        .catch(() => ''),
    )
    .toMatch(/budget/);
  await workbench.screenshot('endless');
  await stopDebugging(workbench);
});
