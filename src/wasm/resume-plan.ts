/**
 * Where a function's code is cut into blocks, and at which of them a suspended frame can go on.
 *
 * In: the instructions of a function. Out: the blocks in code order, and a resume index ("pc") for each stop, each call
 * and each label that is jumped to from below. 0 is the entry; loops come next, so that `pc <= loops` tells what the
 * free body can go on from.
 */
import { wording } from '../sentences/wording';
import type { Told } from '../sentences/sentence';
import type { ResumePoint } from '../abi/debug-info';
import { targetsOf } from '../ir/blocks';
import type { Instruction, Label } from '../ir/instructions';
import type { Span } from '../source/source-file';

export interface ResumePlan {
  /** The entry (-1), labels that are jumped to, and stops and calls by instruction index; in code order. */
  readonly blocks: readonly (Label | number)[];
  /** By resume index. */
  readonly resumePoints: readonly ResumePoint[];
  /** How many loops there are: their resume indices are 1 to this. */
  readonly loops: number;
  /** Resume index of each label that needs one. */
  readonly labelPc: ReadonlyMap<Label, number>;
  /** Resume index of stops and calls by instruction index. */
  readonly pointPc: ReadonlyMap<number, number>;
}

/**
 * `firstStatement` is the program-wide id of the function's statement 0; `quiet`: see `ResumePoint.quiet`, by index in
 * the function.
 */
export function planResumePoints(
  code: readonly Instruction[],
  firstStatement: number,
  quiet: ReadonlyMap<Label, readonly [number, number]>,
): ResumePlan {
  const { jumpedTo, backward } = findJumps(code);
  const blocks: (Label | number)[] = [-1];
  const loops: ResumePoint[] = [];
  const others: ResumePoint[] = [];
  const labelPc = new Map<Label, number>();
  const pointPc = new Map<number, number>();
  let statement = -1;
  const point = (kind: ResumePoint['kind']): ResumePoint => ({
    kind,
    statement: statement < 0 ? -1 : firstStatement + statement,
  });
  const before = 1 + backward.size;
  code.forEach((instruction, index) => {
    if (instruction.op === 'label' && jumpedTo.has(instruction.label)) {
      blocks.push(instruction.label);
      if (backward.has(instruction.label)) {
        const statements = quiet.get(instruction.label);
        labelPc.set(
          instruction.label,
          loops.push(
            statements
              ? { quiet: [firstStatement + statements[0], firstStatement + statements[1]], ...point('loop') }
              : point('loop'),
          ),
        );
      }
    } else if (instruction.op === 'stop' || instruction.op === 'call') {
      statement = instruction.op === 'stop' ? instruction.statement : statement;
      blocks.push(index);
      const here =
        instruction.op === 'stop' ? point('statement') : { argumentBytes: instruction.argBytes, ...point('call') };
      pointPc.set(index, before - 1 + others.push(here));
    }
  });
  return {
    blocks,
    resumePoints: [{ kind: 'entry', statement: -1 }, ...loops, ...others],
    loops: loops.length,
    labelPc,
    pointPc,
  };
}

/** Labels that are jumped to at all, and those jumped to from below them (a computed jump may come from anywhere). */
function findJumps(code: readonly Instruction[]): { jumpedTo: ReadonlySet<Label>; backward: ReadonlySet<Label> } {
  const jumpedTo = new Set<Label>();
  const backward = new Set<Label>();
  const seen = new Set<Label>();
  for (const instruction of code) {
    if (instruction.op === 'label') {
      seen.add(instruction.label);
    }
    for (const label of targetsOf(instruction)) {
      jumpedTo.add(label);
      if (seen.has(label) || instruction.op === 'jump-computed') {
        backward.add(label);
      }
    }
  }
  return { jumpedTo, backward };
}

/** The points at which a function can fault; the same fault in both bodies of a function is one point. */
export class FaultPoints {
  readonly points: ResumePoint[] = [];
  private readonly known = new Map<string, number>();
  private readonly excerpts = new Map<Span, string>();

  /** `first`: the resume index of the first one. */
  constructor(private readonly first: number) {}

  /** Resume index of a fault in `statement` (program-wide, or -1). */
  pcOf(
    statement: number,
    check: ResumePoint['check'] & string,
    site: Span | undefined,
    message: Told | undefined,
  ): number {
    const expression = site ? this.excerpt(site) : undefined;
    const key = `${statement} ${check} ${expression} ${message === undefined ? '' : wording(message, 'en')}`;
    let pc = this.known.get(key);
    if (pc === undefined) {
      pc = this.first + this.points.push({ kind: 'fault', statement, check, expression, message }) - 1;
      this.known.set(key, pc);
    }
    return pc;
  }

  /** Source text of a span, short enough for a message. */
  private excerpt(span: Span): string {
    let short = this.excerpts.get(span);
    if (short === undefined) {
      const text = span.file.text.slice(span.start, span.end).replace(/\s+/g, ' ');
      short = text.length > 80 ? `${text.slice(0, 77)}...` : text;
      this.excerpts.set(span, short);
    }
    return short;
  }
}
