/**
 * Statements: each begins with its stop; control flow becomes labels and jumps.
 */
import { sentence } from '../sentences/sentence';
import { unreachable } from '../base/assert';
import { shownLabel, type Statement, type StatementOf, type SwitchCase, type Value } from '../semantic/checked';
import { read } from './builders';
import type { FunctionBuilder } from './function-builder';
import type { Label } from './instructions';
import { returnAccess } from './lower-calls';
import { lowerLocalInitializer } from './lower-initializers';
import { lowerPlace, writePlace } from './lower-places';
import { lowerCondition, lowerEffect, lowerRecord, lowerValue } from './lower-values';
import { isSafeAddress } from './safe-addresses';
import { isUnsigned, sizeOf } from './scalar';

/** Where `break`, `continue` and the cases of the innermost constructs lead. */
interface Targets {
  readonly breakTo: Label | undefined;
  readonly continueTo: Label | undefined;
  readonly cases: ReadonlyMap<SwitchCase, Label>;
}

const noTargets: Targets = { breakTo: undefined, continueTo: undefined, cases: new Map() };
const targetsOf = new WeakMap<FunctionBuilder, Targets>();

function withTargets(builder: FunctionBuilder, targets: Targets, body: () => void): void {
  const outer = targetsOf.get(builder) ?? noTargets;
  targetsOf.set(builder, targets);
  body();
  targetsOf.set(builder, outer);
}

export function lowerStatements(builder: FunctionBuilder, statements: readonly Statement[]): void {
  for (const statement of statements) {
    lowerStatement(builder, statement);
  }
}

/** Labels in a row are walked in a loop: a switch may have thousands of cases for one statement. */
function lowerStatement(builder: FunctionBuilder, statement: Statement): void {
  let labelled: Statement | undefined = statement;
  while (labelled?.kind === 'case' || labelled?.kind === 'label') {
    placeLabel(builder, labelled);
    labelled = labelled.body;
  }
  if (labelled) {
    lowerUnlabelled(builder, labelled);
  }
}

function placeLabel(builder: FunctionBuilder, statement: StatementOf<'case' | 'label'>): void {
  if (statement.kind === 'label') {
    builder.place(builder.userLabel(statement.name), true);
    builder.labelPlaces.push({
      name: shownLabel(statement.name),
      statement: builder.statements.length,
      span: statement.span,
    });
    return;
  }
  const label = (targetsOf.get(builder) ?? noTargets).cases.get(statement.entry);
  if (label) {
    builder.place(label);
  }
}

function lowerUnlabelled(builder: FunctionBuilder, statement: Exclude<Statement, { kind: 'case' | 'label' }>): void {
  const { span, macro } = statement;
  switch (statement.kind) {
    case 'empty':
      return;
    case 'expression':
      builder.stop('expression', span, macro);
      lowerEffect(builder, statement.value);
      return;
    case 'block':
      statement.locals.forEach((local) => builder.addLocal(local));
      lowerStatements(builder, statement.items);
      return;
    case 'initialize':
      builder.stop('initialize', span, macro);
      initialize(builder, statement);
      return;
    case 'if':
      lowerIf(builder, statement);
      return;
    case 'while':
    case 'do-while':
    case 'for':
      lowerLoop(builder, statement);
      return;
    case 'switch':
      lowerSwitch(builder, statement);
      return;
    case 'goto':
      builder.stop('goto', span, macro);
      builder.jump(builder.userLabel(statement.label), 'it follows a goto');
      return;
    case 'goto-computed': {
      builder.stop('goto', span, macro);
      const value = lowerValue(builder, statement.target);
      builder.emit({ op: 'jump-computed', value, targets: builder.addressedLabels });
      builder.endPath('it follows a goto');
      return;
    }
    case 'break':
    case 'continue':
      leaveLoop(builder, statement);
      return;
    case 'return':
      builder.stop('return', span, macro);
      lowerReturn(builder, statement.value);
      return;
    case 'trap':
      builder.stop('trap', span, macro);
      builder.emit({ op: 'fault', message: statement.message, site: span });
      return;
    default:
      unreachable(statement, 'statement');
  }
}

/** `break` and `continue`. */
function leaveLoop(builder: FunctionBuilder, { kind, span, macro }: StatementOf<'break' | 'continue'>): void {
  builder.stop(kind, span, macro);
  const targets = targetsOf.get(builder) ?? noTargets;
  const label = kind === 'break' ? targets.breakTo : targets.continueTo;
  if (label) {
    builder.jump(label, `it follows a ${kind}`);
  } else {
    builder.emit({ op: 'fault', message: sentence('kind-outside-of-a-loop', { kind }), site: span });
  }
}

