/**
 * Statements (C99 6.8) and statement expressions.
 *
 * In: a block of the syntax tree. Out: checked statements. An error stays within its statement: that one becomes a trap
 * (or holds one in its condition), the others run.
 */
import { given } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { unreachable } from '../base/assert';
import type { Block, Expr, ExprOf, Stmt, StmtOf } from '../parse/ast';
import type { Span } from '../source/source-file';
import type { LocalVariable, Statement, Value } from './checked';
import { tooDeepMessage, type Context } from './context';
import { assignable, condition } from './conversions';
import { declareLocals } from './local-declarations';
import { convert, trap } from './fold';
import { valueOf } from './places';
import { switchStatement, switchLabel } from './switch-statements';
import { spellType } from './spelling';
import { intType, voidType } from './types';

/** The items of a block, in a scope of their own. */
function checkBlock(context: Context, block: Block): Extract<Statement, { kind: 'block' }> {
  return context.nested(() => blockInScope(context, block));
}

/** The items of a block in the scope at hand: a function's body shares the scope of its parameters. */
export function blockInScope(context: Context, block: Block): Extract<Statement, { kind: 'block' }> {
  const locals: LocalVariable[] = [];
  const items: Statement[] = [];
  for (const item of block.items) {
    addStatement(context, item, items, locals);
  }
  return { kind: 'block', span: block.span, items, locals };
}

function addStatement(context: Context, statement: Stmt, items: Statement[], locals: LocalVariable[]): void {
  if (statement.kind === 'declaration-statement') {
    for (const item of declareLocals(context, statement.declaration, locals, statement.macro)) {
      items.push(item);
    }
  } else if (statement.kind === 'local-labels') {
    const state = context.function;
    statement.names.forEach((name) => state && context.scope.labels.set(name, `${name}#${++state.localLabels}`));
  } else if (statement.kind !== 'empty') {
    items.push(checkStatement(context, statement));
  }
}

/** Checks one statement. */
function checkStatement(context: Context, statement: Stmt): Statement {
  if (!context.enter(statement.span)) {
    return { kind: 'trap', span: statement.span, message: tooDeepMessage };
  }
  try {
    const checked = dispatch(context, statement);
    return statement.macro === undefined ? checked : { ...checked, macro: statement.macro };
  } finally {
    context.leave();
  }
}

function dispatch(context: Context, statement: Stmt): Statement {
  const { span } = statement;
  switch (statement.kind) {
    case 'expression-statement':
      return expressionStatement(span, effect(context, statement.value));
    case 'empty':
      return { kind: 'empty', span };
    case 'block':
      return checkBlock(context, statement);
    case 'declaration-statement': {
      // A declaration where only a statement may stand: it gets a block of its own.
      const locals: LocalVariable[] = [];
      return context.nested(() => ({
        kind: 'block',
        span,
        items: declareLocals(context, statement.declaration, locals, statement.macro),
        locals,
      }));
    }
    case 'if':
      return ifStatement(context, statement);
    case 'while': {
      const test = conditionOf(context, statement.condition);
      return { kind: 'while', span, condition: test, body: loopBody(context, statement.body) };
    }
    case 'do-while': {
      const body = loopBody(context, statement.body);
      return { kind: 'do-while', span, body, condition: conditionOf(context, statement.condition) };
    }
    case 'for':
      return forStatement(context, statement);
    case 'switch':
      return switchStatement(context, statement, checkStatement);
    case 'case':
    case 'default':
    case 'label':
      return labelled(context, statement);
    case 'local-labels':
      return { kind: 'empty', span };
    case 'goto':
      return jump(context, statement);
    case 'goto-computed': {
      const target = valueOf(context, statement.target);
      return target.kind === 'trap'
        ? { kind: 'trap', span, message: target.message }
        : { kind: 'goto-computed', span, target };
    }
    case 'break':
    case 'continue':
      return leave(context, span, statement.kind);
    case 'return':
      return returnStatement(context, statement);
    case 'error-statement':
      return { kind: 'trap', span, message: statement.message };
    default:
      return unreachable(statement, 'statement');
  }
}

function expressionStatement(span: Span, value: Value): Statement {
  return value.kind === 'trap' ? { kind: 'trap', span, message: value.message } : { kind: 'expression', span, value };
}

/** An expression for its effects, placed where the statement is. */
function effect(context: Context, expr: Expr): Value {
  const value = valueOf(context, expr);
  return value.span === expr.span ? value : { ...value, span: expr.span };
}

function conditionOf(context: Context, expr: Expr): Value {
  const value = condition(context, valueOf(context, expr), expr.span);
  return value.span === expr.span ? value : { ...value, span: expr.span };
}

/** `else if` chains are walked in a loop, so their length is not bounded by the stack. */
function ifStatement(context: Context, statement: StmtOf<'if'>): Statement {
  const parts: { readonly node: StmtOf<'if'>; readonly condition: Value; readonly then: Statement }[] = [];
  let current: Stmt | undefined = statement;
  while (current?.kind === 'if') {
    parts.push({
      node: current,
      condition: conditionOf(context, current.condition),
      then: checkStatement(context, current.then),
    });
    current = current.otherwise;
  }
  let otherwise = current && checkStatement(context, current);
  for (const { node, condition: test, then } of parts.reverse()) {
    const checked: Statement = { kind: 'if', span: node.span, condition: test, then, otherwise };
    otherwise = node.macro === undefined ? checked : { ...checked, macro: node.macro };
  }
  return given(otherwise, 'statement');
}

function loopBody(context: Context, body: Stmt): Statement {
  const state = context.function;
  if (state) {
    state.loops++;
    state.breakable++;
  }
  const checked = checkStatement(context, body);
  if (state) {
    state.loops--;
    state.breakable--;
  }
  return checked;
}

