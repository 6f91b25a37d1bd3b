/**
 * A lowered function as text, for tests: one instruction a line, statements as comments with their C.
 *
 * In: a function as lowering gives it. Out: lines. Registers are `r0`, frame slots `s0`, labels `L0`, numbered as they
 * come; `?` behind an access says that its address is checked; `:u8` is an access, `.i64` a kind other than i32.
 */
import { english } from '../sentences/english';
import type { Argument, Expr, FrameSlot, Instruction, Kind, Label, LoweredFunction } from '../../src/ir/instructions';

const typed = (text: string, kind: Kind): string => (kind === 'i32' ? text : `${text}.${kind}`);

class Printer {
  private readonly labels = new Map<Label, number>();
  private readonly slots = new Map<FrameSlot, number>();

  constructor(private readonly lowered: LoweredFunction) {}

  print(): string[] {
    const { lowered } = this;
    const kept = lowered.registers.filter(({ spilled, parameter }) => spilled || parameter);
    const homes = kept.map(
      ({ index, access, offset, parameter }) => `r${index}:${access}@${parameter ? '+' : ''}${offset}`,
    );
    return [
      `function ${lowered.symbol.name}: frame ${lowered.frameSize}${homes.length > 0 ? `, ${homes.join(' ')}` : ''}`,
      ...lowered.code.map((instruction) => this.instruction(instruction)),
    ];
  }

  private label(label: Label): string {
    return `L${numberOf(this.labels, label)}`;
  }

  private instruction(each: Instruction): string {
    switch (each.op) {
      case 'set':
        return `  r${each.register.index} = ${this.expr(each.value)}`;
      case 'store':
        return `  [${this.address(each.address, each.offset)}]:${each.access}${each.safe ? '' : '?'} = ${this.expr(each.value)}`;
      case 'copy':
        return `  copy${each.safe ? '' : '?'} ${this.expr(each.to)} <- ${this.expr(each.from)}, ${each.size}`;
      case 'zero':
        return `  zero ${this.expr(each.to)}, ${each.size}`;
      case 'drop':
        return `  drop ${this.expr(each.value)}`;
      case 'call': {
        const callee = 'op' in each.callee ? `*${this.expr(each.callee)}` : each.callee.name;
        const result = each.result ? `r${each.result.index}${each.resultAccess ? `:${each.resultAccess}` : ''} = ` : '';
        const args = each.args.map((argument) => this.argument(argument)).join(', ');
        return `  ${result}call${each.inMemory ? '-in-memory' : ''} ${callee}(${args})`;
      }
      case 'stop': {
        const { span } = this.lowered.statements[each.statement]!;
        return `  ; ${each.statement}: ${span.file.text.slice(span.start, span.end).replace(/\s+/g, ' ')}`;
      }
      case 'label':
        return `${this.label(each.label)}:`;
      case 'jump':
        return `  jump ${this.label(each.label)}`;
      case 'branch':
        return `  ${each.when ? 'if' : 'unless'} ${this.expr(each.condition)} jump ${this.label(each.label)}`;
      case 'switch': {
        const cases = each.cases.map(
          ({ low, high, label }) => `${low === high ? low : `${low}…${high}`}: ${this.label(label)}`,
        );
        return `  switch${each.signed ? '' : '-u'} ${this.expr(each.value)} {${[...cases, `default: ${this.label(each.otherwise)}`].join(', ')}}`;
      }
      case 'return':
        return each.value ? `  return ${this.expr(each.value)}:${each.access}` : '  return';
      case 'jump-computed':
        return `  jump *${this.expr(each.value)} {${each.targets.map((target) => this.label(target)).join(', ')}}`;
      case 'fault':
        return `  fault ${english(each.message)}`;
    }
  }

  private argument(argument: Argument): string {
    return 'access' in argument
      ? `${argument.offset}:${argument.access} ${this.expr(argument.value)}`
      : `${argument.offset}:${argument.size} bytes of ${this.expr(argument.copyFrom)}`;
  }

  private address(base: Expr, offset: number): string {
    return offset === 0 ? this.expr(base) : `${this.expr(base)} + ${offset}`;
  }

  private expr(each: Expr): string {
    switch (each.op) {
      case 'const':
        return typed(String(each.value), each.kind);
      case 'register':
        return `r${each.register.index}`;
      case 'frame':
        return `s${numberOf(this.slots, each.slot)}@${each.slot.offset}${each.offset === 0 ? '' : `+${each.offset}`}`;
      case 'argument':
        return `argument@${each.offset}`;
      case 'symbol':
        return `&${each.symbol.name}${each.addend === 0 ? '' : `+${each.addend}`}`;
      case 'load':
        return typed(`[${this.address(each.address, each.offset)}]:${each.access}${each.safe ? '' : '?'}`, each.kind);
      case 'unary':
        return `${typed(each.operator, each.kind)}(${this.expr(each.operand)})`;
      case 'binary':
        return `${typed(each.operator, each.operandKind)}(${this.expr(each.left)}, ${this.expr(each.right)})`;
      case 'convert':
        return `${typed(each.operator, each.kind)}(${this.expr(each.operand)})`;
      case 'bound':
        return `bound(${this.expr(each.index)} < ${each.limit})`;
      case 'unwritten':
        return `${this.expr(each.operand)} (unwritten ${each.name}?)`;
      case 'choose':
        return `choose(${this.expr(each.condition)} ? ${this.expr(each.then)} : ${this.expr(each.otherwise)})`;
    }
  }
}

function numberOf<T>(numbers: Map<T, number>, key: T): number {
  const known = numbers.get(key) ?? numbers.size;
  numbers.set(key, known);
  return known;
}

/** One instruction a line. */
export function printIr(lowered: LoweredFunction): string {
  return new Printer(lowered).print().join('\n');
}
