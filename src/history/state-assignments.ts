/**
 * Statements that set a TCP sock's state by assignment: `sk->state = TCP_LISTEN` in tcp_listen_start, that of a child in
 * tcp_create_openreq_child. The journal tells of calls of tcp_set_state alone.
 *
 * In: the program, its text; a moment before such a statement. Out: the change as the journal would have it. Which
 * statements there are depends on the program alone and is found once.
 */
import type { DebugInfo, StatementId } from '../abi/debug-info';
import { SOCKET_TYPES, tcpStateName } from '../abi/linux-sockets';
import type { EntryOf, Microseconds } from '../machine/journal-entry';
import type { Machine } from '../machine/machine';
import type { StatementStop } from '../machine/traveller';
import { visibleVariables } from '../values/visible';
import type { Expressions } from './expressions';
import { placeOfStatement } from './rows';

/** A statement that assigns to the state of what may be a sock. */
interface Assignment {
  /** C of the sock, and of the state. */
  readonly sock: string;
  readonly to: string;
}

/** What the journal tells of by itself. */
const TOLD = 'tcp_set_state';

const assignment = /^([A-Za-z_]\w*(?:(?:->|\.)[A-Za-z_]\w*)*)->state\s*=\s*([^=;][^;]*?)\s*;?$/;

export class StateAssignments {
  private found: ReadonlyMap<StatementId, Assignment> | undefined;
  private members: ReturnType<Expressions['numbersOf']> | undefined;

  constructor(
    private readonly debug: DebugInfo,
    private readonly expressions: Expressions,
    private readonly textOf: (path: string) => string | undefined,
  ) {}

  get statements(): readonly StatementId[] {
    return [...this.all().keys()];
  }

  /** The change that a statement is about to make; undefined when it makes none, or of no TCP sock. */
  at(stop: StatementStop, machine: Machine): EntryOf<'state'> | undefined {
    const found = this.all().get(stop.statement);
    if (!found) {
      return undefined;
    }
    const { expressions } = this;
    const frame = expressions.frameAt(machine, stop);
    const number = (text: string): number | undefined => {
      const scalar = expressions.value(machine, text, frame).value?.scalar;
      return scalar?.kind === 'integer' ? Number(scalar.value) : undefined;
    };
    // Every socket comes by: what can be read where it lies is not evaluated.
    const { sock, to } = found;
    const variable = visibleVariables(this.debug, frame).find((each) => each.variable.name === sock);
    const address = variable ? machine.memory.u32(variable.address) : number(`(unsigned long)(${sock})`);
    if (address === undefined || !machine.memory.contains(address, 1)) {
      return undefined;
    }
    const members = (this.members ??= expressions.numbersOf('sock'));
    const [from, next] = [
      members.get('state')?.(machine.memory, address),
      expressions.constant(to) ?? number(`(int)(${to})`),
    ].map((each) => (each === undefined ? undefined : tcpStateName(each)));
    if (from === undefined || next === undefined || from === next) {
      return undefined; // memory that is about to become a sock has no state
    }
    if (members.get('type')?.(machine.memory, address) !== SOCKET_TYPES.SOCK_STREAM) {
      return undefined;
    }
    const { clock } = machine;
    const place = placeOfStatement(this.debug, stop.statement);
    const { function: name = '?', path: file = '?', line = 0 } = place ?? {};
    const where = { function: name, file, line, statement: stop.statement };
    const uptime = 0 as Microseconds; // nobody asks for it
    return { event: 'state', clock, thread: stop.task, sock: address, from, to: next, place: where, uptime };
  }

  private all(): ReadonlyMap<StatementId, Assignment> {
    return (this.found ??= new Map(
      this.debug.statements.flatMap(({ function: id, file, start, end, macro }, statement) => {
        const path = this.debug.files[file] ?? '';
        const text = macro === undefined && end - start < 200 ? this.textOf(path)?.slice(start, end) : undefined;
        const [, sock, to] = (text?.includes('->state') && assignment.exec(text)) || [];
        return sock === undefined || to === undefined || this.debug.functions[id]?.name === TOLD
          ? []
          : this.isSock(sock, statement)
            ? [[statement, { sock, to }] as const]
            : [];
      }),
    ));
  }

  /** Only a sock has both a protocol and a queue of what was written. */
  private isSock(text: string, statement: StatementId): boolean {
    return this.expressions.check(`(${text})->prot != 0 && (${text})->write_queue.qlen`, statement) === undefined;
  }
}
