/**
 * Evaluates C expressions in a stopped machine, with the same compiler: parse, check in the frame's scope (from debug
 * information), lower with the frame's variables at their addresses, emit a module with one function that shares the
 * machine's memory, run it.
 *
 * Without `sideEffects` an expression with an assignment, increment or call is refused. With them, a call that does not
 * come to its end (it blocks, faults, or runs too long) is undone.
 */
import { lowerEvaluation, type Evaluation } from '../ir/lower-expression';
import { hasSideEffects, placeHasSideEffects } from '../ir/side-effects';
import { FRAME_PC, FRAME_RETURN, RED_ZONE } from '../abi/memory-map';
import { Status } from '../abi/run-status';
import type { Machine } from '../machine/machine';
import { parseExpression } from '../parse/parse-expression';
import type { CParser } from '../parse/tree-sitter';
import type { MacroInfo } from '../preprocess/macro-table';
import type { GlobalSymbol, LocalVariable, Place } from '../semantic/checked';
import { checkExpression, type CheckedExpression } from '../semantic/evaluate-scope';
import type { Diagnostic } from '../source/diagnostic';
import { SourceFile } from '../source/source-file';
import { buildThunk } from '../wasm/build-thunk';
import { DebugScope } from './debug-scope';
import { expandObjectMacros } from './macro-constants';
import type { Program } from '../compile/program';
import type { StackFrame } from './value-model';

/** What came out: an object in memory, or a scalar given by its bytes. */
export interface Evaluated {
  readonly type: number;
  /** Address of the object; undefined for a value that is not in memory. */
  readonly address?: number;
  readonly bytes?: Uint8Array;
  readonly bits?: { readonly offset: number; readonly size: number };
  /** The member that the expression names, which tells what its numbers stand for. */
  readonly member?: MemberName;
  readonly isVoid: boolean;
}

/** A member by the tag of the record around it and its path from there. */
export interface MemberName {
  readonly record: string;
  readonly path: string;
}

export interface EvaluationResult {
  readonly evaluated?: Evaluated;
  readonly diagnostics: readonly Diagnostic[];
}

/** Statements that a call made by an expression may execute. */
const CALL_BUDGET = 5_000_000;
/** Distance of the evaluator's own frame from the stopped one. */
const GAP = 256;

export class Evaluator {
  private readonly scope: DebugScope;

  constructor(
    private readonly machine: Machine,
    private readonly program: Program,
    private readonly parser: CParser,
  ) {
    this.scope = new DebugScope(machine.debug);
  }

  evaluate(text: string, frame: StackFrame | undefined, sideEffects: boolean): EvaluationResult {
    const prepared = this.prepare(text, frame);
    if (!prepared.checked) {
      return { diagnostics: prepared.diagnostics };
    }
    const { value, place } = prepared.checked;
    const evaluation: Evaluation = place ? { addressOf: place } : { value };
    const changes = place ? placeHasSideEffects(place) : hasSideEffects(value);
    if (changes && !sideEffects) {
      return {
        diagnostics: [
          problem(
            text,
            'this expression would change the program or call a function',
            'use the debug console or Set Value for that',
          ),
        ],
      };
    }
    return this.run(text, evaluation, prepared.addresses, changes);
  }

  private prepare(
    text: string,
    frame: StackFrame | undefined,
  ): { checked?: CheckedExpression; addresses: Map<LocalVariable, number>; diagnostics: readonly Diagnostic[] } {
    const { scope } = this;
    const addresses = new Map<LocalVariable, number>();
    const described = frame && this.machine.debug.functions[frame.functionId];
    const fn = described?.kind === 'compiled' ? described : undefined;
    const visible = fn
      ? fn.variables.filter(
          (variable) =>
            variable.parameter !== undefined || (variable.from <= frame!.start && frame!.start < variable.to),
        )
      : [];
    const path = fn ? (this.machine.debug.files[fn.file] ?? '') : '';
    const shadowed = new Set(visible.map(({ name }) => name));
    const withMacros = expandObjectMacros(text, (name) => (shadowed.has(name) ? undefined : this.macro(name, path)));
    const parsed = parseExpression(withMacros, this.parser, scope.typeNames);
    if (!parsed.expr) {
      return { addresses, diagnostics: parsed.diagnostics };
    }
    const locals = visible.map((variable) => {
      const local = scope.local(variable.name, variable.type, variable.spelling);
      addresses.set(local, frame!.address - fn!.frameSize + variable.offset);
      return local;
    });
    const checked = checkExpression(parsed.expr, {
      unit: scope.unitScope(fn?.file ?? -1),
      locals,
      function: fn && scope.functionSymbol(frame!.functionId),
      statics: fn ? scope.statics(fn) : [],
    });
    const errors = checked.diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
    return errors.length > 0
      ? { addresses, diagnostics: errors }
      : { checked, addresses, diagnostics: parsed.diagnostics };
  }

