/**
 * A module with one function, compiled against a running image: it shares the image's memory. Calls of C functions go
 * through another module (`call-through.ts`) that has the image's table.
 */
import type { ResumePoint } from '../abi/debug-info';
import type { Image } from '../abi/image';
import type { LinkedProgram } from '../ir/link';
import type { LoweredFunction } from '../ir/instructions';
import { Control, FRAME_RETURN } from '../abi/memory-map';
import { Status } from '../abi/run-status';
import { ByteWriter } from './byte-writer';
import { CALL_THROUGH_EXPORT, CALL_THROUGH_TYPE, withCallThrough } from './call-through';
import { CodeWriter } from './code-writer';
import { planFunction } from './function-plan';
import { emitResumable } from './emit-resumable';
import { preamble, section } from './module-writer';
import { Op } from './opcodes';
import { Type, type EmitTarget } from './target';

export interface Thunk {
  readonly wasm: Uint8Array;
  readonly resumePoints: readonly ResumePoint[];
  readonly frameSize: number;
}

/** Function indices. */
const CALL_THROUGH = 0;
const EXPRESSION = 1;
const START = 2;

/** Runs the function in a frame of its own and puts the result where it is looked for. */
function emitStart(): Uint8Array {
  const writer = new CodeWriter(1);
  const fp = 0;
  const result = writer.newLocal('i32');
  writer.get(fp);
  writer.i32(0);
  writer.loadFuel();
  writer.op(Op.call, EXPRESSION);
  writer.set(result);
  writer.op(Op.i32_eqz);
  writer.open(Op.if);
  writer.control(Control.status);
  writer.op(Op.return);
  writer.close();
  writer.get(fp);
  writer.get(result);
  writer.store('i32', FRAME_RETURN);
  writer.i32(Status.returned);
  return writer.finish();
}

/** The module exports `thunk (fp) → status`; the result lies in the frame header at `fp`. */
export function buildThunk(lowered: LoweredFunction, image: Image, program: Pick<LinkedProgram, 'addressOf'>): Thunk {
  const target: EmitTarget = {
    shadowStart: image.map.shadowStart,
    flagsStart: image.map.flagsStart,
    functionCount: image.debug.functions.length,
    callThrough: CALL_THROUGH,
    addressOf: (symbol) => program.addressOf(symbol),
    functionId: () => undefined,
  };
  const plan = planFunction(lowered, 0, 0, target, false);
  // There is no free body that a loop could be handed over to.
  const { code } = emitResumable({ ...plan, regions: undefined });
  const out = new ByteWriter();
  out.bytes(preamble);
  section(out, 1, (body) => body.bytes(withCallThrough));
  section(out, 2, (body) => {
    body.u32(2);
    const name = (text: string): void => {
      body.name('env');
      body.name(text);
    };
    name('memory');
    body.bytes([2, 1]);
    body.u32(image.map.pages);
    body.u32(image.map.pages);
    name(CALL_THROUGH_EXPORT);
    body.bytes([0, CALL_THROUGH_TYPE]);
  });
  section(out, 3, (body) => body.bytes([2, Type.resumable, Type.run]));
  section(out, 7, (body) => {
    body.u32(1);
    body.name('thunk');
    body.bytes([0, START]);
  });
  section(out, 10, (body) => {
    body.u32(2);
    body.bytes(code);
    body.bytes(emitStart());
  });
  return {
    wasm: out.take(),
    resumePoints: [...plan.resume.resumePoints, ...plan.faults.points],
    frameSize: lowered.frameSize,
  };
}
