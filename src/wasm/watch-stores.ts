/**
 * A module like another one that besides tells of every store into a chosen range of bytes, or of every load from it, at
 * full speed otherwise.
 *
 * In: a module as `module-writer.ts` writes it, with its marks (`store-marks.ts`). Out: the same code in which each store,
 * copy and fill goes through a function that makes it, compares the bytes with `Control.watchStart` and `watchSize`, and,
 * when they overlap, calls the service dispatcher with `-2 - statement` for an id and the fuel for a frame: the statement
 * is the one that the code belongs to, the fuel what it is when that statement has been counted. The stores of a
 * service's stub are the call's (`Control.callSite`), and say statement -1. Of a load, and of what a copy reads, address
 * and size are in `Control.loadAddress` and `loadSize` meanwhile.
 */
import { Control } from '../abi/memory-map';
import { allOf, type Parts } from '../base/parts';
import { ByteReader } from './byte-reader';
import { ByteWriter } from './byte-writer';
import { CodeWriter } from './code-writer';
import { Op } from './opcodes';
import { MARKS_SECTION, readMarks, type EntryMarks } from './store-marks';
import { FIRST_FUNCTION, SERVICE_IMPORT, Type } from './target';

/** Bytes that an opcode reads or writes, and the type of the value. */
type Accesses = ReadonlyMap<number, { readonly size: number; readonly value: number }>;

const stores: Accesses = new Map([
  [0x36, { size: 4, value: 0x7f }],
  [0x37, { size: 8, value: 0x7e }],
  [0x38, { size: 4, value: 0x7d }],
  [0x39, { size: 8, value: 0x7c }],
  [0x3a, { size: 1, value: 0x7f }],
  [0x3b, { size: 2, value: 0x7f }],
]);
const loads: Accesses = new Map([
  [0x28, { size: 4, value: 0x7f }],
  [0x29, { size: 8, value: 0x7e }],
  [0x2a, { size: 4, value: 0x7d }],
  [0x2b, { size: 8, value: 0x7c }],
  ...[1, 1, 2, 2].map((size, index) => [0x2c + index, { size, value: 0x7f }] as const),
  ...[1, 1, 2, 2, 4, 4].map((size, index) => [0x30 + index, { size, value: 0x7e }] as const),
]);
/** Bytes of code between two breaths: some ten milliseconds. */
const PART = 200_000;
const COPY = 10;
const FILL = 11;
const I32 = 0x7f;
/** Section ids. */
const TYPES = 1;
const FUNCTIONS = 3;
const CODE = 10;

/**
 * `(address, value, offset, fuel, statement)` for a store, the same without the value for a load, `(to, from or byte, size,
 * fuel, statement)` for a block.
 */
const LAST_ARGUMENTS = [I32, I32, I32] as const;

