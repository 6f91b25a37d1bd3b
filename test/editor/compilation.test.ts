/** Compiling in a thread of its own: the conversation, who may leave, a thread that dies, the store. */
import { given } from '../../src/base/checked-access';
import { beforeEach, expect, test } from 'vitest';
import { Compilation } from '../../src/editor/compilation';
import type { CompilerPort, Platform } from '../../src/editor/platform';
import { serveCompiler, type CompileJob, type CompilerMessage } from '../../src/trees/compile-job';
import { grammar } from '../compile/grammar';
import { MapStore } from '../compile/map-store';

const media = {
  'media/kernel/kernel.json': '{ "sources": ["a.c", "b.c"], "include": [], "defines": {} }',
  'media/kernel/a.c': 'int f(void) { return 1; }\n',
  'media/kernel/b.c': 'int g(void) { return nowhere; }\n',
};
const job: CompileJob = { media, grammar, overlay: {}, build: 'test' };

let stopped = 0;
let store = new MapStore();
beforeEach(() => {
  stopped = 0;
  store = new MapStore();
});

/** A thread that is none: the same conversation in this one. `died`: it does not answer but fails. */
function platform(kind: 'answers' | 'silent' | 'dies' | 'none'): Platform {
  const port = (): CompilerPort => {
    let receive: (message: CompilerMessage) => void = () => undefined;
    const serve = serveCompiler((message) => queueMicrotask(() => receive(message)), undefined);
    return {
      post: (message) => (kind === 'answers' ? serve(message) : undefined),
      listen: (each, failed) => {
        receive = each;
        if (kind === 'dies') {
          queueMicrotask(() => failed(new Error('out of memory')));
        }
      },
      stop: () => stopped++,
    };
  };
  return {
    breathe: () => Promise.resolve(),
    compilerFile: 'x.js',
    startCompiler: () => Promise.resolve(kind === 'none' ? undefined : port()),
  };
}

async function check(kind: Parameters<typeof platform>[0]): Promise<void> {
  const steps: string[] = [];
  const compiled = await new Compilation(job, platform(kind), store).wait(undefined, ({ path }) =>
    steps.push(path ?? 'link'),
  );
  expect(Object.keys(given(compiled.program, 'program').image.functionIds)).toEqual(expect.arrayContaining(['f', 'g']));
  expect(compiled.diagnostics.map(({ code, span }) => [code, span?.file.path])).toEqual([['SS3001', 'b.c']]);
  expect(steps).toEqual(['a.c', 'b.c', 'link']);
  expect(store.kept.size).toBe(1);
}

test('a thread compiles, tells how far it is, and is ended', async () => {
  await check('answers');
  expect(stopped).toBe(1);
});
test('a thread that dies: the work is done here', () => check('dies'));
test('no threads: the work is done here', () => check('none'));

test('what is in the store is not compiled again', async () => {
  await check('answers');
  const steps: unknown[] = [];
  const again = await new Compilation(job, platform('answers'), store).wait(undefined, (step) => steps.push(step));
  expect(given(again.program, 'program').macro('nothing', '')).toBeUndefined();
  expect(steps).toEqual([]);
});

test('a corrupt entry is compiled again and replaced', async () => {
  await check('answers');
  const [[key, whole]] = [...store.kept] as [[string, Uint8Array]];
  store.kept.set(
    key,
    whole.map((byte, index) => (index === 200 ? byte ^ 1 : byte)),
  );
  await check('answers');
  expect(store.kept.get(key)).toEqual(whole);
});

test('whoever leaves is answered at once; the thread ends when the last one leaves', async () => {
  const compilation = new Compilation(job, platform('silent'), store);
  const [one, two] = [new AbortController(), new AbortController()];
  const first = compilation.wait(one.signal, undefined);
  const second = compilation.wait(two.signal, undefined);
  one.abort();
  expect(await first).toMatchObject({ cancelled: true, program: undefined });
  expect(compilation.abandoned).toBe(false);
  two.abort();
  expect((await second).cancelled).toBe(true);
  expect(compilation.abandoned).toBe(true);
  await expect.poll(() => stopped).toBe(1);
  expect(store.kept.size).toBe(0);
});
