/**
 * A client in the same process for tests of the adapter: sends requests, keeps everything it hears.
 *
 * In: a `SockscopeDebugSession`. Out: responses by promise, events by name, and a transcript whose lines are compared
 * with a golden file (`check`); CONTRIBUTING.md says how they are rewritten.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { expect } from 'vitest';
import type { AdapterHost } from '../../src/dap/adapter-host';
import { SockscopeDebugSession } from '../../src/dap/sockscope-debug-session';
import type { SessionApi } from '../../src/session/session-api';

/** Goldens longer than this are not reviewed by anybody. */
const longestGolden = 60;

export class AdapterClient {
  readonly lines: string[] = [];
  readonly adapter: SockscopeDebugSession;
  private readonly waiting = new Map<number, (response: DebugProtocol.Response) => void>();
  private readonly events: DebugProtocol.Event[] = [];
  private readonly listeners: { name: string; resolve: (event: DebugProtocol.Event) => void }[] = [];
  /** Number of the next request. */
  seq = 1;

  constructor(host: Partial<AdapterHost> & { open: AdapterHost['open'] }) {
    this.adapter = new SockscopeDebugSession({
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
      toClientPath: (path) => `sockscope-kernel:/${path}`,
      fromClientPath: (path) => path.replace('sockscope-kernel:/', ''),
      language: () => 'en',
      ...host,
    });
    this.adapter.onDidSendMessage((message) => this.receive(message as DebugProtocol.ProtocolMessage));
  }

  /** Adapter over one session, launched and standing at its entry. */
  static async launched(session: SessionApi, args: object = {}): Promise<AdapterClient> {
    const client = new AdapterClient({ open: () => Promise.resolve({ session, diagnostics: [] }) });
    await client.initialize();
    await client.request('launch', { scenario: 'tcp-socket', ...args });
    const stopped = client.event('stopped');
    await client.request('configurationDone');
    await stopped;
    return client;
  }

  initialize(args: object = {}): Promise<DebugProtocol.Capabilities> {
    return this.request('initialize', {
      adapterID: 'sockscope',
      pathFormat: 'path',
      supportsInvalidatedEvent: true,
      ...args,
    }) as Promise<DebugProtocol.Capabilities>;
  }

  /** The body of a successful response; rejects with the message of a failed one. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async request(command: string, args?: object): Promise<any> {
    const seq = this.seq++;
    this.lines.push(`→ ${command}${args ? ` ${JSON.stringify(args)}` : ''}`);
    const response = await new Promise<DebugProtocol.Response>((resolve) => {
      this.waiting.set(seq, resolve);
      this.adapter.handleMessage({ seq, type: 'request', command, arguments: args } as DebugProtocol.Request);
    });
    if (!response.success) {
      throw new Error(response.message);
    }
    return response.body;
  }

  /** The next event of that name. */
  event(name: string): Promise<DebugProtocol.Event> {
    return new Promise((resolve) => this.listeners.push({ name, resolve }));
  }

  /** Sends a movement and waits for its stop. */
  async move(command: string, args: object = { threadId: 1 }): Promise<DebugProtocol.StoppedEvent['body']> {
    const stopped = this.event('stopped');
    await this.request(command, args);
    return (await stopped).body;
  }

  /** All events of that name so far. */
  heard(name: string): DebugProtocol.Event[] {
    return this.events.filter(({ event }) => event === name);
  }

  /** The top frame's line. */
  async line(): Promise<number> {
    const { stackFrames } = await this.request('stackTrace', { threadId: 1, levels: 1 });
    return stackFrames[0].line;
  }

  /** Compares the transcript with `goldens/NAME.txt`; addresses of memory are numbered as they come. */
  async check(name: string): Promise<void> {
    const numbers = new Map<string, number>();
    const numbered = (address: string): string => {
      numbers.set(address, numbers.get(address) ?? numbers.size + 1);
      return `0x…${numbers.get(address)}`;
    };
    expect(this.lines.length).toBeLessThanOrEqual(longestGolden);
    const text = this.lines.map((line) => line.replace(/\b0x[0-9a-f]{8}\b/g, numbered)).join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`goldens/${name}.txt`);
  }

  private receive(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === 'response') {
      const response = message as DebugProtocol.Response;
      this.lines.push(
        `← ${response.success ? '' : 'failed '}${response.command}${textOf(response.success ? response.body : response.message)}`,
      );
      this.waiting.get(response.request_seq)?.(response);
      return;
    }
    const event = message as DebugProtocol.Event;
    this.events.push(event);
    this.lines.push(`! ${event.event}${textOf(event.body)}`);
    for (const listener of this.listeners.filter(({ name }) => name === event.event)) {
      this.listeners.splice(this.listeners.indexOf(listener), 1);
      listener.resolve(event);
    }
  }
}

function textOf(body: unknown): string {
  const isEmpty = body === undefined || (typeof body === 'object' && body !== null && Object.keys(body).length === 0);
  return isEmpty ? '' : ` ${JSON.stringify(body)}`;
}
