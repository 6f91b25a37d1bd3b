/**
 * Evaluates C expressions in a stopped machine, with the same compiler: parse, check in the frame's scope (from debug
 * information), lower with the frame's variables at their addresses, run it (`run-expression.ts`).
 *
 * Without `sideEffects` an assignment is refused, and a call runs on a copy of the moment that is thrown away: it has a
 * value when it changes nothing. With them, a call that does not come to its end (it blocks, faults, or runs too long) is
 * undone.
 */
import type { DebugInfo } from '../abi/debug-info';
import { lowerEvaluation, type Evaluation } from '../ir/lower-expression';
import { assigns, hasSideEffects, placeAssigns, placeHasSideEffects } from '../ir/side-effects';
import type { Machine } from '../machine/machine';
import { parseExpression } from '../parse/parse-expression';
import type { CParser } from '../parse/tree-sitter';
import type { MacroInfo } from '../preprocess/macro-table';
import type { GlobalSymbol, LocalVariable, Place, Value } from '../semantic/checked';
import { checkExpression, type CheckedExpression } from '../semantic/evaluate-scope';
import type { Diagnostic } from '../source/diagnostic';
import { DebugScope } from './debug-scope';
import { expressionProblems, failure, RETURNED, wouldChange } from './evaluation-problems';
import { badPointer, type BadPointer } from './fault-part';
import { expandObjectMacros } from './macro-constants';
import { runExpression, type Bytes, type ExpressionRun } from './run-expression';
import { isReadable, placeOf } from './value-context';
import { typeOf } from './value-types';
import { isVisibleAt } from './visible';
import type { Program } from '../compile/program';
import type { MemberName, StackFrame } from './value-model';

/** What came out: an object in memory, or a value given by its bytes. */
export interface Evaluated {
  readonly type: number;
  /** Address of the object; undefined for a value that is not in memory, or no longer. */
  readonly address?: number;
  readonly bytes?: Uint8Array;
  readonly bits?: { readonly offset: number; readonly size: number };
  /** What a pointer may lead to that lay there for the expression only: its string literals. */
  readonly behind?: Bytes | undefined;
  /** The member that the expression names, which tells what its numbers stand for. */
  readonly member?: MemberName | undefined;
  /** The variable of a frame that it names, whose name tells the same. */
  readonly variable?: string | undefined;
  readonly isVoid: boolean;
}

export interface EvaluationResult {
  readonly evaluated?: Evaluated;
  /** What was changed: memory, or only what has happened (a line was printed). */
  readonly changed?: 'memory' | 'journal' | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The value of the function just left: what `$ret` means. */
export interface ReturnedValue {
  readonly type: number;
  readonly bytes: Uint8Array;
}

export interface EvaluationOptions {
  /** Assignments and calls that change something are allowed. */
  readonly sideEffects: boolean;
  readonly returned?: ReturnedValue | undefined;
}

/** An expression that can be run. */
interface Ready extends ReturnType<typeof lowerEvaluation> {
  readonly evaluation: Evaluation;
  readonly symbol: GlobalSymbol;
  readonly symbols: readonly GlobalSymbol[];
  readonly addresses: ReadonlyMap<LocalVariable, number>;
  readonly assigns: boolean;
  readonly mayChange: boolean;
}

/** One that cannot. */
interface Refused {
  readonly diagnostics: readonly Diagnostic[];
}

/** Expressions that are kept ready. */
const MOST_KNOWN = 300;

export class Evaluator {
  private readonly known = new Map<string, Ready>();
  private readonly scope: DebugScope;
  /** The program's debug information, in which the types of all that was evaluated can be looked up. */
  readonly debug: DebugInfo;

  constructor(
    private readonly machine: Machine,
    private readonly program: Program,
    private readonly parser: CParser,
  ) {
    this.scope = new DebugScope(machine.debug);
    this.debug = this.scope.debug;
  }

