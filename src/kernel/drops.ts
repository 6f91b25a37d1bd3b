/**
 * Packets that the kernel throws away.
 *
 * In: a struct sk_buff that is about to be freed, the stack at that moment, what has happened since it arrived. Out:
 * where that is, and why as far as it can be known; nothing for what was taken or has served its purpose.
 *
 * A packet that came in counts as thrown away when it is freed on its way in (not by a reader, who owns it, and not on
 * the way out, where its sender does), before anybody has kept it, and nothing has come of it: no state has changed, no
 * object was made, and none of it was acknowledged that was not before. A bare ACK that a connection has looked at has
 * done what it is for, and so has a segment whose data were copied to a waiting reader at once.
 */
import type { DebugInfo } from '../abi/debug-info';
import { PROTOCOLS, TCP_STATES } from '../abi/linux-sockets';
import type { DropReason, StatementPlace } from '../machine/journal-entry';
import type { ServiceCall, ServiceHost, StackFrame } from '../machine/service';
import { statementPlace } from '../machine/statement-places';
import { tcpOf, type TcpHeader } from './packets';
import type { Field, StructAccess } from './struct-access';

/** Functions from which packets go on their way in: softirqs, and what waited for a sock or for its reader. */
const WAYS_IN: ReadonlySet<string> = new Set([
  ...['net_rx_action', 'process_backlog', 'deliver_to_old_ones', 'handle_bridge'],
  ...['release_sock', '__release_sock', 'tcp_prequeue_process'],
]);
/** Functions that free whatever they are given. */
const FREEING: ReadonlySet<string> = new Set(['__kfree_skb', 'kfree_skb', 'kfree_skb_fast', 'dev_kfree_skb_any']);
/** Names of counters that count something going wrong. */
const WRONG = /Err|Drop|Discard|Overflow|Fail|Reject|NoPort|Unknown|Prune|Lost|Unreach|Full/i;

/** States of a sock in which a bare ACK means nothing. */
const NOT_CONNECTED: ReadonlySet<number> = new Set([
  ...[TCP_STATES.TCP_LISTEN, TCP_STATES.TCP_CLOSE, TCP_STATES.TCP_TIME_WAIT, TCP_STATES.TCP_SYN_SENT],
]);

/** What a function on the stack means for a packet that is freed. */
interface FunctionRole {
  readonly frees: boolean;
  readonly isWayIn: boolean;
  /** Where its parameters that point to a struct lie, from the frame's header on. */
  readonly socks: readonly number[];
  readonly buffers: readonly number[];
}

/** A counter of the kernel's statistics: its name, and the words that are added up. */
interface Counter {
  readonly name: string;
  readonly addresses: readonly number[];
}

export class Drops {
  private last: readonly number[] = [];
  private lastSum = -1;
  private readonly owner: Field;
  private readonly cloned: Field;
  private readonly sockState: Field;
  private readonly nextByte: Field;
  private readonly reader: Field;
  private readonly statistics: readonly Counter[];
  private readonly addresses: readonly number[];
  /** By function ids. */
  private readonly roles: FunctionRole[] = [];

  constructor(
    private readonly host: ServiceHost,
    structs: StructAccess,
  ) {
    this.owner = structs.field('sk_buff', 'sk');
    this.cloned = structs.field('sk_buff', 'cloned');
    this.sockState = structs.field('sock', 'state');
    this.nextByte = structs.field('sock', 'tp_pinfo.af_tcp.rcv_nxt');
    this.reader = structs.field('sock', 'tp_pinfo.af_tcp.ucopy.task');
    this.statistics = countersOf(host);
    this.addresses = this.statistics.flatMap(({ addresses }) => addresses);
  }

  /** The machine went to another moment. */
  forget(): void {
    this.lastSum = -1;
  }

  /** Counts of everything that goes wrong, in the order of the counters. */
  counters(): readonly number[] {
    // Little goes wrong: many packets see the same counts, which are kept once. They only grow: the same sum is the same.
    const { memory } = this.host;
    let sum = 0;
    for (const address of this.addresses) {
      sum += memory.u32(address);
    }
    if (sum !== this.lastSum) {
      this.lastSum = sum;
      this.last = this.statistics.map((counter) => this.count(counter));
    }
    return this.last;
  }

  private count({ addresses }: Counter): number {
    let sum = 0;
    for (const address of addresses) {
      sum += this.host.memory.u32(address);
    }
    return sum;
  }

  /** Whether it is worth looking at the stack: a buffer that somebody owns is freed by its reader or its sender. */
  mayBe(call: ServiceCall): boolean {
    return this.owner.get(call.arg(0)) === 0;
  }

