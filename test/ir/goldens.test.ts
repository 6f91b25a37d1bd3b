/** The IR of small C functions, compared with golden files; CONTRIBUTING.md says how they are rewritten. */
import { expect, test } from 'vitest';
import { lowerFunction } from '../../src/ir/lower-function';
import { checkC, functionNamed } from '../semantic/check-c';
import { programs } from './golden-programs';
import { printIr } from './print-ir';

test.each(Object.keys(programs))('%s', async (name) => {
  const text = programs[name]!;
  const lowered = lowerFunction(functionNamed(checkC(text), 'run'));
  await expect(`${text}\n${printIr(lowered)}\n`).toMatchFileSnapshot(`goldens/${name}.txt`);
});
