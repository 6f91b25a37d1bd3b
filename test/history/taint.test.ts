/**
 * Where values come from, beside a taint run that knows nothing of how origins are found: a byte is changed in the past,
 * the run goes on from there, and every byte of memory that is another one afterwards is tainted by it. The origin of a
 * tainted byte must lead through the byte that was changed; what is said to be moved from it must be changed like it.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { OpenOptions } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import type { OriginNode } from '../../src/history/origin-types';
import { wording } from '../../src/sentences/wording';
import { kernels } from '../session/walker';
import { ranToEnd, type OpenedHistory } from './history-session';

/** Values that are looked at in each scenario; more of both when somebody asks for it. */
const PICKS = Number(process.env['SOCKSCOPE_PICKS'] ?? 5);
const few = ['handshake', 'udp-waits'];
const more = ['connection-life', 'fast-retransmit', 'backlog-overflow', 'wake-one', 'interrupted-connect', 'raw-ping'];
const most = [...few, ...more, 'half-close', 'reset-by-linger', 'syn-ack-lost', 'simultaneous-open'];
const scenarios = PICKS > 5 ? most : few;
/** Statements from the change to the moment at which memory is compared. */
const FURTHEST = 3_000;
/** Kernel heap that the scenarios here use. */
const HEAP = 1 << 20;
/** Tainted bytes of one run whose origin is asked for. */
const ASKED = 4;

/** The same numbers for the same seed (Park and Miller, "Random number generators: good ones are hard to find", 1988). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 0x7fffffff;
    return state % below;
  };
}

/** The statements of a span, in order, as a digest. */
async function path({ history }: OpenedHistory, from: number, to: number): Promise<string> {
  const digest = createHash('sha1');
  await history.replayer.replay(
    { from, to },
    { statements: 'all', onStatement: ({ statement, task }) => void digest.update(`${task}:${statement} `) },
  );
  return digest.digest('hex');
}

async function memoryOf({ session, history }: OpenedHistory): Promise<Memory> {
  const { dataStart, heapStart } = await history.replayer.at(0, ({ map }) => map);
  return { start: dataStart, bytes: session.readMemory(dataStart, heapStart + HEAP - dataStart).bytes.slice() };
}

interface Memory {
  readonly start: number;
  readonly bytes: Uint8Array;
}

const all = (node: OriginNode): OriginNode[] => [node, ...node.children.flatMap(all)];

/** Nodes that the root was only moved from, with the moves between. */
function movedFrom(node: OriginNode): OriginNode[] {
  const [child] = node.children;
  return node.kind === 'moved' && child && child.size === node.size ? [child, ...movedFrom(child)] : [];
}

/** Whether a tree leads through a byte as it was at a clock; undefined when the tree does not tell all. */
function leadsThrough(tree: OriginNode, address: number, clock: number): boolean | undefined {
  const nodes = all(tree);
  const isThere = nodes.some(
    (node) =>
      address >= node.address &&
      address < node.address + node.size &&
      node.clock >= clock &&
      (node.written === undefined || node.written.clock < clock),
  );
  const isCut = nodes.some(({ kind, children }) => kind === 'unknown' || kind === 'service' || children.length >= 8);
  return isThere || (isCut ? undefined : false);
}

/** The clock of the last write of a byte before a moment of the line that is on show. */
async function writtenAt({ history }: OpenedHistory, address: number, before: number): Promise<number> {
  const found = await history.changes.last({ address, size: 1 }, before);
  return found.kind === 'change' ? found.change.clock : -1;
}

interface Change {
  readonly address: number;
  readonly clock: number;
  readonly to: number;
}

/** Changes a byte and runs on; undefined when that cannot be done or the run takes another way. */
async function taint(opened: OpenedHistory, { address, clock, to }: Change): Promise<Uint8Array | undefined> {
  const { session } = opened;
  await session.branches.switchTo('first', to);
  const way = await path(opened, clock, to);
  await session.travelTo(clock);
  const [byte = 0] = session.readMemory(address, 1).bytes;
  if (session.writeMemory(address, Uint8Array.of(byte ^ 1)).written < 1) {
    return undefined; // user memory, which C cannot write
  }
  await session.travelTo(to);
  const isSame = session.stop.reason === 'goto' && session.stop.clock === to && (await path(opened, clock, to)) === way;
  return isSame ? (await memoryOf(opened)).bytes : undefined;
}

