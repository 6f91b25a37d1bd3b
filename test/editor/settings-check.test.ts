/** Settings of the wrong kind are told, once, with what they may be; those that fit are not. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';

const written: Record<string, unknown> = {};
const messages: string[] = [];
let changed: (event: { affectsConfiguration: () => boolean }) => void = () => undefined;
vi.mock('vscode', () => ({
  EventEmitter: class {
    event = (): void => undefined;
  },
  env: { language: 'en' },
  l10n: {
    t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)])),
  },
  window: {
    showWarningMessage: (text: string) => {
      messages.push(text);
      return Promise.resolve(undefined);
    },
  },
  workspace: {
    getConfiguration: () => ({ get: (key: string) => written[key] }),
    onDidChangeConfiguration: (listener: typeof changed) => (changed = listener),
  },
}));
const { checkSettings } = await import('../../src/editor/settings-check');
const manifest = JSON.parse(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'));

test('each is told once, and again when it is written anew', () => {
  const log = { info: () => undefined };
  written['sockscope.stepBudget'] = '1000';
  written['sockscope.language'] = 'klingon';
  written['sockscope.kernel'] = ['a'];
  written['sockscope.inlineValues'] = false;
  checkSettings({ packageJSON: manifest } as never, log as never);
  expect(messages.sort()).toEqual([
    'The setting sockscope.kernel does not take this value. It takes: string. Until then "" counts.',
    'The setting sockscope.language does not take this value. It takes: auto, zh, en, both. Until then "auto" counts.',
    'The setting sockscope.stepBudget does not take this value. It takes: integer ≥ 10000. Until then 50000000 counts.',
  ]);
  changed({ affectsConfiguration: () => true });
  expect(messages).toHaveLength(3);
  written['sockscope.stepBudget'] = 5;
  changed({ affectsConfiguration: () => true });
  expect(messages).toHaveLength(4);
  expect(messages[3]).toContain('Until then 10000 counts');
});
