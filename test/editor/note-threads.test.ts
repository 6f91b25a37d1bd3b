/** Notes in the margin: the threads of a document stay as long as its notes are the same, whatever editors come and go. */
import { beforeEach, expect, test, vi } from 'vitest';

interface Thread {
  readonly uri: string;
  readonly said: readonly string[];
  isGone: boolean;
}

const host = vi.hoisted(() => ({
  threads: [] as Thread[],
  visible: [] as unknown[],
  onVisible: (): void => {},
  onKnowledge: (): void => {},
  language: 'en',
}));
const none = { dispose: (): void => {} };

vi.mock('vscode', () => ({
  CommentMode: { Preview: 1, Editing: 0 },
  commands: { registerCommand: () => none },
  comments: {
    createCommentController: () => ({
      ...none,
      createCommentThread: (uri: string, _range: unknown, comments: readonly { body: string }[]) => {
        const thread: Thread = { uri, said: comments.map(({ body }) => body), isGone: false };
        host.threads.push(thread);
        // Its editors come into sight, as those of VS Code do.
        setTimeout(() => host.onVisible(), 0);
        return { dispose: () => (thread.isGone = true) };
      },
    }),
  },
  window: {
    get visibleTextEditors() {
      return host.visible;
    },
    onDidChangeVisibleTextEditors: (listener: () => void) => {
      host.onVisible = listener;
      return none;
    },
  },
}));
vi.mock('../../src/editor/settings', () => ({ settings: { language: () => host.language } }));
vi.mock('../../src/editor/strings', () => ({
  strings: new Proxy({}, { get: () => () => '' }),
}));
vi.mock('../../src/editor/kernel-providers', () => ({ isKernelSource: () => true }));
vi.mock('../../src/editor/pack-files', () => ({}));
vi.mock('../../src/editor/places', () => ({
  rangeIn: (_document: unknown, start: number, end: number) => [start, end],
}));

const { NoteThreads } = await import('../../src/editor/note-threads');

const statements = [
  { start: 10, end: 20 },
  { start: 30, end: 40 },
];
const note = (at: number, en: string): unknown => ({
  statement: statements[at],
  entry: { pack: 'own.yaml', place: { start: at, end: at + 1 }, text: { en, zh: en } },
});

/** Threads over a document whose notes are these, by statement. */
function threadsOver(notes: { current: readonly unknown[] }): void {
  const knowledge = {
    query: () => Promise.resolve({ annotatedFile: () => ({ anchors: notes.current }) }),
    fileOf: () => undefined,
    onChange: (listener: () => void) => {
      host.onKnowledge = listener;
      return none;
    },
  };
  const parts = { knowledge, places: { uriOf: (path: string) => ({ path }) }, documents: { of: () => undefined } };
  Reflect.construct(NoteThreads, [parts]);
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 30));
const alive = (): readonly string[] => host.threads.filter(({ isGone }) => !isGone).flatMap(({ said }) => said);

beforeEach(() => {
  host.threads.length = 0;
  host.language = 'en';
  host.visible = [{ document: { uri: 'af_inet.c' } }];
});

test('a thread that comes into sight is not made again for that', async () => {
  threadsOver({ current: [note(0, 'one'), note(1, 'two')] });
  await settled();
  expect(host.threads).toHaveLength(2);
  expect(alive()).toEqual(['one', 'two']);
});

test('notes that are read again and are the same leave their threads alone', async () => {
  const notes = { current: [note(0, 'one')] };
  threadsOver(notes);
  await settled();
  notes.current = [note(0, 'one')];
  host.onKnowledge();
  await settled();
  expect(host.threads).toHaveLength(1);
});

test('another text, another place and another language make them anew', async () => {
  const notes = { current: [note(0, 'one')] };
  threadsOver(notes);
  await settled();
  notes.current = [note(0, 'other')];
  host.onKnowledge();
  await settled();
  expect(alive()).toEqual(['other']);
  notes.current = [note(1, 'other')];
  host.onKnowledge();
  await settled();
  expect(host.threads).toHaveLength(3);
  host.language = 'zh';
  host.onKnowledge();
  await settled();
  expect(host.threads).toHaveLength(4);
  expect(alive()).toEqual(['other']);
});

test('notes that are gone take their threads along', async () => {
  const notes = { current: [note(0, 'one')] };
  threadsOver(notes);
  await settled();
  notes.current = [];
  host.onKnowledge();
  await settled();
  expect(alive()).toEqual([]);
});
