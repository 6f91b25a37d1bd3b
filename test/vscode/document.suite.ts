/**
 * A document of our own in a real VS Code: offered to be run, stepped in, its comment as a note, an edit that takes
 * effect, a statement that only some scenario reaches.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