function initialize(builder: FunctionBuilder, statement: StatementOf<'initialize'>): void {
  const { variable, initializer } = statement;
  builder.addLocal(variable);
  if (!('kind' in initializer)) {
    lowerLocalInitializer(builder, variable, initializer, statement.span);
    return;
  }
  const place = { kind: 'local', variable, type: variable.type, span: statement.span } as const;
  if (variable.type.kind === 'record') {
    const from = lowerRecord(builder, initializer);
    const to = lowerPlace(builder, place);
    if (to.in === 'memory') {
      builder.emit({
        op: 'copy',
        to: to.address,
        from,
        size: sizeOf(variable.type),
        safe: isSafeAddress(from, sizeOf(variable.type)),
        site: statement.span,
      });
    }
    return;
  }
  const value = lowerValue(builder, initializer);
  writePlace(builder, lowerPlace(builder, place), value);
}

/** Chains of `else if` are walked in a loop, so their length is not bounded by the stack. */
function lowerIf(builder: FunctionBuilder, chain: StatementOf<'if'>): void {
  const end = builder.newLabel();
  let last: Statement | undefined = chain;
  while (last?.kind === 'if') {
    builder.stop('if', last.condition.span, last.macro);
    const otherwise = builder.newLabel();
    lowerCondition(builder, last.condition, otherwise, false);
    lowerStatement(builder, last.then);
    if (last.otherwise) {
      builder.jump(end, '');
    }
    builder.place(otherwise);
    last = last.otherwise;
  }
  if (last) {
    lowerStatement(builder, last);
  }
  builder.place(end);
}

function lowerLoop(builder: FunctionBuilder, statement: StatementOf<'while' | 'do-while' | 'for'>): void {
  const outer = targetsOf.get(builder) ?? noTargets;
  const breakTo = builder.newLabel();
  const continueTo = builder.newLabel();
  const inner: Targets = { breakTo, continueTo, cases: outer.cases };
  const { macro } = statement;
  if (statement.kind === 'do-while') {
    const again = builder.newLabel();
    builder.place(again, true);
    withTargets(builder, inner, () => lowerStatement(builder, statement.body));
    builder.place(continueTo);
    builder.stop('do-while', statement.condition.span, macro);
    lowerCondition(builder, statement.condition, again, true);
    builder.place(breakTo);
    return;
  }
  const again = statement.kind === 'while' ? continueTo : builder.newLabel();
  if (statement.kind === 'for') {
    statement.locals.forEach((local) => builder.addLocal(local));
    lowerStatements(builder, statement.initial);
  }
  builder.place(again, true);
  if (statement.condition) {
    builder.stop(statement.kind === 'for' ? 'for-condition' : 'while', statement.condition.span, macro);
    lowerCondition(builder, statement.condition, breakTo, false);
  }
  const first = builder.statements.length;
  withTargets(builder, inner, () => lowerStatement(builder, statement.body));
  if (!statement.condition && builder.statements.length === first) {
    // `for (;;) ;` would run without a statement, so without an end to any slice: the loop itself is the stop.
    builder.stop('for-condition', statement.span, macro);
  }
  if (statement.kind === 'for') {
    builder.place(continueTo);
    if (statement.step) {
      builder.stop('for-step', statement.step.span, macro);
      lowerEffect(builder, statement.step);
    }
  }
  builder.jump(again, 'the loop before it has no end');
  builder.place(breakTo);
}

function lowerSwitch(builder: FunctionBuilder, statement: StatementOf<'switch'>): void {
  const outer = targetsOf.get(builder) ?? noTargets;
  builder.stop('switch', statement.control.span, statement.macro);
  const value = lowerValue(builder, statement.control);
  const breakTo = builder.newLabel();
  const labels = new Map<SwitchCase, Label>(outer.cases);
  let otherwise = breakTo;
  const cases: { low: bigint; high: bigint; label: Label }[] = [];
  for (const entry of statement.cases) {
    const label = builder.newLabel();
    labels.set(entry, label);
    if (entry.low === undefined || entry.high === undefined) {
      otherwise = label;
    } else {
      cases.push({ low: entry.low, high: entry.high, label });
    }
  }
  builder.emit({ op: 'switch', value, signed: !isUnsigned(statement.control.type), cases, otherwise });
  builder.endPath('it lies in a switch before the first case');
  withTargets(builder, { breakTo, continueTo: outer.continueTo, cases: labels }, () =>
    lowerStatement(builder, statement.body),
  );
  builder.place(breakTo);
}

function lowerReturn(builder: FunctionBuilder, value: Value | undefined): void {
  if (!value || value.type.kind === 'void') {
    if (value) {
      lowerEffect(builder, value);
    }
    builder.emit({ op: 'return', value: undefined, access: undefined });
  } else if (value.type.kind === 'record') {
    const from = lowerRecord(builder, value);
    if (builder.recordResult) {
      builder.emit({
        op: 'copy',
        to: read(builder.recordResult),
        from,
        size: sizeOf(value.type),
        safe: false,
        site: value.span,
      });
    }
    builder.emit({ op: 'return', value: undefined, access: undefined });
  } else {
    const result = lowerValue(builder, value);
    builder.emit({ op: 'return', value: result, access: returnAccess(value.type) });
  }
  builder.endPath('it follows a return');
}
