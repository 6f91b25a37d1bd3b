/**
 * `npm start`, really started: the address that it prints works in a browser, with Workspace Trust as VS Code has it, and
 * nobody gets in who does not have it. A request without the token, of another site, under another name, for a file of
 * the machine: each is refused, whatever else is right about it. When it ends nothing is left running.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, type Server, connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAddress } from '../../scripts/vscode-host.mjs';
import { bundledLine, editorLine, moveBy } from './debugging';
import { webviewFrame } from './workbench';

const repository = fileURLToPath(new URL('../..', import.meta.url));

interface Started {
  /** All it has printed so far. */
  printed(): string;
  url: URL;
  token: string;
  /** `127.0.0.1:PORT`. */
  authority: string;
  /** Sends a signal to it, or to it and its children, as Ctrl+C in a terminal does; resolves when it has ended. */
  end(signal: NodeJS.Signals, to: 'process' | 'group'): Promise<number | null>;
}

/** Runs a command in the repository until it has printed an address and what follows it. */
async function start(command: string, ...args: string[]): Promise<Started> {
  const child = spawn(command, args, { cwd: repository, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let printed = '';
  const url = await new Promise<URL>((resolve, reject) => {
    const take = (data: Buffer): void => {
      printed += data.toString();
      const address = /(http:\S+)[\s\S]*--headless/.exec(printed)?.[1];
      if (address !== undefined) {
        resolve(new URL(address));
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`it ended:\n${printed}`)));
  });
  return {
    printed: () => printed,
    url,
    token: url.searchParams.get('tkn') ?? '',
    authority: url.host,
    end: async (signal, to) => {
      process.kill(to === 'group' ? -child.pid! : child.pid!, signal);
      return (await ended)[0];
    },
  };
}

/** Command lines of all processes of the machine, as any user of it sees them. */
const commandLines = (): string => execFileSync('ps', ['-A', '-ww', '-o', 'args'], { encoding: 'utf8' });
const serverOf = ({ url }: Started): string[] =>
  commandLines()
    .split('\n')
    .filter((line) => line.includes(`--server-base-path /${url.port}`));

/** Status and text of an answer to a request with these headers. */
function ask({ url }: Started, path: string, headers: Record<string, string> = {}): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: url.port, path, headers }, (answer) => {
      let text = '';
      answer.on('data', (data) => (text += data));
      answer.on('end', () => resolve([answer.statusCode ?? 0, text]));
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** The first line of the answer to a request to become a WebSocket. */
function upgrade({ url, authority }: Started, path: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = {
      Host: authority,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
      ...headers,
    };
    const socket = connect(Number(url.port), '127.0.0.1');
    let text = '';
    socket.on('data', (data) => {
      text += data;
      if (text.includes('\r\n')) {
        socket.destroy();
        resolve(text.slice(0, text.indexOf('\r\n')));
      }
    });
    socket.on('error', reject);
    socket.on('end', () => resolve(text));
    const lines = Object.entries(asked).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  });
}

