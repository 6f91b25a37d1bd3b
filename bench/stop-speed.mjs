/**
 * How many stops a second an editor gets: a step, and what is asked at each stop (threads, stack, scopes, variables).
 *
 * In: an adapter that speaks the Debug Adapter Protocol on standard input and output, or gdb's machine interface with a
 * program of `gcc -g -O0`. Out: milliseconds of each stop, one question after the other, as editors ask them.
 */
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildTransfer } from './native-transfer.mjs';
import { median } from './statistics.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where the run is stepped from: the same C on both sides, with a stack of some ten functions. */
const functionName = 'tcp_v4_rcv';
/** Stops before those that count: both JavaScript engines are warm by then. */
const warm = 2000;

/** Reads frames or lines from a child's output, and hands out what `cut` makes of them. */
function messages(child, cut) {
  const ready = [];
  const waiting = [];
  let rest = Buffer.alloc(0);
  child.stdout.on('data', (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    for (let found; (found = cut(rest));) {
      rest = rest.subarray(found.end);
      const next = waiting.shift();
      if (next) {
        next(found.message);
      } else {
        ready.push(found.message);
      }
    }
  });
  return () => (ready.length > 0 ? Promise.resolve(ready.shift()) : new Promise((resolve) => waiting.push(resolve)));
}

function cutFrame(bytes) {
  const header = bytes.indexOf('\r\n\r\n');
  if (header < 0) {
    return undefined;
  }
  const length = Number(/Content-Length: (\d+)/.exec(bytes.toString('latin1', 0, header))[1]);
  const end = header + 4 + length;
  return bytes.length < end ? undefined : { end, message: JSON.parse(bytes.toString('utf8', header + 4, end)) };
}

function cutLine(bytes) {
  const end = bytes.indexOf('\n') + 1;
  return end === 0 ? undefined : { end, message: bytes.toString('utf8', 0, end - 1) };
}

/** A client of an adapter: `ask` gives the body of a response, `event` waits for one; `heard` has the last of each. */
function client(child) {
  const next = messages(child, cutFrame);
  const events = [];
  const heard = {};
  let seq = 0;
  const until = async (wanted) => {
    for (;;) {
      const message = await next();
      heard[message.command ?? message.event] = message.body;
      if (wanted(message)) {
        return message;
      }
      events.push(message);
    }
  };
  return {
    async ask(command, args) {
      const body = JSON.stringify({ seq: ++seq, type: 'request', command, arguments: args });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      const asked = seq;
      const response = await until((each) => each.type === 'response' && each.request_seq === asked);
      if (!response.success) {
        throw new Error(`${command}: ${response.message}`);
      }
      return response.body;
    },
    async event(name) {
      const at = events.findIndex(({ event }) => event === name);
      return at >= 0 ? events.splice(at, 1)[0].body : (await until(({ event }) => event === name)).body;
    },
    forget: () => (events.length = 0),
    heard,
  };
}

/** Stops of an adapter: `warm` that are not counted, then the milliseconds of `stops`; and the last body of each kind. */
async function adapterStops(command, args, { launch, stops }) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const { ask, event, forget, heard } = client(child);
    await ask('initialize', { adapterID: 'bench' });
    await ask('launch', launch);
    await event('initialized');
    await ask('setFunctionBreakpoints', { breakpoints: [{ name: functionName }] });
    await ask('configurationDone', {});
    let { threadId } = await event('stopped');
    await ask('continue', { threadId });
    ({ threadId } = await event('stopped'));
    await ask('setFunctionBreakpoints', { breakpoints: [] });
    const times = [];
    for (let stop = 0; stop < warm + stops; stop++) {
      const began = performance.now();
      await ask('stepIn', { threadId });
      ({ threadId } = await event('stopped'));
      await ask('threads');
      const { stackFrames } = await ask('stackTrace', { threadId, startFrame: 0, levels: 20 });
      const { scopes } = await ask('scopes', { frameId: stackFrames[0].id });
      await ask('variables', { variablesReference: scopes[0].variablesReference });
      times.push(performance.now() - began);
      forget();
    }
    return { times: times.slice(warm), heard };
  } finally {
    child.stdin.end();
  }
}

/** The same through gdb's machine interface, on a program with debug information. */
async function gdbStops(program, args, { stops }) {
  const given = ['--nx', '--quiet', '--interpreter=mi3', '--args', program, ...args];
  const child = spawn('gdb', given, { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const next = messages(child, cutLine);
    let token = 0;
    const ask = async (text, stopping = false) => {
      child.stdin.write(`${++token}${text}\n`);
      let done = false;
      let stopped = !stopping;
      while (!done || !stopped) {
        const line = await next();
        if (line.startsWith(`${token}^error`)) {
          throw new Error(`gdb: ${text}: ${line}`);
        }
        done ||= line.startsWith(`${token}^`);
        stopped ||= line.startsWith('*stopped');
      }
    };
    await ask(`-break-insert ${functionName}`);
    await ask('-exec-run', true);
    await ask('-break-delete');
    const times = [];
    for (let stop = 0; stop < stops; stop++) {
      const began = performance.now();
      await ask('-exec-step', true);
      await ask('-thread-info');
      await ask('-stack-list-frames 0 19');
      await ask('-stack-list-variables --simple-values');
      times.push(performance.now() - began);
    }
    return times;
  } finally {
    child.kill();
  }
}

/**
 * Our adapter, one that only echoes what ours has said, and gdb on the native program (where there is gdb, and 32-bit
 * programs run), in turn; medians of all stops in milliseconds.
 */
export async function measureStops(folder, rounds, stops = 1000) {
  const launch = { scenario: 'connection-life' };
  const hasGdb = spawnSync('gdb', ['--version'], { stdio: 'ignore' }).status === 0;
  const native = hasGdb ? buildTransfer(folder, ['-g']) : undefined;
  const times = { ours: [], echo: [], gdb: [] };
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    const adapter = join(root, 'dist', 'dap-stdio.js');
    const ours = await adapterStops(process.execPath, [adapter], { launch, stops });
    const said = join(folder, 'said.json');
    writeFileSync(said, JSON.stringify(ours.heard));
    const echo = await adapterStops(process.execPath, [join(root, 'bench', 'echo-adapter.mjs'), said], {
      launch,
      stops,
    });
    times.ours.push(...ours.times);
    times.echo.push(...echo.times);
    if (native) {
      times.gdb.push(...(await gdbStops(native, ['16', '100'], { stops: 300 })));
    }
  }
  const ours = median(times.ours);
  const echo = median(times.echo);
  const gdb = native ? median(times.gdb) : undefined;
  return {
    milliseconds: ours,
    echoMilliseconds: echo,
    timesEcho: ours / echo,
    ...(gdb === undefined ? {} : { gdbMilliseconds: gdb, timesGdb: gdb / ours }),
  };
}
