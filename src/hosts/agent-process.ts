/**
 * The tools of `sockscope mcp` for the editor: the command line in a process of its own, spoken to in the Model Context
 * Protocol, so that there is one description of them and what takes long does not hold up the extension host.
 *
 * In: the path of the command line's bundle, a folder for relative paths; calls by name. Out: answers as text. The process
 * starts with the first call, and again when it ended; it ends with its input.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { AgentAnswer, AgentTools } from '../editor/platform';

const protocolVersion = '2025-06-18';

interface Response {
  readonly id?: number;
  readonly error?: { readonly message: string };
  readonly result?: { readonly isError?: boolean; readonly content?: readonly { readonly text?: string }[] };
}

interface Waiting {
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
}

export class AgentProcess implements AgentTools {
  private child: ChildProcessWithoutNullStreams | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  constructor(private readonly bundle: string) {}

  async call(name: string, input: object, folder: string | undefined): Promise<AgentAnswer> {
    const child = this.child ?? this.start(folder);
    const { result, error } = await this.ask(child, 'tools/call', { name, arguments: input });
    if (error) {
      throw new Error(error.message);
    }
    const text = result?.content?.map((part) => part.text ?? '').join('\n') ?? '';
    return { text, isError: result?.isError === true };
  }

  dispose(): void {
    this.child?.stdin.end();
    this.child?.kill();
    this.child = undefined;
  }

  private start(folder: string | undefined): ChildProcessWithoutNullStreams {
    // A desktop VS Code is the Node that runs this; told so, it does not open a window.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const child = spawn(process.execPath, [this.bundle, 'mcp'], {
      env,
      ...(folder === undefined ? {} : { cwd: folder }),
    });
    this.child = child;
    let said = '';
    child.stderr.on('data', (data) => (said = `${said}${String(data)}`.slice(-2000)));
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => this.ended(child, error.message));
    child.on('close', (status) => this.ended(child, said.trim() || `sockscope mcp: ${status}`));
    createInterface({ input: child.stdout }).on('line', (line) => this.receive(line));
    const clientInfo = { name: 'sockscope-editor', version: '1' };
    // Requests are answered in the order in which they came: nobody needs to wait for this one.
    this.ask(child, 'initialize', { protocolVersion, capabilities: {}, clientInfo }).catch(() => undefined);
    send(child, { method: 'notifications/initialized' });
    return child;
  }

  private ask(child: ChildProcessWithoutNullStreams, method: string, params: object): Promise<Response> {
    const id = ++this.asked;
    return new Promise<Response>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      send(child, { id, method, params });
    });
  }

  private receive(line: string): void {
    const response = JSON.parse(line) as Response;
    const waits = response.id === undefined ? undefined : this.waiting.get(response.id);
    if (response.id !== undefined && waits) {
      this.waiting.delete(response.id);
      waits.resolve(response);
    }
  }

  /** Whoever waits learns that nothing comes any more; the next call starts another process. */
  private ended(child: ChildProcessWithoutNullStreams, why: string): void {
    if (this.child === child || this.child === undefined) {
      this.child = undefined;
      this.waiting.forEach(({ reject }) => reject(new Error(why)));
      this.waiting.clear();
    }
  }
}

function send(child: ChildProcessWithoutNullStreams, message: object): void {
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}
