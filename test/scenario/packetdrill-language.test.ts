/**
 * Parts of packetdrill's language that only its own scripts use: definitions, announced failures, timestamps that are
 * compared.
 */
import { english } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { SourceFile } from '../../src/source/source-file';
import { runText } from './bundled-kernel';

describe('definitions', () => {
  /** The option bytes of a SYN under definitions. */
  function check(option: string, macros: Readonly<Record<string, string>>, bytes: number[] | undefined): void {
    const { scenario, diagnostics } = parseScenario(
      new SourceFile('test.pkt', `0 < S 0:0(0) win 1 <${option},nop>\n`),
      new Map(Object.entries(macros)),
    );
    const event = scenario.events[0];
    const first = event?.kind === 'packet' && event.packet.protocol === 'tcp' ? event.packet.options?.[0] : undefined;
    expect(first?.kind === 'raw' ? first.bytes : undefined).toEqual(bytes);
    expect(diagnostics.length).toBe(bytes ? 0 : 1);
  }
  test('hex digits that are cut into numbers and words', () =>
    check('FO COOKIE', { COOKIE: '3021b9d889017eeb' }, [0x30, 0x21, 0xb9, 0xd8, 0x89, 0x01, 0x7e, 0xeb]));
  test('a word', () => check('FO COOKIE', { COOKIE: 'de4f' }, [0xde, 0x4f]));
  test('nothing defined', () => check('FO COOKIE', {}, undefined));
});

test('the event behind "// Failure:" is where a script is meant to fail', () => {
  const { scenario } = parseScenario(
    new SourceFile('test.pkt', '0 close(3) = -1\n// Failure: it closes\n\n+0 close(4) = 0\n'),
  );
  expect(scenario.failure).toEqual({ line: 4, text: 'it closes' });
});

describe('timestamps', () => {
  const script = (options: string, value: number): string => `${options}
0   socket(AF_INET, SOCK_STREAM, 0) = 3
+0  bind(3, ..., ...) = 0
+0  listen(3, 1) = 0
+0  < S 0:0(0) win 20000 <mss 1000,sackOK,TS val 100 ecr 0>
+0  > S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 100 ecr 100>
+.1 < . 1:1(0) ack 1 win 20000 <nop,nop,TS val 200 ecr 100>
+0  accept(3, ..., ...) = 4
+1  close(4) = 0
+0  > F. 1:1(0) ack 1 <nop,nop,TS val ${value} ecr 200>
`;
  /** The live clock counts 110 ticks of 10 ms between the two packets. */
  async function check(options: string, value: number, differs: boolean): Promise<void> {
    const { workload } = await runText(script(options, value));
    expect(workload.failures.map(({ actual }) => /\(the (.*) differs\)/.exec(english(actual))?.[1])).toEqual(
      differs ? ['timestamp'] : [],
    );
  }
  test('are not compared unless asked for', () => check('', 1200, false));
  test('count in ticks of the given length', () => check('--tcp_ts_tick_usecs=10000', 210, false));
  test('a little off', () => check('--tcp_ts_tick_usecs=10000', 215, false));
  test('far off', () => check('--tcp_ts_tick_usecs=10000', 240, true));
  test('another tick', () => check('--tcp_ts_tick_usecs=1000', 1200, true));
});
