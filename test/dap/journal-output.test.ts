/** What the debug console prints of a run: which entries, how, and each of them once. */
import { expect, test } from 'vitest';
import { Emitter } from '../../src/base/events';
import { JournalOutput } from '../../src/dap/journal-output';
import { SourceNames } from '../../src/dap/source-names';
import type { Happening, JournalEntry, Microseconds } from '../../src/machine/journal-entry';
import { entryText, resultText } from '../../src/session/journal-text';
import type { SessionApi } from '../../src/session/session-api';

const uptime = 10_000_000 as Microseconds;
const names = new SourceNames({ toClientPath: (path) => `/k/${path}`, fromClientPath: (path) => path });

/** A session whose journal the test writes. */
class Writer {
  entries: JournalEntry[] = [];
  forgotten = 0;
  private readonly emitter = new Emitter<JournalEntry>();
  readonly output = new JournalOutput(names);
  readonly session = {
    entryText: (entry: JournalEntry) =>
      entryText(
        entry,
        resultText((name) => (name === 'EINVAL' ? 22 : undefined)),
      ),
    journal: () => this.entries,
    onJournal: this.emitter.event,
  } as unknown as SessionApi;

  constructor() {
    this.output.begin(this.session);
  }

  add(clock: number, ...happenings: readonly Happening[]): void {
    for (const happening of happenings) {
      const entry = { ...happening, clock, thread: 1 };
      this.entries.push(entry);
      this.emitter.fire(entry);
    }
  }

  /** Goes back: entries of later clocks are gone, and what log points said. */
  back(clock: number): void {
    this.entries = this.entries.filter((entry) => entry.clock <= clock && entry.event !== 'log');
  }

  take(): string[] {
    return this.output.take(this.session, 'en').map(({ category, output }) => `${category} ${output}`);
  }
}

const says = (text: string): Happening => ({ event: 'log', text });
const prints = (text: string): Happening => ({ event: 'printk', level: 4, text });

test.each<[string, Happening, readonly string[]]>([
  ['a sleep', { event: 'sleep', pid: 1, process: 'A', state: 1 }, []],
  ['a switch', { event: 'switch', from: 1, to: 2, process: 'B', because: 'woken' }, []],
  ['an empty line', { event: 'note', text: '' }, []],
  ['a message', prints('NET: hello'), ['stdout NET: hello\n']],
  ['a log point', says('n is 4'), ['stdout n is 4\n']],
  ['a state', { event: 'state', sock: 0, from: 'A', to: 'B', uptime }, ['console sk->state: A → B\n']],
  ['a fault', { event: 'fault', fault: { kind: 'bug', message: { en: 'm', zh: 'm' } } }, ['stderr BUG()\n']],
  [
    'an expectation',
    { event: 'expectation', line: 3, text: 'listen(3, 1) = 0', expected: '0', actual: '-22' },
    ['stderr listen(3, 1) = 0: expected 0, actual -22\n'],
  ],
  [
    'a return',
    { event: 'return', pid: 1, process: 'A', text: 'bind(3)', entry: 'f', value: -22, uptime },
    ['console A: bind(3) = -22 (-EINVAL)\n'],
  ],
  [
    'a packet that comes in',
    { event: 'packet', direction: 'in', device: 'wire', packet: 1, bytes: new Uint8Array(4), length: 900, uptime },
    ['console < 900 bytes\n'],
  ],
  [
    'a packet that goes out',
    { event: 'packet', direction: 'out', device: 'wire', packet: 1, bytes: new Uint8Array(4), length: 900, uptime },
    ['console > 900 bytes\n'],
  ],
])('%s', (_name, happening, expected) => {
  const writer = new Writer();
  writer.add(1, happening);
  expect(writer.take()).toEqual(expected);
});

test('an expectation leads to its line of the script', () => {
  const writer = new Writer();
  writer.add(1, { event: 'expectation', path: 'x.pkt', line: 3, text: 't', expected: '0', actual: '1' }, prints('p'));
  const [first, second] = writer.output.take(writer.session, 'zh');
  expect(first).toMatchObject({ line: 3, source: { path: '/k/x.pkt' }, output: 'x.pkt:3: t：预期 0，实际 1\n' });
  expect(second).not.toHaveProperty('line');
});

test('each entry once, also when several have one clock and the way leads back between them', () => {
  const writer = new Writer();
  writer.add(4, prints('a'));
  writer.add(5, prints('b'), prints('c'));
  expect(writer.take()).toEqual(['stdout a\n', 'stdout b\n', 'stdout c\n']);
  expect(writer.take()).toEqual([]);
  writer.back(4);
  expect(writer.take()).toEqual([]);
  writer.add(5, prints('b'));
  expect(writer.take()).toEqual([]);
  writer.add(5, prints('c'), prints('d'));
  writer.add(6, prints('e'));
  expect(writer.take()).toEqual(['stdout d\n', 'stdout e\n']);
});

test('what the journal has forgotten changes nothing', () => {
  const writer = new Writer();
  writer.add(1, prints('a'));
  writer.add(2, prints('b'));
  writer.take();
  writer.entries.shift();
  writer.add(3, prints('c'));
  expect(writer.take()).toEqual(['stdout c\n']);
});

test('a changed past prints anew what came after it', () => {
  const writer = new Writer();
  writer.add(1, prints('a'));
  writer.add(2, prints('b'));
  writer.add(3, prints('c'));
  writer.take();
  writer.back(2);
  writer.output.rewritten(writer.session);
  writer.add(3, prints('other'));
  expect(writer.take()).toEqual(['stdout other\n']);
  writer.back(0);
  writer.output.rewritten(writer.session);
  writer.add(1, prints('a'));
  expect(writer.take()).toEqual(['stdout a\n']);
});

test('what log points say comes in its place, each time', () => {
  const writer = new Writer();
  writer.add(1, prints('a'), says('one'));
  writer.add(2, says('two'), prints('b'));
  expect(writer.take()).toEqual(['stdout a\n', 'stdout one\n', 'stdout b\n', 'stdout two\n']);
  writer.back(1);
  writer.add(2, says('two'), prints('b'));
  writer.add(3, prints('c'));
  expect(writer.take()).toEqual(['stdout two\n', 'stdout c\n']);
});

test('a flood: only the newest lines', () => {
  const writer = new Writer();
  writer.add(1, ...Array.from({ length: 2500 }, (_, index) => prints(`${index}`)));
  const lines = writer.take();
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([2000, 'stdout 500\n', 'stdout 2499\n']);
  expect(writer.take()).toEqual([]);
});

test('another session begins anew', () => {
  const [first, second] = [new Writer(), new Writer()];
  first.add(5, prints('a'));
  first.take();
  second.add(2, prints('b'));
  first.output.begin(second.session);
  first.add(6, says('late'));
  expect(first.output.take(second.session, 'en').map(({ output }) => output)).toEqual(['b\n']);
});
