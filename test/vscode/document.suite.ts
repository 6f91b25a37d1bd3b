/**
 * Documents in a real VS Code: offered to be run, stepped in, their comments as notes, edits that take effect, statements
 * that only some scenario reaches. One is ours; the socket notes are used where they lie beside the repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editorLine, goToLine, moveBy, standsAt, stopDebugging } from './debugging';
import { type Workbench, openSuite } from './workbench';

const notes = `# Listening

In net/ipv4/af_inet.c:

\`\`\`c
int inet_listen(struct socket *sock, int backlog)
{
	struct sock *sk = sock->sk;
	int err = –EINVAL;

	lock_sock(sk);
	if (sock->state != SS_UNCONNECTED || sock->type != SOCK_STREAM)
		goto out;
	if (sk->state != TCP_CLOSE && sk->state != TCP_LISTEN)
		goto out;
	if (sk->state != TCP_LISTEN) {
		err = tcp_listen_start(sk); /* 真正开始监听 */
		if (err)
			goto out;
	}
	sk->max_ack_backlog = backlog; /* how many may wait */
	err = 0;
out:
	release_sock(sk);
	return err;
}
\`\`\`

The end.
`;
const lineOf = (text: string): number => notes.split('\n').findIndex((line) => line.includes(text)) + 1;

describe('a document of our own', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({ files: { 'notes.md': notes } });
  });
  afterAll(() => workbench.close());

  test('opening it offers to run it, in the status bar and above the listing', async () => {
    const { page } = workbench;
    await workbench.runCommand('View: Show Explorer');
    await page.getByRole('treeitem', { name: /notes\.md/ }).dblclick();
    await page.locator('.statusbar-item', { hasText: 'Run This Document' }).waitFor();
    await page.locator('.codelens-decoration', { hasText: 'Run This Document' }).first().waitFor();
    await workbench.screenshot('document-offered');
  });

  test('running it stops in the document, and steps go on there', async () => {
    const { page } = workbench;
    await page.locator('.statusbar-item', { hasText: 'Run This Document' }).click();
    await expect.poll(() => editorLine(workbench)).toContain(`notes.md:${lineOf('struct sock *sk =')}`);
    await standsAt(workbench);
    await moveBy(workbench, 'F10');
    expect(await editorLine(workbench)).toContain(`notes.md:${lineOf('int err')}`);
    await workbench.screenshot('document-stepped');
    await stopDebugging(workbench);
  });

  test('a statement of it is reached by some scenario, with its comment as a note', async () => {
    const { page } = workbench;
    const line = lineOf('max_ack_backlog');
    await goToLine(workbench, line);
    await workbench.runCommand('SockScope: Show Me How To Get Here');
    await expect.poll(() => editorLine(workbench)).toContain(`notes.md:${line}`);
    await page.locator('.codelens-decoration', { hasText: 'how many may wait' }).first().waitFor();
    await workbench.screenshot('document-reached');
    await stopDebugging(workbench);
  });

  test('an edit is told while a run goes on, and the next run takes it', async () => {
    const { page } = workbench;
    await goToLine(workbench, lineOf('err = 0;'));
    await page.keyboard.press('F5');
    await expect.poll(() => editorLine(workbench)).toContain(`notes.md:${lineOf('struct sock *sk =')}`);
    await goToLine(workbench, lineOf('err = 0;'));
    await page.keyboard.press('Home');
    await page.keyboard.type('nowhere = 1; ');
    await page.locator('.notification-toast', { hasText: 'notes.md has changed' }).waitFor();
    await workbench.screenshot('document-changed');
    await stopDebugging(workbench);
    await goToLine(workbench, lineOf('err = 0;'));
    await page.keyboard.press('F5');
    await expect.poll(() => editorLine(workbench)).toContain(`notes.md:${lineOf('struct sock *sk =')}`);
    await workbench.runCommand('View: Focus Problems');
    await expect
      .poll(() =>
        page
          .locator('.markers-panel-container')
          .innerText()
          .catch(() => ''),
      )
      .toMatch(/notes\.md[\s\S]*'nowhere' is not declared[\s\S]*SS3001/);
    await workbench.screenshot('document-problem');
    await stopDebugging(workbench);
  });

  test('a mend is a quick fix', async () => {
    const { page } = workbench;
    await goToLine(workbench, lineOf('–EINVAL'));
    await page.keyboard.press('End');
    for (let i = 0; i < 'EINVAL;'.length + 1; i++) {
      await page.keyboard.press('ArrowLeft');
    }
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget', { hasText: 'Write -' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.view-line', { hasText: 'int err' }).first().innerText()).toMatch(/-EINVAL/);
  });
});

const shared = fileURLToPath(new URL('../../../shared/documents/linux-2.4-socket-notes.txt', import.meta.url));

describe.skipIf(!existsSync(shared))('the socket notes, in Chinese', () => {
  const text = existsSync(shared) ? readFileSync(shared, 'utf8') : '';
  const at = (words: string, from = ''): number =>
    text.slice(0, text.indexOf(words, text.indexOf(from))).split('\n').length;
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({ theme: 'dark', locale: 'zh-cn', files: { 'notes.txt': text } });
  });
  afterAll(() => workbench.close());

  test('F5 stops in their inet_create with their comment as a note; a step goes back too', async () => {
    const { page } = workbench;
    await workbench.runCommand('View: Show Explorer');
    await page.getByRole('treeitem', { name: /notes\.txt/ }).dblclick();
    await page.locator('.statusbar-item', { hasText: '运行这个文档' }).waitFor();
    await goToLine(workbench, at('sock->state = SS_UNCONNECTED'));
    await workbench.screenshot('notes-offered');
    await page.keyboard.press('F5');
    const first = `notes.txt:${at('sock->state = SS_UNCONNECTED')}`;
    await expect.poll(() => editorLine(workbench)).toContain(first);
    expect(await standsAt(workbench)).toContain(first);
    await page.locator('.codelens-decoration', { hasText: '设置状态为未连接' }).first().waitFor();
    await workbench.screenshot('notes-stopped');
    await moveBy(workbench, 'F10');
    expect(await editorLine(workbench)).toContain(`notes.txt:${at('sk = sk_alloc(')}`);
    await moveBy(workbench, 'Alt+F10');
    expect(await editorLine(workbench)).toContain(first);
    await stopDebugging(workbench);
  });

  test('their tcp_accept is reached', async () => {
    const line = at('newsk = req->sk;');
    await goToLine(workbench, line);
    await workbench.runCommand('SockScope: Show Me How To Get Here');
    await expect.poll(() => editorLine(workbench)).toContain(`notes.txt:${line}`);
    await workbench.screenshot('notes-reached');
    await stopDebugging(workbench);
  });

  test('an edit of the first congestion window takes effect', async () => {
    const { page } = workbench;
    const line = at('tp->snd_cwnd = 2;');
    await goToLine(workbench, line);
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('4;');
    await workbench.runCommand('SockScope: Show Me How To Get Here');
    await expect.poll(() => editorLine(workbench)).toContain(`notes.txt:${line}`);
    await standsAt(workbench);
    await moveBy(workbench, 'F10');
    await expect
      .poll(() =>
        workbench
          .webview('SockScope')
          .locator('body')
          .innerText()
          .catch(() => ''),
      )
      .toMatch(/snd_cwnd[\s\S]{0,40}4/);
    await workbench.screenshot('notes-edited');
    await stopDebugging(workbench);
  });
});
