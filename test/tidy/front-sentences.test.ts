/**
 * What a person reads has its Chinese: a literal of three English words or more is either a sentence of the catalogue,
 * or stands beside its Chinese (`{ en, zh }`, `say(en, zh)`), or goes through `l10n.t`. Exempt are what nobody should
 * ever read (messages of exceptions), texts that are data (lists of words, C), and the lines in `leftAside`.
 */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { parse, sourceFiles, walk } from './source-tree';

/** Rooms whose texts come before a person's eyes. */
const spoken = /^src\/(cli|dap|editor|webview|ladder|history|session|scenario|hosts|catalog|query|document|trees)\//;

/** Texts that are the same in both languages, or are no sentences, with the reason. */
const leftAside: Readonly<Record<string, string>> = {
  'address mask request': 'a type of ICMP message by its name in RFC 950',
  'address mask reply': 'a type of ICMP message by its name in RFC 950',
};

const englishWords = /[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/;
/** A declaration in C. */
const isDeclaration = /;$/;
const han = /\p{Script=Han}/u;

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);

/** Whether a literal is text for a person that has no other language. */
function isAlone(node: ts.Node): boolean {
  for (let at = node; !ts.isSourceFile(at.parent); at = at.parent) {
    const { parent } = at;
    if (ts.isThrowStatement(parent) || (ts.isNewExpression(parent) && /Error$/.test(parent.expression.getText()))) {
      return false;
    }
    if (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.SuperKeyword) {
      return false;
    }
    if (ts.isCallExpression(parent) && /(l10n\.t|^given|^assert\w*|\.split)$/.test(parent.expression.getText())) {
      return false;
    }
    const isPair =
      ts.isCallExpression(parent) || ts.isObjectLiteralExpression(parent) || ts.isPropertyAssignment(parent);
    if (isPair && han.test(parent.getText())) {
      return false;
    }
    if (ts.isBlock(parent)) {
      return true;
    }
  }
  return true;
}

/** A list of words is cut up where it stands. */
const isWordList = (text: string, node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node.parent) || (/^[\w\s*/.+-]+$/.test(text) && text.split(/\s+/).length > 7);

test('every sentence of the fronts is in a catalogue or stands beside its Chinese', () => {
  const alone: string[] = [];
  for (const path of sourceFiles().filter((each) => spoken.test(each))) {
    const file = parse(path);
    walk(file, (node) => {
      if (
        isText(node) &&
        englishWords.test(node.text) &&
        leftAside[node.text] === undefined &&
        !isWordList(node.text, node) &&
        !isDeclaration.test(node.text) &&
        isAlone(node)
      ) {
        alone.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${node.text.trim()}`);
      }
    });
  }
  expect(alone).toEqual([]);
});
