/**
 * What else there is for documents in a real VS Code: colours behind any word of a fence, hovers, and functions that only
 * the document has.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editorLine, goToLine, hoverUntil, stopDebugging } from './debugging';
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

describe('in Chinese', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({ theme: 'dark', locale: 'zh-cn', files: { 'notes.md': notes } });
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

  test('a function that only the document has runs when the other calls it', async () => {
    const line = lineOf('return backlog + 1');
    await goToLine(workbench, line);
    await workbench.runCommand('SockScope: Show Me How To Get Here');
    await expect.poll(() => editorLine(workbench)).toContain(`notes.md:${line}`);
    await workbench.screenshot('document-own-function');
    await stopDebugging(workbench);
  });
});
