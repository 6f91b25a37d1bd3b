/**
 * `switch`: a jump table when the case values lie close together, else comparisons in order.
 */
import type { Instruction, Label } from '../ir/instructions';
import type { BlockTarget } from './code-writer';
import { emitExpr, type ExpressionContext } from './emit-expression';
import { Op } from './opcodes';

type Switch = Extract<Instruction, { op: 'switch' }>;

/** `forward` gives the block to branch to for a label that lies ahead, undefined for one behind. */
export function emitSwitch(
  context: ExpressionContext,
  instruction: Switch,
  jump: (label: Label) => void,
  forward: (label: Label) => BlockTarget | undefined,
): void {
  const { writer } = context;
  const { cases, otherwise, value } = instruction;
  const [first] = cases;
  if (!first) {
    emitExpr(context, value);
    writer.op(Op.drop);
    jump(otherwise);
    return;
  }
  const low = cases.reduce((least, entry) => (entry.low < least ? entry.low : least), first.low);
  const high = cases.reduce((most, entry) => (entry.high > most ? entry.high : most), first.high);
  const isDense = high - low < BigInt(cases.length * 4 + 8) && value.kind === 'i32';
  const table = isDense ? jumpTable(instruction, low, high, forward) : undefined;
  if (!table) {
    compareInOrder(context, instruction, jump);
    return;
  }
  emitExpr(context, value);
  if (low !== 0n) {
    writer.i32(Number(BigInt.asIntN(32, low)));
    writer.op(Op.i32_sub);
  }
  writer.brTable(table.targets, table.otherwise);
}

/** Where each value from `low` to `high` leads; undefined when a label does not lie ahead. */
function jumpTable(
  { cases, otherwise }: Switch,
  low: bigint,
  high: bigint,
  forward: (label: Label) => BlockTarget | undefined,
): { readonly targets: BlockTarget[]; readonly otherwise: BlockTarget } | undefined {
  const missed = forward(otherwise);
  if (!missed) {
    return undefined;
  }
  const targets = Array.from({ length: Number(high - low) + 1 }, () => missed);
  // The first matching case wins, as it would in order.
  for (const { low: from, high: to, label } of [...cases].reverse()) {
    const target = forward(label);
    if (!target) {
      return undefined;
    }
    targets.fill(target, Number(from - low), Number(to - low) + 1);
  }
  return { targets, otherwise: missed };
}

function compareInOrder(
  context: ExpressionContext,
  { cases, otherwise, value }: Switch,
  jump: (label: Label) => void,
): void {
  const { writer } = context;
  const kind = value.kind === 'i64' ? 'i64' : 'i32';
  writer.withScratch(kind, (scratch) => {
    emitExpr(context, value);
    writer.set(scratch);
    const constant = (number: bigint): void => {
      if (kind === 'i64') {
        writer.i64(number);
      } else {
        writer.i32(Number(BigInt.asIntN(32, number)));
      }
    };
    for (const entry of cases) {
      writer.get(scratch);
      constant(entry.low);
      if (entry.low === entry.high) {
        writer.op(kind === 'i64' ? Op.i64_eq : Op.i32_eq);
      } else {
        writer.op(kind === 'i64' ? Op.i64_sub : Op.i32_sub);
        constant(entry.high - entry.low);
        writer.op(kind === 'i64' ? Op.i64_le_u : Op.i32_le_u);
      }
      writer.open(Op.if);
      jump(entry.label);
      writer.close();
    }
  });
  jump(otherwise);
}
