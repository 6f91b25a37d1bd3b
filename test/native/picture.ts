/**
 * Kernel memory at one moment, and the comparison of two such pictures from two machines that put things at different
 * addresses.
 *
 * In: objects (numbered in order of allocation), globals, stacks, tasks. Out: sentences about words that differ. Words
 * are compared as bytes; where they differ they must be pointers to the same thing: object + offset, global + offset,
 * function, task, some stack, or equal text.
 */
export interface PictureObject {
  readonly id: number;
  readonly cache: string;
  readonly address: number;
  readonly bytes: Uint8Array;
}

export interface PictureGlobal {
  readonly name: string;
  readonly address: number;
  readonly bytes: Uint8Array;
}

export interface Picture {
  /** The function that has just returned. */
  readonly returnFrom: string;
  readonly objects: readonly PictureObject[];
  readonly globals: readonly PictureGlobal[];
  readonly stacks: ReadonlyArray<readonly [number, number]>;
  readonly tasks: ReadonlyArray<{ readonly pid: number; readonly address: number; readonly size: number }>;
  functionAt(pointer: number): string | undefined;
  /** A string constant; undefined where none can be. */
  textAt(address: number): string | undefined;
}

/** Handles of the allocator: each machine has its own. */
const ALLOCATOR_GLOBALS = /cachep$|_cache$/;

function within(address: number, start: number, size: number): boolean {
  return address >= start && address < start + size;
}

/** What a word points to, in words that mean the same on both machines. */
function target(picture: Picture, word: number): string | undefined {
  if (word === 0) {
    return 'null';
  }
  const object = picture.objects.find(({ address, bytes }) => word >= address && word <= address + bytes.length);
  if (object) {
    return `object ${object.id} + ${word - object.address}`;
  }
  const global = picture.globals.find(({ address, bytes }) => within(word, address, bytes.length));
  if (global) {
    return `${global.name} + ${word - global.address}`;
  }
  const task = picture.tasks.find(({ address, size }) => within(word, address, size));
  if (task) {
    return `task ${task.pid}`;
  }
  const name = picture.functionAt(word);
  if (name !== undefined) {
    return `${name}()`;
  }
  if (picture.stacks.some(([low, high]) => word >= low && word < high)) {
    return 'a stack';
  }
  const text = picture.textAt(word);
  return text === undefined ? undefined : `"${text}"`;
}

function compareBytes(what: string, ours: Picture, a: Uint8Array, theirs: Picture, b: Uint8Array): string[] {
  if (a.length !== b.length) {
    return [`${what}: ${a.length} bytes against ${b.length}`];
  }
  const problems: string[] = [];
  for (let at = 0; at < a.length; at += 4) {
    const size = Math.min(4, a.length - at);
    if (a.subarray(at, at + size).every((byte, i) => byte === b[at + i])) {
      continue;
    }
    const word = (bytes: Uint8Array): number =>
      size === 4 ? new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true) : -1;
    const [left, right] = [target(ours, word(a)), target(theirs, word(b))];
    if (left === undefined || left !== right) {
      const show = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(at, at + size)).toString('hex');
      problems.push(
        `${what} + ${at}: ${show(a)} (${left ?? 'no pointer'}) against ${show(b)} (${right ?? 'no pointer'})`,
      );
    }
  }
  return problems;
}

/** All that differs between the engine's picture and the native one. */
export function comparePictures(engine: Picture, native: Picture): string[] {
  if (engine.returnFrom !== native.returnFrom) {
    return [`return from ${engine.returnFrom} against return from ${native.returnFrom}`];
  }
  const problems: string[] = [];
  const theirs = new Map(native.objects.map((object) => [object.id, object]));
  for (const object of engine.objects) {
    const other = theirs.get(object.id);
    theirs.delete(object.id);
    problems.push(
      ...(other
        ? compareBytes(`object ${object.id} (${object.cache})`, engine, object.bytes, native, other.bytes)
        : [`object ${object.id} (${object.cache}) is missing`]),
    );
  }
  problems.push(
    ...[...theirs.values()].map(({ id, cache }) => `object ${id} (${cache}) is live only in the native kernel`),
  );
  for (const global of engine.globals) {
    const others = native.globals.filter(({ name }) => name === global.name);
    const mine = engine.globals.filter(({ name }) => name === global.name);
    if (others.length === 1 && mine.length === 1 && !ALLOCATOR_GLOBALS.test(global.name)) {
      problems.push(...compareBytes(global.name, engine, global.bytes, native, itemAt(others, 0).bytes));
    }
  }
  return problems.map((problem) => `return from ${engine.returnFrom}: ${problem}`);
}
import { itemAt } from '../../src/base/checked-access';
