import { describe, expect, it } from 'vitest';
import { check, run } from './check';

describe('include', () => {
  it('looks beside the file first for quotes, and only along the paths for brackets', () => {
    const files = { 'a/x.h': 'beside', 'include/x.h': 'path', 'include/y.h': '#include "x.h"', 'sys/z.h': 'system' };
    check('#include "x.h"\n#include <x.h>\n#include <y.h>\n#include <z.h>', 'beside path path system', [], {
      files,
      path: 'a/main.c',
      systemIncludePaths: ['sys'],
    });
  });

  it('takes the name from a macro', () => {
    check('#define H <x.h>\n#define Q(x) #x\n#include H\n#include Q(x.h)', 'one one', [], {
      files: { 'include/x.h': 'one' },
    });
  });

  it('goes on behind the path that gave the file for include_next', () => {
    check('#include <x.h>', 'first second', [], {
      files: { 'a/x.h': 'first\n#include_next <x.h>', 'b/x.h': 'second' },
      includePaths: ['a', 'b'],
    });
  });

  it('reads guarded files and files with #pragma once only once', () => {
    const files = {
      'include/g.h': '#ifndef G\n#define G\ng\n#endif',
      'include/o.h': '#pragma once\no',
      'include/n.h': 'n',
    };
    const result = check(
      '#include "g.h"\n#include "g.h"\n#include "o.h"\n#include <o.h>\n#include <n.h>\n#include <n.h>',
      'g o n n',
      [],
      { files },
    );
    expect(result.includes.map(({ path }) => path)).toEqual(['main.c', 'include/g.h', 'include/o.h', 'include/n.h']);
  });

  it('tells what is not found, at the name, and goes on', () => {
    const { diagnostics } = check('#include <none.h>\nx', 'x', ['1:SS1001']);
    expect(diagnostics[0]?.span).toMatchObject({ start: 9, end: 17 });
    expect(diagnostics[0]?.remedy).toBeTruthy();
  });

  it('tells a malformed include', () => {
    check('#include\n#include foo\n#include "x.h" y', '1 2'.slice(3), ['1:SS1003', '2:SS1003', '3:SS1003'], {
      files: { 'include/x.h': '' },
    });
  });

  it('shows macros with where they are defined', () => {
    const { macros } = run('#include <x.h>\n#define OWN(a, rest...) a ## 1, rest', {
      files: { 'include/x.h': '#define SIZE  4 /* bytes */' },
    });
    expect(macros.get('SIZE')).toMatchObject({ body: '4', parameters: undefined, span: { start: 8, end: 12 } });
    expect(macros.get('OWN')).toMatchObject({ parameters: ['a', 'rest'], variadic: true, body: 'a ## 1, rest' });
    expect(macros.get('NONE')).toBeUndefined();
  });
});
