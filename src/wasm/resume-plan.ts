/**
 * Where a function's code is cut into blocks, and at which of them a suspended frame can go on.
 *
 * In: the instructions of a function. Out: the blocks in code order, and a resume index ("pc") for each stop, each call and each
 * label that is jumped to from below.
 */
import type { ResumePoint } from '../ir/debug-info';
import type { Instruction, Label } from '../ir/instructions';

export interface ResumePlan {
  /** The entry (-1), labels that are jumped to, and stops and calls by instruction index; in code order. */
  readonly blocks: readonly (Label | number)[];
  /** By resume index; 0 is the entry. */
  readonly resumePoints: readonly ResumePoint[];
  /** Resume index of each label that needs one. */
  readonly labelPc: ReadonlyMap<Label, number>;
  /** Resume index of stops and calls by instruction index. */
  readonly pointPc: ReadonlyMap<number, number>;
}

/** `firstStatement` is the program-wide id of the function's statement 0. */
export function planResumePoints(code: readonly Instruction[], firstStatement: number): ResumePlan {
  const { jumpedTo, backward } = findJumps(code);
  const blocks: (Label | number)[] = [-1];
  const resumePoints: ResumePoint[] = [{ kind: 'entry', statement: -1 }];
  const labelPc = new Map<Label, number>();
  const pointPc = new Map<number, number>();
  const add = (kind: ResumePoint['kind'], statement: number): number =>
    resumePoints.push({ kind, statement: statement < 0 ? -1 : firstStatement + statement }) - 1;
  let statement = -1;
  code.forEach((instruction, index) => {
    if (instruction.op === 'label' && jumpedTo.has(instruction.label)) {
      blocks.push(instruction.label);
      if (backward.has(instruction.label)) {
        labelPc.set(instruction.label, add('loop', statement));
      }
    } else if (instruction.op === 'stop') {
      statement = instruction.statement;
      blocks.push(index);
      pointPc.set(index, add('statement', statement));
    } else if (instruction.op === 'call') {
      blocks.push(index);
      pointPc.set(index, add('call', statement));
    }
  });
  return { blocks, resumePoints, labelPc, pointPc };
}

/** Labels that are jumped to at all, and those jumped to from below them (a computed jump may come from anywhere). */
function findJumps(code: readonly Instruction[]): { jumpedTo: ReadonlySet<Label>; backward: ReadonlySet<Label> } {
  const jumpedTo = new Set<Label>();
  const backward = new Set<Label>();
  const seen = new Set<Label>();
  const refer = (label: Label): void => {
    jumpedTo.add(label);
    if (seen.has(label)) {
      backward.add(label);
    }
  };
  for (const instruction of code) {
    if (instruction.op === 'label') {
      seen.add(instruction.label);
    } else if (instruction.op === 'jump' || instruction.op === 'branch') {
      refer(instruction.label);
    } else if (instruction.op === 'switch') {
      instruction.cases.forEach((entry) => refer(entry.label));
      refer(instruction.otherwise);
    } else if (instruction.op === 'jump-computed') {
      instruction.targets.forEach((label) => {
        jumpedTo.add(label);
        backward.add(label);
      });
    }
  }
  return { jumpedTo, backward };
}
