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
  const isPostfix = /^(?:[A-Za-z_]\w*|\((?:[^()]|\([^()]*\))*\)(?=[.[-]))(?:(?:\.|->)\w+|\[\d+\])*$/.test(expression);
  return isPostfix ? expression : `(${expression})`;
}
