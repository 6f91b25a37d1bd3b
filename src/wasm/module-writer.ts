/**
 * Sections of a wasm module around a list of function bodies (core specification, section 5.5).
 */
import { ByteWriter } from './byte-writer';
import { MARKS_SECTION } from './store-marks';
import { FIRST_FUNCTION, Type, typeSection } from './target';

export interface ModuleParts {
  /** Code entries of the functions by id: free bodies and services. */
  readonly bodies: readonly Uint8Array[];
  /** Code entries of the resumable bodies, in order of the functions that have one. */
  readonly resumables: readonly Uint8Array[];
  readonly driver: Uint8Array;
  /** Pages of 64 KiB of the imported memory. */
  readonly pages: number;
  /** What the code belongs to: see `store-marks.ts`. */
  readonly marks: Uint8Array;
  /**
   * Text of a custom section that makes the module unlike any other, so that an engine does not share its compiled code.
   */
  readonly identity?: string;
}

/** The magic number, and the version of the format. */
export const preamble: readonly number[] = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** A section: its id, its length, its content. */
export function section(out: ByteWriter, id: number, write: (body: ByteWriter) => void): void {
  const body = new ByteWriter();
  write(body);
  out.byte(id);
  out.u32(body.length);
  out.bytes(body.take());
}

/** What the host gives: three functions, and the memory. */
function writeImports(body: ByteWriter, pages: number): void {
  const imported = (name: string, description: readonly number[]): void => {
    body.name('env');
    body.name(name);
    body.bytes(description);
  };
  body.u32(4);
  imported('service', [0, Type.service]);
  imported('entered', [0, Type.run]);
  imported('returned', [0, Type.run]);
  imported('memory', [2, 1]);
  body.u32(pages);
  body.u32(pages);
}

export function writeModule(parts: ModuleParts): Uint8Array {
  const out = new ByteWriter();
  const count = parts.bodies.length;
  const resumables = parts.resumables.length;
  out.bytes(preamble);
  section(out, 1, (body) => body.bytes(typeSection));
  section(out, 2, (body) => writeImports(body, parts.pages));
  section(out, 3, (body) => {
    body.u32(count + resumables + 1);
    parts.bodies.forEach(() => body.byte(Type.body));
    parts.resumables.forEach(() => body.byte(Type.resumable));
    body.byte(Type.run);
  });
  section(out, 4, (body) => {
    body.bytes([1, 0x70, 0]);
    body.u32(count);
  });
  section(out, 7, (body) => {
    body.u32(2);
    body.name('table');
    body.bytes([1, 0]);
    body.name('run');
    body.byte(0);
    body.u32(FIRST_FUNCTION + count + resumables);
  });
  section(out, 9, (body) => {
    body.bytes([1, 0, 0x41, 0, 0x0b]);
    body.u32(count);
    for (let i = 0; i < count; i++) {
      body.u32(FIRST_FUNCTION + i);
    }
  });
  section(out, 10, (body) => {
    body.u32(count + resumables + 1);
    parts.bodies.forEach((code) => body.bytes(code));
    parts.resumables.forEach((code) => body.bytes(code));
    body.bytes(parts.driver);
  });
  section(out, 0, (body) => {
    body.name(MARKS_SECTION);
    body.bytes(parts.marks);
  });
  if (parts.identity !== undefined) {
    section(out, 0, (body) => {
      body.name('sockscope');
      body.name(parts.identity ?? '');
    });
  }
  return out.take();
}
