/**
 * A real Linux 2.4.0 tree, where `SOCKSCOPE_KERNEL` names one: layouts, functions, and the bundled scenarios run on it.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { beforeAll, describe, expect, test } from 'vitest';
import { diskTree } from '../../src/hosts/disk-tree';
import type { DebugType } from '../../src/abi/debug-info';
import { ProgramFacts } from '../../src/query/program-facts';
import { examineTree } from '../../src/trees/kernel-doctor';
import { identifyTree } from '../../src/trees/identify-tree';
import { STACK_SOURCES } from '../../src/trees/kernel-tree';
import { openProgram, openSession, ProgramCache } from '../../src/facade/open-session';
import type { Program } from '../../src/compile/program';
import { packetText } from '../../src/values/value-packet';
import type { Diagnostic } from '../../src/source/diagnostic';
import { mediaTexts } from '../cli/cli-fixture';
import { oracle, realTree, wasmFiles } from './tree-fixture';

interface OracleField {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly bitSize?: number;
}

const layouts = oracle('layout-2.4.0.json');
const media = mediaTexts();
const cache = new ProgramCache();

if (!realTree) {
  console.warn('test/tree/real-tree.test.ts is skipped: set SOCKSCOPE_KERNEL to the folder of a clean Linux 2.4.0');
}

describe.skipIf(!realTree)('Linux 2.4.0', () => {
  const kernel = { loader: diskTree(realTree ?? ''), name: 'tree' };
  let program: Program;
  let diagnostics: readonly Diagnostic[];

  beforeAll(async () => {
    const opened = await openProgram({ media, wasm: wasmFiles(), cache, kernel });
    program = given(opened.program, 'program');
    ({ diagnostics } = opened);
  });

  test('compiles without an error', () =>
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]));

  test.skipIf(!layouts)('lays out every struct as gcc does, task_struct excepted', () => {
    const { structs } = JSON.parse(given(layouts, 'layouts')) as {
      structs: Record<string, { size: number; fields?: readonly OracleField[] }>;
    };
    const facts = new ProgramFacts(program.image.debug);
    for (const [name, { size, fields }] of Object.entries(structs).filter(([each]) => each !== 'struct task_struct')) {
      const type = facts.record(name) ?? facts.named(name);
      expect({ name, size: type?.size, fields: type?.kind === 'record' ? fieldsOf(type, facts) : undefined }).toEqual({
        name,
        size,
        fields: fields?.map((each) => ({
          name: each.name ?? '',
          offset: each.offset,
          size: each.size,
          bitSize: each.bitSize,
        })),
      });
    }
    expect(Object.keys(structs)).toHaveLength(49);
  });

  test('compiles every function of the network stack', () => {
    const { functions, files } = program.image.debug;
    const stack = functions.filter(({ file }) => STACK_SOURCES.includes(itemAt(files, file)));
    expect(stack.filter(({ kind }) => kind !== 'compiled')).toEqual([]);
    expect(stack.length).toBeGreaterThan(700);
  });

  test('can step every function of the notes', () => {
    const kind = identifyTree(kernel.loader, 'tree');
    const { functions, missing } = examineTree(kind as Exclude<typeof kind, Diagnostic>, program, diagnostics);
    expect(functions.filter(({ steppable }) => steppable !== 'yes')).toEqual([]);
    expect(missing).toEqual([]);
  });

  test('tells the packets of lo from their IP header on', async () => {
    const { session } = await openSession({ media, wasm: wasmFiles(), cache, kernel, scenario: 'handshake' });
    await given(session, 'session').start({ stopOnEntry: false });
    const packets = given(session, 'session')
      .journal()
      .filter((entry) => entry.event === 'packet')
      .map(({ bytes, length }) => packetText(bytes, length));
    expect(packets[0]).toMatch(/^127\.0\.0\.1:\d+ > 127\.0\.0\.1:8080 \[S\] seq \d+, win \d+, len 0$/);
    expect(packets.filter((text) => /bytes$/.test(text))).toEqual([]);
    given(session, 'session').dispose();
  });

  test.each([
    'tcp-socket',
    'handshake',
    'udp-socket',
    'raw-ping',
    'connection-life',
    'closed-port',
    'data-retransmit',
    'simultaneous-open',
  ])('runs %s', async (scenario) => {
    const { session } = await openSession({ media, wasm: wasmFiles(), cache, kernel, scenario });
    await given(session, 'session').start();
    const stop =
      given(session, 'session').stop.reason === 'end'
        ? given(session, 'session').stop
        : await given(session, 'session').run('continue');
    expect({ reason: stop.reason, fault: stop.fault, expectation: stop.expectation }).toEqual({
      reason: 'end',
      fault: undefined,
      expectation: undefined,
    });
    given(session, 'session').dispose();
  });
});

function fieldsOf(type: Extract<DebugType, { readonly kind: 'record' }>, facts: ProgramFacts): OracleField[] {
  return type.fields.map(({ name, offset, type: id, bitOffset, bitSize }) => ({
    name,
    offset: offset + ((bitOffset ?? 0) >> 3),
    size: facts.type(id)?.size ?? 0,
    bitSize,
  }));
}
