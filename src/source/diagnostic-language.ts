/**
 * Diagnostics in the reader's language.
 *
 * In: a diagnostic, whose sentences are English. Out: the same with Chinese sentences, from tables of templates: what a
 * sentence inserts is found by matching it with its English template. A sentence that is in no table stays, behind what
 * its code stands for.
 */
import { annotationTexts } from './chinese/annotations';
import { chineseCodes } from './chinese/codes';
import { documentRunTexts } from './chinese/document-runs';
import { documentTexts } from './chinese/documents';
import { faultTexts } from './chinese/faults';
import { frontEndTexts } from './chinese/front-end';
import { scenarioTexts } from './chinese/scenarios';
import { scriptTexts } from './chinese/scripts';
import { typeTexts } from './chinese/types';
import type { Diagnostic } from './diagnostic';

interface Template {
  readonly pattern: RegExp;
  /** Which `{n}` each group of the pattern is. */
  readonly slots: readonly number[];
  readonly chinese: string;
}

const hasHan = /[㐀-鿿]/;
const all = [
  ...frontEndTexts,
  ...typeTexts,
  ...scenarioTexts,
  ...scriptTexts,
  ...annotationTexts,
  ...documentTexts,
  ...documentRunTexts,
  ...faultTexts,
];
const exact: ReadonlyMap<string, string> = new Map(all.filter(([english]) => !/\{\d\}/.test(english)));
let compiled: readonly Template[] | undefined;

/** The templates with places for values, those with the most words first: `{0} of the type {1}` would match much. */
function templates(): readonly Template[] {
  return (compiled ??= all
    .filter(([english]) => /\{\d\}/.test(english))
    .sort(([a], [b]) => b.replace(/\{\d\}/g, '').length - a.replace(/\{\d\}/g, '').length)
    .map(([english, chinese]) => {
      const parts = english.split(/\{(\d)\}/);
      const pattern = parts
        .map((part, index) => (index % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : '([\\s\\S]*?)'))
        .join('');
      return {
        pattern: new RegExp(`^${pattern}$`),
        slots: parts.filter((_, index) => index % 2 === 1).map(Number),
        chinese,
      };
    }));
}

/** The Chinese of an English sentence; undefined when no table has it. */
export function chineseOf(english: string, depth = 0): string | undefined {
  const known = exact.get(english);
  if (known !== undefined || depth > 2) {
    return known;
  }
  for (const { pattern, slots, chinese } of templates()) {
    const found = pattern.exec(english);
    if (found) {
      const values = new Map(slots.map((slot, index) => [slot, found[index + 1] ?? '']));
      return chinese.replace(/\{(\d)\}/g, (_all, slot: string) => {
        const value = values.get(Number(slot)) ?? '';
        return chineseOf(value, depth + 1) ?? value;
      });
    }
  }
  return undefined;
}

/** The diagnostic as a reader of the language wants it; both sentences on one line for `both`. */
export function inLanguage(diagnostic: Diagnostic, language: 'en' | 'zh' | 'both'): Diagnostic {
  if (language === 'en') {
    return diagnostic;
  }
  const say = (text: string, fallback: string): string => {
    // What a host says is in the reader's language already.
    const chinese = hasHan.test(text) ? text : (chineseOf(text) ?? fallback);
    return language === 'zh' || chinese === text ? chinese : `${text} / ${chinese}`;
  };
  const { code, message, remedy, related } = diagnostic;
  return {
    ...diagnostic,
    message: say(message, `${chineseCodes[code]}：${message}`),
    ...(remedy === undefined ? {} : { remedy: say(remedy, remedy) }),
    ...(related ? { related: related.map((each) => ({ ...each, message: say(each.message, each.message) })) } : {}),
  };
}
