/**
 * The nesting of a function's loops, for code without a dispatch table.
 *
 * In: the instructions of a function. Out: a tree of regions: the whole function, and each stretch from a label that is
 * jumped to from below to the last such jump. Loops that overlap are stretched until they nest. A function in which a
 * jump from outside leads into the middle of a loop (or a computed jump anywhere) has no such tree.
 */
import { given, itemAt, valueAt } from '../base/checked-access';
import { targetsOf } from '../ir/blocks';
import type { Instruction, Label } from '../ir/instructions';

export interface Region {
  /** The label at the head of the loop; undefined for the whole function. */
  readonly head: Label | undefined;
  /** Instruction indices of the head and of the last instruction. */
  readonly start: number;
  end: number;
  /** Loops directly inside, in code order. */
  readonly inner: Region[];
  /** Labels directly inside that are jumped to from above, in code order. */
  readonly labels: Label[];
  readonly parent: Region | undefined;
}

/**
 * Statements (first, last) of a loop that holds no loop and no call, by index in the function; undefined for any other.
 * In code order the first comes first.
 */
export function quietStatements(code: readonly Instruction[], loop: Region): readonly [number, number] | undefined {
  if (loop.inner.length > 0) {
    return undefined;
  }
  let first = -1;
  let last = -1;
  for (let index = loop.start; index <= loop.end; index++) {
    const instruction = code[index];
    if (instruction?.op === 'call') {
      return undefined;
    }
    if (instruction?.op === 'stop') {
      first = first < 0 ? instruction.statement : first;
      last = Math.max(last, instruction.statement);
    }
  }
  return first < 0 ? undefined : [first, last];
}

/**
 * Gives the region of the whole function, and by head label that of each loop; undefined when the jumps do not nest.
 */
export function planRegions(
  code: readonly Instruction[],
): { readonly root: Region; readonly loops: ReadonlyMap<Label, Region> } | undefined {
  const position = new Map<Label, number>();
  code.forEach((instruction, index) => {
    if (instruction.op === 'label') {
      position.set(instruction.label, index);
    }
  });
  const lastJump = new Map<Label, number>();
  const forward: { from: number; label: Label }[] = [];
  for (let index = 0; index < code.length; index++) {
    const instruction = itemAt(code, index);
    if (instruction.op === 'jump-computed') {
      return undefined;
    }
    for (const label of targetsOf(instruction)) {
      if (valueAt(position, label) < index) {
        lastJump.set(label, index);
      } else {
        forward.push({ from: index, label });
      }
    }
  }
  const root: Region = { head: undefined, start: -1, end: code.length, inner: [], labels: [], parent: undefined };
  const loops = new Map<Label, Region>();
  const innermost: Region[] = [];
  nest(code, lastJump, root, loops, innermost);
  const placed = new Set<Label>();
  for (const { from, label } of forward) {
    const at = valueAt(position, label);
    let region = itemAt(innermost, at);
    // The head of a loop is also a place in the region around it: a jump from above leads to it from outside.
    while (region.head === label) {
      region = given(region.parent, 'region around a loop');
    }
    if (from < region.start) {
      return undefined;
    }
    if (!placed.has(label)) {
      placed.add(label);
      region.labels.push(label);
    }
  }
  const sort = (region: Region): void => {
    region.labels.sort((a, b) => valueAt(position, a) - valueAt(position, b));
    region.inner.forEach(sort);
  };
  sort(root);
  return { root, loops };
}

/**
 * Builds the tree: a loop ends no later than the loop around it, which is stretched if need be. Notes the innermost
 * region of each instruction.
 */
function nest(
  code: readonly Instruction[],
  lastJump: ReadonlyMap<Label, number>,
  root: Region,
  loops: Map<Label, Region>,
  innermost: Region[],
): void {
  let current = root;
  code.forEach((instruction, index) => {
    while (current.end < index) {
      current = given(current.parent, 'region around a loop');
    }
    const end = instruction.op === 'label' ? lastJump.get(instruction.label) : undefined;
    if (instruction.op === 'label' && end !== undefined) {
      const region: Region = { head: instruction.label, start: index, end, inner: [], labels: [], parent: current };
      for (let outer: Region | undefined = current; outer && outer.end < end; outer = outer.parent) {
        outer.end = end;
      }
      current.inner.push(region);
      loops.set(instruction.label, region);
      current = region;
    }
    innermost[index] = current;
  });
}
