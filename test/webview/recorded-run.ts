/**
 * A short run over a kernel memory, as a session would report it: a server that listens, a client that connects, at
 * several moments.
 *
 * In: nothing. Out: `RecordedRun`, a `SessionApi` whose moments are written by hand in C terms (fields of structs), so
 * that the model builder, the graph and the value display under it are the real ones.
 */
import { itemAt } from '../../src/base/checked-access';
import type { Microseconds } from '../../src/machine/journal-entry';
import type { DebugVariable } from '../../src/abi/debug-info';
import { SourceFile } from '../../src/source/source-file';
import { entryText, resultText } from '../../src/session/journal-text';
import type { SessionApi } from '../../src/session/session-api';
import type { JournalEntry, Stop, Thread } from '../../src/session/session-types';
import type { Change, StackFrame } from '../../src/values/value-model';
import { diffObjects } from '../../src/values/value-diff';
import { objectView, type FieldsWanted, type FollowedPointer, type ObjectView } from '../../src/values/object-view';
import { globalWord, type ValueContext } from '../../src/values/value-context';
import type { KernelMemory } from '../values/kernel-memory';
import { socketMemory, tcpSocket } from '../values/socket-memory';

const SOURCE = `int tcp_listen_start(struct sock *sk)
{
	sk->max_ack_backlog = 0;
	sk->state = TCP_LISTEN;
	sk->prot->hash(sk);
}
`;
const PATH = 'net/ipv4/tcp.c';

/** A time of the recorded run's clock. */
export function microseconds(value: number): Microseconds {
  return value as Microseconds;
}

/** The parts of a session that the model builder reads; the rest is not there and fails when called. */
export class RecordedRun implements Partial<SessionApi> {
  readonly kernel: KernelMemory = socketMemory();
  readonly objects = tcpSocket(this.kernel);
  stop: Stop = { reason: 'entry', clock: 0, frontier: 0, oldest: 0, thread: 0 };
  readonly stepped = true;
  private before: ValueContext | undefined;
  /** Clocks at which objects were made after the first stop. */
  private readonly madeAt = new Map<number, number>();
  private readonly entries: JournalEntry[] = [];
  private readonly source = new SourceFile(PATH, SOURCE);
  private readonly frameBase: number;
  processes: readonly Thread[] = [{ id: 0, pid: 1, name: 'server', state: 'running', call: 'listen(3, 2)' }];
  statement = 'sk->state = TCP_LISTEN;';

  constructor() {
    this.kernel.global('jiffies', 'u32');
    this.frameBase = this.kernel.onStack('sockaddr_in');
    this.variables('tcp_listen_start', [['sk', 'sock', this.objects.sk]]);
  }

  get session(): SessionApi {
    return this as unknown as SessionApi;
  }

  objectView(
    frames: readonly StackFrame[],
    followed: readonly FollowedPointer[] = [],
    fields?: FieldsWanted,
  ): ObjectView {
    const objects = this.kernel.objects.map((each) => ({
      ...each,
      allocatedAtClock: this.madeAt.get(each.address) ?? 0,
    }));
    const statementText = ({ path, start, end }: StackFrame): string | undefined =>
      path === PATH ? SOURCE.slice(start, end) : undefined;
    return objectView({ ...this.kernel.context, liveObjects: () => objects, statementText }, frames, followed, fields);
  }

  jiffies(): number | undefined {
    return globalWord(this.kernel.context, 'jiffies');
  }

  entryText(entry: JournalEntry): ReturnType<typeof entryText> {
    return entryText(
      entry,
      resultText((name) => this.kernel.constants[name]),
    );
  }

  threads(): readonly Thread[] {
    return this.processes;
  }

  stack(): readonly StackFrame[] {
    const id = this.kernel.functions.findIndex((each) => each.name === 'tcp_listen_start');
    const start = SOURCE.indexOf(this.statement);
    const line = SOURCE.slice(0, start).split('\n').length;
    return [
      {
        id: 1,
        function: 'tcp_listen_start',
        functionId: id,
        functionLine: 1,
        path: PATH,
        line,
        column: 2,
        endLine: line,
        endColumn: 30,
        start,
        end: start + this.statement.length,
        address: this.frameBase + 16,
        kind: 'compiled',
        context: 'system-call',
      },
      {
        id: 2,
        function: 'inet_listen',
        functionId: this.functionId('inet_listen'),
        functionLine: 1,
        path: 'net/ipv4/af_inet.c',
        line: 231,
        column: 2,
        endLine: 231,
        endColumn: 20,
        start: 0,
        end: 1,
        address: 0,
        kind: 'compiled',
      },
      {
        id: 3,
        function: 'sys_listen',
        functionId: this.functionId('sys_listen'),
        functionLine: 1,
        path: 'net/socket.c',
        line: 640,
        column: 2,
        endLine: 640,
        endColumn: 20,
        start: 0,
        end: 1,
        address: 0,
        kind: 'compiled',
        context: 'system-call',
      },
    ];
  }

  sourceFile(path: string): SourceFile | undefined {
    return path === PATH ? this.source : undefined;
  }

  journal(): readonly JournalEntry[] {
    return this.entries.filter((entry) => entry.clock <= this.stop.clock || this.stop.clock < this.stop.frontier);
  }

  changes(): readonly Change[] {
    const places = this.kernel.objects.flatMap(({ address, cache }) =>
      cache === 'sock'
        ? [
            {
              type: this.kernel.type('sock'),
              address,
              path: address === this.objects.sk ? 'sk' : 'newsk',
              access: '->' as const,
            },
          ]
        : [],
    );
    return this.before ? diffObjects(this.before, this.kernel.context, places) : [];
  }

