/**
 * C expressions made of others.
 *
 * In: an expression, a member. Out: the expression of the member, with parentheses only where C needs them.
 */

/** `sk->state`, `(*list).next`, `((struct sock *) p)->num`: parentheses only where C needs them. */
export function memberExpression(expression: string, access: '.' | '->', member: string): string {
  return `${postfixOperand(expression)}${access}${member}`;
}

/** An expression that a postfix operator can stand behind. */
export function postfixOperand(expression: string): string {
  if (last.expression !== expression) {
    last = { expression, operand: operandOf(expression) };
  }
  return last.operand;
}

/** The members of one object are asked for one after the other. */
let last = { expression: '', operand: '()' };

function operandOf(expression: string): string {
  const isPostfix = /^(?:[A-Za-z_]\w*|\((?:[^()]|\([^()]*\))*\))(?:(?:\.|->)\w+|\[\d+\])*$/.test(expression);
  return isPostfix ? expression : `(${expression})`;
}
