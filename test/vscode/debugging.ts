/**
 * What suites do while debugging: where the machine stands, moving it to a line, hovers, the status bar.
 *
 * In: a `Workbench`. Out: texts as a person sees them. Everything waits for what must appear, never for a time.
 */
import { readFileSync } from 'node:fs';
import { type Locator } from 'playwright-core';
import { expect } from 'vitest';
import { type Workbench, quickType, until } from './workbench';

/** What these functions need of a workbench. */
export type Shown = Pick<Workbench, 'page' | 'webview'>;

/** What `read` gives of the first element that a locator finds now; '' when there is none or it is just going. */
async function now(all: Locator, read: (element: Locator) => Promise<string>): Promise<string> {
  return (await all.count().catch(() => 0)) > 0 ? read(all.first()).catch(() => '') : '';
}
const patience = { timeout: 5000 };

/** `af_inet.c:117:2` of the top stack frame, or '' when nothing is stopped. */
export async function editorLine({ page }: Pick<Workbench, 'page'>): Promise<string> {
  // Both parts at once: between two reads the row may become another frame's.
  return now(page.locator('.debug-call-stack .stack-frame:visible'), (frame) =>
    frame.evaluate(
      (row) =>
        `${row.querySelector('.file-name')?.textContent ?? ''}:${row.querySelector('.line-number')?.textContent ?? ''}`,
      undefined,
      patience,
    ),
  );
}

/**
 * Where the machine stands once everything shows the same stop: step and line, as `198 af_inet.c:71:2`. '' while
 * something is still on its way: the status bar, the inspector and the call stack hear of a stop one after the other,
 * and keys of the debugger count only once VS Code itself knows of it.
 */
async function standing(workbench: Shown): Promise<string> {
  const { page, webview } = workbench;
  const inspector = webview('SockScope');
  const step = /(?:step|第) (\d+)/.exec(await statusText(workbench))?.[1];
  const line = await editorLine(workbench);
  const shown = await now(inspector.locator('.statement button.link'), (link) => link.innerText(patience));
  const clock = await now(inspector.locator('input[type=range]'), (slider) => slider.inputValue(patience));
  const isStopped = await page
    .locator('.debug-toolbar .action-label.codicon-debug-step-over:not(.disabled)')
    .isVisible()
    .catch(() => false);
  const place = shown.split(' · ').at(-1)?.trim();
  return isStopped && step === clock && place && line.startsWith(`${place}:`) ? `${step} ${line}` : '';
}

/** Waits until everything shows the same stop, and gives its line: `af_inet.c:71:2`. */
export async function standsAt(workbench: Shown): Promise<string> {
  const at = await until(
    'a stop',
    () => standing(workbench),
    (each) => each !== '',
  );
  return at.slice(at.indexOf(' ') + 1);
}

/** Presses a key of the debugger and waits until the machine stands elsewhere. */
export async function moveBy(workbench: Shown, key: string): Promise<void> {
  const stands = (): Promise<string> => standing(workbench);
  const before = await until(`a stop before ${key}`, stands, (at) => at !== '');
  await workbench.page.keyboard.press(key);
  await until(`a stop after ${key} at ${before}`, stands, (at) => at !== '' && at !== before);
}

/** Ends the debug session, whatever it is doing. */
export async function stopDebugging({ page }: Pick<Workbench, 'page'>): Promise<void> {
  const toolbar = page.locator('.debug-toolbar');
  await until(
    'the end of the session',
    async () => {
      if (await toolbar.isVisible()) {
        await page.keyboard.press('Shift+F5');
      }
      return toolbar.isVisible();
    },
    (isVisible) => !isVisible,
  );
}

/** Waits for VS Code's dialog with a text in it and closes it. */
export async function dismissDialog({ page }: Pick<Workbench, 'page'>, text: string): Promise<void> {
  const dialog = page.locator('.monaco-dialog-box');
  await expect.poll(() => dialog.innerText().catch(() => '')).toContain(text);
  await until(
    'the dialog gone',
    async () => {
      await page.keyboard.press('Escape');
      return dialog.count();
    },
    (count) => count === 0,
  );
}

/** Sets a breakpoint on a line of the bundled af_inet.c, as a person does, and continues to it. */
export async function continueTo(workbench: Workbench, statement: string): Promise<void> {
  const { page } = workbench;
  const line = bundledLine('net/ipv4/af_inet.c', statement);
  await page.getByRole('tab', { name: /af_inet\.c/ }).click();
  await goToLine(workbench, line);
  await page.keyboard.press('F9');
  await page.locator('.codicon-debug-breakpoint').first().waitFor();
  await moveBy(workbench, 'F5');
  await expect.poll(() => editorLine(workbench)).toContain(`af_inet.c:${line}`);
}

/** Puts the cursor on a line of the active editor, and waits until the editor listens to keys again. */
export async function goToLine({ page }: Workbench, line: number): Promise<void> {
  await quickType(page, 'Control+G', `:${line}`);
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: new RegExp(`Ln ${line},`) }).waitFor();
  await page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
}

/** One-based line of the first occurrence of a text in a bundled kernel file. */
export function bundledLine(path: string, text: string): number {
  const source = readFileSync(new URL(`../../media/kernel/${path}`, import.meta.url), 'utf8');
  const at = source.indexOf(text);
  expect(at, text).toBeGreaterThan(0);
  return source.slice(0, at).split('\n').length;
}

/** A field in the inspector's card of a struct, as `name value`; '' when there is none. */
export async function inspectorRow(workbench: Workbench, struct: string, field: string): Promise<string> {
  const card = workbench
    .webview('SockScope')
    .locator('section.card')
    .filter({ has: workbench.page.locator(`.card-type:text-is("${struct}")`) });
  return now(card.locator(`.row[data-row="${field}"]`), (row) => row.innerText(patience));
}

/** Our item in the status bar: process, virtual time, step; '' when it is not there. */
export async function statusText({ page }: Pick<Workbench, 'page'>): Promise<string> {
  const item = page.locator('.statusbar-item[id="sockscope.sockscope.sockscope.clock"]:visible');
  return (await now(item, (first) => first.innerText(patience))).trim();
}

/** Hovers the first visible occurrence of a word until the hover has the text. */
export async function hoverUntil({ page }: Pick<Workbench, 'page'>, word: string, wanted: RegExp): Promise<void> {
  const token = page.locator('.view-line span span', { hasText: new RegExp(`^\\s*${word}\\s*$`) }).first();
  const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents').first();
  await until(
    `a hover on ${word} with ${wanted}`,
    async () => {
      await page.mouse.move(5, 5);
      await token.hover();
      return hover.innerText({ timeout: 5000 }).catch(() => '');
    },
    (text) => wanted.test(text),
  );
}
