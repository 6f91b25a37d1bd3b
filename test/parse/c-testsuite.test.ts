/**
 * The programs of c-testsuite, when SOCKSCOPE_CTESTSUITE names a copy of it: each parses without a syntax error, and its
 * tree, printed and parsed again, prints the same.
 */
import { english } from '../sentences/english';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { printUnit } from './print-c';
import { Parsing, squeeze } from './c-parser';

const root = process.env['SOCKSCOPE_CTESTSUITE'];
const folder = ['tests/single-exec', 'single-exec', '.']
  .map((part) => join(root ?? '', part))
  .find((path) => existsSync(join(path, '00001.c')));

const headers = ['stdio', 'stdlib', 'string', 'math', 'stdarg', 'stddef', 'stdint', 'limits', 'assert', 'wchar'];
const header = `#ifndef H
#define H
typedef unsigned int size_t; typedef __builtin_va_list va_list; typedef struct file FILE; typedef int wchar_t, ptrdiff_t;
typedef signed char int8_t; typedef unsigned char uint8_t; typedef short int16_t; typedef unsigned short uint16_t; typedef int int32_t, intptr_t;
typedef unsigned int uint32_t, uintptr_t; typedef long long int64_t; typedef unsigned long long uint64_t;
#define va_arg(ap, type) __builtin_va_arg(ap, type)
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif
`;

describe.skipIf(!folder)('c-testsuite', () => {
  let c: Parsing;
  beforeAll(async () => {
    c = await Parsing.start();
  });
  const files = Object.fromEntries(headers.map((name) => [`${name}.h`, header]));
  it.each(folder ? readdirSync(folder).filter((name) => name.endsWith('.c')) : [])('%s', (name) => {
    const unit = c.unit(readFileSync(join(folder ?? '', name), 'utf8'), files);
    expect(unit.diagnostics.map(({ message }) => english(message))).toEqual([]);
    const printed = squeeze(printUnit(unit.items));
    const again = c.unit(printUnit(unit.items));
    expect(again.diagnostics.map(({ message }) => english(message))).toEqual([]);
    expect(squeeze(printUnit(again.items))).toBe(printed);
  });
});
