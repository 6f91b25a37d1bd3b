/** What scenarios expect of a Linux tree instead, and expectations rewritten by the user. */
import { wording } from '../../src/sentences/wording';
import { describe, expect, test } from 'vitest';
import type { ScenarioEvent } from '../../src/scenario/pkt-ast';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { parseRewrite, rewriteScenario } from '../../src/scenario/pkt-rewrite';
import { scenarioOn, versionCode } from '../../src/scenario/pkt-variants';
import { SourceFile } from '../../src/source/source-file';

const early = versionCode('2.4.0');
const late = versionCode('2.4.16');

function shown(event: ScenarioEvent): string {
  if (event.kind === 'note') {
    return `note ${wording(event.told, 'en')}`;
  }
  if (event.kind === 'packet' && event.text.includes('ack')) {
    return `${event.text} ${JSON.stringify(event.packet)}`;
  }
  if (event.time.at !== 1_000_000 && event.time.at !== 0) {
    return `${event.kind} at ${event.time.kind} ${event.time.at}...${event.time.returns}`;
  }
  const expected = event.kind === 'call' ? event.expected : undefined;
  return expected === undefined
    ? event.kind
    : expected.kind === 'value'
      ? `${expected.value}${expected.errno ? ` ${expected.errno}` : ''}`
      : expected.kind;
}

/** Events of a script of one line as the bundled kernel, 2.4.0 and 2.4.16 are tested. */
function check(line: string, bundled: string[], on240: string[], on2416: string[]): void {
  const { scenario, diagnostics } = parseScenario(new SourceFile('test.pkt', `${line}\n+1 listen(3, 1) = 0\n`));
  expect(diagnostics).toEqual([]);
  const events = (version: number | undefined): string[] => scenarioOn(scenario, version).events.map(shown);
  expect({ bundled: events(undefined), on240: events(early), on2416: events(late) }).toEqual({
    bundled,
    on240,
    on2416,
  });
}

describe('variants', () => {
  test('another result on every tree', () =>
    check('0 close(3) = -1 EBADF //! linux: = 5', ['-1 EBADF', '0'], ['5', '0'], ['5', '0']));
  test('an error, with words behind it', () =>
    check('0 close(3) = 0 //! linux: = -1 EFAULT (Bad address)', ['0', '0'], ['-1 EFAULT', '0'], ['-1 EFAULT', '0']));
  test('only before a version', () =>
    check('0 close(3) = 0 //! linux <2.4.16: = 5', ['0', '0'], ['5', '0'], ['0', '0']));
  test('only from a version on', () =>
    check('0 close(3) = 0 //! linux >=2.4.16: = 5', ['0', '0'], ['0', '0'], ['5', '0']));
  test('only between two versions', () => {
    check('0 close(3) = 0 //! linux >=2.4.1 <2.4.17: = 5', ['0', '0'], ['0', '0'], ['5', '0']);
    check('0 close(3) = 0 //! linux >=2.4.1 <2.4.16: = 5', ['0', '0'], ['0', '0'], ['0', '0']);
  });
  test('a call that returns at another time', () =>
    check(
      '0...* close(3) = 0 //! linux >=2.4.16: at 0.5...0.7 (it looks at the clock)',
      ['0', '0'],
      ['0', '0'],
      ['call at absolute 500000...700000', '0'],
    ));
  test('a packet at another time', () =>
    check(
      '0 > S 0:0(0) <...> //! linux: at +.5',
      ['packet', '0'],
      ['packet at relative 500000...undefined', '0'],
      ['packet at relative 500000...undefined', '0'],
    ));
  test('another packet', () => {
    const packet =
      '> . 1:1(0) ack 9 {"protocol":"tcp","flags":".","sequence":1,"length":0,"acknowledgment":9,"options":[]}';
    check(
      '0 > S 0:0(0) <...> //! linux >=2.4.16: > . 1:1(0) ack 9 (it keeps them)',
      ['packet', '0'],
      ['packet', '0'],
      [packet, '0'],
    );
  });
  test('a packet that does not come', () =>
    check('0 > S 0:0(0) <...> //! linux <2.4.16: none (it is lost)', ['packet', '0'], ['0'], ['packet', '0']));
  test('a fault is the end', () => check('0 close(3) = 0 //! linux: faults', ['0', '0'], ['fault'], ['fault']));
  test('a script that ends before', () =>
    check(
      '0 close(3) = 0 //! linux: ends (it hangs)',
      ['0', '0'],
      ['note a Linux tree is not tested further: it hangs'],
      ['note a Linux tree is not tested further: it hangs'],
    ));

  test.each([
    '0 close(3) = 0 //! linux: none',
    '0 < S 0:0(0) win 1 //! linux: none',
    '0 close(3) = 0 //! linux: = -1 EWRONG',
    '//! linux: = 1',
    '0 close(3) = 0 //! linux: sings',
    '0 close(3) = 0 //! linux: at noon',
    '0 close(3) = 0 //! linux: at 0.5 0.6',
    '0 close(3) = 0 //! linux: > S 0:0(0)',
    '0 > S 0:0(0) //! linux: > S 0:0(0) and more',
    '0 > S 0:0(0) //! linux: >',
  ])('%s is an error', (line) => {
    const { diagnostics } = parseScenario(new SourceFile('test.pkt', line));
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error SS5001']);
  });
});

describe('rewriting the window scale', () => {
  const script = new SourceFile(
    'test.pkt',
    '0 < S 0:0(0) win 1 <wscale 7>\n+0 > S. 0:0(0) ack 1 <mss 1460,nop,wscale 8>\n+0 > . 1:1(0) ack 1\n',
  );
  const options = (rule: string): unknown[] =>
    rewriteScenario(parseScenario(script).scenario, [parseRewrite(rule)!]).events.map(
      (event) => event.kind === 'packet' && event.packet.protocol === 'tcp' && event.packet.options,
    );

  test('to a number, in what is expected only', () =>
    expect(options('wscale=0')).toEqual([
      [{ kind: 'wscale', value: 7 }],
      [{ kind: 'mss', value: 1460 }, { kind: 'nop' }, { kind: 'wscale', value: 0 }],
      [],
    ]));
  test('to anything', () => expect(options('wscale=any')).toEqual([[{ kind: 'wscale', value: 7 }], undefined, []]));
  test.each(['wscale', 'wscale=', 'wscale=15', 'wscale=-1', 'mss=3'])('%s is no rule', (text) =>
    expect(parseRewrite(text)).toBeUndefined(),
  );
});
