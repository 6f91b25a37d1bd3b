/** The model builder over a recorded run: what is marked as changed, what is new, what comes when asked for. */
import { given, lastOf } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { InspectorModelBuilder } from '../../src/editor/inspector-model';
import type { InspectorModel, RowModel } from '../../src/protocol/inspector-model';
import { models } from './models';
import { microseconds, busyListener, RecordedRun, SYN } from './recorded-run';

function row(model: InspectorModel, type: string, id: string): RowModel | undefined {
  return model.cards.find((card) => card.type === `struct ${type}`)?.rows.find((each) => each.id === id);
}

describe('what the last move changed', () => {
  const { first, stepped, back, busy, fault } = models();

  test('nothing at the first stop', () => {
    expect(first.cards.flatMap((card) => card.rows).filter((each) => each.changed)).toEqual([]);
    expect(first.cards.some((card) => card.isNew)).toBe(false);
  });

  test('one field after a step, with its old value, in the row, the list and the socket states', () => {
    expect(row(stepped, 'sock', 'state')).toMatchObject({
      display: '10 (TCP_LISTEN)',
      changed: true,
      was: '7 (TCP_CLOSE)',
    });
    expect(stepped.cards.flatMap((card) => card.rows).filter((each) => each.changed)).toHaveLength(1);
    expect(stepped.changes).toEqual([
      {
        path: 'sk->state',
        from: '7 (TCP_CLOSE)',
        to: '10 (TCP_LISTEN)',
        card: expect.stringMatching(/^sock@/) as string,
        row: 'state',
      },
    ]);
    expect(stepped.sockets).toMatchObject([{ state: 'TCP_LISTEN', changed: true, was: 'TCP_CLOSE' }]);
  });

  test('the other way round after a step back', () => {
    expect(row(back, 'sock', 'state')).toMatchObject({
      display: '7 (TCP_CLOSE)',
      changed: true,
      was: '10 (TCP_LISTEN)',
    });
  });

  test('new cards are new, their fields are not called changed', () => {
    const request = given(
      busy.cards.find((card) => card.kind === 'request'),
      'such item',
    );
    expect(request.isNew).toBe(true);
    expect(request.rows.some((each) => each.changed)).toBe(false);
  });

  test('a list that got an element says so', () => {
    expect(row(busy, 'socket', 'wait')).toMatchObject({
      display: '[1]',
      changed: true,
      was: '[0]',
      chain: { items: [{ label: 'pid 1 server (WQ_FLAG_EXCLUSIVE)', isNew: true }] },
    });
  });

  test('a fault shows the object that was freed', () => {
    expect(fault.cards.find((card) => card.title === 'sk')).toMatchObject({ state: 'freed' });
  });
});

describe('on request', () => {
  test('asking again at the same stop gives the same marks', () => {
    const run = new RecordedRun();
    const builder = new InspectorModelBuilder(run.session, 'x');
    run.step(1, () => undefined);
    builder.build();
    run.step(2, (kernel) => kernel.write('sock', run.objects.sk, { state: 10 }));
    const marks = (): unknown =>
      builder.build().cards.flatMap((card) => card.rows.filter((each) => each.changed).map((each) => each.id));
    expect(marks()).toEqual(['state']);
    expect(marks()).toEqual(['state']);
  });

  test('what a data breakpoint tells of: what has changed, and what was read', () => {
    const run = new RecordedRun();
    run.stop = { ...run.stop, reason: 'data-breakpoint', watched: ['sk->state'], read: ['sk->err'] };
    const { stop } = new InspectorModelBuilder(run.session, 'x').build();
    expect([stop.watched, stop.read]).toEqual([['sk->state'], ['sk->err']]);
  });

  test('an unfolded card has all its fields, once each', () => {
    const run = new RecordedRun();
    const builder = new InspectorModelBuilder(run.session, 'x');
    const id = given(
      builder.build().cards.find((card) => card.type === 'struct sock'),
      'such item',
    ).id;
    const card = given(
      builder.build({ expanded: new Set([id]) }).cards.find((each) => each.id === id),
      'such item',
    );
    expect(card).toMatchObject({ expanded: true, hiddenRows: 0 });
    expect(card.rows.map((each) => each.id)).toContain('rcvbuf');
    expect(new Set(card.rows.map((each) => each.id)).size).toBe(card.rows.length);
  });

  test('a changed field that is not important is shown while it is changed', () => {
    const run = new RecordedRun();
    const builder = new InspectorModelBuilder(run.session, 'x');
    run.step(1, () => undefined);
    expect(row(builder.build(), 'sock', 'rcvbuf')).toBeUndefined();
    run.step(2, (kernel) => kernel.write('sock', run.objects.sk, { rcvbuf: 1 }));
    expect(row(builder.build(), 'sock', 'rcvbuf')).toMatchObject({ changed: true, was: '87380' });
    run.step(3, () => undefined);
    expect(row(builder.build(), 'sock', 'rcvbuf')).toBeUndefined();
  });

  test('a followed pointer adds its object; one of an unknown type adds nothing', () => {
    const run = new RecordedRun();
    const builder = new InspectorModelBuilder(run.session, 'x');
    const far = run.kernel.allocate('timer_list', 'size-32');
    const followed = [
      { address: far, type: 'struct timer_list *', expression: 'far' },
      { address: far, type: 'struct unheard_of *' },
    ];
    expect(builder.build({ followed }).cards.filter((card) => card.kind === 'timer')).toMatchObject([{ title: 'far' }]);
  });
});

describe('events', () => {
  test('are told in C and protocol terms', () => {
    const { busy } = models();
    expect(busy.events.map((event) => event.text.en)).toEqual([
      'server: socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)',
      'server: socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3',
      'server: listen(3, 2)',
      'sk->state: TCP_CLOSE → TCP_LISTEN',
      'switch to process client (pid 2): its turn',
      '127.0.0.1:1024 > 127.0.0.1:8080 [S] seq 7, win 5840, len 0',
      'TCP: drop open request from 7f000001/1025',
      'client: connect(4, 127.0.0.1:8080) = 0',
    ]);
  });

  test('a long journal is cut from the front and counted', () => {
    const run = new RecordedRun();
    for (let clock = 0; clock < 1000; clock++) {
      run.happened({
        clock,
        thread: 0,
        event: 'packet',
        direction: 'in',
        device: 'wire',
        packet: 1,
        bytes: SYN,
        uptime: microseconds(1),
      });
    }
    run.step(1000, () => busyListener(run));
    const model = new InspectorModelBuilder(run.session, 'x').build();
    expect([model.events.length, model.eventsLeftOff, lastOf(model.events).clock]).toEqual([400, 600, 999]);
  });
});
