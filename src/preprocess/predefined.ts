/**
 * Macros that exist before the first line: those of the standard (C99 6.10.8) and the few type and limit macros of GNU C
 * that headers ask for, with their values on i386. What says who the compiler is (`__GNUC__`, `__linux__`) is the
 * caller's choice.
 */
import { SourceFile } from '../source/source-file';
import { known } from './atoms';
import { emptyList, Macro, type Computed } from './macro';

const standard: readonly (readonly [string, string])[] = [
  ['__STDC__', '1'],
  ['__STDC_VERSION__', '199901L'],
  ['__STDC_HOSTED__', '1'],
  ['__CHAR_BIT__', '8'],
  ['__SCHAR_MAX__', '127'],
  ['__SHRT_MAX__', '32767'],
  ['__INT_MAX__', '2147483647'],
  ['__LONG_MAX__', '2147483647L'],
  ['__LONG_LONG_MAX__', '9223372036854775807LL'],
  ['__SIZE_TYPE__', 'unsigned int'],
  ['__PTRDIFF_TYPE__', 'int'],
  ['__WCHAR_TYPE__', 'long int'],
  ['__WINT_TYPE__', 'unsigned int'],
  ['__SIZEOF_INT__', '4'],
  ['__SIZEOF_LONG__', '4'],
  ['__SIZEOF_LONG_LONG__', '8'],
  ['__SIZEOF_POINTER__', '4'],
  ['__ORDER_LITTLE_ENDIAN__', '1234'],
  ['__ORDER_BIG_ENDIAN__', '4321'],
  ['__BYTE_ORDER__', '1234'],
];

/** The file name under which predefined macros are known. */
export const predefinedPath = '<predefined>';

/** `#define` lines for the standard macros and then `defines` (name, or name with parameters → body), as a file. */
export function predefinedFile(defines: Readonly<Record<string, string>>): SourceFile {
  const line = ([name, body]: readonly [string, string]): string => `#define ${name} ${body}`.replace(/[\r\n]/g, ' ');
  const own = Object.entries(defines);
  const text = [...standard.filter(([name]) => !Object.hasOwn(defines, name)), ...own].map(line).join('\n');
  return new SourceFile(predefinedPath, `${text}\n`);
}

/** The macros that are computed where they are used. */
export function computedMacros(): Macro[] {
  const kinds: readonly (readonly [number, Computed])[] = [
    [known.__FILE__, 'file'],
    [known.__LINE__, 'line'],
    [known.__DATE__, 'date'],
    [known.__TIME__, 'time'],
    [known.__TIMESTAMP__, 'date'],
    [known.__COUNTER__, 'counter'],
    [known.__INCLUDE_LEVEL__, 'level'],
    [known.__BASE_FILE__, 'base'],
  ];
  const macros = kinds.map(([atom, computed]) => new Macro(atom, undefined, undefined, false, emptyList, computed));
  return [...macros, new Macro(known._Pragma, undefined, [known['']], false, emptyList, 'pragma')];
}
