/** The scripts of a workspace come to the Test view whether VS Code asks for them or not, and once. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

interface Item {
  readonly id: string;
  readonly children: Items;
}

class Items {
  private readonly items = new Map<string, Item>();
  get size(): number {
    return this.items.size;
  }
  add(item: Item): void {
    this.items.set(item.id, item);
  }
  delete(id: string): void {
    this.items.delete(id);
  }
  names(): readonly string[] {
    return [...this.items.values()].flatMap(({ id, children }) => [id, ...children.names()]);
  }
}

const none = { dispose: (): void => {} };

vi.mock('vscode', () => ({
  Disposable: {
    from: (...parts: { dispose(): void }[]) => ({ dispose: () => parts.forEach((part) => part.dispose()) }),
  },
  workspace: {
    asRelativePath: (uri: string) => uri,
    createFileSystemWatcher: () => ({ ...none, onDidCreate: () => none, onDidDelete: () => none }),
  },
}));
vi.mock('../../src/editor/settings', () => ({ settings: {} }));
vi.mock('../../src/editor/strings', () => ({
  strings: { testsBundled: () => 'Scenarios', testsOwn: () => 'Scripts' },
}));
const search = vi.fn(() => Promise.resolve(['a.pkt', 'b.pkt']));
vi.mock('../../src/editor/workspace-scripts', () => ({ scriptsOfWorkspace: () => search() }));

const { keepItems } = await import('../../src/editor/test-items');

interface Tests {
  readonly items: Items;
  resolveHandler?: (item?: Item) => Promise<void>;
  createTestItem(id: string): Item;
}

function controller(): Tests {
  return { items: new Items(), createTestItem: (id) => ({ id, children: new Items() }) };
}

function keep(tests: Tests): { dispose(): void } {
  const kept: unknown = Reflect.apply(keepItems, undefined, [tests, {}]);
  return kept as { dispose(): void };
}

const all = ['scenarios', 'scripts', 'a.pkt', 'b.pkt'];

beforeEach(() => {
  vi.useFakeTimers();
  search.mockClear();
});
afterEach(() => vi.useRealTimers());

test('asked for, they come at once, and are not searched for again', async () => {
  const tests = controller();
  keep(tests);
  await tests.resolveHandler?.();
  expect(tests.items.names()).toEqual(all);
  await vi.runAllTimersAsync();
  expect(search).toHaveBeenCalledTimes(1);
});

test('never asked for, they come a moment after the start', async () => {
  const tests = controller();
  keep(tests);
  expect(tests.items.names()).toEqual(['scenarios']);
  await vi.runAllTimersAsync();
  expect(tests.items.names()).toEqual(all);
});

test('nothing is searched for once the extension has ended', async () => {
  keep(controller()).dispose();
  await vi.runAllTimersAsync();
  expect(search).not.toHaveBeenCalled();
});
