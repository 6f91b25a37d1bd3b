/**
 * Evaluates C expressions in a stopped machine, with the same compiler: parse, check in the frame's scope (from debug
 * information), lower with the frame's variables at their addresses, run it (`run-expression.ts`).
 *
 * Without `sideEffects` an assignment is refused, and a call runs on a copy of the moment that is thrown away: it has a
 * value when it changes nothing. With them, a call that does not come to its end (it blocks, faults, or runs too long) is
 * undone.
 */
import type { DebugInfo } from '../abi/debug-info';
import { sentence, type Words } from '../sentences/sentence';
import { lowerEvaluation, type Evaluation } from '../ir/lower-expression';
import { assigns, hasSideEffects, placeAssigns, placeHasSideEffects } from '../ir/side-effects';
import { formatAddress } from '../base/bytes';
import type { Machine } from '../machine/machine';
import { parseExpression } from '../parse/parse-expression';
import type { CParser } from '../parse/tree-sitter';
import type { MacroInfo } from '../preprocess/macro-table';
import type { GlobalSymbol, LocalVariable, Place } from '../semantic/checked';
import { checkExpression, type CheckedExpression } from '../semantic/evaluate-scope';
import type { Diagnostic } from '../source/diagnostic';
import { SourceFile } from '../source/source-file';
import { DebugScope } from './debug-scope';
import { expandObjectMacros } from './macro-constants';
import { runExpression, type ExpressionRun } from './run-expression';
import { isReadable } from './value-context';
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
  /** The member that the expression names, which tells what its numbers stand for. */
  readonly member?: MemberName;
  readonly isVoid: boolean;
}

export interface EvaluationResult {
  readonly evaluated?: Evaluated;
  /** Something was changed: memory, or what has happened. */
  readonly changed?: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export class Evaluator {
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

  evaluate(text: string, frame: StackFrame | undefined, sideEffects: boolean): EvaluationResult {
    const prepared = this.prepare(text, frame);
    if (!prepared.checked) {
      return { diagnostics: prepared.diagnostics };
    }
    const { value, place } = prepared.checked;
    const evaluation: Evaluation = place ? { addressOf: place } : { value };
    if (!sideEffects && (place ? placeAssigns(place) : assigns(value))) {
      return { diagnostics: [wouldChange(text)] };
    }
    const mayChange = place ? placeHasSideEffects(place) : hasSideEffects(value);
    const result = this.run(text, evaluation, prepared.checked.symbols, prepared.addresses, {
      mayChange,
      keep: sideEffects,
    });
    return result.changed && !sideEffects ? { diagnostics: [wouldChange(text)] } : result;
  }

  private prepare(
    text: string,
    frame: StackFrame | undefined,
  ): { checked?: CheckedExpression; addresses: Map<LocalVariable, number>; diagnostics: readonly Diagnostic[] } {
    const { scope } = this;
    const addresses = new Map<LocalVariable, number>();
    const described = frame && this.machine.debug.functions[frame.functionId];
    const fn = described?.kind === 'compiled' ? described : undefined;
    const visible = fn ? fn.variables.filter((variable) => isVisibleAt(variable, frame!)) : [];
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
    literals: readonly GlobalSymbol[],
    addresses: ReadonlyMap<LocalVariable, number>,
    effects: { readonly mayChange: boolean; readonly keep: boolean },
  ): EvaluationResult {
    const { machine, scope } = this;
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
    const id = scope.idOf(type);
    const { size, kind } = typeOf(this.debug, id);
    const inMemory = 'addressOf' in evaluation || kind === 'record';
    const ran = runExpression(machine, lowered, {
      literals,
      addressOf: (used) => scope.addressOf(used),
      objectSize: inMemory ? size : undefined,
      ...effects,
    });
    if (ran.kind !== 'value') {
      return { diagnostics: [failure(text, ran)] };
    }
    const { bytes, object, changed } = ran;
    if (kind === 'void') {
      return { evaluated: { type: id, isVoid: true }, changed, diagnostics: [] };
    }
    const address = new DataView(bytes.buffer).getUint32(0, true);
    if (inMemory && !object && kind !== 'function' && !isReadable(machine, address, size)) {
      return { diagnostics: [failure(text, { kind: 'fault', address, expression: undefined })] };
    }
    return {
      evaluated: {
        type: id,
        isVoid: false,
        bits,
        ...('addressOf' in evaluation ? { member: memberNamed(evaluation.addressOf) } : {}),
        ...(object ? { bytes: object } : inMemory ? { address } : { bytes }),
      },
      changed,
      diagnostics: [],
    };
  }
}

function wouldChange(text: string): Diagnostic {
  return problem(
    text,
    sentence('this-expression-would-change-the-program'),
    sentence('use-the-debug-console-or-set-value-for-that'),
  );
}

function failure(text: string, failed: Exclude<ExpressionRun, { readonly kind: 'value' }>): Diagnostic {
  switch (failed.kind) {
    case 'no-room':
      return problem(
        text,
        sentence('there-is-no-room-on-the-stack-for-this-expression'),
        sentence('write-a-shorter-one'),
      );
    case 'fault':
      return problem(
        text,
        sentence('where-cannot-be-evaluated-here-address-is-not-valid', {
          where: `'${failed.expression ?? text}'`,
          address: formatAddress(failed.address),
        }),
      );
    case 'unfinished':
      return problem(
        text,
        sentence('where-calls-a-function-that-does-not-come-to-its-end', { where: `'${failed.expression ?? text}'` }),
      );
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

/** The expression is a struct, a union or void: C has no condition of these. */
export function noCondition(text: string): Diagnostic {
  return problem(
    text,
    sentence('this-has-no-value-that-could-be-compared-with-0'),
    sentence('compare-one-of-its-members'),
  );
}

function problem(text: string, message: Words, remedy?: Words): Diagnostic {
  const file = new SourceFile('expression', text);
  return { code: 'SS3002', severity: 'error', span: { file, start: 0, end: text.length }, message, remedy };
}