  /** Place and reason, when packet `bytes` is thrown away. `before`: counts when it arrived. */
  find(
    skb: number,
    bytes: Uint8Array,
    stack: Iterable<StackFrame>,
    before: readonly number[],
  ): { readonly place: StatementPlace; readonly reason: DropReason } | undefined {
    const found = this.wayIn(skb, stack);
    if (!found) {
      return undefined;
    }
    const counters = this.grown(before);
    if (this.isDoneWith(skb, bytes, found.sock, counters.length > 0)) {
      return undefined;
    }
    const { debug } = this.host;
    const { functionId, statement } = found.frame;
    const place = statementPlace(debug, statement);
    const label = debug.functions[functionId]?.labels.find((each) => each.statement === statement)?.name;
    return place && { place, reason: { kind: 'freed', counters, ...(label === undefined ? {} : { label }) } };
  }

  /** Who throws a buffer away on its way in, and for which sock; what is freed there and did not come that way goes out. */
  private wayIn(
    skb: number,
    stack: Iterable<StackFrame>,
  ): { readonly frame: StackFrame; readonly sock: number | undefined } | undefined {
    let frame: StackFrame | undefined;
    let before: StackFrame | undefined;
    let sock: number | undefined;
    for (const each of stack) {
      const role = this.roleOf(each.functionId);
      if (each.statement < 0 || (!frame && role.frees)) {
        continue;
      }
      frame ??= each;
      if (role.isWayIn) {
        return before && !this.words(before, 'buffers').includes(skb) ? undefined : { frame, sock };
      }
      before = each;
      sock ??= this.words(each, 'socks')[0];
    }
    return undefined;
  }

  /** Whether a connection has looked at a segment that carries nothing: it has done what it is for. */
  isAckTaken(sock: number, bytes: Uint8Array): boolean {
    const segment = tcpOf(bytes);
    return segment !== undefined && isBareAck(segment) && !NOT_CONNECTED.has(this.sockState.get(sock) ?? 0);
  }

  /** Whether the packet has served its purpose. */
  private isDoneWith(skb: number, bytes: Uint8Array, sock: number | undefined, wrong: boolean): boolean {
    const segment = tcpOf(bytes);
    if (segment) {
      return sock !== undefined && this.hasTaken(sock, segment);
    }
    // ICMP is for the kernel itself; of what raw sockets were given, copies live on.
    return (bytes[9] === PROTOCOLS.IPPROTO_ICMP && !wrong) || (this.cloned.get(skb) ?? 0) !== 0;
  }

  private hasTaken(sock: number, segment: TcpHeader): boolean {
    if (NOT_CONNECTED.has(this.sockState.get(sock) ?? 0)) {
      return false;
    }
    const { payload, seq } = segment;
    const isCopied = payload > 0 && this.nextByte.get(sock) === (seq + payload) >>> 0 && this.reader.get(sock) !== 0;
    return isBareAck(segment) || isCopied;
  }

  private grown(before: readonly number[]): string[] {
    const now = this.counters();
    return this.statistics.flatMap(({ name }, index) => ((now[index] ?? 0) > (before[index] ?? 0) ? [name] : []));
  }

  /** What a function was given as pointers to a struct. */
  private words({ functionId, fp }: StackFrame, kind: 'socks' | 'buffers'): number[] {
    return this.roleOf(functionId)[kind].map((offset) => this.host.memory.u32(fp + offset));
  }

  private roleOf(functionId: number): FunctionRole {
    return (this.roles[functionId] ??= this.readRole(functionId));
  }

  private readRole(functionId: number): FunctionRole {
    const { debug } = this.host;
    const { name = '', frameSize = 0, variables = [] } = debug.functions[functionId] ?? {};
    const pointers = (struct: string): number[] =>
      variables
        .filter(({ parameter, type }) => parameter !== undefined && isPointerTo(debug, type, struct))
        .map(({ offset }) => offset - frameSize);
    return {
      frees: FREEING.has(name),
      isWayIn: WAYS_IN.has(name),
      socks: pointers('sock'),
      buffers: pointers('sk_buff'),
    };
  }
}

function isBareAck({ payload, syn, fin, rst }: TcpHeader): boolean {
  return payload === 0 && !syn && !fin && !rst;
}

function isPointerTo(debug: DebugInfo, id: number, struct: string): boolean {
  const type = debug.types[id];
  const to = type?.kind === 'pointer' ? debug.types[type.to] : undefined;
  return to?.kind === 'record' && to.name === struct;
}

/** The statistics of a tree: globals that are arrays of a `struct …_mib`, an element for each processor and level. */
function countersOf({ debug }: ServiceHost): Counter[] {
  return debug.globals.flatMap(({ type: id, address }): Counter[] => {
    const type = debug.types[id];
    const of = type?.kind === 'array' ? type.of : id;
    const record = debug.types[of];
    if (record?.kind !== 'record' || !/_mib$/.test(record.name)) {
      return [];
    }
    const elements = type?.kind === 'array' ? Math.max(1, type.length) : 1;
    return record.fields
      .filter(({ name }) => WRONG.test(name))
      .map(({ name, offset }) => ({
        name,
        addresses: Array.from({ length: elements }, (_, index) => address + index * record.size + offset),
      }));
  });
}
