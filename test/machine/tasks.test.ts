/** Stacks and what is pushed on them: which stack a task gets, what lies between stacks, how a pushed call looks. */
import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import type { DebugFunction, DebugInfo } from '../../src/abi/debug-info';
import {
  FRAME_FUNCTION,
  FRAME_HEADER,
  FRAME_PARENT,
  FRAME_PC,
  FRAME_RETURN,
  STACK_GAP,
} from '../../src/abi/memory-map';
import { Memory } from '../../src/machine/memory';
import { pushCall, TaskTable, type Task } from '../../src/machine/tasks';

const SIZE = 0x400;
const START = 0x1000;
const table = (stacks = 3, more = 0): TaskTable => new TaskTable(START, START + stacks * SIZE + more, SIZE);

describe('stacks', () => {
  test('one after the other, each with a gap at its high end', () => {
    const tasks = table();
    const made = [tasks.create(), tasks.create(), tasks.create()];
    expect(made).toMatchObject(
      [0, 1, 2].map((index) => ({
        id: index + 1,
        stackLow: START + index * SIZE,
        stackHigh: START + (index + 1) * SIZE - STACK_GAP,
        top: 0,
        blocked: false,
        calls: [],
        moved: false,
      })),
    );
    expect(tasks.all()).toEqual(made);
    expect([tasks.hasRoom(), tasks.create()]).toEqual([false, undefined]);
  });
  test('the highest that was ever in use is known, also when it is given back', () => {
    const tasks = table();
    expect(tasks.highest).toBe(START);
    [1, 2].forEach(() => tasks.create());
    tasks.destroy(2);
    expect(tasks.highest).toBe(START + 2 * SIZE);
  });
  test('what belongs to none: the gaps, and what is left behind the last', () => {
    expect(table(2, 0x90).gaps()).toEqual([
      { start: START + SIZE - STACK_GAP, size: STACK_GAP },
      { start: START + 2 * SIZE - STACK_GAP, size: STACK_GAP },
      { start: START + 2 * SIZE, size: 0x90 },
    ]);
    expect(table(1).gaps().at(-1)).toEqual({ start: START + SIZE, size: 0 });
  });
  test('room is counted in whole stacks', () => {
    const tasks = table(1, SIZE - 1);
    expect(tasks.hasRoom()).toBe(true);
    tasks.create();
    expect([tasks.hasRoom(), tasks.create()]).toEqual([false, undefined]);
    expect(table(0, SIZE - 1).hasRoom()).toBe(false);
  });
  test('of a task that is gone are given out again, lowest first; its number is not', () => {
    const tasks = table();
    [1, 2, 3].forEach(() => tasks.create());
    tasks.destroy(2);
    tasks.destroy(1);
    tasks.destroy(77);
    expect(tasks.all().map(({ id }) => id)).toEqual([3]);
    expect([tasks.get(2), tasks.get(3)?.id]).toEqual([undefined, 3]);
    expect(tasks.create()).toMatchObject({ id: 4, stackLow: START });
    expect(tasks.create()).toMatchObject({ id: 5, stackLow: START + SIZE });
    expect(tasks.hasRoom()).toBe(false);
  });
  test('that were used are told once, and those that nobody has any more', () => {
    const tasks = table();
    const [one, two, three] = [
      given(tasks.create(), 'task'),
      given(tasks.create(), 'task'),
      given(tasks.create(), 'task'),
    ];
    one.moved = three.moved = true;
    tasks.destroy(2);
    expect(tasks.takeMoved()).toEqual({ tasks: [one, three], left: [two] });
    expect([one.moved, three.moved]).toEqual([false, false]);
    expect(tasks.takeMoved()).toEqual({ tasks: [], left: [] });
    tasks.destroy(3);
    tasks.create();
    expect(tasks.takeMoved().left).toEqual([three]);
    tasks.destroy(1);
    tasks.create();
    expect(tasks.takeMoved()).toEqual({ tasks: [], left: [] }); // somebody has it again
  });
  test('are saved as they are, whatever happens to them later', () => {
    const tasks = table();
    const task = given(tasks.create(), 'task');
    task.top = 8;
    task.calls.push({ fp: 8, below: 0, blockedBelow: false, tag: 'a' });
    const saved = tasks.save();
    task.top = 16;
    task.calls.push({ fp: 16, below: 8, blockedBelow: true, tag: 'b' });
    tasks.create();
    tasks.destroy(1);
    tasks.restore(saved);
    expect(tasks.all()).toMatchObject([{ id: 1, top: 8, calls: [{ tag: 'a' }] }]);
    expect(tasks.takeMoved()).toEqual({ tasks: [], left: [] });
    tasks.get(1)!.calls.pop();
    tasks.get(1)!.top = 0;
    tasks.restore(saved);
    expect(tasks.all()).toMatchObject([{ id: 1, top: 8, calls: [{ tag: 'a' }] }]);
    expect(tasks.create()).toMatchObject({ id: 2, stackLow: START + SIZE });
  });
});

