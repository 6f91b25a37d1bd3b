/** Images that come with the program: taken when the sources are those they were made of, else compiled and kept. */
import { expect, test } from 'vitest';
import { withShipped } from '../../src/compile/shipped-images';
import { keptAnswer, runCompileJob, type CompileJob } from '../../src/trees/compile-job';
import { grammar } from './grammar';
import { MapStore } from './map-store';

const media = {
  'media/kernel/kernel.json': '{ "sources": ["a.c"], "include": [], "defines": {} }',
  'media/kernel/a.c': 'int f(void) { return 1; }\n',
};
const job: CompileJob = { media, grammar, overlay: {}, build: 'test' };

async function shipped(): Promise<MapStore> {
  const store = new MapStore();
  await runCompileJob(job, store, undefined, {});
  return store;
}

test('the shipped image is taken, and nothing is kept', async () => {
  const own = new MapStore();
  const store = withShipped(await shipped(), own);
  expect((await keptAnswer(job, store))?.image).toBeDefined();
  expect(own.kept.size).toBe(0);
});

test('other C, a host without a store, another build: compiled, never the shipped image', async () => {
  const images = await shipped();
  const changed = { ...job, overlay: { 'a.c': 'int g(void) { return 2; }\n' } };
  expect(await keptAnswer(changed, withShipped(images))).toBeUndefined();
  expect(await keptAnswer(job, withShipped({ build: 'other', read: images.read }))).toBeUndefined();
  const own = new MapStore();
  await runCompileJob(changed, withShipped(images, own), undefined, {});
  expect(own.kept.size).toBe(1);
});
