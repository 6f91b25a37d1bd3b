/**
 * Our layout of structs and unions against `gcc -m32`, over random records: size, alignment, offset of every member and
 * the very bits of every bit-field (gcc's program sets one to all ones and looks where they went).
 */
import { given } from '../../src/base/checked-access';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CType, Field, RecordType } from '../../src/semantic/ctype';
import { layoutRecord, type Member } from '../../src/semantic/layout';
import {
  boolType,
  charType,
  doubleType,
  floatType,
  incompleteRecord,
  intType,
  longDoubleType,
  longLongType,
  shortType,
  TypeTable,
  unsignedCharType,
  unsignedIntType,
  unsignedLongLongType,
  unsignedShortType,
  voidType,
} from '../../src/semantic/types';
import { basicType } from '../../src/semantic/basic-types';
import { canRun32, gcc, output32 } from './run32';

const types = new TypeTable();
const integers = [
  charType,
  unsignedCharType,
  shortType,
  unsignedShortType,
  intType,
  unsignedIntType,
  longLongType,
  unsignedLongLongType,
  boolType,
];
const scalars: CType[] = [...integers, floatType, doubleType, longDoubleType, types.pointer(voidType)];

interface MemberSpec {
  readonly type: CType | RecordSpec;
  readonly count?: number;
  readonly width?: number;
  readonly named: boolean;
  readonly align?: number;
  readonly packed: boolean;
}

interface RecordSpec {
  readonly tag: 'struct' | 'union';
  readonly members: readonly MemberSpec[];
  readonly packed: boolean;
  readonly align?: number;
  /** `#pragma pack(limit)` around it; for a whole record, nested ones included. */
  readonly limit?: number;
}

const align = fc.option(fc.constantFrom(1, 2, 4, 8, 16), { nil: undefined, freq: 4 });
const rarely = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const bitField: fc.Arbitrary<MemberSpec> = fc
  .record({
    type: fc.constantFrom(...integers),
    fraction: fc.nat(),
    named: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
    packed: rarely,
  })
  .map(({ type, fraction, named, packed }) => {
    const bits = type === boolType ? 1 : type.size * 8;
    return { type, width: named ? 1 + (fraction % bits) : fraction % (bits + 1), named, packed };
  });
const scalar: fc.Arbitrary<MemberSpec> = fc.record({
  type: fc.constantFrom(...scalars),
  count: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 3 }),
  named: fc.constant(true),
  align,
  packed: rarely,
});

function record(depth: number): fc.Arbitrary<RecordSpec> {
  const nested: fc.Arbitrary<MemberSpec>[] =
    depth > 0
      ? [fc.record({ type: record(depth - 1), named: fc.boolean(), packed: rarely, align: fc.constant(undefined) })]
      : [];
  return fc.record({
    tag: fc.constantFrom('struct' as const, 'struct' as const, 'union' as const),
    members: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: bitField },
        { weight: 3, arbitrary: scalar },
        ...nested.map((arbitrary) => ({ weight: 1, arbitrary })),
      ),
      { minLength: 1, maxLength: 8 },
    ),
    packed: rarely,
    align: fc.option(fc.constantFrom(2, 8, 16), { nil: undefined, freq: 6 }),
    limit: fc.option(fc.constantFrom(1, 2, 4), { nil: undefined, freq: 6 }),
  });
}

function isPacked(member: MemberSpec): boolean {
  return member.packed && (member.named || !('members' in member.type));
}

/** C text of a record; anonymous members make the names of a whole tree distinct. */
function text(spec: RecordSpec, prefix: string): string {
  const members = spec.members.map((member, index) => {
    const name = `${prefix}_${index}`;
    // Behind an unnamed record the attribute would be the record's own.
    const attributes = `${isPacked(member) ? ' __attribute__((packed))' : ''}${member.align ? ` __attribute__((aligned(${member.align})))` : ''}`;
    const type =
      'members' in member.type
        ? text(member.type, name)
        : member.type.kind === 'pointer'
          ? 'void *'
          : (member.type as { name: string }).name;
    const array = member.count === undefined ? '' : `[${member.count}]`;
    const bits = member.width === undefined ? '' : ` : ${member.width}`;
    return `${type} ${member.named ? name : ''}${array}${bits}${attributes};`;
  });
  return `${spec.tag} ${spec.packed ? '__attribute__((packed)) ' : ''}${spec.align ? `__attribute__((aligned(${spec.align}))) ` : ''}{ ${members.join(' ')} }`;
}

