/**
 * What else there is for documents in a real VS Code: comparing with the kernel's function, a new document out of the
 * kernel's functions, hovers, colours; the same in the browser's extension host, and in Restricted Mode.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editorLine, goToLine, hoverUntil, moveBy, standsAt, stopDebugging } from './debugging';
import { type Workbench, openSuite } from './workbench';

/** `text` behind the fence: a word that no editor takes for C. */
const notes = `# Listening

In net/ipv4/af_inet.c:

\`\`\`text
int inet_listen(struct socket *sock, int backlog)
{
	struct sock *sk = sock->sk;
	int err = -EINVAL;

	lock_sock(sk);
	if (sock->state != SS_UNCONNECTED || sock->type != SOCK_STREAM)
		goto out;
	if (sk->state != TCP_LISTEN) {
		err = tcp_listen_start(sk); /* 真正开始监听 */
		if (err)
			goto out;
	}
	sk->max_ack_backlog = room_for(backlog); /* how many may wait */
	err = 0;
out:
	release_sock(sk);
	return err;
}

static int room_for(int backlog)
{
	return backlog + 1; /* one more */
}
\`\`\`
`;
const lineOf = (text: string): number => notes.split('\n').findIndex((line) => line.includes(text)) + 1;

async function openNotes(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.runCommand('View: Show Explorer');
  await page.getByRole('treeitem', { name: /notes\.md/ }).dblclick();
  await page.getByRole('tab', { name: /notes\.md/ }).waitFor();
}

/** Words of the listing in another colour than the prose around. */
async function areColoured({ page }: Workbench): Promise<void> {
  const colourOf = (word: string): Promise<string> =>
    page
      .locator('.view-line span span', { hasText: new RegExp(`^\\s*${word}\\s*$`) })
      .first()
      .evaluate((span) => getComputedStyle(span).color);
  await expect
    .poll(async () => new Set([await colourOf('lock_sock'), await colourOf('EINVAL'), await colourOf('goto')]).size)
    .toBe(3);
}

/** The diff editor opens from the lens above the listing: both sides, and words about what differs. */
async function compares(workbench: Workbench, lens: string, title: RegExp, words: RegExp): Promise<void> {
  const { page } = workbench;
  await page.mouse.move(5, 5);
  await page.keyboard.press('Escape');
  await page.locator('.codelens-decoration a', { hasText: lens }).first().click();
  await page.getByRole('tab', { name: title }).waitFor();
  const side = async (which: string): Promise<string> =>
    (await page.locator(`.monaco-diff-editor .editor.${which}`).first().innerText()).replace(/\u00a0/g, ' ');
  await expect.poll(() => side('modified')).toMatch(/room_for/);
  await expect.poll(() => side('original')).toMatch(words);
}

/** Ticks functions in the list that is about to come: what is typed before would go to the palette, which is closing. */
async function tick(page: Page, names: readonly string[]): Promise<void> {
  const boxes = 'input[type="checkbox"], .monaco-checkbox, .quick-input-list-checkbox';
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.locator(boxes).first().waitFor();
  for (const name of names) {
    await page.locator('.quick-input-widget input[type="text"]').fill(name);
    await rows
      .filter({ hasText: new RegExp(`^${name}`) })
      .first()
      .locator(boxes)
      .first()
      .click();
  }
}

