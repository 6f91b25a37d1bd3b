/** Values of any width: bit-fields among their neighbours, and what is in no memory; and what cannot be watched. */
import { expect, test } from 'vitest';
import { openC } from '../session/c-session';
import { AdapterClient } from './adapter-client';

const text = `struct flags { unsigned a:1, b:3; int c:5; long long wide; } g;
int run(void) {
  g.a = 1;
  g.b = 5;
  g.c = -3;
  g.b = 6;
  g.a = 0;
  g.wide = 1;
  return g.b;
}
`;

async function launched(): Promise<AdapterClient> {
  return AdapterClient.launched(await openC(text), { stopOnEntry: true });
}

/** The lines at which the run stops, in one direction, up to its end. */
async function stops(client: AdapterClient, command: 'continue' | 'reverseContinue'): Promise<number[]> {
  const lines: number[] = [];
  while ((await client.move(command, { threadId: 2 })).reason === 'data breakpoint') {
    const { stackFrames } = await client.request('stackTrace', { threadId: 2, levels: 1 });
    lines.push(stackFrames[0].line);
  }
  return lines;
}

test.each([
  ['g.a', 1, [4, 8]],
  ['g.b', 3, [5, 7]],
  ['g.c', 5, [6]],
])('a data breakpoint on the bit-field %s stops where its own bits change, both ways', async (name, bits, lines) => {
  const client = await launched();
  const info = await client.request('dataBreakpointInfo', { name });
  expect(info).toMatchObject({ description: expect.stringContaining(`${bits} bit`), accessTypes: ['write'] });
  await client.request('setDataBreakpoints', { breakpoints: [{ dataId: info.dataId }] });
  expect(await stops(client, 'continue')).toEqual(lines);
  expect(await stops(client, 'reverseContinue')).toEqual([...lines].reverse());
  const { breakpoints } = await client.request('setDataBreakpoints', {
    breakpoints: [{ dataId: info.dataId, accessType: 'read' }],
  });
  expect(breakpoints[0]).toMatchObject({ verified: false, message: expect.stringContaining('bit-field') });
  const unit = await client.request('dataBreakpointInfo', { name, bytes: 4 });
  await client.request('setDataBreakpoints', { breakpoints: [{ dataId: unit.dataId }] });
  expect(await stops(client, 'continue')).toEqual([4, 5, 6, 7, 8]);
});

test.each([
  ['(char)200', '0xc8'],
  ['(short)-2', '0xfffe'],
  ['(unsigned char)255', '0xff'],
  ['(long long)-1', '0xffffffffffffffff'],
  ['1ULL << 40', '0x10000000000'],
  ['-5', '0xfffffffb'],
  ['g.wide - 1', '0xffffffffffffffff'],
])('%s in hexadecimal has the width of its type', async (expression, shown) => {
  const client = await launched();
  const { result } = await client.request('evaluate', { expression, context: 'watch', format: { hex: true } });
  expect(result).toBe(shown);
});

test('a signed bit-field in hexadecimal has its own bits', async () => {
  const client = await launched();
  await client.request('setExpression', { expression: 'g.c', value: '-3' });
  const { result } = await client.request('evaluate', { expression: 'g.c', context: 'watch', format: { hex: true } });
  expect(result).toBe('0x1d');
});

test.each([
  [{ name: '0', asAddress: true }, 'no 4 bytes at 0x00000000'],
  [{ name: '0x64', asAddress: true, bytes: 1 }, 'no 1 byte at 0x00000064'],
  [{ name: '0xffffffff', asAddress: true, bytes: 8 }, 'no 8 bytes at 0xffffffff'],
  [{ name: '0x1000', asAddress: true, bytes: 0 }, 'no 0 bytes'],
  [{ name: '0x1000', asAddress: true, bytes: 100_000_000 }, 'no 100000000 bytes'],
  [{ name: 'g.none' }, "no member 'none'"],
  [{ name: '1 + 1' }, 'Only values in memory'],
  [{ name: 'run' }, 'Only values in memory'],
])('%j cannot be watched, and why', async (args, why) => {
  const client = await launched();
  expect(await client.request('dataBreakpointInfo', args)).toEqual({
    dataId: null,
    description: expect.stringContaining(why),
  });
});

test('ids and sources that are none say so', async () => {
  const client = await launched();
  const { breakpoints } = await client.request('setDataBreakpoints', {
    breakpoints: ['x', '100:4:null page', '4294967295:8:beyond'].map((dataId) => ({ dataId })),
  });
  expect(
    breakpoints.map(({ verified, message }: { verified: boolean; message: string }) => [verified, message]),
  ).toEqual([
    [false, expect.stringContaining('dataBreakpointInfo')],
    [false, 'null page is not in memory'],
    [false, 'beyond is not in memory'],
  ]);
  const answer = await client.request('setBreakpoints', { source: { name: 't.c' }, breakpoints: [{ line: 3 }] });
  expect(answer.breakpoints).toEqual([
    { verified: false, reason: 'failed', message: expect.stringContaining('neither a path nor a reference') },
  ]);
});
