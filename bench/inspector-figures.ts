/**
 * What the inspector costs a person: from a step to the painted change with many sockets alive, going through the run with
 * the slider, scrolling a long ladder.
 *
 * In: how many sockets; the built page. Out: milliseconds, frames and the page's heap. The sockets are connections over
 * loopback whose two ends stay open, the runs are real, and the models are made as the extension makes them, with notes.
 */
import type { Browser } from 'playwright-core';
import { Catalog } from '../src/catalog/catalog';
import { InspectorModelBuilder } from '../src/editor/inspector-model';
import { notesFor } from '../src/editor/inspector-notes';
import { sessionLadder } from '../src/facade/ladder';
import { openSession, ProgramCache, type OpenedSession, type OpenOptions } from '../src/facade/open-session';
import { knowledgeOf, macroText } from '../src/facade/program';
import type { SessionApi } from '../src/facade/session';
import { createCParser } from '../src/parse/tree-sitter';
import { showPicture, wire } from '../src/protocol/messages';
import { Query } from '../src/query/query';
import { Reader } from '../src/reading/reader';
import { SourceFile } from '../src/source/source-file';
import { openPage, startBrowser, type Answer, type BenchPage, type BuildModel } from './inspector-page';
import { grammar, openOptions } from './session-figures';
import { aliveSockets, connections } from './workloads';

/** Steps before those that count, and those that do. */
const WARM = 20;
const STEPS = 120;
/** Statements that the slider goes over. */
const SCRUBBED = 100_000;
const SLIDER = '.timeline input[type=range]';
/** Packets of the long ladder; a connection has seven to ten. */
const PACKETS = 10_000;
const PER_CONNECTION = 7;

export interface InspectorFigures {
  readonly sockets: number;
  readonly cards: number;
  readonly painted: Spread;
  readonly moved: Spread;
  readonly made: Spread;
  /** Processor time of a step: of moving and of making the model, of the page's main thread, of both. */
  readonly machine: Spread;
  readonly page: Spread;
  readonly processor: Spread;
  /** Of a message. */
  readonly kib: number;
  readonly heapMiB: number;
  /** Elements of the page. */
  readonly elements: number;
}

export interface Spread {
  readonly median: number;
  readonly p95: number;
}

export interface ScrubFigures {
  readonly statements: number;
  readonly framesPerSecond: number;
  /** Processor time of a frame, both sides. */
  readonly processor: number;
  readonly heapMiB: number;
}

export interface LadderFigures {
  readonly packets: number;
  readonly rows: number;
  /** From handing the picture over to its first frame. */
  readonly shown: number;
  readonly frame: Spread;
  readonly worst: number;
  /** Work of the page's main thread for each frame. */
  readonly task: number;
  readonly heapMiB: number;
}

/** Stepping with so many sockets alive. */
export async function steppingFigures(sockets: number): Promise<InspectorFigures> {
  return withPage(aliveSockets(sockets), async ({ bench, build }) => {
    const answers: Answer[] = [];
    for (let at = 0; at < WARM + STEPS; at++) {
      const answer = await bench.step('into');
      answers.push(...(at < WARM ? [] : [answer]));
    }
    const of = (figure: (answer: Answer) => number): Spread => spread(answers.map(figure));
    const model = build();
    return {
      sockets: model.sockets.length,
      cards: model.cards.length,
      painted: of(({ painted }) => painted),
      moved: of(({ moved }) => moved),
      made: of(({ made }) => made),
      machine: of(({ machine }) => machine),
      page: of(({ work }) => work),
      processor: of(({ machine, work }) => machine + work),
      kib: spread(answers.map(({ bytes }) => bytes)).median / 1024,
      heapMiB: await bench.heapMiB(),
      elements: await bench.page.evaluate(() => document.querySelectorAll('*').length),
    };
  });
}

interface Run {
  readonly session: SessionApi;
  readonly bench: BenchPage;
  readonly build: BuildModel;
}

async function withPage<T>(script: string, use: (run: Run) => Promise<T>): Promise<T> {
  const browser = await startBrowser();
  if (!browser) {
    throw new Error('there is no Chromium: install it (Debian: chromium) or name it in CHROMIUM_PATH');
  }
  try {
    return await inRun(browser, script, use);
  } finally {
    await browser.close();
  }
}

async function inRun<T>(browser: Browser, script: string, use: (run: Run) => Promise<T>): Promise<T> {
  const options = openOptions(new ProgramCache(), script);
  const opened = await openSession({ ...options, stepBudget: 4_000_000_000 });
  const { session } = opened;
  if (!session) {
    throw new Error('the session was not opened');
  }
  await session.start();
  const end = await session.run('continue');
  if (end.reason !== 'end') {
    throw new Error(`the run ended otherwise: ${end.reason}`);
  }
  const build = await builderOf(opened, options.media);
  await toLastConnect(session);
  const bench = await openPage(browser, session, build);
  try {
    return await use({ session, bench, build });
  } finally {
    session.dispose();
  }
}

