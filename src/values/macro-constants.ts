/**
 * Macros for expressions typed by a person: `sk->state == TCP_LISTEN` needs the definition of TCP_LISTEN that the file
 * has. The definitions that an expression needs, and those they need in turn, are written before it.
 */
import type { MacroInfo } from '../preprocess/macro-table';

const word = /[A-Za-z_]\w*/g;
/** More definitions than any sensible expression needs. */
const LIMIT = 200;

/** The expression with the `#define` lines it needs in front; unchanged when it needs none. */
export function expandObjectMacros(text: string, find: (name: string) => MacroInfo | undefined): string {
  const wanted = new Map<string, string>();
  const queue = [text];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const [name] of next.matchAll(word)) {
      if (wanted.has(name) || wanted.size >= LIMIT) {
        continue;
      }
      const macro = find(name);
      if (macro?.span) {
        const parameters = macro.parameters ? `(${[...macro.parameters].join(', ')})` : '';
        wanted.set(name, `#define ${name}${parameters} ${macro.body.replace(/\s+/g, ' ')}`);
        queue.push(macro.body);
      }
    }
  }
  return wanted.size === 0 ? text : `${[...wanted.values()].join('\n')}\n${text}`;
}
