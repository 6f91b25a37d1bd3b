/**
 * The kernel objects at moments of real runs, as the inspector and the step's changes tell of them, compared with golden
 * files; CONTRIBUTING.md says how they are rewritten.
 */
import { given } from '../../src/base/checked-access';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSession } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import type { ObjectCard } from '../../src/values/object-view';
import { mediaTexts } from '../cli/cli-fixture';
import { programCache } from '../program-cache';

const root = fileURLToPath(new URL('../../', import.meta.url));
const wasm = (path: string): Uint8Array => new Uint8Array(readFileSync(`${root}node_modules/${path}`));
const cache = programCache();
const media = mediaTexts();

/** A session on a bundled scenario that stands at the first statement of a function, the nth time it gets there. */
async function at(scenario: string, fn: string, nth = 1): Promise<SessionApi> {
  const { session } = await openSession({
    media,
    cache,
    scenario,
    wasm: { runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'), grammar: wasm('tree-sitter-c/tree-sitter-c.wasm') },
  });
  given(session, 'session').setFunctionBreakpoints([{ name: fn, hitCondition: `${nth}` }]);
  const stop = await given(session, 'session').start({ stopOnEntry: false });
  expect(stop.reason).toBe('function-breakpoint');
  given(session, 'session').setFunctionBreakpoints([]);
  return given(session, 'session');
}

function cardLines(card: ObjectCard): string[] {
  const { sock } = card;
  const facts = sock
    ? ` [${[sock.protocol, sock.state, sock.local, sock.remote].map((fact) => fact ?? '-').join(' | ')}]`
    : '';
  return [
    `${card.kind} ${card.typeName} ${card.state} ${card.expression}${card.summary === undefined ? '' : `: ${card.summary}`}${facts}`,
    ...card.important.flatMap((row) => [
      `  ${row.id} = ${row.short ?? row.display}`,
      ...(row.chain?.items ?? []).map(({ label, expression }) => `    ${label} (${expression})`),
    ]),
    `  and ${card.others.length} more`,
  ];
}

/** The picture around the stopped frames, addresses numbered as they come. */
function picture(session: SessionApi): string[] {
  const { cards, leftOff } = session.objectView(session.stack(session.stop.thread));
  const numbers = new Map<string, number>();
  const numbered = (address: string): string => {
    numbers.set(address, numbers.get(address) ?? numbers.size + 1);
    return `0x…${numbers.get(address)}`;
  };
  return [...cards.flatMap(cardLines), `${leftOff} left off`].map((line) =>
    line.replace(/\b0x[0-9a-f]{8}\b/g, numbered),
  );
}

/** The next steps, and what each changed. */
async function steps(session: SessionApi, count: number): Promise<string[]> {
  const lines: string[] = [];
  for (let step = 0; step < count; step++) {
    const [top] = session.stack(session.stop.thread);
    await session.run('into');
    lines.push(`${given(top, 'top').function}:`);
    lines.push(
      ...session.changes().map(({ path, from, to }) => `  ${path}: ${from} → ${to}`.replace(/0x[0-9a-f]{8}/g, '0x…')),
    );
  }
  return lines;
}

test.each([
  ['handshake', 'tcp_accept', 1],
  ['connection-life', 'tcp_recvmsg', 1],
  ['half-close', 'tcp_sendmsg', 1],
])('%s at %s', async (scenario, fn, nth) => {
  const session = await at(scenario, fn, nth);
  const before = picture(session);
  const changes = await steps(session, 25);
  // Of the second picture only what the first does not say.
  const after = picture(session).filter((line) => !before.includes(line));
  const text = [...before, '', ...changes, '', ...after].join('\n');
  await expect(`${text}\n`).toMatchFileSnapshot(`goldens/${scenario}.txt`);
});

test('what stands in for a sock in TIME_WAIT tells its state by name and its timeout as a duration', async () => {
  const session = await at('time-wait', 'tcp_tw_schedule');
  const bucket = picture(session)
    .join('\n')
    .replace(/[^]*struct tcp_tw_bucket/, '');
  expect(bucket).toMatch(/substate = TCP_FIN_WAIT2|substate = TCP_TIME_WAIT/);
  expect(bucket).toMatch(/timeout = \d+\.\d\d s/);
});
