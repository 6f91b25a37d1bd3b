/**
 * What suites do while debugging: where the machine stands, moving it to a line, hovers, the status bar.
 *
 * In: a `Workbench`. Out: texts as a person sees them. Everything waits for what must appear, never for a time.
 */
import { expect } from 'vitest';
import type { Workbench } from './workbench';

/** `af_inet.c:117` of the focused stack frame, or '' when nothing is stopped. */
export async function editorLine({ page }: Workbench): Promise<string> {
  const frame = page.locator('.debug-call-stack .stack-frame').first();
  if (!(await frame.isVisible().catch(() => false))) {
    return '';
  }
  const [file, place] = await Promise.all([frame.locator('.file-name').innerText(), frame.locator('.line-number').innerText()]);
  return `${file}:${place}`;
}

/** The line of the editor that is marked as the next to run. */
export async function currentLineText({ page }: Workbench): Promise<string> {
  // Read in one go: the editor replaces its lines at any time.
  return page.evaluate(() => {
    for (const editor of document.querySelectorAll('.editor-instance')) {
      const mark = editor.querySelector('.debug-top-stack-frame-line')?.getBoundingClientRect();
      const line = [...editor.querySelectorAll('.view-line')].find((each) => mark && Math.abs(each.getBoundingClientRect().y - mark.y) < 3);
      if (line) {
        return (line.textContent ?? '').replace(/\u00a0/g, ' ');
      }
    }
    return '';
  });
}

/** Presses a key and waits until what `read` gives is something else. */
export async function runUntil({ page }: Workbench, key: string, read: () => Promise<string>): Promise<void> {
  const before = await read();
  await page.keyboard.press(key);
  await expect.poll(read).not.toBe(before);
}

/** Steps over, or into `into`, a statement at a time, until the marked line matches. */
export async function stepUntilLine(workbench: Workbench, wanted: RegExp, into = /sock_create\(|->create\(/, most = 80): Promise<void> {
  for (let steps = 0; steps < most; steps++) {
    const line = await currentLineText(workbench);
    if (wanted.test(line)) {
      return;
    }
    // A line is settled when the status bar has moved on: the editor marks it first.
    await runUntil(workbench, into.test(line) ? 'F11' : 'F10', () => statusText(workbench));
  }
  throw new Error(`no line like ${wanted} in ${most} steps`);
}

/** A field in the inspector's card of a struct, as `name value`; '' when there is none. */
export async function inspectorRow(workbench: Workbench, struct: string, field: string): Promise<string> {
  const card = workbench.webview('SockScope').locator('section.card').filter({ has: workbench.page.locator(`.card-type:text-is("${struct}")`) });
  return card.locator(`.row[data-row="${field}"]`).first().innerText({ timeout: 2000 }).catch(() => '');
}

/** Our item in the status bar: process, virtual time, step; '' when it is not there. */
export async function statusText({ page }: Workbench): Promise<string> {
  const item = page.locator('.statusbar-item[id="sockscope.sockscope.sockscope.clock"]').first();
  return (await item.isVisible().catch(() => false)) ? (await item.innerText()).trim() : '';
}

/** Text of the hover on the first visible occurrence of a word. */
export async function hoverText({ page }: Workbench, word: string): Promise<string> {
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