  evaluate(text: string, frame: StackFrame | undefined, options: EvaluationOptions): EvaluationResult {
    const { sideEffects } = options;
    const ready = this.ready(text, frame, options.returned);
    if ('diagnostics' in ready) {
      return ready;
    }
    if (!sideEffects && ready.assigns) {
      return { diagnostics: [wouldChange(text)] };
    }
    const result = this.run(text, ready, sideEffects);
    return result.changed && !sideEffects ? { diagnostics: [wouldChange(text, result.changed)] } : result;
  }

  /** Prepared and lowered: a condition is looked at over and over in the same place. */
  private ready(text: string, frame: StackFrame | undefined, returned: ReturnedValue | undefined): Ready | Refused {
    const key = `${frame?.functionId} ${frame?.address} ${frame?.start} ${text}`;
    const known = returned ? undefined : this.known.get(key);
    if (known) {
      return known;
    }
    const { checked, addresses, diagnostics } = this.prepare(text, frame, returned);
    if (!checked) {
      return { diagnostics };
    }
    const { value, place, symbols } = checked;
    const evaluation: Evaluation = place ? { addressOf: place } : { value };
    const symbol = functionOf(evaluation);
    const made: Ready = {
      evaluation,
      symbol,
      symbols,
      addresses,
      ...lowerEvaluation(evaluation, addresses, symbol),
      assigns: place ? placeAssigns(place) : assigns(value),
      mayChange: place ? placeHasSideEffects(place) : hasSideEffects(value),
    };
    if (!returned && symbols.length === 0) {
      if (this.known.size >= MOST_KNOWN) {
        this.known.clear();
      }
      this.known.set(key, made);
    }
    return made;
  }

  /** What is wrong with an expression, whatever the values are; undefined when nothing is. */
  mistakeIn(text: string, frame: StackFrame | undefined): Diagnostic | undefined {
    const { checked, diagnostics } = this.prepare(text, frame, undefined);
    return checked ? undefined : diagnostics[0];
  }

  private prepare(
    text: string,
    frame: StackFrame | undefined,
    returned: ReturnedValue | undefined,
  ): { checked?: CheckedExpression; addresses: Map<LocalVariable, number>; diagnostics: readonly Diagnostic[] } {
    const { scope } = this;
    const addresses = new Map<LocalVariable, number>();
    const described = frame && this.machine.debug.functions[frame.functionId];
    const fn = described?.kind === 'compiled' ? described : undefined;
    const visible = fn && frame ? fn.variables.filter((variable) => isVisibleAt(variable, frame)) : [];
    const path = fn ? (this.machine.debug.files[fn.file] ?? '') : '';
    const shadowed = new Set(visible.map(({ name }) => name));
    const withMacros = expandObjectMacros(
      text,
      (name) => (shadowed.has(name) ? undefined : this.macro(name, path)),
      (name) => shadowed.has(name) || scope.has(name),
    );
    const parsed = parseExpression(withMacros, this.parser, scope.typeNames);
    if (!parsed.expr) {
      return { addresses, diagnostics: parsed.diagnostics };
    }
    const base = frame && fn ? frame.address - fn.frameSize : 0;
    const locals = visible.map((variable) => {
      const local = scope.local(variable.name, variable.type, variable.spelling);
      addresses.set(local, base + variable.offset);
      return local;
    });
    const result =
      returned && text.includes(RETURNED) ? [scope.temporary(RETURNED, returned.type, returned.bytes)] : [];
    const checked = checkExpression(parsed.expr, {
      unit: scope.unitScope(fn?.file ?? -1),
      locals,
      function: fn && frame && scope.functionSymbol(frame.functionId),
      statics: [...(fn ? scope.statics(fn) : []), ...result],
    });
    const errors = expressionProblems(text, checked.diagnostics, this.debug);
    return errors.length > 0
      ? { addresses, diagnostics: errors }
      : {
          checked: { ...checked, symbols: [...checked.symbols, ...result] },
          addresses,
          diagnostics: parsed.diagnostics,
        };
  }

  /** A macro of the file at hand, or of a header: what another source defines for itself means nothing here. */
  private macro(name: string, path: string): MacroInfo | undefined {
    const macro = this.program.macro(name, path);
    const from = macro?.span?.file.path;
    return from === path || (from !== undefined && !from.endsWith('.c')) ? macro : undefined;
  }

