/**
 * The arguments of the command line, read strictly. In: words, and which options the command takes. Out: values by
 * option, the remaining words, or what is wrong: an unknown option, a missing value, one that is not among the choices.
 *
 *   argument := '--' NAME ['=' VALUE] | '-' LETTER [VALUE] | WORD          after `--` everything is a word
 */
import type { Bilingual } from '../base/bilingual';
import { itemAt } from '../base/checked-access';

export interface OptionSpec {
  /** `--lang`, without dashes. */
  readonly name: string;
  /** One letter: `-I`. */
  readonly letter?: string;
  /** Name of the value in the usage; none: a flag. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** What its values look like, where that is more than any text. */
  readonly form?: { readonly pattern: RegExp; readonly shown: Bilingual };
  /** May be given several times. */
  readonly repeated?: boolean;
}

export interface Arguments {
  readonly words: readonly string[];
  flag(name: string): boolean;
  value(name: string): string | undefined;
  values(name: string): readonly string[];
}

export type UsageError =
  | { readonly kind: 'unknown-option'; readonly option: string }
  | { readonly kind: 'missing-value'; readonly option: string }
  | { readonly kind: 'unexpected-value'; readonly option: string }
  | {
      readonly kind: 'bad-choice';
      readonly option: string;
      readonly value: string;
      readonly choices: readonly string[];
    }
  | { readonly kind: 'bad-form'; readonly option: string; readonly value: string; readonly shown: Bilingual }
  | { readonly kind: 'repeated'; readonly option: string };

/** A number of statements. */
export const budgetOption: OptionSpec = {
  name: 'budget',
  value: 'STATEMENTS',
  form: {
    pattern: /^[1-9]\d{0,9}$/,
    shown: { en: 'a number of statements, at most ten digits', zh: '语句数，最多十位数字' },
  },
};

/** A text with listings that run in place of the kernel's functions. */
export const documentOption: OptionSpec = { name: 'document', value: 'FILE' };

/** Tells how long each phase took. */
export const profileOption: OptionSpec = { name: 'profile' };

/** Rules by which a script is rewritten before it is read. */
export const rewriteOption: OptionSpec = { name: 'rewrite', value: 'RULE', repeated: true };

/** What a script's names stand for. */
export const defineOption: OptionSpec = {
  name: 'define',
  letter: 'D',
  value: 'NAME=VALUE',
  repeated: true,
  form: { pattern: /^[A-Za-z_]\w*=/, shown: { en: 'NAME=VALUE', zh: '名字=值' } },
};

/** Reads `args`; the first mistake is told. */
export function readArguments(
  args: readonly string[],
  specs: readonly OptionSpec[],
): { readonly arguments: Arguments; readonly error?: UsageError } {
  const words: string[] = [];
  const found = new Map<string, string[]>();
  let error: UsageError | undefined;
  for (let i = 0; i < args.length && !error; i++) {
    const word = itemAt(args, i);
    if (word === '--') {
      words.push(...args.slice(i + 1));
      break;
    }
    const option = optionIn(word);
    if (!option) {
      words.push(word);
      continue;
    }
    const spec = specs.find((each) => each.name === option.name || each.letter === option.name);
    if (!spec) {
      error = { kind: 'unknown-option', option: option.shown };
    } else if (!spec.value) {
      error = option.value === undefined ? undefined : { kind: 'unexpected-value', option: option.shown };
      add(found, spec.name, '');
    } else {
      const value = option.value ?? args[++i];
      error =
        value === undefined
          ? { kind: 'missing-value', option: option.shown }
          : checkValue(spec, option.shown, value, found.has(spec.name));
      add(found, spec.name, value ?? '');
    }
  }
  return {
    arguments: {
      words,
      flag: (name) => found.has(name),
      value: (name) => found.get(name)?.[0],
      values: (name) => found.get(name) ?? [],
    },
    error,
  };
}

function optionIn(word: string): { name: string; shown: string; value: string | undefined } | undefined {
  const long = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(word);
  if (long) {
    return { name: itemAt(long, 1), shown: `--${long[1]}`, value: long[2] };
  }
  const short = /^-([A-Za-z])(.+)?$/s.exec(word);
  if (short) {
    return { name: itemAt(short, 1), shown: `-${short[1]}`, value: short[2] };
  }
  return word.startsWith('-') && word !== '-' ? { name: word, shown: word, value: undefined } : undefined;
}

function checkValue(spec: OptionSpec, option: string, value: string, given: boolean): UsageError | undefined {
  if (spec.choices && !spec.choices.includes(value)) {
    return { kind: 'bad-choice', option, value, choices: spec.choices };
  }
  if (value === '') {
    return { kind: 'missing-value', option };
  }
  if (spec.form && !spec.form.pattern.test(value)) {
    return { kind: 'bad-form', option, value, shown: spec.form.shown };
  }
  return given && !spec.repeated ? { kind: 'repeated', option } : undefined;
}

function add(found: Map<string, string[]>, name: string, value: string): void {
  found.set(name, [...(found.get(name) ?? []), value]);
}

/** What `--define` (`-D NAME=value`, packetdrill's) gave a script. */
export function definitionsOf(args: Arguments): ReadonlyMap<string, string> {
  return new Map(args.values('define').map((each) => [itemAt(each.split('='), 0), each.slice(each.indexOf('=') + 1)]));
}
