/**
 * The sentences of diagnostics as the source writes them.
 *
 * In: TypeScript files. Out: message and remedy templates, `{0}` for each inserted value. A text that a function is
 * handed is found where it is handed over; what is put together in other ways is not found.
 */
import ts from 'typescript';

/** Functions that are handed a message and a remedy; the number of the argument with the message. */
const reporters: Readonly<Record<string, number>> = {
  error: 2,
  warning: 1,
  warn: 1,
  failed: 3,
  fail: 0,
  problem: 1,
  report: 4,
  reportDirective: 4,
  expectKind: 1,
  expect: 1,
  refuse: 0,
  unsupported: 1,
  questionable: 1,
};

export interface FoundText {
  readonly text: string;
  readonly place: string;
  readonly part: 'message' | 'remedy';
}

/** Texts of one file. */
export function diagnosticTexts(path: string, source: string): FoundText[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: FoundText[] = [];
  const add = (node: ts.Node | undefined, part: FoundText['part'], depth = 0): void => {
    if (!node || depth > 5) {
      return;
    }
    const place = `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isStringLiteralLike(node)) {
      found.push({ text: node.text, place, part });
    } else if (ts.isTemplateExpression(node)) {
      let text = node.head.text;
      node.templateSpans.forEach((span, index) => (text += `{${index}}${span.literal.text}`));
      found.push({ text, place, part });
    } else if (ts.isConditionalExpression(node)) {
      add(node.whenTrue, part, depth + 1);
      add(node.whenFalse, part, depth + 1);
    } else if (ts.isParenthesizedExpression(node)) {
      add(node.expression, part, depth);
    } else if (ts.isIdentifier(node)) {
      add(constant(node), part, depth + 1);
    }
  };
  const constant = (name: ts.Identifier): ts.Expression | undefined => {
    let value: ts.Expression | undefined;
    const look = (node: ts.Node): void => {
      if (
        ts.isVariableDeclaration(node) &&
        ts.isIdentifier(node.name) &&
        node.name.text === name.text &&
        node.initializer &&
        !value
      ) {
        value = node.initializer;
      }
      ts.forEachChild(node, look);
    };
    for (let scope: ts.Node = name; scope.parent && !value; scope = scope.parent) {
      if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
        look(scope);
      }
    }
    if (!value) {
      look(file);
    }
    return value;
  };
  const isCode = (node: ts.Node): boolean => ts.isStringLiteralLike(node) && /^SS\d{4}$/.test(node.text);
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const property = (name: string): ts.Expression | undefined =>
        node.properties.flatMap((each) =>
          ts.isPropertyAssignment(each) && each.name.getText() === name
            ? [each.initializer]
            : ts.isShorthandPropertyAssignment(each) && each.name.text === name
              ? [each.name]
              : [],
        )[0];
      if (property('code') || property('severity')) {
        add(property('message'), 'message');
        add(property('remedy'), 'remedy');
      }
    }
    if (ts.isCallExpression(node)) {
      const callee = ts.isPropertyAccessExpression(node.expression)
        ? node.expression.name.text
        : ts.isIdentifier(node.expression)
          ? node.expression.text
          : '';
      const codeAt = node.arguments.findIndex(isCode);
      const usual = Object.hasOwn(reporters, callee) ? reporters[callee] : undefined;
      if (codeAt >= 0 || usual !== undefined) {
        const texts = node.arguments
          .slice(codeAt >= 0 ? codeAt + 1 : usual)
          .filter(
            (each) =>
              !isCode(each) && !(ts.isStringLiteralLike(each) && /^(error|warning|information)$/.test(each.text)),
          );
        const wordy = texts.filter(
          (each) =>
            ts.isStringLiteralLike(each) ||
            ts.isTemplateExpression(each) ||
            ts.isConditionalExpression(each) ||
            ts.isIdentifier(each),
        );
        const before = callee === 'fail' || codeAt < 0 ? node.arguments.slice(usual ?? 0) : wordy;
        const [message, remedy] = before.filter(
          (each) =>
            wordy.some((one) => one === each) &&
            !(ts.isIdentifier(each) && constant(each) === undefined) &&
            textual(each),
        );
        add(message, 'message');
        add(remedy, 'remedy');
      }
    }
    ts.forEachChild(node, visit);
  };
  const textual = (node: ts.Expression, depth = 0): boolean =>
    depth < 5 &&
    (ts.isStringLiteralLike(node) ||
      ts.isTemplateExpression(node) ||
      (ts.isConditionalExpression(node) && (textual(node.whenTrue, depth + 1) || textual(node.whenFalse, depth + 1))) ||
      (ts.isIdentifier(node) && constant(node) !== undefined && textual(constant(node)!, depth + 1)));
  visit(file);
  return found;
}
