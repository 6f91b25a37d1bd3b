/**
 * What suites do while reading a tree: symbols by their names, the cursor at a word, the lists that VS Code shows for a
 * question. In: a `Workbench`, and texts of the files on show. Out: texts as a person sees them.
 */
import { expect } from 'vitest';
import { type Workbench, quickType, until } from './workbench';

/** One-based line and column at which `word` begins in the first line that has `text`. */
export function placeIn(source: string, text: string, word = text): { readonly line: number; readonly column: number } {
  const at = source.indexOf(text);
  expect(at, text).toBeGreaterThanOrEqual(0);
  const start = at + text.indexOf(word);
  const before = source.slice(0, start);
  const lineStart = before.lastIndexOf('\n') + 1;
  // VS Code counts a tab as one column in `:line:column`.
  return { line: before.split('\n').length, column: start - lineStart + 1 };
}

/** `af_inet.c:12:5`: the active editor's tab and cursor; '' while something moves. */
export async function cursor({ page }: Pick<Workbench, 'page'>): Promise<string> {
  return page
    .evaluate(() => {
      const tab = document.querySelector('.editor-group-container.active .tab.active .label-name')?.textContent ?? '';
      const place = [...document.querySelectorAll('.statusbar-item')]
        .map((item) => /Ln (\d+), Col (\d+)/.exec(item.textContent ?? ''))
        .find((found) => found !== null);
      return place ? `${tab}:${place[1]}:${place[2]}` : '';
    })
    .catch(() => '');
}

/** Goes to a symbol of the tree by its name and waits until the cursor is in its file. */
export async function goToSymbol(workbench: Workbench, name: string, file: string): Promise<void> {
  const { page } = workbench;
  await quickType(page, 'F1', `#${name}`, file);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).filter({ hasText: file }).first().click();
  await until(
    `${name} in ${file}`,
    () => cursor(workbench),
    (at) => at.startsWith(`${file}:`),
  );
}

/** Puts the cursor to a place of the active editor. */
export async function goTo(
  workbench: Workbench,
  { line, column }: { readonly line: number; readonly column: number },
): Promise<void> {
  await quickType(workbench.page, 'F1', `:${line}:${column}`);
  await workbench.page.keyboard.press('Enter');
  await until(
    `line ${line}`,
    () => cursor(workbench),
    (at) => at.endsWith(`:${line}:${column}`),
  );
  await workbench.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
}

/** Presses a key until the list of places inside the editor has a text; gives the whole list. */
export async function peek(workbench: Workbench, command: string, wanted: RegExp): Promise<string> {
  const { page } = workbench;
  const widget = page.locator('.peekview-widget').first();
  await workbench.runCommand(command);
  await widget.waitFor();
  const rows = (): Promise<string> => widget.innerText({ timeout: 5000 }).catch(() => '');
  return until(command, rows, (text) => wanted.test(text));
}

/** Closes the list of places. */
export async function closePeek({ page }: Pick<Workbench, 'page'>): Promise<void> {
  await until(
    'the list closed',
    async () => {
      await page.keyboard.press('Escape');
      return page.locator('.peekview-widget').count();
    },
    (count) => count === 0,
  );
}

/** Shows the hover at the cursor until it says something; gives its text. */
export async function hoverAtCursor({ page, runCommand }: Workbench, wanted: RegExp): Promise<string> {
  const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents');
  return until(
    `a hover with ${wanted}`,
    async () => {
      await page.keyboard.press('Escape');
      await runCommand('Show or Focus Hover');
      await hover
        .first()
        .waitFor({ timeout: 3000 })
        .catch(() => undefined);
      return (await hover.allInnerTexts().catch(() => [])).join('\n');
    },
    (text) => wanted.test(text),
  );
}