function forStatement(context: Context, statement: StmtOf<'for'>): Statement {
  return context.nested(() => {
    const locals: LocalVariable[] = [];
    const { initial: first, step: last } = statement;
    const initial = !first
      ? []
      : 'declarators' in first
        ? declareLocals(context, first, locals, undefined)
        : [expressionStatement(first.span, effect(context, first))];
    const test = statement.condition && conditionOf(context, statement.condition);
    const step = last && effect(context, last);
    const body = loopBody(context, statement.body);
    return { kind: 'for', span: statement.span, initial, condition: test, step, body, locals };
  });
}

/** Labels in a row are taken in a loop, so a switch may have thousands of cases for one statement. */
function labelled(context: Context, statement: StmtOf<'case' | 'default' | 'label'>): Statement {
  const wrappers: ((body: Statement | undefined) => Statement)[] = [];
  let current: Stmt | undefined = statement;
  while (current && (current.kind === 'case' || current.kind === 'default' || current.kind === 'label')) {
    wrappers.push(current.kind === 'label' ? declareLabel(context, current) : switchLabel(context, current));
    current = current.body;
  }
  let body = current && checkStatement(context, current);
  for (const wrapper of wrappers.reverse()) {
    body = wrapper(body);
  }
  return given(body, 'statement');
}

function declareLabel(context: Context, statement: StmtOf<'label'>): (body: Statement | undefined) => Statement {
  const { span } = statement;
  const name = context.scope.labelName(statement.name);
  const labels = context.function?.labels;
  if (labels?.has(name)) {
    context.reporter.error(
      'SS3005',
      span,
      sentence('label-statement-is-defined-twice', { statement: statement.name }),
      sentence('rename-one'),
    );
    const message = sentence('label-statement-is-defined-twice', { statement: statement.name });
    return (body) => body ?? { kind: 'trap', span, message };
  }
  labels?.set(name, span);
  return (body) => ({ kind: 'label', span, name, body });
}

function jump(context: Context, statement: StmtOf<'goto'>): Statement {
  const { span } = statement;
  const label = context.scope.labelName(statement.label);
  const checked: Statement = { kind: 'goto', span, label };
  // Whether the label exists is known at the end of the function; until then the node can still become a trap.
  context.function?.jumps.push({ label, span, fail: (message) => Object.assign(checked, { kind: 'trap', message }) });
  return checked;
}

function leave(context: Context, span: Span, kind: 'break' | 'continue'): Statement {
  const state = context.function;
  const allowed = state && (kind === 'break' ? state.breakable > 0 : state.loops > 0);
  if (!allowed) {
    const message = sentence('kind-outside-of-a-loop-detail', {
      kind,
      detail: kind === 'break' ? sentence('or-switch') : '',
    });
    context.reporter.error('SS3002', span, message, sentence('remove-it'));
    return { kind: 'trap', span, message };
  }
  return { kind, span };
}

function returnStatement(context: Context, statement: StmtOf<'return'>): Statement {
  const { span } = statement;
  const returns = context.function?.returns ?? intType;
  if (!statement.value) {
    if (returns.kind !== 'void') {
      context.reporter.warn(
        span,
        sentence('return-without-a-value-in-a-function-that-returns', { returns: spellType(returns) }),
        sentence('return-a-value'),
      );
    }
    return { kind: 'return', span, value: undefined };
  }
  const value = valueOf(context, statement.value);
  if (value.kind === 'trap') {
    return { kind: 'trap', span, message: value.message };
  }
  if (returns.kind === 'void') {
    if (value.type.kind !== 'void') {
      context.reporter.warn(
        span,
        sentence('return-with-a-value-in-a-function-that-returns'),
        sentence('remove-the-value'),
      );
    }
    return { kind: 'return', span, value: convert(value, voidType) };
  }
  const converted = assignable(context, value, returns, statement.value.span, 'return');
  return converted.kind === 'trap'
    ? { kind: 'trap', span, message: converted.message }
    : { kind: 'return', span, value: converted };
}

function withoutLabels(last: Stmt | undefined): { labels: StmtOf<'label'>[]; statement: Stmt | undefined } {
  const labels: StmtOf<'label'>[] = [];
  let statement = last;
  while (statement?.kind === 'label') {
    labels.push(statement);
    statement = statement.body;
  }
  return { labels, statement };
}

/** `({ … })`: the value of the last expression statement, or nothing. */
export function statementExpression(context: Context, expr: ExprOf<'statement-expression'>): Value {
  const { span } = expr;
  if (!context.function) {
    const message = sentence('a-statement-expression-outside-of-a-function');
    context.reporter.error('SS3004', span, message, sentence('use-it-in-a-function'));
    return trap(span, message);
  }
  return context.nested(() => {
    const body: Statement[] = [];
    const locals: LocalVariable[] = [];
    const { items } = expr.body;
    const last = items[items.length - 1];
    // Labels before the last expression (`({ …; out: x; })`): they end up behind everything else, the value follows.
    const { labels, statement } = withoutLabels(last);
    const valued = statement?.kind === 'expression-statement' ? statement : undefined;
    for (const item of valued ? items.slice(0, -1) : items) {
      addStatement(context, item, body, locals);
    }
    if (valued) {
      labels.forEach((label) => body.push(declareLabel(context, label)(undefined)));
    }
    const result = valued && valueOf(context, valued.value);
    if (result?.kind === 'trap' && body.length === 0) {
      return result;
    }
    if (body.length === 0 && result) {
      return result;
    }
    return { kind: 'statement-expression', span, type: result?.type ?? voidType, body, result };
  });
}
