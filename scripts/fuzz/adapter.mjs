/**
 * The debug adapter under requests at random: `npm run fuzz -- --kind dap`.
 *
 * In: a seed, how many sessions and requests. Out: what went wrong: an adapter that ended, a request without an answer
 * within ten seconds, an answer that says that we made a mistake, success for nonsense, memory that grows; and figures.
 * Each session is one process. Between the requests come frames that are none (`adapter-frames.mjs`): the adapter
 * answers those whose number can be read, says of the others what is wrong, and goes on. At its end it is sent once more
 * what is no message, and must say so and end with status 1.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFrame } from './adapter-frames.mjs';
import { makeRequest } from './adapter-requests.mjs';
import { Random } from './random.mjs';
import { root } from './sources.mjs';

const patience = 10_000;
/** A launch compiles a tree that was never compiled. */
const compiling = 300_000;
/** One frame in so many is malformed, or written in an odd way. */
const ODD = 12;
const scenarios = ['connection-life', 'tcp-socket', 'handshake', 'udp-socket', 'data-retransmit'];
const malformed = [
  'hello\r\n\r\n',
  'Content-Length: 3\r\n\r\n{a}',
  'Content-Length: -5\r\n\r\n',
  'Content-Length: 4\r\n\r\n[1]\n',
];