  /** The part of an expression that failed because it leads nowhere. */
  private culprit(
    evaluation: Evaluation,
    addresses: ReadonlyMap<LocalVariable, number>,
    symbol: GlobalSymbol,
    failed: Exclude<ExpressionRun, { readonly kind: 'value' }>,
  ): BadPointer | undefined {
    const { machine, scope } = this;
    const valueOf = (value: Value): number | undefined => {
      if (hasSideEffects(value)) {
        return undefined;
      }
      const ran = runExpression(machine, lowerEvaluation({ value }, addresses, symbol).lowered, {
        literals: [],
        addressOf: (used) => scope.addressOf(used),
        objectSize: undefined,
        mayChange: false,
        keep: false,
      });
      return ran.kind === 'value' ? new DataView(ran.bytes.buffer).getUint32(0, true) : undefined;
    };
    const root = 'addressOf' in evaluation ? evaluation.addressOf : evaluation.value;
    return failed.kind === 'fault' && failed.within === undefined
      ? badPointer(root, failed.expression, valueOf, (at) => !['data', 'heap', 'stack'].includes(placeOf(machine, at)))
      : undefined;
  }

  private run(text: string, ready: Ready, keep: boolean): EvaluationResult {
    const { machine, scope } = this;
    const { evaluation, symbol, symbols: literals, addresses, lowered, bits, type, mayChange } = ready;
    const id = scope.idOf(type);
    const { size, kind } = typeOf(this.debug, id);
    const inMemory = 'addressOf' in evaluation || kind === 'record';
    const ran = runExpression(machine, lowered, {
      literals,
      addressOf: (used) => scope.addressOf(used),
      objectSize: inMemory ? size : undefined,
      mayChange,
      keep,
    });
    if (ran.kind !== 'value') {
      return { diagnostics: [failure(text, ran, machine, this.culprit(evaluation, addresses, symbol, ran))] };
    }
    const { bytes, object, literals: behind, changed } = ran;
    if (kind === 'void') {
      return { evaluated: { type: id, isVoid: true }, changed, diagnostics: [] };
    }
    const address = new DataView(bytes.buffer).getUint32(0, true);
    if (inMemory && !object && kind !== 'function' && !isReadable(machine, address, size)) {
      const fault = { kind: 'fault', address, point: undefined, expression: undefined } as const;
      return { diagnostics: [failure(text, fault, machine, this.culprit(evaluation, addresses, symbol, fault))] };
    }
    return {
      evaluated: {
        type: id,
        isVoid: false,
        bits,
        ...('addressOf' in evaluation ? named(evaluation.addressOf) : {}),
        ...(object ? { bytes: object } : inMemory ? { address } : { bytes }),
        ...(kind === 'pointer' ? { behind } : {}),
      },
      changed,
      diagnostics: [],
    };
  }
}

/** The function that has the expression for a body. */
function functionOf(evaluation: Evaluation): GlobalSymbol {
  const { span } = 'addressOf' in evaluation ? evaluation.addressOf : evaluation.value;
  const type = { kind: 'void' } as const;
  return { kind: 'function', name: '(expression)', type, spelling: '', linkage: 'none', span };
}

/** What tells the meaning of a place. */
function named(place: Place): Pick<Evaluated, 'member' | 'variable'> {
  return place.kind === 'local' ? { variable: place.variable.name } : { member: memberNamed(place) };
}

/**
 * The member a place is, seen from the nearest record with a tag; undefined when it is none. An element is what its
 * array is.
 */
function memberNamed(place: Place): MemberName | undefined {
  const names: string[] = [];
  for (let at = place; at.kind === 'member'; at = at.base) {
    if (at.field.name !== undefined) {
      names.unshift(at.field.name);
    }
    if (at.base.type.kind === 'record' && at.base.type.name !== undefined) {
      return { record: at.base.type.name, path: names.join('.') };
    }
  }
  return undefined;
}
