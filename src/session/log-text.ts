/**
 * What a log point says: its message with the values of the expressions in braces.
 *
 * In: the message, and how an expression is evaluated. Out: the text in both languages; where an expression has no value,
 * why not.
 */
import type { Told } from '../sentences/sentence';
import { bilingual } from '../sentences/wording';
import type { Diagnostic } from '../source/diagnostic';
import type { ValueNode } from '../values/value-model';

/** A value, or what is wrong with the expression. */
interface Evaluated {
  readonly value?: Pick<ValueNode, 'display'> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function logText(message: string, evaluate: (expression: string) => Evaluated): Told {
  const shown = (language: 'en' | 'zh'): string =>
    message.replace(/\{([^{}]*)\}/g, (_all, expression: string) => {
      const { value, diagnostics } = evaluate(expression);
      const why = diagnostics[0] && bilingual(diagnostics[0].message)[language];
      return value?.display ?? `{${expression}: ${why ?? ''}}`;
    });
  const [en, zh] = [shown('en'), shown('zh')];
  return en === zh ? en : { en, zh };
}
