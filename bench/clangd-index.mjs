/**
 * clangd's background index of the C files of a Linux tree's `net/` and `kernel/`, with the headers that they include: a
 * peer of our index of names. It reads each file as a compiler does, with all its includes.
 *
 * In: the tree, a folder for what clangd keeps. Out: milliseconds from its start to the end of the index, those of the
 * processor (where /proc tells them), and how many files have one; undefined where there is no clangd.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const programs = ['clangd', 'clangd-19', 'clangd-16', 'clangd-15', 'clangd-14'];
/** Ends what hangs. */
const patience = 1_800_000;

export async function clangdIndex(tree, folder) {
  const program = programs.find((each) => spawnSync(each, ['--version'], { stdio: 'ignore' }).status === 0);
  if (!program) {
    return undefined;
  }
  const commands = compileCommands(tree, folder);
  const began = performance.now();
  const options = ['--background-index', `--compile-commands-dir=${folder}`, '--log=error'];
  const server = spawn(program, options, { stdio: ['pipe', 'pipe', 'ignore'], cwd: folder });
  try {
    await indexed(server, commands[0].file, tree);
    const milliseconds = performance.now() - began;
    const shards = readdirSync(join(folder, '.cache', 'clangd', 'index')).length;
    return { milliseconds, cpu: processorTime(server.pid), shards };
  } finally {
    server.kill('SIGKILL');
  }
}

/** What a compiler is told for each C file; `asm` is what `make` would have linked. */
function compileCommands(tree, folder) {
  const includes = join(folder, 'include');
  mkdirSync(join(includes, 'linux'), { recursive: true });
  symlinkSync(join(tree, 'include', 'asm-i386'), join(includes, 'asm'));
  writeFileSync(join(includes, 'linux', 'autoconf.h'), '#define CONFIG_INET 1\n#define CONFIG_NET 1\n');
  const flags = [
    '-m32',
    '-std=gnu89',
    '-nostdinc',
    '-D__KERNEL__',
    '-w',
    `-I${includes}`,
    `-I${join(tree, 'include')}`,
  ];
  const commands = ['net', 'kernel'].flatMap((below) =>
    readdirSync(join(tree, below), { recursive: true })
      .filter((path) => path.endsWith('.c'))
      .map((path) => join(tree, below, path))
      .map((file) => ({ directory: folder, file, arguments: ['clang', ...flags, '-c', file] })),
  );
  writeFileSync(join(folder, 'compile_commands.json'), JSON.stringify(commands));
  return commands;
}

/** Speaks as an editor does that opens one file, until the server tells that its index has all. */
function indexed(server, file, tree) {
  const send = (message) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const uri = pathToFileURL(file).href;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('clangd does not come to the end of its index')), patience);
    server.on('exit', (code) => reject(new Error(`clangd ended with ${code}`)));
    onMessages(server.stdout, (message) => {
      if (message.id === 1 && message.result) {
        send({ method: 'initialized', params: {} });
        const text = readFileSync(file, 'latin1');
        send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'c', version: 1, text } } });
      } else if (message.method === 'window/workDoneProgress/create') {
        send({ id: message.id, result: null });
      } else if (message.method === '$/progress' && message.params.value.kind === 'end') {
        clearTimeout(timer);
        server.removeAllListeners('exit');
        resolve();
      }
    });
    const capabilities = { window: { workDoneProgress: true } };
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: pathToFileURL(tree).href, capabilities } });
  });
}

function onMessages(stream, take) {
  let rest = Buffer.alloc(0);
  stream.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const end = rest.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, Math.max(0, end)).toString())?.[1]);
      if (end < 0 || rest.length < end + 4 + length) {
        return;
      }
      take(JSON.parse(rest.subarray(end + 4, end + 4 + length).toString()));
      rest = rest.subarray(end + 4 + length);
    }
  });
}

/** User's and system's time of a process and its threads; undefined where /proc does not tell. */
function processorTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const ticks = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks;
  } catch {
    return undefined;
  }
}
