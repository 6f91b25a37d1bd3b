/**
 * Other editors, headless, with the adapter as docs/other-editors.md sets it up. What is not there is skipped and told:
 * Neovim (`nvim`) with the plug-in nvim-dap in the folder NVIM_DAP, Emacs (`emacs`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const adapter = join(root, 'dist', 'dap-stdio.js');

/** The first line of `--version`; undefined when the program is not there. */
function version(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

const neovim = version('nvim');
const emacs = version('emacs');
const nvimDap = process.env.NVIM_DAP;

function missing(what: string): void {
  console.warn(`editors: not tried, because ${what}`);
}

/** What an editor has written about its session. */
function tried(program: string, args: readonly string[], environment: Record<string, string> = {}): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-editor-'));
  const out = join(folder, 'out');
  try {
    const { stderr } = spawnSync(program, args, {
      encoding: 'utf8',
      timeout: 240_000,
      env: {
        ...process.env,
        ...environment,
        ...{ NODE: process.execPath, ADAPTER: adapter, OUT: out, HOME: folder, SOCKSCOPE_CACHE: '' },
      },
    });
    expect(existsSync(out), stderr).toBe(true);
    return readFileSync(out, 'utf8').trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const script = (name: string): string => fileURLToPath(new URL(`./editors/${name}`, import.meta.url));

test('Neovim with nvim-dap: launch, steps both ways, a value, a journey, the end', (context) => {
  if (neovim === undefined || nvimDap === undefined) {
    missing(neovim === undefined ? 'there is no nvim' : 'NVIM_DAP names no folder of nvim-dap');
    context.skip();
    return;
  }
  const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-c', `luafile ${script('nvim-dap.lua')}`];
  expect(tried('nvim', args, { NVIM_DAP: nvimDap })).toEqual([
    'launch: entry, inet_create in af_inet.c, cursor in af_inet.c',
    'step over: step, inet_create in af_inet.c, cursor in af_inet.c',
    'step back: step, inet_create in af_inet.c, cursor in af_inet.c',
    'sock->state: 1 (SS_UNCONNECTED)',
    expect.stringMatching(/^travel: goto, \w+ in \w+\.[ch], cursor in \w+\.[ch]$/),
    'continue: step, run is over in tcp-socket.pkt, cursor in tcp-socket.pkt',
    'terminated: true',
  ]);
});

test('Emacs by itself: launch, steps both ways, the end', (context) => {
  if (emacs === undefined) {
    missing('there is no emacs');
    context.skip();
    return;
  }
  expect(tried('emacs', ['--batch', '-Q', '-l', script('emacs-client.el')])).toEqual([
    'launch: entry, inet_create in af_inet.c',
    'step over: step, inet_create in af_inet.c',
    'step back: step, inet_create in af_inet.c',
    'continue: step, run is over in tcp-socket.pkt',
  ]);
});
