/**
 * `sockscope layout STRUCT…`: how the compiler lays out structs and typedefs. Out: size, alignment and fields with
 * offset, size and type, in bytes; a bit-field's offset is that of the byte which holds its first bit, its bit offset
 * counts from there.
 */
import type { ProgramFacts, RecordType } from '../../query/program-facts';
import { suggestion } from '../suggestion';
import type { Command } from '../command';
import type { Context } from '../context';

interface FieldLayout {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly type: string;
  readonly bitOffset?: number;
  readonly bitSize?: number;
  /** Members of a struct or union without a tag. */
  readonly fields?: readonly FieldLayout[];
}

interface StructLayout {
  readonly name: string;
  readonly size: number;
  readonly align: number;
  readonly fields: readonly FieldLayout[];
}

export const layoutCommand: Command = {
  name: 'layout',
  usage: 'layout STRUCT…',
  summary: { en: 'size, and fields with offset, size and type', zh: '结构体的大小，及各成员的偏移、大小和类型' },
  words: [1, 1000],
  async run(context) {
    const { query, ok } = await context.compiled();
    const { facts } = query;
    if (!facts) {
      return 2;
    }
    const layouts: StructLayout[] = [];
    let missing = false;
    for (const word of context.args.words) {
      const record = facts.record(word);
      const named = record ?? facts.named(word);
      const damage = facts.damageOf(named);
      if (named && damage) {
        missing = true;
        const { member, record: owner, file, line } = damage;
        const place = `${facts.pathOf(file)}:${line}`;
        context.fail(
          'SS3003',
          {
            en: `the layout of '${word}' is not known: ${member === '' ? 'a member' : `member '${member}'`} of '${owner}' makes no sense, ${place}`,
            zh: `“${word}”的布局无从得知：“${owner}”的${member === '' ? '一个成员' : `成员“${member}”`}没有意义，${place}`,
          },
          { en: 'correct the member first', zh: '请先更正这个成员' },
        );
      } else if (named && (record === undefined || record.complete)) {
        layouts.push({
          name: word.replace(/^(struct|union)\s+/, ''),
          size: named.size,
          align: record?.align ?? named.size,
          fields: record ? fieldsOf(record, facts) : [],
        });
      } else {
        missing = true;
        context.fail(
          'SS3003',
          { en: `there is no struct '${word}' in the compiled kernel`, zh: `已编译的内核里没有结构体“${word}”` },
          suggestion(word.replace(/^(struct|union)\s+/, ''), facts.typeNames()),
        );
      }
    }
    if (context.json) {
      context.printJson(layouts);
    } else {
      layouts.forEach((layout) => print(context, layout));
    }
    return missing || !ok ? 2 : 0;
  },
};

function fieldsOf(record: RecordType, facts: ProgramFacts, depth = 0): FieldLayout[] {
  return record.fields.map((field) => ({ ...fieldLayout(field, facts), ...innerFields(field, facts, depth) }));
}

function fieldLayout(field: RecordType['fields'][number], facts: ProgramFacts): FieldLayout {
  const { name, offset, spelling, bitOffset, bitSize } = field;
  const size = facts.type(field.type)?.size ?? 0;
  return bitOffset === undefined
    ? { name, offset, size, type: spelling }
    : { name, offset: offset + (bitOffset >> 3), size, type: spelling, bitOffset: bitOffset & 7, bitSize };
}

function innerFields(
  field: RecordType['fields'][number],
  facts: ProgramFacts,
  depth: number,
): { fields?: readonly FieldLayout[] } {
  const type = facts.type(field.type);
  return type?.kind === 'record' && type.name === '' && depth < 8 ? { fields: fieldsOf(type, facts, depth + 1) } : {};
}

function print(context: Context, { name, size, align, fields }: StructLayout): void {
  context.line(
    context.say({
      en: `struct ${name}: ${size} bytes, aligned to ${align}`,
      zh: `struct ${name}：${size} 字节，按 ${align} 字节对齐`,
    }),
  );
  printFields(context, fields, '  ', 0);
  context.line('');
}

function printFields(context: Context, fields: readonly FieldLayout[], indent: string, base: number): void {
  for (const { name, offset, size, type, bitOffset, bitSize, fields: inner } of fields) {
    const bits = bitSize === undefined ? '' : `:${bitSize} @${bitOffset}`;
    context.line(`${indent}${String(base + offset).padStart(5)} ${String(size).padStart(5)}  ${name}${bits}  ${type}`);
    if (inner) {
      printFields(context, inner, `${indent}  `, base + offset);
    }
  }
}