describe('a pushed call', () => {
  const FRAME_SIZE = 40;
  const program = (...sizes: number[]): DebugInfo =>
    ({ functions: sizes.map((frameSize) => ({ frameSize }) as DebugFunction) }) as Partial<DebugInfo> as DebugInfo;
  const debug = program(1000, FRAME_SIZE);
  const setting = (): { memory: Memory; task: Task } => {
    const memory = new Memory(new ArrayBuffer(0x2000));
    memory.bytes.fill(0xee);
    return { memory, task: given(table(1).create(), 'task') };
  };
  const header = (memory: Memory, fp: number): unknown[] => [
    memory.u32(fp + FRAME_PC),
    memory.u32(fp + FRAME_FUNCTION),
    memory.u32(fp + FRAME_PARENT),
    memory.u64(fp + FRAME_RETURN),
  ];

  test.each([
    [0, 16],
    [1, 16],
    [3, 16],
    [4, 16],
    [5, 24],
    [6, 24],
    [7, 32],
  ])('of %i arguments takes %i bytes for them', (count, room) => {
    const { memory, task } = setting();
    const args = Array.from({ length: count }, (_, index) => index - 1);
    pushCall(memory, debug, task, 1, args, 'tag');
    expect(task.stackHigh - task.top).toBe(FRAME_HEADER + room);
    expect(header(memory, task.top)).toEqual([0, 1, 0, 0n]);
    const words = Array.from({ length: room / 4 }, (_, index) => memory.i32(task.top + FRAME_HEADER + 4 * index));
    expect(words).toEqual([...args, ...Array<number>(room / 4 - count).fill(0)]);
    expect([memory.u8(task.top - 1), memory.u8(task.stackHigh)]).toEqual([0xee, 0xee]);
    expect(task).toMatchObject({ blocked: false, moved: true });
    expect(task.calls).toEqual([{ fp: task.top, below: 0, blockedBelow: false, tag: 'tag', service: undefined }]);
  });
  test('lies below the frame that it interrupts', () => {
    const { memory, task } = setting();
    pushCall(memory, debug, task, 1, [], 'first');
    const below = task.top;
    task.blocked = true;
    pushCall(memory, debug, task, 0, [5], 'second', 9);
    expect(task.top).toBe(below - FRAME_SIZE - FRAME_HEADER - 16);
    expect(header(memory, below)).toEqual([0, 1, 0, 0n]);
    expect(task.calls[1]).toEqual({ fp: task.top, below, blockedBelow: true, tag: 'second', service: 9 });
    expect(task.blocked).toBe(false);
  });
  test('begins at a multiple of eight, also where the frame below it does not end at one', () => {
    const { memory, task } = setting();
    pushCall(memory, program(20), task, 0, [], null);
    pushCall(memory, program(20), task, 0, [1], null);
    expect(task.top % 8).toBe(0);
    expect(memory.u32(task.top + FRAME_HEADER)).toBe(1);
    expect(memory.u32(itemAt(task.calls, 0).fp + FRAME_FUNCTION)).toBe(0);
  });
  test('on a frame of no known function lies right below its header', () => {
    const { memory, task } = setting();
    pushCall(memory, debug, task, 7, [], null);
    const below = task.top;
    pushCall(memory, debug, task, 1, [], null);
    expect(task.top).toBe(below - FRAME_HEADER - 16);
  });
});
