/** The `--rewrite` options of a command. In: the command line. Out: rules for expectations. */
import { parseRewrite, type RewriteRule } from '../facade/scenarios';
import type { Context } from './context';

/** Rules of `--rewrite`; undefined, and told, when one of them is none. */
export function rewritesOf(context: Context): readonly RewriteRule[] | undefined {
  const rules: RewriteRule[] = [];
  for (const text of context.args.values('rewrite')) {
    const rule = parseRewrite(text);
    if (!rule) {
      context.fail('SS9001', {
        en: `--rewrite takes wscale=0 … wscale=14 or wscale=any, not '${text}'`,
        zh: `--rewrite 要 wscale=0 到 wscale=14 或 wscale=any，不能是“${text}”`,
      });
      return undefined;
    }
    rules.push(rule);
  }
  return rules;
}
