/**
 * `switch`, `case` and `default` (C99 6.8.4.2), with GNU C's ranges `case 1 ... 5:`.
 *
 * In: syntax. Out: statements; every label adds a {@link SwitchCase} to its switch, in the promoted type of the control.
 */
import { sentence } from '../sentences/sentence';
import type { Stmt, StmtOf } from '../parse/ast';
import type { Statement, SwitchCase, Value } from './checked';
import type { Context, SwitchState } from './context';
import { promote } from './conversions';
import { trap, wrap } from './fold';
import { integerConstant } from './integer-constants';
import { valueOf } from './places';
import { spellType } from './spelling';
import { intType } from './types';

/** A switch; `checkStatement` checks its body. */
export function switchStatement(
  context: Context,
  statement: StmtOf<'switch'>,
  checkStatement: (context: Context, statement: Stmt) => Statement,
): Statement {
  const control = controlOf(context, statement);
  const type = control.type.kind === 'integer' ? control.type : intType;
  const state: SwitchState = { type, cases: [], values: new Set() };
  const owner = context.function;
  owner?.switches.push(state);
  if (owner) {
    owner.breakable++;
  }
  const body = checkStatement(context, statement.body);
  owner?.switches.pop();
  if (owner) {
    owner.breakable--;
  }
  return { kind: 'switch', span: statement.span, control, body, cases: state.cases };
}

function controlOf(context: Context, statement: StmtOf<'switch'>): Value {
  const value = promote(valueOf(context, statement.control));
  if (value.kind === 'trap' || value.type.kind === 'integer') {
    return value;
  }
  const message = sentence('switch-needs-an-integer-not-type', { type: spellType(value.type) });
  context.reporter.error('SS3002', statement.control.span, message, sentence('switch-on-an-integer-or-enum'));
  return trap(statement.control.span, message);
}

/** Enters a `case` or `default` label into its switch; the result wraps the statement behind it. */
export function switchLabel(
  context: Context,
  statement: StmtOf<'case' | 'default'>,
): (body: Statement | undefined) => Statement {
  const { span } = statement;
  const switches = context.function?.switches;
  const state = switches?.[switches.length - 1];
  const entry =
    state &&
    (statement.kind === 'default' ? defaultEntry(context, statement, state) : caseEntry(context, statement, state));
  if (!state) {
    context.reporter.error(
      'SS3002',
      span,
      sentence('statement-outside-of-a-switch', { statement: statement.kind }),
      sentence('put-it-in-a-switch'),
    );
  }
  if (!entry) {
    return (body) => body ?? { kind: 'empty', span };
  }
  state.cases.push(entry);
  return (body) => ({ kind: 'case', span, entry, body });
}

function defaultEntry(context: Context, statement: StmtOf<'default'>, state: SwitchState): SwitchCase | undefined {
  if (state.cases.some((other) => other.low === undefined)) {
    context.reporter.error(
      'SS3005',
      statement.span,
      sentence('a-switch-has-two-default-labels'),
      sentence('remove-one'),
    );
    return undefined;
  }
  return { low: undefined, high: undefined };
}

function caseEntry(context: Context, statement: StmtOf<'case'>, state: SwitchState): SwitchCase | undefined {
  const first = integerConstant(context, statement.value, sentence('a-case-label'));
  const last = statement.last ? integerConstant(context, statement.last, sentence('a-case-label')) : first;
  if (!first || !last) {
    return undefined;
  }
  const low = wrap(state.type, first.value);
  const high = wrap(state.type, last.value);
  if (low > high) {
    context.reporter.warn(
      statement.span,
      sentence('an-empty-range-of-case-labels'),
      sentence('put-the-smaller-value-first'),
    );
    return undefined;
  }
  if (overlaps(state, low, high)) {
    context.reporter.error(
      'SS3005',
      statement.span,
      sentence('case-low-is-in-the-switch-twice', { low: String(low) }),
      sentence('remove-one'),
    );
    return undefined;
  }
  return { low, high };
}

/** Whether a value of the range is taken; single values are kept in a map, since a switch may have thousands. */
function overlaps(state: SwitchState, low: bigint, high: bigint): boolean {
  if (low === high) {
    if (state.values.has(low)) {
      return true;
    }
    state.values.add(low);
    return state.cases.some((other) => other.low !== other.high && holds(other, low, high));
  }
  return state.cases.some((other) => holds(other, low, high));
}

/** Whether a label's range and another have a value in common. */
function holds(label: SwitchCase, low: bigint, high: bigint): boolean {
  return label.low !== undefined && label.high !== undefined && label.low <= high && low <= label.high;
}
