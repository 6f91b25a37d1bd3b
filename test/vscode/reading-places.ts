/**
 * What suites do while reading a tree: symbols by their names, the cursor at a word, the lists that VS Code shows for a
 * question. In: a `Workbench`, and texts of the files on show. Out: texts as a person sees them.
 *
 * A key may be lost while the focus moves: what has not come after a while is asked for again, never waited for by time.
 */
import { expect } from 'vitest';
import { type Workbench, quickType, until } from './workbench';

/** Of an editor: going to a column counts a tab as one, the status bar counts it as wide as it is shown. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly shown: number;
}

/** With them a tab is as wide as `shown` says. */
export const tabSettings = { 'editor.tabSize': 8, 'editor.detectIndentation': false };

/** The place behind a line's beginning. */
export function placeOf(line: number, beginning: string): Place {
  let shown = 1;
  for (const sign of beginning) {
    shown += sign === '\t' ? 8 - ((shown - 1) % 8) : 1;
  }
  return { line, column: beginning.length + 1, shown };
}

/** One-based line and column at which `word` begins in the first line that has `text`. */
export function placeIn(source: string, text: string, word = text): Place {
  const at = source.indexOf(text);
  expect(at, text).toBeGreaterThanOrEqual(0);
  const start = at + text.indexOf(word);
  const before = source.slice(0, start);
  const lineStart = before.lastIndexOf('\n') + 1;
  return placeOf(before.split('\n').length, source.slice(lineStart, start));
}

/** Waits for the file that `.sockscope/start.json` shows: until then it may come in between at any time. */
export async function opened({ page }: Pick<Workbench, 'page'>): Promise<void> {
  await page.getByRole('tab', { name: /^af_inet\.c/, selected: true }).waitFor({ timeout: 240_000 });
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

/** Whether the cursor comes to a place within a while. */
async function comes(workbench: Pick<Workbench, 'page'>, isThere: (at: string) => boolean): Promise<boolean> {
  for (let look = 0; look < 60; look++) {
    if (isThere(await cursor(workbench))) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** Goes to a symbol of the tree by its name and waits until the cursor is in its file. */
export async function goToSymbol(workbench: Workbench, name: string, file: string): Promise<void> {
  const { page } = workbench;
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).filter({ hasText: file }).first();
  await until(
    `${name} in ${file}`,
    async () => {
      const before = await cursor(workbench);
      await quickType(page, 'F1', `#${name}`, file);
      await row.click({ timeout: 3000 }).catch(() => {});
      // Within one file the cursor is there before it has moved; one that stays was at the symbol.
      const hasMoved = await comes(workbench, (at) => at.startsWith(`${file}:`) && at !== before);
      return hasMoved || (await cursor(workbench)).startsWith(`${file}:`);
    },
    (isThere) => isThere,
  );
}

/** Puts the cursor to a place of the active editor. */
export async function goTo(workbench: Workbench, { line, column, shown }: Place): Promise<void> {
  await until(
    `line ${line}`,
    async () => {
      await quickType(workbench.page, 'F1', `:${line}:${column}`);
      await workbench.page.keyboard.press('Enter');
      return comes(workbench, (at) => at.endsWith(`:${line}:${shown}`));
    },
    (isThere) => isThere,
  );
  await workbench.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
}

/** Goes to the definition of what is at the cursor, and waits until the cursor is at one of the places. */
export async function followsTo(workbench: Workbench, place: RegExp | string): Promise<void> {
  await workbench.page.keyboard.press('F12');
  const at = expect.poll(() => cursor(workbench));
  await (typeof place === 'string' ? at.toBe(place) : at.toMatch(place));
}

/** Asks until the list of places inside the editor has a text; gives the whole list. */
export async function peek(workbench: Workbench, command: string, wanted: RegExp): Promise<string> {
  const { page } = workbench;
  const widget = page.locator('.peekview-widget').first();
  await workbench.runCommand(command);
  await widget.waitFor();
  const rows = (): Promise<string> => widget.innerText({ timeout: 5000 }).catch(() => '');
  return until(command, rows, (text) => wanted.test(text));
}

/** All rows of the list, also those that it shows only when it is scrolled: `af_inet.c net/ipv4 3` of a file with three places. */
export async function rowsOfPeek({ page }: Pick<Workbench, 'page'>): Promise<readonly string[]> {
  const list = page.locator('.peekview-widget .ref-tree');
  const rows = list.locator('.monaco-list-row');
  await list.hover();
  await page.mouse.wheel(0, -100_000);
  const seen = new Set<string>();
  let quiet = 0;
  await until(
    'the end of the list',
    async () => {
      const before = seen.size;
      for (const text of await rows.allInnerTexts()) {
        seen.add(text.replace(/\s+/g, ' ').trim());
      }
      quiet = seen.size > before ? 0 : quiet + 1;
      await page.mouse.wheel(0, 80);
      return quiet;
    },
    (looks) => looks > 8,
  );
  return [...seen];
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
export async function hoverAtCursor({ page }: Pick<Workbench, 'page'>, wanted: RegExp): Promise<string> {
  const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents');
  return until(
    `a hover with ${wanted}`,
    async () => {
      await page.keyboard.press('Escape');
      // By its keys: on a busy machine a row of the palette is not to be hit between two looks.
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
      await hover
        .first()
        .waitFor({ timeout: 3000 })
        .catch(() => undefined);
      return (await hover.allInnerTexts().catch(() => [])).join('\n').replaceAll('\u00a0', ' ');
    },
    (text) => wanted.test(text),
  );
}

/** Asks for a new name and waits for the sentence that refuses it. */
export async function refusesRename({ page }: Workbench, words: string): Promise<void> {
  const message = page.locator('.monaco-editor-overlaymessage');
  await until(
    'the refusal',
    async () => {
      await page.keyboard.press('F2');
      await message.waitFor({ timeout: 5000 }).catch(() => undefined);
      return message.innerText({ timeout: 1000 }).catch(() => '');
    },
    (text) => text.includes(words),
  );
}
