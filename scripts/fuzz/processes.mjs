/**
 * Runs command lines: in a process that lives long (quick; the kernel is compiled once), or each in one of its own (what
 * a person gets). In: a folder to stand in and words. Out: `{ status, signal?, thrown?, out, err, processor, resident,
 * stopped? }`; `stopped` says why the process was ended from outside.
 *
 * A process is watched four times a second by what it has used, never by the clock on the wall: past `limits` it is
 * ended. Only one that uses nothing is ended after a minute.
 */
import { fork, spawn } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources.mjs';

const cli = join(root, 'dist', 'cli.js');
const workerBundle = join(root, 'dist', 'fuzz-worker.js');
const idleLimit = 60_000;

/** Builds the worker's bundle beside the command line's. */
export async function buildWorker() {
  const esbuild = await import('esbuild');
  await esbuild.build({
    entryPoints: { 'fuzz-worker': join(root, 'scripts', 'fuzz', 'worker.ts') },
    outdir: join(root, 'dist'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    alias: { 'web-tree-sitter': join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.cjs') },
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'warning',
  });
}

/** Processor seconds and resident bytes of a process; undefined when it is gone. */
function usageOf(pid) {
  try {
    if (process.platform === 'linux') {
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
      return { processor: (Number(fields[11]) + Number(fields[12])) / 100, resident: pages * 4096 };
    }
    const [time, kilobytes] = execFileSync('ps', ['-o', 'time=,rss=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    const seconds = time.split(/[:-]/).reduce((sum, part) => sum * 60 + Number(part), 0);
    return { processor: seconds, resident: Number(kilobytes) * 1024 };
  } catch {
    return undefined;
  }
}

/** Ends the child when it uses more than it may. @returns what was seen; call `end` when it is done */
function watch(child, limits) {
  const first = usageOf(child.pid)?.processor ?? 0;
  const seen = { processor: 0, resident: 0, stopped: undefined };
  let movedAt = Date.now();
  const timer = setInterval(() => {
    const usage = usageOf(child.pid);
    if (!usage) {
      return;
    }
    const processor = usage.processor - first;
    if (processor > seen.processor) {
      movedAt = Date.now();
    }
    seen.processor = processor;
    seen.resident = Math.max(seen.resident, usage.resident);
    if (processor > limits.processor) {
      seen.stopped = 'time';
    } else if (usage.resident > limits.resident) {
      seen.stopped = 'memory';
    } else if (Date.now() - movedAt > idleLimit) {
      seen.stopped = 'waits for ever';
    }
    if (seen.stopped) {
      child.kill('SIGKILL');
    }
  }, 250);
  return { seen, end: () => clearInterval(timer) };
}

/** A long-lived process; a new one is started when it has died or grown. */
export class Worker {
  constructor(kind) {
    this.kind = kind;
    this.done = 0;
  }

  async start() {
    const child = fork(workerBundle, [this.kind], {
      // A heap that is let grow looks like a case that takes much memory.
      execArgv: ['--max-old-space-size=350', '--max-semi-space-size=8'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      cwd: root,
    });
    this.child = child;
    this.complaint = '';
    this.done = 0;
    child.stderr.on('data', (data) => (this.complaint = (this.complaint + data).slice(-20_000)));
    await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (status) => reject(new Error(`the worker ended with status ${status}: ${this.complaint}`)));
    });
  }

  stop() {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  /** One command line. */
  async run(folder, words, limits) {
    if (!this.child) {
      await this.start();
    }
    const child = this.child;
    const { seen, end } = watch(child, limits);
    const result = await new Promise((resolve) => {
      const gone = (status, signal) => resolve({ status, signal, out: '', err: this.complaint });
      child.once('exit', gone);
      child.once('message', (message) => {
        child.off('exit', gone);
        resolve(message);
      });
      child.send({ folder, words, bundle: cli });
    });
    end();
    this.done++;
    const whole = { processor: seen.processor, ...result, resident: Math.max(seen.resident, result.resident ?? 0) };
    if (seen.stopped || result.signal !== undefined || whole.resident > 550e6 || this.done >= 400) {
      this.stop();
    }
    return seen.stopped ? { ...whole, stopped: seen.stopped } : whole;
  }
}

/** One command line in a process of its own. */
export function runAlone(folder, words, limits) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', join(root, 'scripts', 'fuzz', 'measured.mjs'), cli, ...words], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const { seen, end } = watch(child, limits);
    const texts = { out: '', err: '', usage: '' };
    const keep = (name) => (data) => {
      const text = texts[name] + data.toString('latin1');
      texts[name] = text.length > 80_000 ? text.slice(0, 60_000) + text.slice(-20_000) : text;
    };
    child.stdout.on('data', keep('out'));
    child.stderr.on('data', keep('err'));
    child.stdio[3].on('data', keep('usage'));
    child.on('close', (status, signal) => {
      end();
      const usage = texts.usage === '' ? {} : JSON.parse(texts.usage);
      const { out, err } = texts;
      resolve({ status, ...(signal ? { signal } : {}), out, err, ...seen, ...usage });
    });
  });
}
