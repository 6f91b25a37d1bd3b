/**
 * What every suite does with a workbench: open it on a temporary folder, run commands, reach a webview, keep pictures.
 *
 * In: theme, locale, files, settings. Out: a `Workbench` with the playwright page. Nothing here knows what SockScope
 * shows.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FrameLocator, type Page } from 'playwright-core';
import {
  type Host,
  type HostOptions,
  type Locale,
  type WorkbenchOptions,
  openWorkbench,
  startHost,
} from '../../scripts/vscode-host.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface SuiteOptions extends WorkbenchOptions {
  locale?: Locale;
  /** Files of the folder that VS Code opens: relative path to text. */
  files?: Record<string, string>;
  settings?: HostOptions['settings'];
  env?: HostOptions['env'];
  besides?: HostOptions['besides'];
  /** Another extension than the one in this repository. */
  extensionPath?: string;
  /**
   * Run the extension's `browser` entry in the browser's own extension host, as on vscode.dev, instead of the Node one.
   */
  web?: boolean;
}

export interface Workbench {
  page: Page;
  host: Host;
  folder: string;
  /** Runs a command by its title from the palette; waits until the palette lists it. */
  runCommand(title: string): Promise<void>;
  /** The content of the webview in the editor tab or view whose title contains `title`. */
  webview(title: string): FrameLocator;
  /** Writes `test-results/vscode/NAME-THEME-LOCALE.png` and gives its path. */
  screenshot(name: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts a host of its own and opens the workbench. Close it in `afterAll`. */
export async function openSuite(options: SuiteOptions = {}): Promise<Workbench> {
  const { theme = 'light', locale = 'en', files = {}, env, besides, extensionPath = resolve(repository) } = options;
  const settings = { ...options.settings, ...(options.web ? await webHostSetting(extensionPath) : {}) };
  const folder = await mkdtemp(join(tmpdir(), 'sockscope-suite-'));
  await writeFiles(folder, files);
  const host = await startHost({ extensionPath, folder, locale, settings, env, besides });
  const { page, close } = await openWorkbench(host, { ...options, theme }).catch((error: unknown) => {
    host.stop();
    throw error;
  });
  return {
    page,
    host,
    folder,
    runCommand: (title) => runCommand(page, title),
    webview: (title) => webviewFrame(page, title),
    screenshot: (name) => screenshot(page, `${name}-${theme}-${locale}`),
    close: async () => {
      await close();
      host.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The setting that moves an extension to the browser's extension host. */
async function webHostSetting(extensionPath: string): Promise<Record<string, unknown>> {
  const manifest = JSON.parse(await readFile(join(extensionPath, 'package.json'), 'utf8')) as {
    name: string;
    publisher: string;
  };
  return { 'remote.extensionKind': { [`${manifest.publisher}.${manifest.name}`]: ['web'] } };
}

async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type="text"]');
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  const deadline = 30;
  for (let tries = 1; ; tries++) {
    // Opened anew at each try: an open palette does not notice a command that was registered since.
    await page.keyboard.press('F1');
    // A key is lost while the focus moves, for example from a closing session to the editor.
    const listed = await input
      .waitFor({ timeout: 2000 })
      .then(() => input.fill(`>${title}`))
      .then(() => row.waitFor({ timeout: 1000 }))
      .then(
        () => true,
        () => false,
      );
    if (listed) {
      break;
    }
    await page.keyboard.press('Escape');
    if (tries === deadline) {
      throw new Error(`the palette does not list "${title}"`);
    }
  }
  await row.click();
}

function webviewFrame(page: Page, title: string): FrameLocator {
  // VS Code nests webviews: an outer frame of its own, and in it the frame with the page, titled by the panel.
  return page.frameLocator('iframe.webview').frameLocator(`iframe[title*="${title}"]`);
}

async function screenshot(page: Page, name: string): Promise<string> {
  const path = join(repository, 'test-results', 'vscode', `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path });
  return path;
}