/** An adapter, and what it has said. */
class Adapter {
  constructor(environment) {
    this.child = spawn(process.execPath, [join(root, 'dist', 'dap-stdio.js')], { stdio: 'pipe', env: environment });
    this.waiting = new Map();
    this.events = [];
    this.errors = '';
    this.seq = 0;
    let rest = Buffer.alloc(0);
    this.child.stdout.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let header; (header = rest.indexOf('\r\n\r\n')) >= 0;) {
        const end = header + 4 + Number(/\d+/.exec(rest.toString('latin1', 0, header))[0]);
        if (rest.length < end) {
          return;
        }
        this.hear(JSON.parse(rest.toString('utf8', header + 4, end)));
        rest = rest.subarray(end);
      }
    });
    this.child.stderr.on('data', (bytes) => (this.errors += bytes));
    this.child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => this.child.on('close', (status) => resolve(status)));
    void this.ended.then((status) => {
      this.status = status;
      this.waiting.forEach((answer) => answer(undefined));
    });
  }

  hear(message) {
    if (message.type === 'response') {
      this.waiting.get(message.request_seq)?.(message);
      this.waiting.delete(message.request_seq);
    } else {
      this.events.push(message);
    }
  }

  write(text) {
    this.child.stdin.write(text);
  }

  /** The response; 'late' when there is none in time, undefined when the adapter ended. */
  ask(command, args, within = patience) {
    const seq = ++this.seq;
    const body = JSON.stringify({ seq, type: 'request', command, arguments: args });
    const answer = this.answerTo(seq, within);
    this.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    return answer;
  }

  /** As {@link ask}, of a request that is sent by other means. */
  answerTo(seq, within = patience) {
    const answer = new Promise((resolve) => this.waiting.set(seq, resolve));
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(() => resolve('late'), within)));
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  /** Writes an odd frame, in its pieces. Answers what is wrong with what came of it. */
  async odd(random, request) {
    const seq = ++this.seq;
    const { kind, pieces, outcome, needsMore } = makeFrame(random, { ...request, seq });
    const answered = outcome === 'silence' ? undefined : this.answerTo(seq);
    for (const piece of pieces) {
      this.write(piece);
      if (pieces.length > 1 && random() < 0.1) {
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    const next = outcome === 'silence' || needsMore ? await this.ask('threads', {}) : undefined;
    const response = await answered;
    if (next === 'late') {
      return `${kind}: no answer to what came next`;
    }
    if (this.status !== undefined) {
      return `${kind}: the adapter ended with status ${this.status}: ${this.errors.slice(-500)}`;
    }
    if (response === 'late') {
      return `${kind}: no answer`;
    }
    if (response?.success && (outcome === 'refused' || request.nonsense)) {
      return `${kind}: success`;
    }
    return response?.body?.error?.id === 1999 ? `${kind}: a mistake of ours: ${response.message}` : undefined;
  }

  /** Bytes in memory. */
  resident() {
    try {
      return Number(readFileSync(`/proc/${this.child.pid}/statm`, 'utf8').split(' ')[1]) * 4096;
    } catch {
      return 0;
    }
  }
}

/** Ids that were given out, the newest of each. */
function nothingKnown() {
  const lists = Object.fromEntries(
    ['threads', 'frames', 'references', 'locations', 'targets', 'memory', 'dataIds', 'sources'].map((name) => [
      name,
      [],
    ]),
  );
  return { ...lists, all: new Set() };
}

function learn(known, body) {
  const put = (list, value) => {
    if (value !== undefined && value !== null && value !== 0) {
      list.push(value);
      known.all.add(value);
      if (list.length > 40) {
        list.shift();
      }
    }
  };
  body?.threads?.forEach(({ id }) => put(known.threads, id));
  body?.stackFrames?.forEach(({ id, source }) => {
    put(known.frames, id);
    put(known.sources, source);
  });
  [...(body?.scopes ?? []), ...(body?.variables ?? []), ...(body?.variablesReference ? [body] : [])].forEach((each) => {
    put(known.references, each.variablesReference);
    put(known.memory, each.memoryReference);
    put(known.locations, each.declarationLocationReference ?? each.valueLocationReference);
  });
  body?.targets?.forEach(({ id }) => put(known.targets, id));
  put(known.dataIds, body?.dataId);
}

async function begin(adapter, scenario, kernel) {
  await adapter.ask('initialize', { adapterID: 'fuzz', supportsProgressReporting: true, supportsMemoryEvent: true });
  const launched = await adapter.ask('launch', { scenario, kernel, stepBudget: 2_000_000 }, compiling);
  if (!launched?.success) {
    throw new Error(`the adapter cannot be tried: ${launched?.message ?? launched ?? adapter.errors}`);
  }
  await adapter.ask('configurationDone', {});
}

async function session(seed, index, count, faults, environment) {
  const chance = new Random('dap', String(seed), String(index));
  const random = () => chance.next();
  const adapter = new Adapter(environment);
  const known = nothingKnown();
  const told = (request, what) => faults.push(`session ${index}: ${what}: ${JSON.stringify(request).slice(0, 300)}`);
  // The second half of the sessions runs on the tree, where one is named.
  const kernel = index >= scenarios.length ? environment.SOCKSCOPE_KERNEL : undefined;
  await begin(adapter, scenarios[index % scenarios.length], kernel);
  let early = 0;
  for (let at = 0; at < count && adapter.status === undefined; at++) {
    if (at === Math.floor(count / 4)) {
      early = adapter.resident();
    }
    const request = makeRequest(random, known);
    if (random() * ODD < 1) {
      const wrong = await adapter.odd(random, request);
      if (wrong) {
        told(request, wrong);
      }
      continue;
    }
    const response = await adapter.ask(request.command, request.arguments);
    if (response === 'late') {
      told(request, 'no answer');
    } else if (response === undefined) {
      told(request, `the adapter ended with status ${adapter.status}: ${adapter.errors.slice(0, 500)}`);
    } else if (response.success) {
      if (request.nonsense) {
        told(request, `success for nonsense (${request.nonsense})`);
      }
      learn(known, response.body);
    } else if (response.body?.error?.id === 1999) {
      told(request, `a mistake of ours: ${response.message}`);
    }
    if (adapter.events.some(({ event }) => event === 'terminated')) {
      await adapter.ask('restart', {});
    }
    adapter.events.length = 0;
    if (at % 7 === 0) {
      for (const [command, args] of [
        ['threads', {}],
        ['stackTrace', { threadId: known.threads.at(-1) ?? 1 }],
      ]) {
        const answer = await adapter.ask(command, args);
        learn(known, answer?.body);
      }
    }
  }
  const late = adapter.resident();
  adapter.child.stdin.end(malformed[index % malformed.length]);
  const status = await adapter.ended;
  if (status !== 1 || !adapter.errors.includes('not the Debug Adapter Protocol')) {
    faults.push(`session ${index}: a malformed frame ends with status ${status}: ${adapter.errors.slice(0, 300)}`);
  }
  return { early, late };
}

/** Runs the sessions, two at a time. */
export async function fuzzAdapter({ seed = 1, sessions = 10, requests = 20_000, environment = process.env, jobs = 2 }) {
  const faults = [];
  const memory = [];
  const each = Math.ceil(requests / sessions);
  const left = Array.from({ length: sessions }, (_, index) => index);
  const worker = async () => {
    for (let index; (index = left.shift()) !== undefined;) {
      memory[index] = await session(seed, index, each, faults, environment);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  memory.forEach(({ early, late }, index) => {
    if (late > 1.5 * early + 100e6) {
      faults.push(`session ${index}: memory grows from ${Math.round(early / 1e6)} to ${Math.round(late / 1e6)} MB`);
    }
  });
  return { requests: each * sessions, faults, memory };
}
