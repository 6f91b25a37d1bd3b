/**
 * Every text a person sees exists in English and in Chinese.
 *
 * package.json's `%keys%` are in both package.nls files; every literal handed to `l10n.t` is in the Chinese bundle,
 * nothing in the bundle is left over, and placeholders agree. Notes have their own check (`sockscope annotations
 * --check`).
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parse, readText, repository, sourceFiles, walk } from './source-tree';

const readTable = (path: string) =>
  existsSync(join(repository, path)) ? (JSON.parse(readText(path)) as Record<string, string>) : {};

const english = readTable('package.nls.json');
const chinese = readTable('package.nls.zh-cn.json');
const bundle = readTable('l10n/bundle.l10n.zh-cn.json');

const han = /\p{Script=Han}/u;
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([each]) => each).sort();

/** Strings of package.json that are `%key%`, by key. */
function manifestKeys(value: unknown): string[] {
  if (typeof value === 'string') {
    const key = /^%(.+)%$/.exec(value)?.[1];
    return key === undefined ? [] : [key];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(manifestKeys) : [];
}

/** Messages handed to `l10n.t(…)`, and the places where the message is no literal and cannot be looked up. */
function messages(): { literal: string[]; computed: string[] } {
  const literal: string[] = [];
  const computed: string[] = [];
  for (const path of sourceFiles()) {
    const file = parse(path);
    walk(file, (node) => {
      if (!ts.isCallExpression(node) || !/(^|\.)l10n\.t$/.test(node.expression.getText())) {
        return;
      }
      const [first] = node.arguments;
      const message = first && ts.isObjectLiteralExpression(first) ? messageProperty(first) : first;
      if (message && ts.isStringLiteralLike(message)) {
        literal.push(message.text);
      } else {
        computed.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
      }
    });
  }
  return { literal, computed };
}

function messageProperty(object: ts.ObjectLiteralExpression): ts.Expression | undefined {
  const property = object.properties.find((each) => each.name?.getText() === 'message');
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

describe('languages', () => {
  test('every %key% of package.json is in both package.nls files, and nothing else is', () => {
    const keys = [...new Set(manifestKeys(JSON.parse(readText('package.json'))))].sort();
    expect(Object.keys(english).sort()).toEqual(keys);
    expect(Object.keys(chinese).sort()).toEqual(keys);
  });

  test('Chinese strings of package.json are Chinese', () => {
    const untranslated = Object.entries(chinese).filter(([key, text]) => !han.test(text) && text !== english[key]);
    expect(untranslated).toEqual([]);
  });

  test('every message of the code is in the Chinese bundle, with the same placeholders', () => {
    const { literal, computed } = messages();
    expect(computed).toEqual([]);
    expect([...new Set(literal)].filter((message) => bundle[message] === undefined)).toEqual([]);
    expect(Object.keys(bundle).filter((message) => !literal.includes(message))).toEqual([]);
    const unlike = Object.entries(bundle).filter(
      ([message, text]) => String(placeholders(message)) !== String(placeholders(text)),
    );
    expect(unlike).toEqual([]);
  });
});
