/**
 * Which statement each stretch of a module's code belongs to, as a custom section that engines ignore: what tells the
 * statement of a store without making it slower.
 *
 * In: for each code entry the local that holds its fuel and the emitter's marks. Out: the section's bytes, and back.
 * Numbers are LEB128; offsets are counted from the first instruction, offsets and statements as differences.
 */
import type { ByteReader } from './byte-reader';
import { ByteWriter } from './byte-writer';

export const MARKS_SECTION = 'sockscope.stores';

/** The marks of one code entry. */
export interface BodyMarks {
  readonly fuel: number;
  /** Triples of offset, statement within the function or -1, statements owed by the fuel. */
  readonly marks: readonly number[];
  readonly firstStatement: number;
}

/** A function that TypeScript implements: its stores belong to the statement that calls it. */
export const serviceMarks: BodyMarks = { fuel: 1, marks: [], firstStatement: 0 };

/** A stretch of code. */
export interface StoreMark {
  readonly offset: number;
  /** Statement of the program, or -1. */
  readonly statement: number;
  readonly owed: number;
}

export interface EntryMarks {
  readonly fuel: number;
  readonly isService: boolean;
  readonly marks: readonly StoreMark[];
}

export function writeMarks(entries: readonly BodyMarks[]): Uint8Array {
  const out = new ByteWriter();
  out.u32(entries.length);
  for (const { fuel, marks, firstStatement } of entries) {
    out.u32(fuel);
    out.u32(marks.length / 3);
    let offset = 0;
    let statement = 0;
    for (let at = 0; at < marks.length; at += 3) {
      const [nextOffset = 0, within = -1, owed = 0] = marks.slice(at, at + 3);
      const next = within < 0 ? -1 : firstStatement + within;
      out.u32(nextOffset - offset);
      out.s32(next - statement);
      out.u32(owed);
      offset = nextOffset;
      statement = next;
    }
  }
  return out.take();
}

export function readMarks(reader: ByteReader): EntryMarks[] {
  return Array.from({ length: reader.u32() }, () => {
    const fuel = reader.u32();
    const count = reader.u32();
    let offset = 0;
    let statement = 0;
    const marks = Array.from({ length: count }, () => {
      offset += reader.u32();
      statement += reader.s32();
      return { offset, statement, owed: reader.u32() };
    });
    return { fuel, isService: count === 0, marks };
  });
}
