/** Structures of the bundled kernel's headers against Linux 2.4.0 as gcc -m32 lays it out: every size, every offset. */
import { itemAt } from '../../src/base/checked-access';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledKernel } from '../scenario/bundled-kernel';
import { KERNEL } from './native-kernel';
import { canRun32, gcc, output32 } from './run32';

const LAYOUT = resolve(__dirname, '../../../shared/oracles/layout-2.4.0.json');

interface Field {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly bitOffset?: number;
  readonly bitSize?: number;
}

interface Layout {
  readonly size: number;
  readonly fields?: readonly Field[];
}

/** Shortened on purpose: real names, but not all of them. */
const SHORTENED = new Set(['struct task_struct', 'struct file', 'struct inode', 'struct dentry', 'struct net_device']);
/** Not in the bundled kernel. */
const ABSENT = new Set(['struct neighbour', 'struct page', 'struct files_struct']);

const HEADERS = ['linux/fs.h', 'linux/interrupt.h', 'net/protocol.h', 'net/route.h', 'net/tcp.h', 'net/udp.h'];

/** Sizes and offsets as gcc -m32 compiles our headers; a bit-field's as the bits that are set when it is all ones. */
function compiled(structs: ReadonlyArray<readonly [string, Layout]>, headers: readonly string[]): string {
  const lines = structs.flatMap(([type, layout]) => {
    const fields = (layout.fields ?? []).filter((field) => field.name !== '');
    return [
      `  printf("${type} %u\\n", (unsigned)sizeof(${type}));`,
      ...fields.map((field) =>
        field.bitSize === undefined
          ? `  printf("${type}.${field.name} %u %u\\n", (unsigned)__builtin_offsetof(${type}, ${field.name}), (unsigned)sizeof(((${type} *)0)->${field.name}));`
          : `  { static ${type} x; x.${field.name} = ~0; bits("${type}.${field.name}", (unsigned char *)&x, sizeof(x)); }`,
      ),
    ];
  });
  return `${headers.map((header) => `#include <${header}>\n`).join('')}extern int printf(const char *, ...);
static void bits(const char *name, unsigned char *p, unsigned size)
{
  unsigned i, first = 8 * size, count = 0;
  for (i = 0; i < 8 * size; i++)
    if (p[i / 8] >> i % 8 & 1) { count++; if (i < first) first = i; }
  printf("%s bits %u %u\\n", name, first, count);
}
int main(void)
{
${lines.join('\n')}
  return 0;
}
`;
}

/** What {@link compiled} prints when the headers are right. */
function expected(structs: ReadonlyArray<readonly [string, Layout]>): string[] {
  return structs.flatMap(([type, layout]) => [
    `${type} ${layout.size}`,
    ...(layout.fields ?? [])
      .filter((field) => field.name !== '')
      .map((field) =>
        field.bitSize === undefined
          ? `${type}.${field.name} ${field.offset} ${field.size}`
          : `${type}.${field.name} bits ${8 * field.offset + (field.bitOffset ?? 0)} ${field.bitSize}`,
      ),
  ]);
}

/** Compiles and runs the printer, and gives its lines. */
function printed(structs: ReadonlyArray<readonly [string, Layout]>, headers: readonly string[] = HEADERS): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'sockscope-layout-'));
  const program = join(dir, 'layout');
  writeFileSync(join(dir, 'layout.c'), compiled(structs, headers));
  const flags = ['-O0', '-w', '-fno-builtin', '-nostdinc', '-std=gnu89', '-D__KERNEL__', '-I', join(KERNEL, 'include')];
  gcc(...flags, join(dir, 'layout.c'), '-o', program);
  return output32(program).trim().split('\n');
}

describe.skipIf(!canRun32())('layout by our compiler', () => {
  it('equals that of gcc -m32 in every struct of the bundled headers', async () => {
    const { image } = await bundledKernel();
    const { types, files } = image.debug;
    const headers = new Set([...HEADERS, 'linux/udp.h']);
    const inHeaders = types.flatMap((type): (readonly [string, Layout])[] => {
      const header = type.kind === 'record' && type.file !== undefined ? files[type.file] : undefined;
      if (type.kind !== 'record' || type.name === '' || !type.complete || !header?.startsWith('include/')) {
        return [];
      }
      headers.add(header.slice('include/'.length));
      return [
        [
          `${type.tag} ${type.name}`,
          { size: type.size, fields: type.fields.map((field) => ({ ...field, size: itemAt(types, field.type).size })) },
        ],
      ];
    });
    const ours = [...new Map(inHeaders)];
    for (const name of [
      'struct sock',
      'struct tcp_opt',
      'struct socket',
      'struct proto',
      'struct proto_ops',
      'struct sk_buff_head',
    ]) {
      expect(ours.map(([type]) => type)).toContain(name);
    }
    expect(printed(ours, [...headers])).toEqual(expected(ours));
    expect(ours.length).toBeGreaterThan(60);
  });
});

describe.skipIf(!existsSync(LAYOUT) || !canRun32())('layout of the bundled headers', () => {
  it('equals 2.4.0 in every struct that is defined in full', () => {
    const { structs } = JSON.parse(readFileSync(LAYOUT, 'utf8')) as { structs: Record<string, Layout> };
    const ours = Object.entries(structs).filter(([type]) => !SHORTENED.has(type) && !ABSENT.has(type));
    expect(printed(ours)).toEqual(expected(ours));
    expect(ours.length).toBeGreaterThan(35);
  });
});
