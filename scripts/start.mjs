/**
 * `npm start`: from a fresh clone to the TCP scenario in a real VS Code, with nothing else to do.
 *
 *   npm start                          installs, builds, starts VS Code in the browser with the extension, prints the address
 *   npm start -- udp-socket            the same with another scenario ready
 *   npm start -- --port 9000           on that port, when it is free
 *   npm start -- --headless tcp-socket no VS Code: prints the annotated trace of the scenario, in both languages
 *
 * In: arguments. Out: the address, how to stop, how to use one's own VS Code; runs until Ctrl+C. Where no VS Code can be
 * had it says so and prints the trace. Exit status: that of the trace, 0 after Ctrl+C, 2 on bad usage.
 *
 * The address holds the secret of this start. It is printed, and reaches the person's browser in a file that only they
 * can read, because everybody on the machine sees the arguments of a program.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureHost, ensureModules, note } from './ensure.mjs';
import { startHost } from './vscode-host.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const state = join(root, '.vscode-test');
/** Always the same when it is free: a browser keeps the workbench's layout per address. */
const usualPort = 8240;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { headless: { type: 'boolean' }, port: { type: 'string' }, 'no-browser': { type: 'boolean' } },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (positionals.length > 1 || (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536))) {
      throw new Error('one scenario at most, and --port takes a number from 1 to 65535');
    }
    return {
      scenario: positionals[0] ?? 'tcp-socket',
      headless: values.headless === true,
      port,
      browser: !values['no-browser'],
    };
  } catch (error) {
    note(`npm start: ${error.message}\nusage: npm start -- [--port N] [--no-browser] [--headless] [SCENARIO]`);
    process.exit(2);
  }
}

/** Runs node in the repository; ends this process with the same status when it fails. */
function runOrEnd(args, stdio) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

function printTrace(scenario) {
  if (!existsSync(join(root, 'dist', 'cli.js'))) {
    note('npm start: the build made no dist/cli.js');
    process.exit(1);
  }
  runOrEnd(['dist/cli.js', 'run', scenario, '--trace', '--lang', 'both'], 'inherit');
}

/**
 * The folder VS Code opens: a launch configuration for F5, and the sign that tells the extension what to show first.
 */
async function writeStartWorkspace(scenario) {
  const folder = join(state, 'start-workspace');
  // Every scenario makes a socket, and so comes through inet_create.
  const configuration = {
    type: 'sockscope',
    request: 'launch',
    name: `SockScope: ${scenario}`,
    scenario,
    stopAt: 'inet_create',
  };
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await mkdir(join(folder, '.sockscope'), { recursive: true });
  await writeFile(
    join(folder, '.vscode', 'launch.json'),
    `${JSON.stringify({ version: '0.2.0', configurations: [configuration] }, null, 2)}\n`,
  );
  await writeFile(join(folder, '.sockscope', 'start.json'), `${JSON.stringify({ scenario })}\n`);
  return folder;
}

/** Shows the address in the person's browser, where there is a desktop; silent where there is none. */
async function openBrowser(url) {
  const isDesktop = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const opener = { linux: 'xdg-open', darwin: 'open', win32: 'explorer' }[process.platform];
  if (isDesktop && opener) {
    const page = join(state, `open-${process.pid}.html`);
    process.on('exit', () => rmSync(page, { force: true }));
    await writeFile(page, `<!doctype html><meta http-equiv="refresh" content="0; url=${url}">\n`, { mode: 0o600 });
    const child = spawn(opener, [page], { stdio: 'ignore', detached: true });
    child.on('error', () => {});
    child.unref();
  }
}

function tellHow(host, folder, port) {
  if (port !== undefined && port !== host.port) {
    note(`\nPort ${port} is taken, so ${host.port} is used.\n端口 ${port} 已被占用，改用 ${host.port}。`);
  }
  console.log(`
SockScope runs in VS Code at

    ${host.url}

Open the address in a browser on this machine; it holds the secret of this start, nobody gets in without it. VS Code asks
whether you trust the folder: npm start has made it, with a launch configuration in it. Say yes, then F5 runs the scenario
to inet_create in net/ipv4/af_inet.c, F10 steps over a statement, F11 into a call, Alt+F10 back. Ctrl+C here stops VS Code.
在本机浏览器中打开上面的地址；地址里带有本次启动的密钥，没有它谁也进不来。VS Code 会问是否信任这个文件夹：它由 npm start 生成，
里面只有一份启动配置，选“信任”（Yes）即可。F5 运行场景并停在 inet_create，F10 单步，F11 进入函数，Alt+F10 后退；在此按 Ctrl+C 结束。

In your own desktop VS Code instead / 用自己的桌面版 VS Code：

    code --extensionDevelopmentPath="${root.replace(/[\\/]$/, '')}" "${folder}"

or open this repository in it and press F5 (or: npm run package, and install the .vsix).
The trace alone, without VS Code / 只看运行记录：npm start -- --headless tcp-socket
`);
}

async function main() {
  const { scenario, headless, port, browser } = readArguments();
  const missing = ensureModules();
  if (missing.length > 0) {
    note(missing.join('\n'));
    process.exit(1);
  }
  runOrEnd(['scripts/build.mjs', '--quiet'], ['ignore', 2, 2]);
  if (headless) {
    return printTrace(scenario);
  }
  const missingHost = await ensureHost();
  if (missingHost.length > 0) {
    note(`${missingHost.join('\n')}\nNo VS Code can be started here; this is the trace of the scenario instead.\n`);
    return printTrace(scenario);
  }
  const folder = await writeStartWorkspace(scenario);
  const host = await startHost({
    extensionPath: root.replace(/[\\/]$/, ''),
    folder,
    port: port ?? usualPort,
    trust: true,
    dataDir: join(state, 'start-settings'),
  });
  tellHow(host, folder, port);
  process.exitCode = 0;
  if (browser) {
    await openBrowser(host.url);
  }
}

await main();