describe('npm start', () => {
  let occupied: Server;
  let started: Started;
  beforeAll(async () => {
    occupied = createServer().listen(0, '127.0.0.1');
    await once(occupied, 'listening');
    const { port } = occupied.address() as AddressInfo;
    started = await start('npm', 'start', '--', '--no-browser', '--port', String(port));
  });
  afterAll(async () => {
    await started?.end('SIGKILL', 'group').catch(() => {});
    occupied.close();
  });

  const cookie = (): Record<string, string> => ({ Cookie: `vscode-tkn=${started.token}` });
  const origin = (): Record<string, string> => ({ Origin: `http://${started.authority}` });
  const base = (): string => `/${started.url.port}`;

  test('a port that is taken is said and another one is used', () => {
    const { port } = occupied.address() as AddressInfo;
    expect(started.url.port).not.toBe(String(port));
    expect(started.printed()).toMatch(
      new RegExp(`Port ${port} is taken, so ${started.url.port} is used[\\s\\S]*端口 ${port}`),
    );
  });

  test('the token is long and no argument of any process', () => {
    expect(started.token).toMatch(/^[\w-]{32,}$/);
    expect(serverOf(started)).not.toEqual([]);
    expect(commandLines()).not.toContain(started.token);
  });

  test('it listens on the loopback address only', async () => {
    expect(started.url.hostname).toBe('127.0.0.1');
    for (const { address } of Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)) {
      const socket = connect(Number(started.url.port), address);
      await expect(once(socket, 'connect')).rejects.toThrow(/ECONNREFUSED/);
    }
  });

  test('who has the token gets in, over HTTP and WebSocket', async () => {
    expect(await ask(started, `${base()}/version`, cookie())).toEqual([200, expect.any(String)]);
    expect(await upgrade(started, `${base()}/?reconnectionToken=a`, { ...cookie(), ...origin() })).toContain('101');
  });

  test.each([
    '/',
    '/?tkn=',
    '/?tkn=00000000000000000000000000000000',
    '/PORT/',
    '/PORT/version',
    '/PORT/delay-shutdown',
  ])('without the token %s is refused', async (path) => {
    const [status, text] = await ask(started, path.replace('/PORT', base()));
    expect(status).toBe(403);
    expect(text).toMatch(/printed in the terminal[\s\S]*终端里打印的地址/);
  });

  test.each(['/vscode-remote-resource', '/PORT/vscode-remote-resource', '/PORT/stable-0/vscode-remote-resource'])(
    'without the token no file of the machine is given at %s',
    async (path) => {
      const [status, text] = await ask(started, `${path.replace('/PORT', base())}?path=/etc/passwd`);
      expect(status).toBe(403);
      expect(text).not.toContain('root:');
    },
  );

  test('a WebSocket of another site is refused, with the token too', async () => {
    for (const foreign of ['http://evil.example', 'http://127.0.0.1:1', `https://${started.authority}`, 'null']) {
      expect(await upgrade(started, `${base()}/`, { ...cookie(), Origin: foreign }), foreign).toContain('403');
    }
    expect(await upgrade(started, `${base()}/`, origin()), 'no token').toContain('403');
  });

  test('a page of another site cannot fetch or embed', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const embedded = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' };
      expect((await ask(started, `${base()}/version`, { ...cookie(), ...embedded }))[0]).toBe(403);
      const fetched = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'script' };
      expect((await ask(started, `${base()}/version`, { ...cookie(), ...fetched }))[0]).toBe(403);
    }
  });

  test('under another name of this machine it does not answer, with the token too', async () => {
    for (const host of ['evil.example', `evil.example:${started.url.port}`, '127.0.0.1', '127.0.0.1:1']) {
      expect((await ask(started, `${base()}/version`, { ...cookie(), Host: host }))[0], host).toBe(403);
      expect(await upgrade(started, `${base()}/`, { ...cookie(), Host: host }), host).toContain('403');
    }
    expect(await upgrade(started, `${base()}/`, { ...cookie(), Host: '' })).toContain('403');
    expect((await ask(started, `http://evil.example${base()}/version`, cookie()))[0]).toBe(403);
    expect((await ask(started, '//', cookie()))[0]).toBe(404);
  });

  test('the address opens the workbench; F5 asks for trust and then runs', async () => {
    const { page, close } = await openAddress(started.url.href);
    try {
      await page.getByRole('button', { name: /^No, I/ }).click();
      await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
      // What one sees is the start page; a folder that was opened before shows where one was.
      const tab = page.getByRole('tab', { name: /af_inet\.c/ });
      await tab.waitFor();
      await page.getByRole('tab', { name: /Start Here/ }).waitFor();
      await tab.click();
      // Reading needs no trust.
      await page.locator('.codelens-decoration', { hasText: 'tcp-socket' }).first().waitFor();
      expect(page.url()).not.toContain(started.token);
      expect(await page.context().cookies()).toEqual([expect.objectContaining({ path: base(), sameSite: 'Lax' })]);
      await page.locator('.view-line', { hasText: 'inet_create(struct socket' }).first().click();
      await page.keyboard.press('F5');
      await page.getByRole('button', { name: 'Trust Folder & Continue' }).click();
      const line = bundledLine('net/ipv4/af_inet.c', 'sk = sk_alloc(PF_INET, GFP_KERNEL, 1);');
      await expect.poll(() => editorLine({ page })).toContain(`af_inet.c:${line}`);
      await moveBy({ page, webview: (title) => webviewFrame(page, title) }, 'F10');
    } finally {
      await close();
    }
  });

  test('Ctrl+C ends everything', async () => {
    await started.end('SIGINT', 'group');
    await expect(ask(started, '/')).rejects.toThrow(/ECONNREFUSED/);
    await expect.poll(() => serverOf(started)).toEqual([]);
  });
});

test('when it is killed VS Code ends too, and its token is gone', async () => {
  const started = await start(process.execPath, 'scripts/start.mjs', '--no-browser');
  const token = /--connection-token-file (.+?) --server-base-path/.exec(serverOf(started).join('\n'))?.[1] ?? '';
  expect(readFileSync(token, 'utf8')).toBe(started.token);
  expect(statSync(token).mode & 0o077).toBe(0);
  await started.end('SIGKILL', 'process');
  await expect.poll(() => serverOf(started)).toEqual([]);
  expect(existsSync(dirname(token))).toBe(false);
});