/** To the last connection of the run, with all sockets alive. */
async function toLastConnect(session: SessionApi): Promise<void> {
  session.setFunctionBreakpoints([{ name: 'tcp_v4_connect' }]);
  const stop = await session.run('back-continue');
  session.setFunctionBreakpoints([]);
  if (stop.reason !== 'function-breakpoint') {
    throw new Error(`no connection is in the run: ${stop.reason}`);
  }
}

/** Builds models as the extension does: with the notes on each statement. */
async function builderOf({ session, program }: OpenedSession, media: OpenOptions['media']): Promise<BuildModel> {
  if (!session || !program) {
    throw new Error('the session was not opened');
  }
  const packs = Object.entries(media).filter(([path]) => /^media\/annotations\/.*\.ya?ml$/.test(path));
  const catalog = Catalog.load(packs.map(([path, text]) => new SourceFile(path, text)));
  const reader = new Reader(await createCParser(grammar()), (name, path) => macroText(program, name, path));
  const query = new Query({ catalog, reader, ...knowledgeOf(program) });
  const builder = new InspectorModelBuilder(session, 'bench');
  return (passing) => builder.build({ passing, notesFor: (frame) => notesFor(query, frame) });
}

/** The slider over a hundred thousand statements, to and fro, as fast as frames come. */
export async function scrubFigures(): Promise<ScrubFigures> {
  return withPage(aliveSockets(100), async ({ session, bench }) => {
    const from = session.stop.frontier - SCRUBBED;
    await bench.page.waitForSelector(SLIDER);
    await bench.page.evaluate(scrub, { from, to: session.stop.frontier, frames: 30 });
    const [cpu, task, before] = [process.cpuUsage(), await bench.taskSeconds(), bench.answered()];
    const seconds = await bench.page.evaluate(scrub, { from, to: session.stop.frontier, frames: 300 });
    const models = bench.answered() - before;
    const { user, system } = process.cpuUsage(cpu);
    return {
      statements: SCRUBBED,
      framesPerSecond: models / seconds,
      processor: ((user + system) / 1000 + ((await bench.taskSeconds()) - task) * 1000) / models,
      heapMiB: await bench.heapMiB(),
    };
  });
}

/** In the page: moves the slider in each frame, from one end to the other and back; answers the seconds. */
function scrub({ from, to, frames }: { from: number; to: number; frames: number }): Promise<number> {
  const slider = document.querySelector<HTMLInputElement>('.timeline input[type=range]');
  if (!slider) {
    throw new Error('the page has no slider');
  }
  return new Promise((resolve) => {
    const began = window.performance.now();
    let frame = 0;
    const move = (): void => {
      if (frame++ === frames) {
        resolve((window.performance.now() - began) / 1000);
        return;
      }
      const along = Math.abs(1 - (2 * frame) / frames);
      slider.value = String(Math.round(from + (to - from) * along));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      requestAnimationFrame(move);
    };
    move();
  });
}

/** A ladder of ten thousand packets, scrolled up from its end by a notch of the wheel in each frame. */
export async function ladderFigures(): Promise<LadderFigures> {
  const script = connections(Math.ceil(PACKETS / PER_CONNECTION), 0, 0.003);
  return withPage(script, async ({ session, bench }) => {
    await session.travelTo(session.stop.frontier);
    const data = sessionLadder(session);
    await bench.page.getByRole('button', { name: 'Packets' }).click();
    const message = wire(showPicture, { session: 'bench', picture: { kind: 'ladder', data } });
    const shown = await bench.page.evaluate(showAndWait, message as { method: string; params: object });
    const task = await bench.taskSeconds();
    const frames = await bench.page.evaluate(scrollUp, 300);
    const work = ((await bench.taskSeconds()) - task) * 1000;
    return {
      packets: data.rows.filter(({ kind }) => kind === 'packet').length,
      rows: data.rows.length,
      shown,
      frame: spread(frames),
      worst: Math.max(...frames),
      task: work / frames.length,
      heapMiB: await bench.heapMiB(),
    };
  });
}

/** In the page: takes a picture, and waits for the frame that shows it. */
function showAndWait(message: object): Promise<number> {
  return new Promise((resolve) => {
    const began = window.performance.now();
    window.addEventListener(
      'message',
      () => requestAnimationFrame(() => setTimeout(() => resolve(window.performance.now() - began))),
      { once: true },
    );
    window.postMessage(message, '*');
  });
}

/** In the page: scrolls the ladder up in so many frames; answers how long each took. */
function scrollUp(count: number): Promise<number[]> {
  const frame = document.querySelector('.ladder-rows');
  if (!frame) {
    throw new Error('the page has no ladder');
  }
  return new Promise((resolve) => {
    const times: number[] = [];
    const from = frame.scrollTop;
    let last = window.performance.now();
    const move = (now: number): void => {
      times.push(now - last);
      last = now;
      if (times.length > count) {
        resolve(times.slice(1));
        return;
      }
      frame.scrollTop = from - 120 * times.length;
      requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
  });
}

function spread(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}
