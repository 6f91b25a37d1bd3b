/**
 * What is read of scripts, and what is told of those that are wrong, with the place that is underlined: compared with
 * golden files; CONTRIBUTING.md says how they are rewritten.
 */
import { expect, test } from 'vitest';
import { checkScenario } from '../../src/scenario/pkt-check';
import { emptyFlows, inboundPacket } from '../../src/scenario/flows';
import type { ScenarioEvent } from '../../src/scenario/pkt-ast';
import { parseScenario } from '../../src/scenario/pkt-parser';
import type { Diagnostic } from '../../src/source/diagnostic';
import { SourceFile } from '../../src/source/source-file';
import { english } from '../sentences/english';
import { readScripts } from './golden-scripts/read';
import { wrongScripts } from './golden-scripts/wrong';

/** What an event sends, in hex: IP header, what is behind it. */
function sent(event: ScenarioEvent): string[] {
  if (event.kind !== 'packet' || event.direction !== 'in') {
    return [];
  }
  const wire = { localIp: 0xc0a80001, remoteIp: 0xc0000201, bindPort: 8080, connectPort: 9090 };
  const bytes = Buffer.from(inboundPacket(emptyFlows(), wire, event.packet)).toString('hex');
  const cut = bytes.length > 500 ? `${bytes.slice(0, 120)}… and ${(bytes.length - 120) / 2} bytes more` : bytes;
  return [`sends ${cut.slice(0, 40)} ${cut.slice(40)}`];
}

const isRange = (value: object): value is { start: number; end: number } => 'start' in value && 'end' in value;

/** Plain data on one line; what has a place in the script is followed by the text there. */
function shown(value: unknown, text: string): string {
  if (Array.isArray(value)) {
    return `[${value.map((each) => shown(each, text)).join(', ')}]`;
  }
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
  const parts = Object.entries(value)
    .filter(([name, each]) => each !== undefined && name !== 'start' && name !== 'end')
    .map(([name, each]) => `${name} ${shown(each, text)}`);
  const place = isRange(value) ? [`‹${text.slice(value.start, value.end).replace(/\n/g, '⏎')}›`] : [];
  return `{${[...parts, ...place].join(', ')}}`;
}

/** The line that a diagnostic is about, its place underlined, and what it says. */
function told({ severity, code, span, message, remedy }: Diagnostic, text: string): string {
  const words = `${severity} ${code}: ${english(message)} (${english(remedy ?? 'no remedy')})`;
  if (!span) {
    return words;
  }
  const from = text.lastIndexOf('\n', span.start - 1) + 1;
  const line = text.slice(from).split('\n', 1)[0] ?? '';
  return `${line}\n${' '.repeat(span.start - from)}${'^'.repeat(span.end - span.start)} ${words}`;
}

test.each(Object.entries(readScripts))('scripts: %s', async (topic, scripts) => {
  const lines = scripts.map((text) => {
    const { scenario, diagnostics } = parseScenario(new SourceFile('x.pkt', text));
    expect(
      diagnostics.map((each) => told(each, text)),
      text,
    ).toEqual([]);
    const { events, header, options, sysctls, failure } = scenario;
    const { title, about, ...rest } = header;
    const beside = text.startsWith('//!') ? [`header ${shown({ title, about, ...rest, sysctls }, text)}`] : [];
    const first = options.length > 0 ? [`options ${shown(options, text)}`] : [];
    const last = failure ? [`failure ${shown(failure, text)}`] : [];
    return [
      text.trimEnd(),
      ...beside,
      ...first,
      ...events.flatMap((event) => [shown(event, text), ...sent(event)]),
      ...last,
    ].join('\n  ');
  });
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`goldens/read-${topic}.txt`);
});

test.each(Object.entries(wrongScripts))('scripts that are wrong: %s', async (topic, scripts) => {
  const lines = scripts.map((text) => {
    const { scenario, diagnostics } = parseScenario(new SourceFile('x.pkt', text));
    const found = [...diagnostics, ...checkScenario(scenario)].map((each) => told(each, text));
    return found.length === 0 ? `${text}nothing is wrong` : found.join('\n');
  });
  await expect(`${lines.join('\n\n')}\n`).toMatchFileSnapshot(`goldens/wrong-${topic}.txt`);
});
