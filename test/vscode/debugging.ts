/**
 * What suites do while debugging: where the machine stands, moving it to a line, hovers, the status bar.
 *
 * In: a `Workbench`. Out: texts as a person sees them. Everything waits for what must appear, never for a time.
 */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Workbench } from './workbench';

/** `af_inet.c:117` of the focused stack frame, or '' when nothing is stopped. */
export async function editorLine({ page }: Pick<Workbench, 'page'>): Promise<string> {
  const frame = page.locator('.debug-call-stack .stack-frame').first();
  if (!(await frame.isVisible().catch(() => false))) {
    return '';
  }
  const [file, place] = await Promise.all([
    frame.locator('.file-name').innerText(),
    frame.locator('.line-number').innerText(),
  ]);
  return `${file}:${place}`;
}

/** Presses a key and waits until what `read` gives is something else. */
export async function runUntil(
  { page }: Pick<Workbench, 'page'>,
  key: string,
  read: () => Promise<string>,
): Promise<void> {
  // Keys of the debugger count only once VS Code itself knows of the stop.
  await page.locator('.debug-toolbar .action-label.codicon-debug-step-over:not(.disabled)').waitFor();
  const before = await read();
  await page.keyboard.press(key);
  await expect.poll(read).not.toBe(before);
}

/** Sets a breakpoint on a line of the bundled af_inet.c, as a person does, and continues to it. */
export async function continueTo(workbench: Workbench, statement: string): Promise<void> {
  const { page } = workbench;
  const line = bundledLine('net/ipv4/af_inet.c', statement);
  await page.getByRole('tab', { name: /af_inet\.c/ }).click();
  await goToLine(workbench, line);
  await page.keyboard.press('F9');
  await page.locator('.codicon-debug-breakpoint').first().waitFor();
  await runUntil(workbench, 'F5', () => editorLine(workbench));
  await expect.poll(() => editorLine(workbench)).toContain(`af_inet.c:${line}`);
}

/** Puts the cursor on a line of the active editor. */
export async function goToLine({ page }: Pick<Workbench, 'page'>, line: number): Promise<void> {
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input[type="text"]').fill(`:${line}`);
  await page.keyboard.press('Enter');
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
  return card
    .locator(`.row[data-row="${field}"]`)
    .first()
    .innerText({ timeout: 2000 })
    .catch(() => '');
}

/** Our item in the status bar: process, virtual time, step; '' when it is not there. */
export async function statusText({ page }: Pick<Workbench, 'page'>): Promise<string> {
  const item = page.locator('.statusbar-item[id="sockscope.sockscope.sockscope.clock"]').first();
  return (await item.isVisible().catch(() => false)) ? (await item.innerText()).trim() : '';
}

/** Text of the hover on the first visible occurrence of a word. */
export async function hoverText({ page }: Pick<Workbench, 'page'>, word: string): Promise<string> {
  const token = page.locator('.view-line span span', { hasText: new RegExp(`^\\s*${word}\\s*$`) }).first();
  const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents').first();
  await expect
    .poll(
      async () => {
        await page.mouse.move(5, 5);
        await token.hover();
        return hover.innerText({ timeout: 1500 }).catch(() => '');
      },
      { timeout: 30_000 },
    )
    .not.toMatch(/^\s*(Loading\.\.\.)?\s*$/);
  return hover.innerText();
}
