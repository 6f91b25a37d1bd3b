/** The table of macros at a point of a unit, as an array without gaps. */
import { expect, test } from 'vitest';
import { AtomTable } from '../../src/preprocess/atoms';
import { MacroTable } from '../../src/preprocess/macro-table';
import { preprocess } from '../../src/preprocess/preprocess';
import { MemoryLoader } from '../../src/source/file-loader';
import { SourceFile } from '../../src/source/source-file';

test('has no gaps, whatever is defined, undefined and taken back', () => {
  const names = Array.from({ length: 3000 }, (_, index) => `n${index}`);
  const text = `int ${names.join(', ')};
#define LAST 1
#undef NEVER
#pragma push_macro("OTHER")
int ${names.map((name) => `m${name}`).join(', ')};
#define OTHER 2
#pragma pop_macro("OTHER")
`;
  const { macros } = preprocess(new SourceFile('a.c', text), { loader: new MemoryLoader([]), includePaths: [] });
  const { byAtom } = macros;
  expect(Object.keys(byAtom)).toHaveLength(byAtom.length);
  expect([macros.get('LAST')?.body, macros.get('OTHER'), macros.get('NEVER')]).toEqual(['1', undefined, undefined]);
  expect(macros.names()).toContain('LAST');
});

test('begins with room for what is known', () => {
  const atoms = new AtomTable();
  expect(new MacroTable(atoms).byAtom).toHaveLength(atoms.size);
});
