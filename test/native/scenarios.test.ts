/**
 * The engine against `gcc -m32`: every bundled scenario runs on both, and at every return from a documented function all
 * kernel memory is the same, pointers compared by what they point to.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../src/scenario/pkt-check';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { SourceFile } from '../../src/source/source-file';
import { bundledKernel } from '../scenario/bundled-kernel';
import { recordRun } from './engine-run';
import { nativeKernel, type Output, runScript } from './native-kernel';
import { comparePictures, type Picture } from './picture';
import { canRun32 } from './run32';

const SCENARIOS = resolve(__dirname, '../../media/scenarios');

const WATCHED = new Set([
  'inet_create',
  'sock_init_data',
  'tcp_v4_init_sock',
  'raw_init',
  'inet_bind',
  'raw_bind',
  'inet_listen',
  'tcp_listen_start',
  'inet_accept',
  'tcp_accept',
  'wait_for_connect',
  'inet_stream_connect',
  'inet_wait_for_connect',
]);
/** At most so many differences are told for a scenario. */
const SHOWN = 12;

interface NativeDump {
  readonly returnFrom: string;
  readonly objects: ReadonlyArray<{ id: number; cache: string; address: number; bytes: string }>;
  readonly globals: ReadonlyArray<{ name: string; address: number; bytes: string }>;
  readonly stacks: ReadonlyArray<[number, number]>;
  readonly tasks: ReadonlyArray<{ pid: number; address: number; size: number }>;
}

const unhex = (text: string): Uint8Array => Buffer.from(text, 'hex');

function nativePicture(dump: NativeDump, texts: ReadonlyMap<number, string>): Picture {
  const { symbols } = nativeKernel();
  const functions = new Map(symbols.filter(({ kind }) => /t/i.test(kind)).map(({ address, name }) => [address, name]));
  return {
    ...dump,
    objects: dump.objects.map((object) => ({ ...object, bytes: unhex(object.bytes) })),
    globals: dump.globals.map((global) => ({ ...global, bytes: unhex(global.bytes) })),
    functionAt: (pointer) => functions.get(pointer),
    textAt: (address) => texts.get(address),
  };
}

/** Where string constants of the kernel may lie, by address. */
function stringConstants(): ReadonlyMap<number, string> {
  return nativeKernel().texts();
}

/** The recorded script with addresses of this build. */
function resolveNames(lines: readonly string[]): string[] {
  const { symbols } = nativeKernel();
  const address = (name: string): number => symbols.find((symbol) => symbol.name === name)?.address ?? 0;
  return lines.map((line) =>
    line
      .replace(/<global (\w+)>\+(\d+)/g, (_all, name: string, offset: string) => String(address(name) + Number(offset)))
      .replace(/<function (\w+)>/g, (_all, name: string) => String(address(name))),
  );
}

function nativeScript(name: string, capabilities: number, lines: readonly string[]): string {
  const { symbols } = nativeKernel();
  const watch = symbols
    .filter((symbol) => WATCHED.has(symbol.name))
    .map((symbol) => `watch ${symbol.name} ${symbol.address.toString(16)}`);
  const globals = symbols
    .filter(({ kind }) => /[db]/i.test(kind))
    .map((symbol) => `global ${symbol.name} ${symbol.address.toString(16)} ${symbol.size.toString(16)}`);
  return [...watch, ...globals, `case ${name} ${capabilities >>> 0}`, ...resolveNames(lines), 'memory', 'end', ''].join(
    '\n',
  );
}

describe.skipIf(!canRun32())('scenarios, engine against gcc -m32', () => {
  const files = readdirSync(SCENARIOS)
    .filter((name) => name.endsWith('.pkt'))
    .sort();

  it.each(files)('%s', async (name) => {
    const { scenario } = parseScenario(new SourceFile(name, readFileSync(join(SCENARIOS, name), 'utf8')));
    expect(checkScenario(scenario).filter(({ severity }) => severity === 'error')).toEqual([]);
    const run = await recordRun((await bundledKernel()).image, scenario, WATCHED);
    expect(run.failures).toEqual([]);

    const capabilities = scenario.header.capabilities.reduce(
      (bits, capability) =>
        bits |
        (1 <<
          ({ CAP_NET_RAW: 13, CAP_NET_BIND_SERVICE: 10, CAP_NET_ADMIN: 12, CAP_NET_BROADCAST: 11 }[capability] ?? 31)),
      0,
    );
    const output: Output[] = runScript(nativeScript(name, capabilities, run.script));
    expect(output.filter(({ fault }) => fault !== undefined)).toEqual([]);

    const texts = stringConstants();
    const native = output
      .filter(({ returnFrom }) => returnFrom !== undefined)
      .map((dump) => nativePicture(dump as unknown as NativeDump, texts));
    const differences = run.pictures.flatMap((picture, index) =>
      native[index]
        ? comparePictures(picture, native[index])
        : [`return ${index} from ${picture.returnFrom} did not happen`],
    );
    expect(differences.slice(0, SHOWN)).toEqual([]);
    expect(native.length).toBe(run.pictures.length);
  });
});