interface Section {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** The functions that make the accesses, by opcode (a block's is 0x100 + its sub-opcode): wasm function indices. */
type Watchers = ReadonlyMap<number, number>;

/** A module that tells of stores; in parts, since the code of a Linux tree takes some hundred milliseconds. */
export function watchingStores(wasm: Uint8Array): Parts<Uint8Array> {
  return watched(wasm, [...stores.keys(), 0x100 + COPY, 0x100 + FILL]);
}

/** The same of loads, and of what copies read. */
export function watchLoads(wasm: Uint8Array): Uint8Array {
  return allOf(watched(wasm, [...loads.keys(), 0x100 + COPY]));
}

function* watched(wasm: Uint8Array, keys: readonly number[]): Parts<Uint8Array> {
  const sections = sectionsOf(wasm);
  const custom = sections.find(({ id, start }) => id === 0 && new ByteReader(wasm, start).text() === MARKS_SECTION);
  const functions = sections.find(({ id }) => id === FUNCTIONS);
  if (!custom || !functions) {
    throw new Error('internal error: a module without marks');
  }
  const reader = new ByteReader(wasm, custom.start, custom.end);
  reader.text();
  const marks = readMarks(reader);
  const first = FIRST_FUNCTION + new ByteReader(wasm, functions.start).u32();
  const watchers = new Map(keys.map((key, index) => [key, first + index]));
  const out = new ByteWriter();
  out.bytes(wasm.subarray(0, 8));
  for (const section of sections) {
    if (section.id === 0) {
      continue;
    }
    const body = new ByteWriter();
    const from = new ByteReader(wasm, section.start, section.end);
    if (section.id === TYPES) {
      copyWithMore(body, from, keys.length, () => keys.forEach((key) => body.bytes(watcherType(key))));
    } else if (section.id === FUNCTIONS) {
      copyWithMore(body, from, keys.length, () => keys.forEach((_, index) => body.u32(Type.run + 1 + index)));
    } else if (section.id === CODE) {
      yield* writeCode(body, from, marks, watchers, keys);
    } else {
      body.bytes(wasm.subarray(section.start, section.end));
    }
    out.byte(section.id);
    out.u32(body.length);
    out.bytes(body.take());
  }
  return out.take();
}

function sectionsOf(wasm: Uint8Array): Section[] {
  const reader = new ByteReader(wasm, 8);
  const found: Section[] = [];
  while (!reader.atEnd) {
    const id = reader.byte();
    const size = reader.u32();
    found.push({ id, start: reader.at, end: reader.at + size });
    reader.at += size;
  }
  return found;
}

/** A vector with a few elements more. */
function copyWithMore(body: ByteWriter, from: ByteReader, more: number, write: () => void): void {
  body.u32(from.u32() + more);
  body.bytes(from.bytes.subarray(from.at, from.end));
  write();
}

function watcherType(key: number): readonly number[] {
  const load = loads.get(key);
  return load
    ? [0x60, 4, I32, ...LAST_ARGUMENTS, 1, load.value]
    : [0x60, 5, I32, stores.get(key)?.value ?? I32, ...LAST_ARGUMENTS, 0];
}

function* writeCode(
  body: ByteWriter,
  from: ByteReader,
  marks: readonly EntryMarks[],
  watchers: Watchers,
  keys: readonly number[],
): Parts<void> {
  const count = from.u32();
  body.u32(count + keys.length);
  let breath = from.at + PART;
  for (let index = 0; index < count; index++) {
    const size = from.u32();
    const end = from.at + size;
    const entry = marks[index];
    const code = entry
      ? watchedBody(new ByteReader(from.bytes, from.at, end), entry, watchers)
      : from.bytes.subarray(from.at, end);
    body.u32(code.length);
    body.bytes(code);
    from.at = end;
    if (end >= breath) {
      breath = end + PART;
      yield;
    }
  }
  const isOfLoads = keys.some((key) => loads.has(key));
  keys.forEach((key) => body.bytes(isOfLoads ? loadWatcherBody(key) : watcherBody(key)));
}

/** One function's code with its stores rewritten. */
function watchedBody(from: ByteReader, entry: EntryMarks, watchers: Watchers): Uint8Array {
  const out = new ByteWriter();
  const { bytes } = from;
  let copied = from.at;
  for (let groups = from.u32(); groups > 0; groups--) {
    from.skipNumber();
    from.byte();
  }
  const begin = from.at;
  let mark = -1;
  const before = (at: number): void => {
    out.bytes(bytes.subarray(copied, at));
  };
  while (!from.atEnd) {
    const at = from.at;
    while ((entry.marks[mark + 1]?.offset ?? Infinity) <= at - begin) {
      mark++;
    }
    const statement = entry.marks[mark]?.statement ?? -1;
    const opcode = from.byte();
    if (watchers.has(opcode)) {
      from.skipNumber();
      const offset = from.u32();
      if (entry.isService || statement >= 0) {
        before(at);
        constant(out, offset);
        callWithMoment(out, entry, mark);
        out.u32(watchers.get(opcode) ?? 0);
        copied = from.at;
      }
    } else if (opcode === 0xfc) {
      const sub = from.u32();
      from.at += sub === COPY ? 2 : sub === FILL ? 1 : 0;
      const watcher = watchers.get(0x100 + sub);
      if (watcher !== undefined && (entry.isService || statement >= 0)) {
        before(at);
        callWithMoment(out, entry, mark);
        out.u32(watcher);
        copied = from.at;
      }
    } else {
      skipImmediates(from, opcode);
    }
  }
  before(from.end);
  return out.take();
}

/** The fuel that is left and the statement, and a call whose function comes next. */
function callWithMoment(out: ByteWriter, entry: EntryMarks, mark: number): void {
  const { statement = -1, owed = 0 } = entry.marks[mark] ?? {};
  out.byte(Op.local_get);
  out.u32(entry.fuel);
  if (owed !== 0) {
    constant(out, owed);
    out.byte(Op.i32_sub);
  }
  constant(out, statement);
  out.byte(Op.call);
}

function constant(out: ByteWriter, value: number): void {
  out.byte(Op.i32_const);
  out.s32(value);
}

/** Goes past what follows an opcode that is no store. */
function skipImmediates(from: ByteReader, opcode: number): void {
  if (opcode === Op.block || opcode === Op.loop || opcode === Op.if || opcode === 0x3f || opcode === 0x40) {
    from.byte();
  } else if (opcode === Op.br_table) {
    for (let count = from.u32(); count >= 0; count--) {
      from.skipNumber();
    }
  } else if (opcode === Op.call_indirect || (opcode >= 0x28 && opcode <= 0x3e)) {
    from.skipNumber();
    from.skipNumber();
  } else if (opcode === Op.f32_const) {
    from.at += 4;
  } else if (opcode === Op.f64_const) {
    from.at += 8;
  } else if (
    opcode === Op.br ||
    opcode === Op.br_if ||
    opcode === Op.call ||
    (opcode >= Op.local_get && opcode <= Op.global_set) ||
    opcode === Op.i32_const ||
    opcode === Op.i64_const
  ) {
    from.skipNumber();
  }
}

/** Makes the store or the block, and tells when it overlaps what is watched. */
function watcherBody(key: number): Uint8Array {
  const writer = new CodeWriter(5);
  const [address, value, third, fuel, statement] = [0, 1, 2, 3, 4];
  const store = stores.get(key);
  writer.get(address);
  if (store) {
    writer.get(third);
    writer.op(Op.i32_add);
    writer.tee(address);
    writer.get(value);
    writer.op(key, 0, 0);
  } else {
    writer.get(value);
    writer.get(third);
    writer.op(...(key === 0x100 + COPY ? [0xfc, COPY, 0, 0] : [0xfc, FILL, 0]));
  }
  openIfWatched(writer, address, () => (store ? writer.i32(store.size) : writer.get(third)));
  tell(writer, statement, fuel);
  writer.close();
  return writer.finish();
}

/** The same for what reads. */
function loadWatcherBody(key: number): Uint8Array {
  const load = loads.get(key);
  const writer = new CodeWriter(load ? 4 : 5);
  const [address, third, fuel, statement] = load ? [0, 1, 2, 3] : [1, 2, 3, 4];
  if (load) {
    writer.get(address);
    writer.get(third);
    writer.op(Op.i32_add);
    writer.set(address);
  }
  const size = (): void => (load ? writer.i32(load.size) : writer.get(third));
  openIfWatched(writer, address, size);
  writer.setControl(Control.loadAddress, () => writer.get(address));
  writer.setControl(Control.loadSize, size);
  tell(writer, statement, fuel);
  writer.close();
  if (load) {
    writer.get(address);
    writer.op(key, 0, 0);
  } else {
    [0, 1, 2].forEach((argument) => writer.get(argument));
    writer.op(0xfc, COPY, 0, 0);
  }
  return writer.finish();
}

/** Begins what is done for an access that overlaps: (address - start + size - 1) < watched size + size - 1, without a sign. */
function openIfWatched(writer: CodeWriter, address: number, size: () => void): void {
  writer.get(address);
  writer.control(Control.watchStart);
  writer.op(Op.i32_sub);
  size();
  writer.op(Op.i32_add);
  writer.i32(1);
  writer.op(Op.i32_sub);
  writer.control(Control.watchSize);
  size();
  writer.op(Op.i32_add);
  writer.i32(1);
  writer.op(Op.i32_sub);
  writer.op(Op.i32_lt_u);
  writer.open(Op.if);
}

/** Calls the service dispatcher with the statement and the fuel. */
function tell(writer: CodeWriter, statement: number, fuel: number): void {
  writer.i32(-2);
  writer.get(statement);
  writer.op(Op.i32_sub);
  writer.get(fuel);
  writer.op(Op.call, SERVICE_IMPORT, Op.drop);
}