describe('in Chinese', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({
      theme: 'dark',
      locale: 'zh-cn',
      files: { 'notes.md': notes, 'sock_init_data.md': 'mine\n' },
    });
  });
  afterAll(() => workbench?.close());

  test('listings behind any word are coloured', async () => {
    await openNotes(workbench);
    await areColoured(workbench);
  });

  test('a name of the listing has its hover, a comment names the document', async () => {
    await hoverUntil(workbench, 'inet_listen', /inet_listen\(struct socket/);
    await hoverUntil(workbench, 'tcp_listen_start', /notes\.md:15/);
    await workbench.screenshot('document-hover');
  });

  test('a function is compared with the kernel’s, in the diff editor and in words', async () => {
    await compares(workbench, '与内核的同名函数比较', /inet_listen.*af_inet\.c/, /与 net\/ipv4\/af_inet\.c 相比/);
    await workbench.screenshot('document-compared');
    await workbench.runCommand('View: Close Editor');
  });

  test('a function that only the document has runs when the other calls it', async () => {
    const line = lineOf('return backlog + 1');
    await goToLine(workbench, line);
    await workbench.runCommand('SockScope: Show Me How To Get Here');
    await expect.poll(() => editorLine(workbench)).toContain(`notes.md:${line}`);
    await workbench.screenshot('document-own-function');
    await stopDebugging(workbench);
  });

  test('a new document is made of chosen functions, under a free name, and runs at once', async () => {
    const { page } = workbench;
    await workbench.runCommand('SockScope: New Annotated Document');
    const input = page.locator('.quick-input-widget input[type="text"]');
    await tick(page, ['inet_create', 'sock_init_data']);
    await workbench.screenshot('new-document-choice');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-message', { hasText: '新文档的文件名' }).waitFor();
    expect(await input.inputValue()).toBe('sock_init_data-2.md');
    await input.fill('sock_init_data.md');
    await page.locator('.quick-input-message', { hasText: '已经存在' }).waitFor();
    await input.fill('own.md');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /own\.md/ }).waitFor();
    await page.locator('.statusbar-item', { hasText: '运行这个文档' }).waitFor();
    const made = readFileSync(join(workbench.folder, 'own.md'), 'utf8');
    expect(made).toMatch(/^# sock_init_data、inet_create 注释\n/);
    expect(readFileSync(join(workbench.folder, 'sock_init_data.md'), 'utf8')).toBe('mine\n');
    await workbench.screenshot('new-document');
    await page.locator('.view-line', { hasText: 'inet_create' }).first().click();
    await page.keyboard.press('F5');
    await expect.poll(() => editorLine(workbench)).toContain('own.md:');
    await moveBy(workbench, 'F10');
    await page
      .locator('.codelens-decoration', { hasText: /[一-龥]/ })
      .filter({ visible: true })
      .first()
      .waitFor();
    await workbench.screenshot('new-document-stopped');
    await stopDebugging(workbench);
  });
});

describe('in the browser’s extension host', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({ web: true, files: { 'notes.md': notes }, settings: { 'sockscope.language': 'en' } });
  });
  afterAll(() => workbench?.close());

  test('a document is offered, coloured, compared, explained, and runs', async () => {
    const { page } = workbench;
    await openNotes(workbench);
    await page.locator('.statusbar-item', { hasText: 'Run This Document' }).waitFor();
    await areColoured(workbench);
    await compares(workbench, 'Compare With the Kernel', /inet_listen.*af_inet\.c/, /against net\/ipv4\/af_inet\.c/);
    await workbench.screenshot('web-document-compared');
    await workbench.runCommand('View: Close Editor');
    await hoverUntil(workbench, 'inet_listen', /inet_listen\(struct socket/);
    await page.locator('.statusbar-item', { hasText: 'Run This Document' }).click();
    await expect.poll(() => editorLine(workbench)).toContain(`notes.md:${lineOf('struct sock *sk =')}`);
    await standsAt(workbench);
    await moveBy(workbench, 'F10');
    await workbench.screenshot('web-document');
    await stopDebugging(workbench);
  });

  test('a new document is made there too', async () => {
    const { page } = workbench;
    await workbench.runCommand('SockScope: New Annotated Document');
    await tick(page, ['inet_listen']);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-message', { hasText: 'File name of the new document' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /inet_listen\.md/ }).waitFor();
    await expect.poll(() => existsSync(join(workbench.folder, 'inet_listen.md'))).toBe(true);
  });
});

describe('in Restricted Mode', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({ trust: true, files: { 'notes.md': notes } });
  });
  afterAll(() => workbench?.close());

  test('a document is read, coloured and compared; running it asks for trust as VS Code does', async () => {
    const { page } = workbench;
    await page.getByRole('button', { name: /^No, I/ }).click();
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await openNotes(workbench);
    await page.locator('.statusbar-item', { hasText: 'Run This Document' }).waitFor();
    await areColoured(workbench);
    await compares(workbench, 'Compare With the Kernel', /inet_listen.*af_inet\.c/, /against net\/ipv4\/af_inet\.c/);
    await workbench.runCommand('View: Close Editor');
    await hoverUntil(workbench, 'inet_listen', /inet_listen\(struct socket/);
    await workbench.screenshot('restricted-document');
    await page.locator('.statusbar-item', { hasText: 'Run This Document' }).click();
    await page.getByRole('button', { name: 'Trust Folder & Continue' }).click();
    await expect.poll(() => editorLine(workbench)).toContain(`notes.md:${lineOf('struct sock *sk =')}`);
    await stopDebugging(workbench);
  });
});