  /** Writes between two stops, then stands at the next one. */
  step(clock: number, write: (kernel: KernelMemory) => void, statement?: string): void {
    this.before = this.kernel.snapshot();
    const known = new Set(this.kernel.objects.map(({ address }) => address));
    write(this.kernel);
    for (const { address } of this.kernel.objects.filter((each) => !known.has(each.address))) {
      this.madeAt.set(address, this.stop.clock);
    }
    this.statement = statement ?? this.statement;
    this.stop = { reason: 'step', clock, frontier: Math.max(this.stop.frontier, clock), oldest: 0, thread: 0 };
  }

  happened(entry: JournalEntry): void {
    this.entries.push(entry);
  }

  private functionId(name: string): number {
    this.kernel.function(name);
    return this.kernel.functions.findIndex((each) => each.name === name);
  }

  private variables(
    name: string,
    pointers: readonly (readonly [variable: string, struct: string, value: number])[],
  ): void {
    const id = this.functionId(name);
    const variables = pointers.map(([variable, struct, value], index): DebugVariable => {
      this.kernel.memory.setU32(this.frameBase + 4 * index, value);
      return {
        name: variable,
        type: this.kernel.type(`*${struct}`),
        spelling: `struct ${struct} *`,
        offset: 4 * index,
        parameter: index,
        from: 0,
        to: 999,
      };
    });
    this.kernel.functions[id] = { ...itemAt(this.kernel.functions, id), variables, frameSize: 16 };
  }
}

/**
 * A listener with one half-open and one finished connection, a waiting acceptor, queued data: the picture at its
 * fullest.
 */
export function busyListener(run: RecordedRun): void {
  const { kernel, objects } = run;
  const address = 0x0100007f;
  const child = tcpSocket(kernel);
  const table = kernel.allocate('tcp_listen_opt', 'size-512');
  const half = kernel.allocate('open_request', 'tcp_open_request');
  const done = kernel.allocate('open_request', 'tcp_open_request');
  const bucket = kernel.allocate('tcp_bind_bucket');
  const server = kernel.allocate('task_struct', 'task_struct');
  const waiter = kernel.onStack('__wait_queue');
  const ipv4 = kernel.global('ipv4_specific', 'tcp_func');
  kernel.write('tcp_func', ipv4, {
    conn_request: kernel.function('tcp_v4_conn_request'),
    queue_xmit: kernel.function('ip_queue_xmit'),
  });
  kernel.write('task_struct', server, { pid: 1, comm: 'server', state: 1 });
  kernel.write('__wait_queue', waiter, { flags: 1, task: server });
  link(kernel, kernel.at('socket', objects.socket, 'wait.task_list'), kernel.at('__wait_queue', waiter, 'task_list'));
  kernel.write('open_request', half, {
    rmt_port: 0x0104,
    'af.v4_req.rmt_addr': address,
    'af.v4_req.loc_addr': address,
    rcv_isn: 1000,
    snt_isn: 7000,
    retrans: 1,
    expires: 600,
  });
  kernel.write('open_request', done, {
    rmt_port: 0x0004,
    'af.v4_req.rmt_addr': address,
    'af.v4_req.loc_addr': address,
    rcv_isn: 500,
    snt_isn: 6000,
    sk: child.sk,
  });
  kernel.write('tcp_listen_opt', table, { max_qlen_log: 6, qlen: 1, qlen_young: 1 });
  kernel.memory.setU32(kernel.at('tcp_listen_opt', table, 'syn_table') + 8, half);
  kernel.write('tcp_bind_bucket', bucket, { port: 8080, fastreuse: 0, owners: objects.sk });
  kernel.write('sock', objects.sk, {
    num: 8080,
    sport: 0x901f,
    ack_backlog: 1,
    max_ack_backlog: 2,
    prev: bucket,
    'tp_pinfo.af_tcp.listen_opt': table,
    'tp_pinfo.af_tcp.accept_queue': done,
    'tp_pinfo.af_tcp.af_specific': ipv4,
  });
  kernel.write('sock', child.sk, {
    state: 1,
    num: 8080,
    sport: 0x901f,
    dport: 0x0004,
    daddr: address,
    rcv_saddr: address,
    socket: 0,
    sleep: 0,
    bind_next: 0,
    'tp_pinfo.af_tcp.af_specific': ipv4,
  });
  const queue = kernel.at('sock', child.sk, 'receive_queue');
  const packets = [100, 536, 20].map((len) => {
    const skb = kernel.allocate('sk_buff', 'skbuff_head_cache');
    kernel.write('sk_buff', skb, { len, sk: child.sk, list: queue, destructor: kernel.function('sock_rfree') });
    return skb;
  });
  [queue, ...packets].forEach((at, index) => kernel.memory.setU32(at, packets[index] ?? queue));
  kernel.write('sock', child.sk, { 'receive_queue.qlen': 3 });
}

function link(kernel: KernelMemory, head: number, entry: number): void {
  kernel.memory.setU32(head, entry);
  kernel.memory.setU32(head + 4, entry);
  kernel.memory.setU32(entry, head);
  kernel.memory.setU32(entry + 4, head);
}

/** A SYN as the wire carries it. */
export const SYN = new Uint8Array([
  0x45, 0, 0, 40, 0, 0, 0x40, 0, 64, 6, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1, 4, 0, 0x1f, 0x90, 0, 0, 0, 7, 0, 0, 0, 0,
  0x50, 2, 0x16, 0xd0, 0, 0, 0, 0,
]);
