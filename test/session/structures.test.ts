/**
 * The kernel's structures as they are shown at a stop: lists as elements, unions by the arm in use, headers in packets,
 * timers by what they call, on the bundled kernel and on a tree.
 */
import { describe, expect, test } from 'vitest';
import { openSession } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import { SourceFile } from '../../src/source/source-file';
import type { ValueNode } from '../../src/values/value-model';
import { mediaTexts } from '../cli/cli-fixture';
import { realTree, wasmFiles } from '../tree/tree-fixture';
import { diskTree } from '../../src/hosts/disk-tree';
import { programCache } from '../program-cache';

/** A connection that waits to be accepted, and data that wait to be read; a second process sleeps in a read. */
const script = `//! process: A, B
--remote_ip=127.0.0.1
A: 0 socket(AF_INET, SOCK_STREAM, 0) = 3
A: +0 bind(3, ..., ...) = 0
A: +0 listen(3, 3) = 0
B: +0 socket(AF_INET, SOCK_STREAM, 0) = 3
B: +0 connect(3, ..., ...) = 0
B: +0 send(3, "hello", 5, 0) = 5
A: +0 accept(3, ..., ...) = 4
A: +0 recv(4, ..., 5, 0) = 5
B: +0...0.5 recv(3, ..., 5, 0) = 2
A: +.2 send(4, "ok", 2, 0) = 2
`;

describe.each([['the bundled kernel'], ...(realTree === undefined ? [] : [['a tree']])])('%s', (which) => {
  const cache = programCache();

  async function stoppedIn(name: string, condition?: string, views?: string): Promise<SessionApi> {
    const { session, diagnostics } = await openSession({
      viewFiles: views === undefined ? [] : [new SourceFile('views.yaml', views)],
      ...{ media: mediaTexts(), wasm: wasmFiles(), cache, script: { path: 'structures.pkt', text: script } },
      ...(which === 'a tree' && realTree !== undefined
        ? { kernel: { loader: diskTree(realTree), name: realTree } }
        : {}),
    });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (!session) {
      throw new Error('the session was not opened');
    }
    await session.start();
    session.setFunctionBreakpoints([{ name, condition }]);
    expect((await session.run('continue')).reason).toBe('function-breakpoint');
    return session;
  }

  function shown(session: SessionApi, expression: string): ValueNode {
    const { value, diagnostics } = session.evaluate(expression, session.stack(session.stop.thread)[0]);
    expect(diagnostics).toEqual([]);
    if (!value) {
      throw new Error(`${expression} has no value`);
    }
    return value;
  }

  const namesIn = (node: ValueNode): readonly string[] => node.children().map(({ name }) => name);

  test('the accept queue is its elements, and says when it is empty', async () => {
    const session = await stoppedIn('tcp_accept');
    const queue = shown(session, 'sk->tp_pinfo.af_tcp.accept_queue');
    expect(queue.display).toMatch(/^\[1\] 127\.0\.0\.1:\d+ ✓$/);
    expect(namesIn(queue)).toEqual(['[0]', '(as C has it)']);
    const [first] = queue.children();
    expect(shown(session, `(${first?.expression}).class == sk->tp_pinfo.af_tcp.accept_queue->class`).display).toBe('1');
    expect(shown(session, 'sk->write_queue').display).toBe('(empty)');
    expect(shown(session, 'sk->tp_pinfo.af_tcp.listen_opt->syn_table').display).toBe('(empty)');
  });

  test('a union is the arm in use, the others lie one level down', async () => {
    const session = await stoppedIn('tcp_accept');
    const pinfo = shown(session, 'sk->tp_pinfo');
    expect([pinfo.display.slice(0, 9), namesIn(pinfo)]).toEqual(['.af_tcp =', ['af_tcp', '(other members)']]);
    expect(
      pinfo
        .children()[1]
        ?.children()
        .map(({ name }) => name),
    ).toContain('tp_raw4');
    expect(shown(session, 'sk->protinfo').display).toMatch(/^\.af_inet = /);
    expect(
      shown(session, '*sk')
        .children()
        .find(({ name }) => name === 'tp_pinfo')?.display,
    ).toBe(pinfo.display);
  });

  test('a packet has its headers and its control block', async () => {
    const session = await stoppedIn('tcp_rcv_established', 'skb->len == 37');
    const skb = shown(session, 'skb');
    const names = namesIn(skb);
    expect(names.slice(-3)).toEqual(['(IP header)', '(TCP header)', '(TCP control block)']);
    const header = skb.children().find(({ name }) => name === '(TCP header)');
    const seq = header?.children().find(({ name }) => name === 'seq');
    expect(shown(session, seq?.expression ?? '').display).toBe(seq?.display);
    expect(shown(session, 'skb->h').display).toMatch(/^\.th = /);
    expect(skb.children(names.length - 2, 1).map(({ name }) => name)).toEqual(['(TCP header)']);
  });

  test('files of the workspace add to it, and say otherwise', async () => {
    const views = `meanings: { ports: { values: { HTTP: 0x901f } } }
structs:
  sock:
    fields: { num: ports, dport: network-order }
    unions: { tp_pinfo: [{ arm: tp_raw4, when: protocol == 6 }] }
  tcp_opt:
    lists: { listen_opt: { of: tcp_listen_opt, next: no_such_field } }
variables: { newerr: negative-errno }
`;
    const session = await stoppedIn('tcp_accept', undefined, views);
    expect(shown(session, 'sk->dport').display).toMatch(/^0x[0-9a-f]{4} \(\d+\)$/);
    expect(shown(session, 'sk->tp_pinfo').display).toMatch(/^\.tp_raw4 = /);
    expect(shown(session, 'sk->state').display).toBe('10 (TCP_LISTEN)');
    expect(shown(session, 'sk->tp_pinfo.af_tcp.listen_opt').display).toMatch(/^0x/);
  });

  test('timers say what they call, wait queues who waits', async () => {
    const session = await stoppedIn('__wake_up', 'q->task_list.next != &q->task_list');
    const queue = shown(session, '*q');
    expect(queue.display).toMatch(/^\[1\] .*\b[AB]\b/);
    const timer = await stoppedIn('tcp_accept');
    expect(shown(timer, 'sk->timer').display).toMatch(/<tcp_keepalive_timer>$/);
  });
});
