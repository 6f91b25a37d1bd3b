/**
 * The driver: resumes the innermost frame and, as long as frames return, enters their callers at the point after the call.
 * `run(fp) → status`; on `returned` the global `top` holds the bottom frame that returned.
 */
import { FRAME_FUNCTION, FRAME_PARENT, FRAME_PC } from '../ir/memory-map';
import { CodeWriter } from './code-writer';
import { Op } from './opcodes';
import { Global, Status } from './target';

export function emitDriver(): Uint8Array {
  const writer = new CodeWriter(1);
  const fp = 0;
  const status = writer.newLocal('i32');
  const parent = writer.newLocal('i32');
  const loop = writer.open(Op.loop);
  writer.get(fp);
  writer.get(fp);
  writer.load('i32', FRAME_PC);
  writer.get(fp);
  writer.load('i32', FRAME_FUNCTION);
  writer.op(Op.call_indirect, 0, 0);
  writer.tee(status);
  writer.open(Op.if);
  writer.get(status);
  writer.op(Op.return);
  writer.close();
  writer.get(fp);
  writer.load('i32', FRAME_PARENT);
  writer.tee(parent);
  writer.op(Op.i32_eqz);
  writer.open(Op.if);
  writer.get(fp);
  writer.globalSet(Global.top);
  writer.i32(Status.returned);
  writer.op(Op.return);
  writer.close();
  writer.get(parent);
  writer.set(fp);
  writer.br(loop);
  writer.close();
  writer.op(Op.unreachable);
  return writer.finish();
}

/** A function that TypeScript implements, or nobody: hands its id and frame to the host. */
export function emitServiceStub(id: number, serviceImport: number): Uint8Array {
  const writer = new CodeWriter(2);
  writer.i32(id);
  writer.get(0);
  writer.op(Op.call);
  writer.out.u32(serviceImport);
  return writer.finish();
}
