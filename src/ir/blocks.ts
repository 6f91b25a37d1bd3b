/**
 * Counted blocks: the statement clock is advanced once per straight run of statements, at its first stop. A run ends at
 * a label that is jumped to, a jump, or a call, so that while a task is suspended only its innermost frame has counted
 * ahead. The statements of a run have consecutive ids.
 */
import type { Instruction, Label } from './instructions';

export interface BlockCounts {
  /** Statement index → number of statements to charge at its stop; absent when it does not begin a run. */
  readonly charge: ReadonlyMap<number, number>;
  /** Statement index → statements from it to the end of its run, itself included. */
  readonly ahead: ReadonlyMap<number, number>;
}

export function countBlocks(code: readonly Instruction[]): BlockCounts {
  const charge = new Map<number, number>();
  const ahead = new Map<number, number>();
  let run: number[] = [];
  const close = (): void => {
    const [first] = run;
    if (first !== undefined) {
      charge.set(first, run.length);
      run.forEach((statement, index) => ahead.set(statement, run.length - index));
    }
    run = [];
  };
  const targets = new Set(code.flatMap((instruction) => targetsOf(instruction)));
  for (const instruction of code) {
    switch (instruction.op) {
      case 'stop':
        if (run.length > 0 && run[run.length - 1] !== instruction.statement - 1) {
          close();
        }
        run.push(instruction.statement);
        break;
      case 'label':
        if (targets.has(instruction.label)) {
          close();
        }
        break;
      case 'jump':
      case 'branch':
      case 'switch':
      case 'call':
      case 'return':
      case 'jump-computed':
      case 'fault':
        close();
        break;
      default:
        break;
    }
  }
  close();
  return { charge, ahead };
}

const none: readonly Label[] = [];

/** Where an instruction can jump to. */
export function targetsOf(instruction: Instruction): readonly Label[] {
  switch (instruction.op) {
    case 'jump':
    case 'branch':
      return [instruction.label];
    case 'switch':
      return [...instruction.cases.map((entry) => entry.label), instruction.otherwise];
    case 'jump-computed':
      return instruction.targets;
    default:
      return none;
  }
}
