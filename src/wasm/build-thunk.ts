/**
 * A module with one function, compiled against a running image: it shares the image's memory, function table, service dispatcher and
 * globals. Calls of C functions go through the table.
 */
import type { ResumePoint } from '../ir/debug-info';
import type { Image } from '../ir/image';
import type { LinkedProgram } from '../ir/link';
import type { LoweredFunction } from '../ir/instructions';
import { ByteWriter } from './byte-writer';
import { emitFunction } from './emit-function';
import { globalNames, type EmitTarget } from './target';

export interface Thunk {
  readonly wasm: Uint8Array;
  readonly resumePoints: readonly ResumePoint[];
  readonly frameSize: number;
}

/** The module exports `thunk (fp, pc) → status`; the result lies in the frame header at `fp`. */
export function buildThunk(lowered: LoweredFunction, image: Image, program: Pick<LinkedProgram, 'addressOf'>): Thunk {
  const target: EmitTarget = {
    check: 'shadow',
    shadowStart: image.map.shadowStart,
    flagsStart: image.map.flagsStart,
    functionCount: image.debug.functions.length,
    addressOf: (symbol) => program.addressOf(symbol),
    functionId: () => undefined,
  };
  const emitted = emitFunction(lowered, 0, 0, target);
  const out = new ByteWriter();
  const section = (id: number, write: (body: ByteWriter) => void): void => {
    const body = new ByteWriter();
    write(body);
    out.byte(id);
    out.u32(body.length);
    out.bytes(body.take());
  };
  out.bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  section(1, (body) => body.bytes([1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f]));
  section(2, (body) => {
    body.u32(2 + globalNames.length);
    const name = (text: string): void => {
      body.name('env');
      body.name(text);
    };
    name('memory');
    body.bytes([2, 1]);
    body.u32(image.map.pages);
    body.u32(image.map.pages);
    name('table');
    body.bytes([1, 0x70, 0]);
    body.u32(image.debug.functions.length);
    globalNames.forEach((global) => {
      name(global);
      body.bytes([3, 0x7f, 1]);
    });
  });
  section(3, (body) => body.bytes([1, 0]));
  section(7, (body) => {
    body.u32(1);
    body.name('thunk');
    body.bytes([0, 0]);
  });
  section(10, (body) => {
    body.u32(1);
    body.bytes(emitted.code);
  });
  return { wasm: out.take(), resumePoints: emitted.resumePoints, frameSize: lowered.frameSize };
}