  /** A macro of the file at hand, or of a header: what another source defines for itself means nothing here. */
  private macro(name: string, path: string): MacroInfo | undefined {
    const macro = this.program.macro(name, path);
    const from = macro?.span?.file.path;
    return from === path || (from !== undefined && !from.endsWith('.c')) ? macro : undefined;
  }

  private run(
    text: string,
    evaluation: Evaluation,
    addresses: ReadonlyMap<LocalVariable, number>,
    changes: boolean,
  ): EvaluationResult {
    const { machine } = this;
    const span = 'addressOf' in evaluation ? evaluation.addressOf.span : evaluation.value.span;
    const symbol: GlobalSymbol = {
      kind: 'function',
      name: '(expression)',
      type: { kind: 'void' },
      spelling: '',
      linkage: 'none',
      span,
    };
    const { lowered, bits, type } = lowerEvaluation(evaluation, addresses, symbol);
    const thunk = buildThunk(lowered, machine.image, this.scope);
    const { wasm, memory } = machine;
    const { wasmMemory, table, fuel, stackLimit, top, faultAddress } = wasm;
    const module = new WebAssembly.Module(thunk.wasm as BufferSource);
    const instance = new WebAssembly.Instance(module, { env: { memory: wasmMemory, table } });
    const entry = instance.exports['thunk'] as (fp: number) => number;
    const task = machine.tasks.get(machine.currentTask);
    const low = task?.stackLow ?? machine.map.stacksStart;
    const frameTop =
      task && task.top !== 0 ? this.frameBase(task.top) : (task?.stackHigh ?? machine.map.stacksStart + 65536);
    const fp = (frameTop - GAP) & ~7;
    const saved = { fuel: fuel.value, stackLimit: stackLimit.value, top: top.value, faultAddress: faultAddress.value };
    const undo = changes ? machine.save() : undefined;
    const kept = memory.read(low, frameTop - low);
    fuel.value = CALL_BUDGET;
    stackLimit.value = low + RED_ZONE;
    let status: number;
    let result: Uint8Array;
    let pc: number;
    try {
      machine.flags.suspend();
      status = entry(fp);
      result = memory.read(fp + FRAME_RETURN, 8);
      pc = memory.u32(fp + FRAME_PC);
    } finally {
      machine.flags.resume();
      fuel.value = saved.fuel;
      stackLimit.value = saved.stackLimit;
      top.value = saved.top;
      memory.write(low, kept);
    }
    const faultAt = faultAddress.value;
    faultAddress.value = saved.faultAddress;
    if (status !== Status.returned) {
      if (undo) {
        machine.restore(undo);
      }
      const point = thunk.resumePoints[pc];
      const where = point?.expression ? `'${point.expression}'` : `'${text}'`;
      const message =
        status === Status.fault
          ? `${where} cannot be evaluated here: address 0x${(faultAt >>> 0).toString(16).padStart(8, '0')} is not valid`
          : `${where} calls a function that does not come to its end; nothing was changed`;
      return { diagnostics: [problem(text, message)] };
    }
    if (type.kind === 'void') {
      return { evaluated: { type: this.scope.idOf(type), isVoid: true }, diagnostics: [] };
    }
    const inMemory = 'addressOf' in evaluation || type.kind === 'record';
    const address = new DataView(result.buffer).getUint32(0, true);
    return {
      evaluated: {
        type: this.scope.idOf(type),
        isVoid: false,
        bits,
        ...('addressOf' in evaluation ? { member: memberNamed(evaluation.addressOf) } : {}),
        ...(inMemory ? { address } : { bytes: result }),
      },
      diagnostics: [],
    };
  }

  private frameBase(fp: number): number {
    const id = this.machine.memory.u32(fp + 4);
    return fp - (this.machine.debug.functions[id]?.frameSize ?? 0);
  }
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

function problem(text: string, message: string, remedy?: string): Diagnostic {
  const file = new SourceFile('expression', text);
  return { code: 'SS3002', severity: 'error', span: { file, start: 0, end: text.length }, message, remedy };
}
