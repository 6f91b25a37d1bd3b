/**
 * The driver: resumes the innermost frame and, as long as frames return, enters their callers at the point after the
 * call; the machine says which they are, for it looks whether their headers are whole. `run(fp) → status`; on `returned`
 * the control word `top` holds the bottom frame that returned.
 */
import {
  Control,
  FRAME_FUNCTION,
  FRAME_HEADER,
  FRAME_PC,
  FRAME_RETURN,
  NATIVE_DEPTH,
  REGISTER_WORDS,
  type MemoryMap,
} from '../abi/memory-map';
import { Status } from '../abi/run-status';
import { CodeWriter, type BlockTarget } from './code-writer';
import { emitBlockService, LARGEST_BLOCK } from './emit-block-services';
import { emitSlabService } from './emit-slab';
import { Op } from './opcodes';
import { FUEL_BIAS, RETURNED_IMPORT, Type } from './target';

export function emitDriver(): Uint8Array {
  const writer = new CodeWriter(1);
  const fp = 0;
  const fuel = writer.newLocal('i32');
  const result = writer.newLocal('i32');
  const parent = writer.newLocal('i32');
  const entered = writer.newLocal('i32');
  const before = writer.newLocal('i32');
  writer.loadFuel();
  writer.set(fuel);
  const loop = writer.open(Op.loop);
  writer.get(fp);
  writer.load('i32', FRAME_PC);
  writer.set(before);
  writer.setControl(Control.callSite, () => writer.i32(-1));
  writer.get(fp);
  writer.tee(entered);
  writer.i32(1);
  writer.op(Op.i32_or);
  writer.get(fuel);
  for (let word = 0; word < REGISTER_WORDS; word++) {
    writer.i32(0);
  }
  writer.get(fp);
  writer.load('i32', FRAME_FUNCTION);
  writer.op(Op.call_indirect, Type.body, 0);
  writer.set(result);
  writer.tee(fuel);
  writer.op(Op.i32_eqz);
  writer.open(Op.if);
  emitOtherBody(writer, { fp, fuel, entered, before }, loop);
  writer.control(Control.status);
  writer.op(Op.return);
  writer.close();
  writer.get(fp);
  writer.get(result);
  writer.store('i32', FRAME_RETURN);
  writer.get(fp);
  writer.op(Op.call, RETURNED_IMPORT);
  emitToCaller(writer, { fp, fuel, parent });
  writer.get(parent);
  writer.set(fp);
  writer.br(loop);
  writer.close();
  writer.op(Op.unreachable);
  return writer.finish();
}

/**
 * The innermost frame did not return because its slice is over: goes round the loop again when that was only to change
 * bodies.
 */
function emitOtherBody(
  writer: CodeWriter,
  { fp, fuel, entered, before }: { fp: number; fuel: number; entered: number; before: number },
  loop: BlockTarget,
): void {
  writer.control(Control.status);
  writer.i32(Status.sliced);
  writer.op(Op.i32_eq);
  writer.open(Op.if);
  writer.control(Control.top);
  writer.tee(fp);
  writer.load('i32', FRAME_PC);
  writer.open(Op.if);
  writer.loadFuel();
  writer.tee(fuel);
  writer.i32(FUEL_BIAS);
  writer.op(Op.i32_ge_s);
  // Only to change bodies at the head of a loop. In the same place as before, the frame may be too large for the limit:
  // that is for the machine to set.
  writer.get(fp);
  writer.get(entered);
  writer.op(Op.i32_ne);
  writer.get(fp);
  writer.load('i32', FRAME_PC);
  writer.get(before);
  writer.op(Op.i32_ne);
  writer.op(Op.i32_or);
  writer.op(Op.i32_and);
  writer.brIf(loop);
  writer.close();
  writer.close();
}

/** The caller of a frame that returned, with the room that it has natively; leaves when there is none or it is damaged. */
function emitToCaller(writer: CodeWriter, { fp, fuel, parent }: { fp: number; fuel: number; parent: number }): void {
  writer.tee(parent);
  writer.i32(1);
  writer.op(Op.i32_lt_s);
  writer.open(Op.if);
  writer.setControl(Control.top, () => writer.get(fp));
  writer.storeFuel(fuel);
  writer.i32(Status.damaged);
  writer.i32(Status.returned);
  writer.get(parent);
  writer.op(Op.select);
  writer.op(Op.return);
  writer.close();
  writer.get(parent);
  writer.i32(NATIVE_DEPTH);
  writer.op(Op.i32_sub);
  writer.tee(fp);
  writer.control(Control.stackLimit);
  writer.op(Op.i32_gt_s);
  writer.open(Op.if); // the caller may go as deep as any other, natively
  writer.setControl(Control.stackLimit, () => writer.get(fp));
  writer.close();
}

/** A function that TypeScript implements, or nobody: hands its id and frame, arguments in memory, to the host. */
export function emitServiceStub(
  id: number,
  name: string,
  serviceImport: number,
  map: MemoryMap,
  largestBlock = LARGEST_BLOCK,
): Uint8Array {
  const writer = new CodeWriter(2 + REGISTER_WORDS);
  const fp = 0;
  const fuel = 1;
  const status = writer.newLocal('i32');
  writer.get(fp);
  writer.i32(1);
  writer.op(Op.i32_and);
  writer.open(Op.if);
  writer.get(fp);
  writer.i32(1);
  writer.op(Op.i32_sub);
  writer.set(fp);
  writer.else();
  emitBlockService(writer, name, fuel, 2, map, largestBlock);
  emitSlabService(writer, name, fuel, 2, map);
  for (let word = 0; word < REGISTER_WORDS; word++) {
    writer.get(fp);
    writer.get(2 + word);
    writer.store('i32', FRAME_HEADER + 4 * word);
  }
  writer.close();
  writer.storeFuel(fuel);
  writer.i32(id);
  writer.get(fp);
  writer.op(Op.call);
  writer.out.u32(serviceImport);
  writer.tee(status);
  writer.open(Op.if);
  writer.setControl(Control.status, () => writer.get(status));
  writer.i32(0);
  writer.set(fuel);
  writer.else();
  writer.loadFuel(); // the service may have taken some
  writer.set(fuel);
  writer.close();
  writer.get(fuel);
  writer.get(fp);
  writer.load('i32', FRAME_RETURN);
  return writer.finish();
}