/** `limit` is that of the outermost record: the pragma stands before all of it. */
function build(spec: RecordSpec, prefix: string, limit: number | undefined): RecordType {
  const members = spec.members.map((member, index): Member => {
    const name = `${prefix}_${index}`;
    const element = 'members' in member.type ? build(member.type, name, limit) : member.type;
    const type = member.count === undefined ? element : types.array(element, member.count);
    return {
      name: member.named ? name : undefined,
      type,
      spelling: '',
      width: member.width,
      align: member.align,
      packed: isPacked(member),
    };
  });
  const type = incompleteRecord(spec.tag, undefined, undefined);
  layoutRecord(type, members, { ...spec, limit });
  return type;
}

/**
 * What both sides say of a record: `size align`, then `name offset` or `name bit+width` per named member, anonymous ones
 * opened.
 */
function describeRecord(type: RecordType): string[] {
  const lines = [`${type.size} ${type.align}`];
  const walk = (fields: readonly Field[], base: number): void => {
    for (const field of fields) {
      if (field.bitSize !== undefined) {
        if (field.name !== undefined) {
          lines.push(
            `${field.name} bit ${(base + field.offset) * 8 + given(field.bitOffset, 'bit offset')}+${field.bitSize}`,
          );
        }
      } else if (field.name !== undefined) {
        lines.push(`${field.name} ${base + field.offset}`);
      } else if (field.type.kind === 'record') {
        walk(field.type.fields, base + field.offset);
      }
    }
  };
  walk(type.fields, 0);
  return lines;
}

function program(specs: readonly RecordSpec[]): string {
  const bodies = specs.map((spec, number) => {
    const pack = (operation: string): string => (spec.limit === undefined ? '' : `\n#pragma pack(${operation})\n`);
    const lines = [
      `${pack(`push, ${spec.limit}`)}  typedef ${text(spec, 'm')} T;${pack('pop')}`,
      '  printf("%d %d\\n", (int)sizeof(T), (int)_Alignof(T));',
    ];
    const walk = (record: RecordSpec, prefix: string): void => {
      record.members.forEach((member, index) => {
        const name = `${prefix}_${index}`;
        if (member.width !== undefined) {
          if (member.named) {
            const value = member.type === boolType ? '1' : '-1';
            lines.push(`  { T t; memset(&t, 0, sizeof t); t.${name} = ${value}; show("${name}", &t, sizeof t); }`);
          }
        } else if (member.named) {
          lines.push(`  printf("${name} %d\\n", (int)__builtin_offsetof(T, ${name}));`);
        } else if ('members' in member.type) {
          walk(member.type, name);
        }
      });
    };
    walk(spec, 'm');
    return `static void f${number}(void) {\n${lines.join('\n')}\n}`;
  });
  return `#include <stdio.h>
#include <string.h>
static void show(const char *name, const void *p, int size) {
  const unsigned char *b = p; int first = -1, count = 0;
  for (int i = 0; i < size * 8; i++) if (b[i / 8] >> i % 8 & 1) { if (first < 0) first = i; count++; }
  printf("%s bit %d+%d\\n", name, first, count);
}
${bodies.join('\n')}
int main(void) { ${specs.map((_, number) => `puts("#"); f${number}();`).join(' ')} return 0; }
`;
}

function askGcc(specs: readonly RecordSpec[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'layout-'));
  try {
    writeFileSync(join(folder, 'a.c'), program(specs));
    gcc('-w', '-o', join(folder, 'a'), join(folder, 'a.c'));
    return output32(join(folder, 'a'))
      .split('#\n')
      .slice(1)
      .map((part) => part.trimEnd().split('\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.skipIf(!canRun32())('random records lie as gcc -m32 lays them', () => {
  const rounds = Number(process.env['LAYOUT_ROUNDS'] ?? 2);
  for (let seed = 1; seed <= rounds; seed++) {
    const specs = fc.sample(record(2), { numRuns: 400, seed });
    const wanted = askGcc(specs);
    for (const [index, spec] of specs.entries()) {
      expect(describeRecord(build(spec, 'm', spec.limit)), text(spec, 'm')).toEqual(wanted[index]);
    }
  }
});

test('keywords make types in any order', () => {
  const name = (words: string): string | undefined => {
    const type = basicType(words.split(' ').filter(Boolean));
    return type && 'name' in type ? type.name : type?.kind;
  };
  expect(
    [
      '',
      'unsigned',
      'long int unsigned long',
      'short signed int',
      'char unsigned',
      'signed char',
      'long double',
      'double long',
      'void',
    ].map(name),
  ).toEqual([
    'int',
    'unsigned int',
    'unsigned long long',
    'short',
    'unsigned char',
    'signed char',
    'long double',
    'long double',
    'void',
  ]);
  expect(['long char', 'float int', 'signed unsigned', 'void int', 'long long long', 'short double'].map(name)).toEqual(
    [undefined, undefined, undefined, undefined, undefined, undefined],
  );
});
