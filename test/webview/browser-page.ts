/**
 * The inspector in a real browser: bundled as for the extension, under the extension's Content Security Policy, with a
 * theme of VS Code.
 *
 * In: a theme, a size, a language. Out: a page that takes messages as the extension would send them and records what the
 * view sends back. Needs Debian's chromium; `findChromium` says where it is, and the tests are skipped where there is
 * none.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { inspectorPage } from '../../src/editor/inspector-page';
import type { MessageType } from '../../src/protocol/messages';
import { configureView, wire, type ViewSettings } from '../../src/protocol/messages';
import { THEMES, type ThemeName } from './themes';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ORIGIN = 'http://inspector.test';
/** Milliseconds after which the browser counts as hanging. */
const PATIENCE = 300_000;

export function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path !== undefined && existsSync(path),
  );
}

export interface InspectorPage {
  readonly page: Page;
  /** Problems the browser reported: policy violations, exceptions. */
  readonly problems: readonly string[];
  /** Gives the view a message and waits until it has taken and drawn it. */
  send<P>(type: MessageType<P>, params: P): Promise<void>;
  /** Messages from the view so far. */
  sent(): Promise<readonly { readonly method: string; readonly params: unknown }[]>;
  screenshot(name: string): Promise<void>;
}

export interface PageOptions {
  readonly theme?: ThemeName;
  readonly settings?: ViewSettings;
  readonly width?: number;
  readonly height?: number;
  readonly bodyClass?: string;
  /** State that VS Code kept from an earlier life of the view. */
  readonly state?: unknown;
}

export class InspectorBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly files: ReadonlyMap<string, { readonly body: Buffer; readonly type: string }>,
  ) {}

  static async start(): Promise<InspectorBrowser> {
    const { outputFiles } = await esbuild.build({
      entryPoints: { inspector: join(root, 'src/webview/main.ts') },
      outdir: '/',
      bundle: true,
      write: false,
      platform: 'browser',
      target: 'es2022',
      format: 'iife',
      tsconfig: join(root, 'tsconfig.json'),
      logLevel: 'silent',
    });
    const files = new Map<string, { body: Buffer; type: string }>();
    for (const file of outputFiles) {
      files.set(file.path, {
        body: Buffer.from(file.contents),
        type: file.path.endsWith('.css') ? 'text/css' : 'text/javascript',
      });
    }
    const codicons = join(root, 'node_modules/@vscode/codicons/dist');
    files.set('/codicons/codicon.css', { body: await readFile(join(codicons, 'codicon.css')), type: 'text/css' });
    files.set('/codicons/codicon.ttf', { body: await readFile(join(codicons, 'codicon.ttf')), type: 'font/ttf' });
    const browser = await chromium.launch({
      executablePath: findChromium(),
      timeout: PATIENCE,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    });
    return new InspectorBrowser(browser, files);
  }

  async open({
    theme = 'dark',
    settings = { ui: 'en', notes: 'both' },
    width = 1180,
    height = 900,
    bodyClass,
    state,
  }: PageOptions = {}): Promise<InspectorPage> {
    const page = await this.browser.newPage({ viewport: { width, height } });
    page.setDefaultTimeout(PATIENCE);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => (message.type() === 'error' ? problems.push(message.text()) : undefined));
    const html = inspectorPage({
      cspSource: ORIGIN,
      script: `${ORIGIN}/inspector.js`,
      style: `${ORIGIN}/inspector.css`,
      codicons: `${ORIGIN}/codicons/codicon.css`,
      nonce: 'test',
      language: 'en',
    });
    await page.route(`${ORIGIN}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const file = this.files.get(pathname);
      return pathname === '/'
        ? route.fulfill({ body: html, contentType: 'text/html' })
        : file
          ? route.fulfill({ body: file.body, contentType: file.type })
          : route.abort();
    });
    await page.addInitScript(
      ({ kept, variables, classes }) => {
        const sent: unknown[] = [];
        let memory = kept;
        Object.assign(window, {
          sentMessages: sent,
          acquireVsCodeApi: () => ({
            postMessage: (message: unknown) => sent.push(message),
            getState: () => memory,
            setState: (next: unknown) => {
              memory = next;
            },
          }),
          keptState: () => memory,
        });
        // VS Code sets both before the page's own scripts run.
        const observer = new MutationObserver(() => {
          if (document.body) {
            observer.disconnect();
            for (const [name, value] of Object.entries(variables)) {
              document.documentElement.style.setProperty(`--vscode-${name}`, value);
            }
            document.body.className = classes;
          }
        });
        observer.observe(document, { childList: true, subtree: true });
      },
      { kept: state, variables: THEMES[theme].variables, classes: `${THEMES[theme].bodyClass} ${bodyClass ?? ''}` },
    );
    await page.goto(`${ORIGIN}/`);
    const opened: InspectorPage = {
      page,
      problems,
      send: async (type, params) => {
        await page.evaluate(
          (message) =>
            new Promise<void>((resolve) => {
              const behind = 'behind the message';
              const drawn = (): void =>
                void requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
              window.addEventListener('message', function heard({ data }) {
                if (data === behind) {
                  window.removeEventListener('message', heard);
                  drawn();
                }
              });
              window.postMessage(message, '*');
              window.postMessage(behind, '*');
            }),
          wire(type, params),
        );
      },
      sent: () => page.evaluate(() => (window as unknown as { sentMessages: [] }).sentMessages),
      screenshot: async (name) => {
        const folder = join(root, 'test-results', 'inspector');
        await mkdir(folder, { recursive: true });
        await page.evaluate(async () => {
          await document.fonts.ready;
          const ending = document
            .getAnimations()
            .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
          await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
        });
        await page.screenshot({ path: join(folder, `${name}.png`) });
      },
    };
    await opened.send(configureView, settings);
    return opened;
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}
