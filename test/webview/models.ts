/**
 * Models for the tests of the view, made by the real builder over a recorded run: first steps, a busy listener, a fault.
 */
import { sameText } from '../../src/base/bilingual';
import { InspectorModelBuilder } from '../../src/editor/inspector-model';
import type { InspectorModel, NoteModel } from '../../src/protocol/inspector-model';
import { busyListener, microseconds, RecordedRun, SYN } from './recorded-run';

const NOTES: readonly NoteModel[] = [
  {
    id: 'P70',
    title: { en: 'The socket begins to listen', zh: 'socket 开始监听' },
    en: 'From this assignment on a SYN for the port finds a listener. The state is set before the port is checked again, so that two sockets cannot both believe they own it.',
    zh: '从这条赋值起，发往该端口的 SYN 就能找到监听者。先改状态、再复查端口，这样两个 socket 不会同时以为端口归自己所有。',
    source: 'net/ipv4/tcp.c: tcp_listen_start; RFC 793, 3.8',
  },
];
const SCENARIO = { en: 'A server listens', zh: '服务器开始监听' };

export interface Models {
  /** Right after socket(): two cards and what they need. */
  readonly first: InspectorModel;
  /** One statement later: one field changed. */
  readonly stepped: InspectorModel;
  /** A listener with connections in all stages. */
  readonly busy: InspectorModel;
  /** The same moment as `first`, reached by stepping back. */
  readonly back: InspectorModel;
  /** A freed sock is used. */
  readonly fault: InspectorModel;
}

export function models(): Models {
  const run = new RecordedRun();
  const builder = new InspectorModelBuilder(run.session, 'run-1');
  const build = (): InspectorModel => builder.build({ scenario: SCENARIO, notesFor: () => NOTES });
  run.happened({
    clock: 1,
    thread: 0,
    event: 'call',
    pid: 1,
    entry: 'sys_socketcall',
    process: 'server',
    text: 'socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)',
    uptime: microseconds(0),
  });
  run.happened({
    clock: 310,
    thread: 0,
    event: 'return',
    pid: 1,
    entry: 'sys_socketcall',
    process: 'server',
    text: 'socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)',
    value: 3,
    uptime: microseconds(0),
  });
  run.happened({
    clock: 320,
    thread: 0,
    event: 'call',
    pid: 1,
    entry: 'sys_socketcall',
    process: 'server',
    text: 'listen(3, 2)',
    uptime: microseconds(0),
  });
  run.step(403, () => undefined);
  const first = build();
  run.step(404, (kernel) => kernel.write('sock', run.objects.sk, { state: 10 }), 'sk->prot->hash(sk);');
  run.happened({
    clock: 404,
    thread: 0,
    event: 'state',
    sock: run.objects.sk,
    from: 'TCP_CLOSE',
    to: 'TCP_LISTEN',
    uptime: microseconds(1),
  });
  const stepped = build();
  run.step(403, (kernel) => kernel.write('sock', run.objects.sk, { state: 7 }), 'sk->state = TCP_LISTEN;');
  const back = build();
  run.step(
    1290,
    (kernel) => {
      kernel.write('sock', run.objects.sk, { state: 10 });
      busyListener(run);
    },
    'sk->prot->hash(sk);',
  );
  run.happened({ clock: 700, thread: 0, event: 'switch', from: 1, to: 2, process: 'client', because: 'turn' });
  run.happened({
    clock: 910,
    thread: 1,
    event: 'packet',
    direction: 'out',
    device: 'lo',
    packet: 1,
    bytes: SYN,
    uptime: microseconds(1),
  });
  run.happened({
    clock: 1100,
    thread: 1,
    event: 'printk',
    level: 6,
    text: 'TCP: drop open request from 7f000001/1025',
  });
  run.happened({
    clock: 1280,
    thread: 1,
    event: 'return',
    pid: 1,
    entry: 'sys_socketcall',
    process: 'client',
    text: 'connect(4, 127.0.0.1:8080)',
    value: 0,
    uptime: microseconds(2),
  });
  run.processes = [
    {
      id: 0,
      pid: 1,
      name: 'server',
      state: 'sleeping',
      sleepsIn: 'wait_for_connect',
      call: 'accept(3, …)',
    },
    { id: 1, pid: 2, name: 'client', state: 'running', call: 'connect(4, 127.0.0.1:8080)' },
  ];
  const busy = build();
  run.step(1300, (kernel) => kernel.free(run.objects.sk));
  run.stop = {
    ...run.stop,
    reason: 'fault',
    fault: {
      kind: 'use-after-free',
      message: sameText('use after free'),
      address: run.objects.sk + 36,
      expression: 'sk->state',
    },
  };
  const fault = build();
  return { first, stepped, back, busy, fault };
}
