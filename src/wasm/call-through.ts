/**
 * A module that calls what lies in a program's table of functions, for modules that do not import the table themselves.
 *
 * In: the number of functions. Out: a module that exports `call (fp, fuel, word 0, word 1, word 2, index) → (fuel, result)`.
 * An engine may keep each instance that imports a table for as long as the table itself, with a copy of it (V8 before
 * Node.js 22 does): one for a machine is nothing, one for each evaluated expression fills the memory.
 */
import { ByteWriter } from './byte-writer';
import { CodeWriter } from './code-writer';
import { preamble, section } from './module-writer';
import { Op } from './opcodes';
import { Type, typeSection } from './target';

/** Name of the function, among the exports here and the imports there. */
export const CALL_THROUGH_EXPORT = 'call';

const PARAMETERS = 6;
const I32 = 0x7f;
const [typeCount = 0, ...types] = typeSection;

/** The type section of every module with the type of the function behind it, and its index. */
export const withCallThrough: readonly number[] = [
  typeCount + 1,
  ...types,
  ...[0x60, PARAMETERS, ...new Array<number>(PARAMETERS).fill(I32), 2, I32, I32],
];
export const CALL_THROUGH_TYPE = typeCount;

export function buildCallThrough(functionCount: number): Uint8Array {
  const code = new CodeWriter(PARAMETERS);
  for (let parameter = 0; parameter < PARAMETERS; parameter++) {
    code.get(parameter);
  }
  code.op(Op.call_indirect, Type.body, 0);
  const body = code.finish();
  const out = new ByteWriter();
  out.bytes(preamble);
  section(out, 1, (content) => content.bytes(withCallThrough));
  section(out, 2, (content) => {
    content.u32(1);
    content.name('env');
    content.name('table');
    content.bytes([1, 0x70, 0]);
    content.u32(functionCount);
  });
  section(out, 3, (content) => content.bytes([1, CALL_THROUGH_TYPE]));
  section(out, 7, (content) => {
    content.u32(1);
    content.name(CALL_THROUGH_EXPORT);
    content.bytes([0, 0]);
  });
  section(out, 10, (content) => {
    content.u32(1);
    content.bytes(body);
  });
  return out.take();
}
