/**
 * The inspector's page as it is built, in a real browser, tied to a run in this process.
 *
 * In: the files in dist/, a run. Out: the page, and what it costs: the milliseconds from a request of the page to the frame
 * in which the answer is painted, the processor time on both sides, the JavaScript heap. Requests go out of the page and
 * models come back into it as in VS Code, over the browser's own line to this process.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { inspectorPage } from '../src/editor/inspector-page';
import { ModelSender } from '../src/editor/model-sender';
import type { InspectorModel } from '../src/protocol/inspector-model';
import {
  configureView,
  dispatch,
  on,
  restHere,
  showRunning,
  step,
  travelTo,
  wire,
  type InspectorStep,
  type WireMessage,
} from '../src/protocol/messages';
import type { SessionApi } from '../src/facade/session';

declare global {
  interface Window {
    /** What takes the page's messages, the second as text; there is none before the page is tied to a run. */
    toHost?: (message: unknown) => void;
    toHostAsText?: (message: string) => void;
  }
}

const ORIGIN = 'http://inspector.bench';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** What one request cost. */
export interface Answer {
  /** From the request in the page to the frame that shows the answer. */
  readonly painted: number;
  /** In this process: moving the machine, making the model and its message. */
  readonly moved: number;
  readonly made: number;
  /** Processor time of both in this process and of sending, and of the page's main thread for the step. */
  readonly machine: number;
  readonly work: number;
  readonly bytes: number;
}

export interface BenchPage {
  readonly page: Page;
  /** Sends the page a message and waits for nothing. */
  post(message: WireMessage): Promise<void>;
  /** Has the page ask for a step, as its button does. */
  step(kind: InspectorStep): Promise<Answer>;
  /** Models that were answered to the page so far. */
  readonly answered: () => number;
  /** Seconds that the page's main thread has worked. */
  taskSeconds(): Promise<number>;
  /** MiB of the page's JavaScript objects, garbage gone. */
  heapMiB(): Promise<number>;
  close(): Promise<void>;
}

/** The browser, or undefined where there is none. */
export async function startBrowser(): Promise<Browser | undefined> {
  const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path !== undefined && existsSync(path),
  );
  return executablePath === undefined
    ? undefined
    : chromium.launch({ executablePath, args: ['--no-sandbox', '--enable-precise-memory-info'] });
}

/** Makes the model of the present; on the way of a drag of what is in focus and of these cards. */
export type BuildModel = (passing?: readonly string[]) => InspectorModel;

/** The page over a run that stands somewhere. */
export async function openPage(browser: Browser, session: SessionApi, build: BuildModel): Promise<BenchPage> {
  const page = await browser.newPage({ viewport: { width: 1024, height: 768 } });
  const cdp = await page.context().newCDPSession(page);
  // Processor time of the page, not the time on the wall: other programs run here too.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await serve(page);
  let last: Omit<Answer, 'painted' | 'work'> | undefined;
  let answered = 0;
  const sender = new ModelSender();
  // Past playwright, which looks at each value of an argument; the text is parsed once, as between VS Code's processes.
  const send = async (message: string): Promise<void> => {
    const expression = `window.postMessage(JSON.parse(${JSON.stringify(message)}), '*')`;
    // The last moves of a drag may be answered when the page is gone.
    await cdp.send('Runtime.evaluate', { expression }).catch((error: unknown) => {
      if (!page.isClosed()) {
        throw error;
      }
    });
  };
  const post = (message: WireMessage): Promise<void> => send(JSON.stringify(message));
  const answer = async (move: () => Promise<unknown>, passing?: readonly string[]): Promise<void> => {
    if (!passing) {
      void post(wire(showRunning, {}));
    }
    await move();
    const message = sender.message(build(passing));
    answered++;
    await post(message);
  };
  /** Only here the process is asked for its time, which itself takes a part of a millisecond. */
  const answerStep = async (kind: InspectorStep): Promise<void> => {
    void post(wire(showRunning, {}));
    const [cpu, began] = [process.cpuUsage(), performance.now()];
    await session.run(kind);
    const arrived = performance.now();
    const message = JSON.stringify(sender.message(build()));
    const made = performance.now() - arrived;
    const sent = send(message);
    const { user, system } = process.cpuUsage(cpu);
    last = { moved: arrived - began, made, machine: (user + system) / 1000, bytes: message.length };
    answered++;
    await sent;
  };
  // Playwright's own way into this process takes longer than a small picture.
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: 'toHostAsText' });
  cdp.on('Runtime.bindingCalled', ({ payload }) => {
    dispatch(JSON.parse(payload), [
      on(step, ({ kind }) => void answerStep(kind)),
      on(travelTo, ({ clock, passing }) => {
        void answer(() => session.travelTo(clock, { goesOn: passing !== undefined }), passing);
      }),
      on(restHere, () => void post(sender.message(build()))),
    ]);
  });
  await page.goto(`${ORIGIN}/`);
  await post(wire(configureView, { ui: 'en', notes: 'en' }));
  await post(sender.message(build()));
  const taskSeconds = (): Promise<number> => metric(cdp, 'TaskDuration');
  return {
    page,
    post,
    answered: () => answered,
    taskSeconds,
    step: async (kind) => {
      const task = await taskSeconds();
      const painted = await page.evaluate(askAndWait, kind);
      const work = ((await taskSeconds()) - task) * 1000;
      return { painted, work, ...(last ?? { moved: 0, made: 0, machine: 0, bytes: 0 }) };
    },
    heapMiB: async () => {
      await cdp.send('HeapProfiler.collectGarbage');
      return (await metric(cdp, 'JSHeapUsedSize')) / 2 ** 20;
    },
    close: () => page.close(),
  };
}

async function metric(cdp: CDPSession, name: string): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find((each) => each.name === name)?.value ?? 0;
}

/** In the page: presses the button of a step, and waits for the frame after the next model. */
function askAndWait(kind: string): Promise<number> {
  return new Promise((resolve) => {
    const began = window.performance.now();
    window.addEventListener('message', function heard({ data }: MessageEvent<{ readonly method?: string }>) {
      if (data.method !== 'changeModel') {
        return;
      }
      window.removeEventListener('message', heard);
      requestAnimationFrame(() => {
        // A task that is queued in a frame's callback runs when that frame has been laid out and painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(window.performance.now() - began);
        port2.postMessage('painted');
      });
    });
    window.toHost?.({ method: 'step', params: { kind } });
  });
}

/** The built files, and what VS Code puts into a webview. */
async function serve(page: Page): Promise<void> {
  const html = inspectorPage({
    cspSource: ORIGIN,
    script: `${ORIGIN}/inspector.js`,
    style: `${ORIGIN}/inspector.css`,
    codicons: `${ORIGIN}/codicons/codicon.css`,
    nonce: 'bench',
    language: 'en',
  });
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') {
      return route.fulfill({ body: html, contentType: 'text/html' });
    }
    const file = join(__dirname, pathname);
    const type = TYPES[pathname.slice(pathname.lastIndexOf('.'))];
    return type !== undefined && existsSync(file)
      ? route.fulfill({ body: readFileSync(file), contentType: type })
      : route.abort();
  });
  await page.addInitScript(() => {
    let memory: unknown;
    Object.assign(window, {
      toHost: (message: unknown) => window.toHostAsText?.(JSON.stringify(message)),
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => window.toHost?.(message),
        getState: () => memory,
        setState: (next: unknown) => (memory = next),
      }),
    });
  });
}