/** Origins of bytes that a change has tainted, each with whether it leads through what was changed. */
async function tainted(opened: OpenedHistory, change: Change, random: (below: number) => number): Promise<boolean[]> {
  const { session, history } = opened;
  const changed = await taint(opened, change);
  if (!changed) {
    return [];
  }
  const writes = new Map<number, number>();
  const candidates: number[] = [];
  await session.branches.switchTo('first', change.to);
  const before = await memoryOf(opened);
  before.bytes.forEach((byte, index) => byte !== changed[index] && candidates.push(before.start + index));
  const line = session.branches.list().at(-1)?.name ?? '';
  const chosen = Array.from(
    { length: Math.min(ASKED, candidates.length) },
    () => candidates[random(candidates.length)] ?? 0,
  );
  await session.branches.switchTo(line, change.to);
  for (const address of chosen) {
    writes.set(address, await writtenAt(opened, address, change.to));
  }
  await session.branches.switchTo('first', change.to);
  const verdicts: boolean[] = [];
  for (const address of new Set(chosen)) {
    // What lies elsewhere because an address was changed is not moved from there.
    if (writes.get(address) !== (await writtenAt(opened, address, change.to)) && address !== change.address) {
      continue;
    }
    const target = { address, size: 1, label: 'byte', clock: change.to };
    const tree = await history.origins.of(target, { hops: 200, depth: 8 });
    const verdict = leadsThrough(tree, change.address, change.clock);
    if (verdict !== undefined) {
      verdicts.push(verdict);
      expect([change, address, verdict, told(tree)]).toEqual([change, address, true, told(tree)]);
    }
  }
  return verdicts;
}

const told = (tree: OriginNode): string[] =>
  all(tree).map(
    ({ kind, label, address, size, clock, written }) =>
      `${kind} ${wording(label, 'en')} ${address}+${size} at ${clock}, ${written?.function ?? ''} ${written?.clock ?? ''}`,
  );

/** A value of the frame on show, and its origin. */
async function anyValue(
  { session, history }: OpenedHistory,
  random: (below: number) => number,
): Promise<OriginNode | undefined> {
  const [frame] = session.stack(session.stop.thread);
  const locals = frame ? session.locals(frame).filter(({ size, scalar }) => size && scalar.kind !== 'none') : [];
  const local = locals[random(Math.max(1, locals.length))];
  return local?.address === undefined || !local.size
    ? undefined
    : history.origins.of(
        { address: local.address, size: local.size, label: local.name, clock: session.stop.clock },
        { hops: 24 },
      );
}

/** What is only moved from a byte is changed when that is; undefined when the run takes another way then. */
async function movesAlong(opened: OpenedHistory, root: OriginNode, from: OriginNode): Promise<boolean | undefined> {
  const { session } = opened;
  const read = (): Uint8Array => session.readMemory(root.address, root.size).bytes.slice();
  await session.branches.switchTo('first', root.clock);
  const before = read();
  const changed = await taint(opened, { address: from.address, clock: from.clock, to: root.clock });
  const after = changed && read();
  await session.branches.switchTo('first');
  return after && after.filter((byte, index) => byte === ((before[index] ?? 0) ^ 1)).length === 1;
}

async function check(
  scenario: string,
  kernel: OpenOptions['kernel'],
): Promise<{ readonly moved: number; readonly bytes: number }> {
  const opened = await ranToEnd(scenario, kernel);
  const { session }: { readonly session: SessionApi } = opened;
  const end = session.stop.clock;
  const random = numbers(scenario.length * 6053);
  const counts = { moved: 0, bytes: 0 };
  for (let pick = 0; pick < PICKS; pick++) {
    await session.branches.switchTo('first', 300 + random(end - 300));
    const root = await anyValue(opened, random);
    const from = root && movedFrom(root).filter(({ clock }) => clock > root.clock - FURTHEST);
    const node = from?.[random(Math.max(1, from.length))];
    if (!root || !node) {
      continue;
    }
    const verdict = await movesAlong(opened, root, node);
    expect([told(root), verdict ?? true]).toEqual([told(root), true]);
    counts.moved += verdict ? 1 : 0;
    const to = Math.min(end - 1, node.clock + 200 + random(FURTHEST));
    const verdicts = await tainted(
      opened,
      { address: node.address + random(node.size), clock: node.clock, to },
      random,
    );
    counts.bytes += verdicts.length;
  }
  return counts;
}

const cases = kernels.flatMap(([name, kernel]) => scenarios.map((scenario) => [name, scenario, kernel] as const));

test.each(cases)('origins are those that a taint run finds: %s, %s', async (name, scenario, kernel) => {
  const { moved, bytes } = await check(scenario, kernel);
  if (PICKS > 5) {
    console.info(`${name}, ${scenario}: ${moved} values, ${bytes} tainted bytes`);
  }
  expect(moved + bytes).toBeGreaterThan(0);
});
